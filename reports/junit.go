package reports

import (
	"encoding/xml"
	"io"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/language"
)

// maxCases is how many outcomes are listed one by one; of more, those that pass or do not apply are counted only.
const maxCases = 50_000

type junitSuite struct {
	XMLName  xml.Name    `xml:"testsuite"`
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Cases    []junitCase `xml:"testcase"`
	Out      string      `xml:"system-out,omitempty"`
}

type junitCase struct {
	Class   string       `xml:"classname,attr"`
	Name    string       `xml:"name,attr"`
	File    string       `xml:"file,attr,omitempty"`
	Line    int          `xml:"line,attr,omitempty"`
	Failure *junitResult `xml:"failure"`
	Error   *junitResult `xml:"error"`
	Skipped *junitResult `xml:"skipped"`
}

type junitResult struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

// JUnit writes a suite for the scan itself, whose errors are what was not read, and one for each asset with a case a rule.
// Unknown, waived and not applicable are skipped, never passed.
func JUnit(w io.Writer, scan probity.Scan) error {
	c, err := Count(scan)
	if err != nil {
		return err
	}
	if scan, err = located(scan, false); err != nil {
		return err
	}
	if _, err := io.WriteString(w, xml.Header+`<testsuites name="probity">`+"\n"); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", " ")
	if err := e.Encode(scanSuite(scan.Header, c)); err != nil {
		return err
	}
	titles := map[string]string{}
	for _, r := range scan.Rules {
		titles[r.ID] = r.Title
	}
	var suite junitSuite
	var of probity.Ref
	for o, err := range each(scan.Outcomes) {
		if err != nil {
			return err
		}
		if c.Outcomes > maxCases && (o.Verdict == probity.Pass || o.Verdict == probity.NA) {
			continue
		}
		if o.Asset != of || suite.Tests == 0 {
			if err := suite.write(e); err != nil {
				return err
			}
			of, suite = o.Asset, junitSuite{Name: suiteName(o.Asset)}
		}
		suite.add(junitOf(o, titles[o.Rule]))
	}
	if err := suite.write(e); err != nil {
		return err
	}
	_, err = io.WriteString(w, "\n</testsuites>\n")
	return err
}

func suiteName(r probity.Ref) string {
	return short(visible(strings.TrimPrefix(r.Root+" "+r.ID, " ")), 300)
}

func (s *junitSuite) write(e *xml.Encoder) error {
	if s.Tests == 0 {
		return nil
	}
	return e.Encode(s)
}

func (s *junitSuite) add(c junitCase) {
	s.Tests++
	switch {
	case c.Failure != nil:
		s.Failures++
	case c.Error != nil:
		s.Errors++
	case c.Skipped != nil:
		s.Skipped++
	}
	s.Cases = append(s.Cases, c)
}

// scanSuite has an error for each loss, and passes only where nothing was lost.
func scanSuite(h probity.Header, c *Counts) *junitSuite {
	s := &junitSuite{Name: "scan", Out: headline(c)}
	for _, l := range c.Losses {
		s.add(junitCase{Class: "scan", Name: short(l.Where(nil), 300), Error: &junitResult{Message: short(lossLine(nil, l), 2000), Type: string(l.Gap.Reason)}})
	}
	if len(c.Losses) == 0 {
		whole := junitCase{Class: "scan", Name: "all could be read", File: firstTarget(h)}
		if s := incomplete(c); s != "" {
			whole.Error = &junitResult{Message: s, Type: "incomplete"}
		}
		s.add(whole)
	}
	if c.Outcomes > maxCases {
		s.Out += ". " + thousands(c.Verdicts[probity.Pass]) + " that passed and " + thousands(c.Verdicts[probity.NA]) + " that do not apply are not listed"
	}
	return s
}

func junitOf(o probity.Outcome, title string) junitCase {
	c := junitCase{Class: visible(o.Asset.ID), Name: visible(o.Rule)}
	if title != "" {
		c.Name += ": " + visible(title)
	}
	c.Class, c.Name = short(c.Class, 300), short(c.Name, 300)
	switch o.Verdict {
	case probity.NA:
		c.Skipped = &junitResult{Message: "does not apply", Type: string(probity.NA)}
	case probity.Unknown:
		c.Skipped = &junitResult{Message: "unknown", Type: string(probity.Unknown)}
		for _, f := range o.Findings {
			c.Skipped.Message = short(visible(f.Message), 2000)
		}
	case probity.Fail:
		c.failed(o)
	}
	return c
}

// failed is a failure if a finding stands that fails a gate, else skipped for what it is.
func (c *junitCase) failed(o probity.Outcome) {
	var stand, rest []string
	worst := probity.Severity("")
	for _, f := range o.Findings {
		text := visible(f.Message) + " (" + place(f) + ")"
		switch {
		case f.Waived():
			rest = append(rest, "waived "+untilWords(nil, *f.Waiver)+" by "+owner(nil, *f.Waiver)+": "+text)
			continue
		case !f.Stands():
			rest = append(rest, beforeWords(nil, f)+": "+text)
			continue
		}
		if c.File == "" {
			c.File, c.Line, _ = inFile(f)
			c.File = visible(c.File)
		}
		if stand = append(stand, text); worst == "" || worse(f.Risk.Severity, worst) < 0 {
			worst = f.Risk.Severity
		}
	}
	all := short(strings.Join(append(stand, rest...), "\n"), 8000)
	switch {
	case len(stand) > 0:
		c.Failure = &junitResult{Message: short(stand[0], 2000), Type: string(worst), Text: all}
	case len(rest) > 0:
		c.Skipped = &junitResult{Message: short(rest[0], 2000), Text: all}
	default:
		c.Failure = &junitResult{Message: "fails"}
	}
}

// beforeWords says why a finding that nobody waived fails no gate.
func beforeWords(in *language.Language, f probity.Finding) string {
	if f.Later {
		return in.Say("of a rule that is not yet asked")
	}
	return in.Say("known before")
}
