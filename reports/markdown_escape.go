package reports

import (
	"regexp"
	"strings"
)

// ticket is how GitHub names an issue without a sign.
var ticket = regexp.MustCompile(`(?i)\b(gh)-(\d)`)

// MarkdownText is a stranger's text that Markdown shows as it is: no link, image, markup, HTML, mention or reference. The
// zero-width space after what begins a mention or a reference is what keeps hosts from telling people or issues of it: they look for those
// in what Markdown made of the text.
func MarkdownText(s string) string {
	var b strings.Builder
	for _, r := range ticket.ReplaceAllString(visible(s), "$1\u2060-$2") {
		switch {
		case r == '\u2060': // from above: what is visible holds none
			b.WriteString("&#8203;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '&':
			b.WriteString("&amp;&#8203;")
		case r == '@' || r == '#':
			b.WriteString(`\` + string(r) + "&#8203;")
		case strings.ContainsRune(" ,;", r) || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 0x7e:
			b.WriteRune(r)
		default: // ASCII punctuation (CommonMark 0.31, 2.4)
			b.WriteString(`\` + string(r))
		}
	}
	return b.String()
}

// span is a name as code, in which nothing has a meaning; the fence is longer than any run of backticks in it.
func span(s string) string {
	s = short(visible(s), 200)
	if s == "" {
		return ""
	}
	longest, run := 0, 0
	for _, r := range s {
		if r != '`' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	fence := strings.Repeat("`", longest+1)
	if longest > 0 {
		s = " " + s + " "
	}
	return fence + s + fence
}
