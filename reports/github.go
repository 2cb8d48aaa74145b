package reports

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/probity-scan/probity"
)

// annotationsEach is how many annotations of a kind GitHub shows of a step.
const annotationsEach = 10

// GitHub writes workflow commands that GitHub turns into annotations of a pull request: the worst, at most ten of a kind.
// What is not annotated, unknown or lost is told by commands of its own, so that silence never reads as clean.
func GitHub(w io.Writer, scan probity.Scan) error {
	c, err := Count(scan)
	if err != nil {
		return err
	}
	if scan, err = located(scan, false); err != nil {
		return err
	}
	p, err := chosen(scan, 3*annotationsEach)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(w)
	left := map[string]int{"error": annotationsEach, "warning": annotationsEach, "notice": annotationsEach - 1}
	if s := incomplete(c); s != "" {
		left["warning"]--
		command(b, "warning", nil, "Probity: incomplete", s)
	}
	shown := 0
	for _, f := range ranked(p.open.sorted(scan.Header, c, standing)) {
		kind := annotation(f.Finding)
		if left[kind] == 0 {
			continue
		}
		left[kind]--
		shown += f.Times
		text := visible(f.Message)
		if n := notes(f.shown); len(n) > 0 {
			text += " (" + strings.Join(n, "; ") + ")"
		}
		command(b, kind, f.Place, fmt.Sprintf("%s: %s", f.Risk.Severity, visible(f.Rule.Title)), text+" ["+strings.TrimSpace(visible(f.Rule.ID)+" "+handle(f.Finding))+"]")
	}
	text := headline(c)
	if n := c.Findings - shown; n > 0 {
		text += ". " + Plural(n, "more finding") + " not annotated, since ten of a kind are shown; the step's summary tells more"
	}
	command(b, "notice", nil, "Probity", text)
	return b.Flush()
}

// annotation is the kind of a finding's annotation.
func annotation(f probity.Finding) string {
	if l := level(f.Risk.Severity); l != "note" {
		return l
	}
	return "notice"
}

func command(w io.Writer, kind string, at *probity.Origin, title, text string) {
	var where string
	if p, ok := at.Source(); ok {
		where = "file=" + property(visible(p.File)) + ","
		if p.Line > 0 {
			where += fmt.Sprintf("line=%d,col=%d,", p.Line, max(1, p.Column))
		}
	}
	fmt.Fprintf(w, "::%s %stitle=%s::%s\n", kind, where, property(short(visible(title), 200)), data(short(visible(text), 2000)))
}

// data and property are the runner's escapes of a command's text and of a value among its properties.
func data(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func property(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
