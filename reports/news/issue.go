package news

import (
	"regexp"
	"strings"

	"github.com/probity-scan/probity/reports"
)

// Markdown is the text of an issue where hosts read Markdown: names in it make no link and no markup, mention nobody, refer to no other
// issue, and close none.
func (t Text) Markdown() string {
	var paragraphs []string
	add := func(lines ...string) {
		for _, l := range lines {
			if l != "" {
				paragraphs = append(paragraphs, reports.MarkdownText(l))
			}
		}
	}
	add(t.Lines...)
	for _, i := range t.Items {
		lines := []string{"- **" + reports.MarkdownText(i.Head) + "** (" + reports.MarkdownText(i.Event) + ")"}
		for _, l := range []string{i.Where, i.Says} {
			if l != "" {
				lines = append(lines, "  "+reports.MarkdownText(l))
			}
		}
		if i.Link != "" {
			lines = append(lines, "  <"+i.Link+">")
		}
		paragraphs = append(paragraphs, strings.Join(lines, "\\\n"))
	}
	add(t.More)
	add(t.Below...)
	if t.Link != "" {
		paragraphs = append(paragraphs, reports.MarkdownText(t.Open)+": <"+t.Link+">")
	}
	return strings.Join(paragraphs, "\n\n") + "\n"
}

// unformatted is what ends a block of Jira's in which nothing has a meaning.
var unformatted = regexp.MustCompile(`(?i)\{(noformat)`)

// Wiki is the text of an issue in the markup of Jira, which has no escape for all that it takes for marks: the text stands in a block of
// no format, and the address outside, where it is a link.
func (t Text) Wiki() string {
	link := t.Link
	t.Link = ""
	out := "{noformat}\n" + unformatted.ReplaceAllString(t.Plain(), "{\u200b$1") + "{noformat}\n"
	if link != "" {
		out += t.Open + ": " + link + "\n"
	}
	return out
}
