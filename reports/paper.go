package reports

import (
	"bufio"
	"fmt"
	"html/template"
	"io"
	"strings"
	"time"

	"github.com/probity-scan/probity/reports/language"
)

// Paper is a text of tables that people read, sign or file: a page, Markdown or a spreadsheet. Its texts may be strangers'.
type Paper struct {
	Title    string
	Lead     []string // what to know before all
	Warning  []string // what was lost, or what it is not
	Facts    [][2]string
	Sections []Section
	Made     time.Time
	By       string // the tool
	Language *language.Language
}

// Section is a table under a title, with what stands before and after it.
type Section struct {
	Title   string
	Intro   string
	Columns []string
	Rows    [][]string
	None    string // said where there are no rows
	Notes   []string
}

// HTML writes one self-contained page, in the style of the report on a scan.
func (p Paper) HTML(w io.Writer) error {
	css, policy, err := stylesheet()
	if err != nil {
		return err
	}
	t, err := Templates(p.Language, nil, page, "page/paper.gohtml")
	if err != nil {
		return err
	}
	b := bufio.NewWriter(w)
	if err := t.ExecuteTemplate(b, "paper.gohtml", struct {
		Paper
		CSS    template.CSS
		Policy string
	}{p, css, policy}); err != nil {
		return err
	}
	return b.Flush()
}

// Markdown writes it as a text that no host reads a command, a link or markup from.
func (p Paper) Markdown(w io.Writer) error {
	b := bufio.NewWriter(w)
	say := func(format string, args ...any) { fmt.Fprintf(b, format+"\n", args...) }
	say("# %s\n", paperText(p.Title))
	for _, s := range p.Warning {
		say("> **%s**\n", paperText(s))
	}
	for _, s := range p.Lead {
		say("%s\n", paperText(s))
	}
	for _, f := range p.Facts {
		say("- **%s:** %s", paperText(f[0]), paperText(f[1]))
	}
	for _, s := range p.Sections {
		say("\n## %s\n", paperText(s.Title))
		if s.Intro != "" {
			say("%s\n", paperText(s.Intro))
		}
		if len(s.Rows) == 0 && s.None != "" {
			say("%s", paperText(s.None))
		}
		if len(s.Rows) > 0 {
			say("%s", markdownRow(s.Columns))
			say("|%s", strings.Repeat(" --- |", len(s.Columns)))
		}
		for _, r := range s.Rows {
			say("%s", markdownRow(r))
		}
		for _, n := range s.Notes {
			say("\n%s", paperText(n))
		}
	}
	say("\n%s, %s.", paperText(p.By), p.Made.UTC().Format("2006-01-02 15:04 UTC"))
	return b.Flush()
}

// paperText is a text of a paper in Markdown.
func paperText(s string) string { return MarkdownText(withoutStrange(s)) }

func markdownRow(cells []string) string {
	out := "|"
	for _, c := range cells {
		out += " " + paperText(c) + " |"
	}
	return out
}

// CSV writes all tables one below the other, each row after the title of its section; cells that a spreadsheet would take for
// formulas are quoted.
func (p Paper) CSV(w io.Writer) error {
	most := 1
	for _, s := range p.Sections {
		most = max(most, len(s.Columns))
	}
	t := newSpreadsheet(w)
	row := func(cells ...string) {
		for i, c := range cells {
			cells[i] = withoutStrange(c)
		}
		t.row(append(cells, make([]string, most+1-len(cells))...)...)
	}
	row("document", p.Title)
	for _, s := range append(p.Warning[:len(p.Warning):len(p.Warning)], p.Lead...) {
		row("note", s)
	}
	for _, f := range p.Facts {
		row("fact", f[0]+": "+f[1])
	}
	for _, s := range p.Sections {
		row(append([]string{"section"}, s.Columns...)...)
		for _, r := range s.Rows {
			row(append([]string{s.Title}, r...)...)
		}
		if len(s.Rows) == 0 {
			row(s.Title, s.None)
		}
		for _, n := range s.Notes {
			row("note", n)
		}
	}
	return t.close()
}
