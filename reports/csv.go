package reports

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/probity-scan/probity"
)

// spreadsheet writes rows for a spreadsheet. The first error stays.
type spreadsheet struct {
	w   *csv.Writer
	err error
}

func newSpreadsheet(w io.Writer, columns ...string) *spreadsheet {
	t := &spreadsheet{w: csv.NewWriter(w)}
	if len(columns) > 0 {
		t.row(columns...)
	}
	return t
}

func (t *spreadsheet) row(cells ...string) {
	if t.err != nil {
		return
	}
	for i, c := range cells {
		cells[i] = cell(c)
	}
	t.err = t.w.Write(cells)
}

func (t *spreadsheet) close() error {
	t.w.Flush()
	return first(t.err, t.w.Error())
}

// cell is a text that no spreadsheet takes for a formula: what begins as one gets an apostrophe, which it shows as text.
// OWASP's list, with the full-width forms that some programs take for the same.
func cell(s string) string {
	s = visible(s)
	if begins := []rune(strings.TrimLeft(s, " \u00a0\"'")); len(begins) > 0 && strings.ContainsRune("=+-@＝＋－＠", begins[0]) {
		return "'" + s
	}
	return s
}

// number is a count, and nothing where there is none.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// CSV writes a row for each finding, in the order of the scan, after a row for each loss. What is unknown is a row of that verdict.
func CSV(w io.Writer, scan probity.Scan) error {
	c, err := Count(scan)
	if err != nil {
		return err
	}
	if scan, err = located(scan, true); err != nil {
		return err
	}
	rules, asks := rulesByID(scan.Header), requirements(scan.Header)
	t := newSpreadsheet(w, "verdict", "severity", "state", "rule", "title", "asset", "root", "kind", "account", "region", "fact", "element", "message", "file", "line",
		"waiver", "waiver_owner", "waiver_until", "requirements", "fingerprint")
	for _, l := range c.Losses {
		t.row("lost", "", "", "", "", "", "", "", "", "", "", "", lossLine(nil, l), "", "", "", "", "", "", "")
	}
	for o, b := range beside(scan) {
		if b.err != nil {
			return b.err
		}
		for _, f := range o.Findings {
			t.finding(o, f, b, rules[o.Rule].Title, asks[o.Rule])
		}
	}
	return t.close()
}

func (t *spreadsheet) finding(o probity.Outcome, f probity.Finding, b *besides, title string, asks []requirement) {
	file, line := "", ""
	if p, ok := f.Place.Source(); ok {
		file, line = p.File, number(p.Line)
	}
	state := string(f.State)
	if f.Later {
		state = beforeWords(nil, f)
	}
	waiver, by, until := "", "", ""
	if x := f.Waiver; x != nil {
		if waiver = string(x.Kind); x.Proposed {
			waiver = "proposed " + waiver
		}
		by = owner(nil, *x)
		if !x.Until.IsZero() {
			until = lastDay(*x)
		}
	}
	controls := make([]string, len(asks))
	for i, r := range asks {
		controls[i] = r.String()
	}
	t.row(string(o.Verdict), string(f.Risk.Severity), state, o.Rule, title, f.Asset.ID, f.Asset.Root, string(b.kind()), b.scope().Account, b.scope().Region,
		string(f.Fact), f.Element, f.Message, file, line, waiver, by, until, strings.Join(controls, "; "), f.Fingerprint)
}
