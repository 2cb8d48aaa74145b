package reports

import (
	"io"
	"strings"

	"github.com/probity-scan/probity"
)

// MarkdownMarker is the first line of a comment: a bot finds by it the comment to replace.
const MarkdownMarker = "<!-- probity:report -->"

// What hosts take.
const (
	maxComment = 65_536  // characters of a comment on GitHub
	maxSummary = 1 << 20 // bytes of a step's summary on GitHub
)

// Markdown writes a comment for a pull request: what is new, then counts of the rest, then what is not known.
func Markdown(w io.Writer, scan probity.Scan) error {
	return writeMarkdown(w, scan, &sheet{left: maxComment - 64}, 200, false)
}

// GitHubSummary writes the summary of a step, for the file that GITHUB_STEP_SUMMARY names: what was there before is listed too.
func GitHubSummary(w io.Writer, scan probity.Scan) error {
	return writeMarkdown(w, scan, &sheet{left: maxSummary - 64}, 1000, true)
}

// sheet is Markdown within a limit of bytes, which are never fewer than characters.
type sheet struct {
	b    strings.Builder
	left int
}

// line adds a line if there is room for it.
func (s *sheet) line(text string) bool {
	if len(text)+1 > s.left {
		return false
	}
	s.left -= len(text) + 1
	s.b.WriteString(text + "\n")
	return true
}

// list adds a section of items, and says how many found no room.
func (s *sheet) list(title string, items []string, total, most int) {
	if total == 0 {
		return
	}
	room := s.left / 3 // so that no section starves those after it
	s.line("")
	s.line("### " + title)
	s.line("")
	shown := 0
	for _, item := range items[:min(len(items), most)] {
		if len(item) > room || !s.line("- "+item) {
			break
		}
		room -= len(item) + 3
		shown++
	}
	if shown < total {
		s.line("- … and " + thousands(total-shown) + " more")
	}
}

func writeMarkdown(w io.Writer, scan probity.Scan, s *sheet, most int, old bool) error {
	c, err := Count(scan)
	if err != nil {
		return err
	}
	if scan, err = located(scan, false); err != nil {
		return err
	}
	p, err := chosen(scan, most)
	if err != nil {
		return err
	}
	s.line(MarkdownMarker)
	s.line("## Probity: " + MarkdownText(headline(c)))
	s.line("")
	if lost := incomplete(c); lost != "" {
		s.line("**" + MarkdownText(lost) + "**")
	} else {
		s.line("The scan is complete: all that was asked for could be read.")
	}
	title := "Findings, worst first"
	if c.Compared {
		title = "New findings, worst first"
	}
	if scan.Base != nil && scan.Base.Name != "" {
		s.line("")
		s.line("Compared with " + span(scan.Base.Name) + ".")
	}
	s.findings(title, ranked(p.open.sorted(scan.Header, c, standing)), c.Findings, most)
	if old {
		s.findings("Known before, or of rules not yet asked", ranked(p.known.sorted(scan.Header, c, before)), c.Known+c.Later, most)
	}
	s.list("Waived", waivedItems(p.waived.sorted(scan.Header, c, accepted)), c.Waived, 20)
	s.list("Fixed", fixedItems(scan), c.Fixed, 20)
	s.list("Waivers and baselines", noticeItems(scan.Header), len(scan.Notices), 20)
	s.list("Unknown, by what would decide it", gapItems(c), len(c.Gaps), 20)
	s.list("Not read", lossItems(c.Losses), len(c.Losses), 20)
	s.list("Left out", lossItems(c.LeftOut), len(c.LeftOut), 10)
	_, err = io.WriteString(w, s.b.String())
	return err
}

// findings lists findings, each line with those that it stands for.
func (s *sheet) findings(title string, all []told, total, most int) {
	var items []string
	for _, f := range all {
		items = append(items, markdownItem(f))
		total -= f.Times - 1
	}
	s.list(title, items, total, most)
}

func markdownItem(f told) string {
	s := "**" + MarkdownText(string(f.Risk.Severity)) + "** " + span(place(f.Finding)) + " " + MarkdownText(short(visible(f.Message), 400)) + " (" + span(f.Rule.ID) + named(f.Finding) + ")"
	for _, n := range notes(f.shown) {
		if n == string(f.State) { // as the title says
			continue
		}
		s += "; " + MarkdownText(short(n, 300))
	}
	return s
}

// named adds what probity explain takes, where the finding has it.
func named(f probity.Finding) string {
	if id := handle(f); id != "" {
		return ", " + span(id)
	}
	return ""
}

func waivedItems(groups []group) []string {
	var out []string
	for _, f := range ranked(groups) {
		w := f.Waiver
		out = append(out, span(place(f.Finding))+" "+span(f.Rule.ID)+named(f.Finding)+" "+MarkdownText(untilWords(nil, *w)+", by "+short(owner(nil, *w), 100)+": "+short(visible(w.Reason), 300)))
	}
	return out
}

func fixedItems(scan probity.Scan) []string {
	if scan.Base == nil {
		return nil
	}
	var out []string
	for _, g := range scan.Base.Absent[:min(len(scan.Base.Absent), 100)] {
		out = append(out, span(place(g.Finding))+" "+MarkdownText(short(visible(g.Message), 300))+" ("+span(g.Rule)+named(g.Finding)+")")
	}
	return out
}

func noticeItems(h probity.Header) []string {
	var out []string
	for _, n := range h.Notices[:min(len(h.Notices), 100)] {
		text := MarkdownText(short(n.Text, 400))
		if at := n.Origin.String(); at != "" {
			text += " " + span(at)
		}
		out = append(out, text)
	}
	return out
}

func gapItems(c *Counts) []string {
	var out []string
	for _, g := range c.Gaps {
		out = append(out, MarkdownText(short(gapLine(g), 500)))
	}
	return out
}

func lossItems(losses []LossCount) []string {
	var out []string
	for _, l := range losses {
		out = append(out, MarkdownText(short(lossLine(nil, l), 500)))
	}
	return out
}
