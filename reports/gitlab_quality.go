package reports

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"iter"

	"github.com/probity-scan/probity"
)

// An issue of Code Climate's specification. GitLab reads all of it but type and categories, which others ask for.
type qualityIssue struct {
	Type        string          `json:"type"`
	Check       string          `json:"check_name"`
	Description string          `json:"description"`
	Categories  []string        `json:"categories"`
	Severity    string          `json:"severity"`
	Fingerprint string          `json:"fingerprint"`
	Location    qualityLocation `json:"location"`
}

type qualityLocation struct {
	Path  string       `json:"path"`
	Lines qualityLines `json:"lines"`
}

type qualityLines struct {
	Begin int `json:"begin"`
	End   int `json:"end"`
}

func newQualityIssue(check, text, fingerprint, file string, line int) qualityIssue {
	return qualityIssue{Type: "issue", Check: visible(check), Description: short(visible(text), 2000), Categories: []string{"Security"}, Severity: "info", Fingerprint: fingerprint,
		Location: qualityLocation{visible(file), qualityLines{line, line}}}
}

// GitLabQuality writes a Code Quality report, worst first. GitLab itself tells by fingerprints what a merge request adds and
// mends, so what is waived is left out. What is unknown or lost has entries of its own.
func GitLabQuality(w io.Writer, scan probity.Scan) error {
	c, err := Count(scan)
	if err != nil {
		return err
	}
	if scan, err = located(scan, false); err != nil {
		return err
	}
	s := newStream(w)
	s.text("[")
	elements(s, qualityIssues(scan, c))
	s.text("]\n")
	return s.close()
}

func qualityIssues(scan probity.Scan, c *Counts) iter.Seq2[qualityIssue, error] {
	return func(yield func(qualityIssue, error) bool) {
		for _, l := range c.Losses {
			if !yield(quality(scan.Header, "scan-incomplete", "The scan is incomplete: "+lossLine(nil, l)), nil) {
				return
			}
		}
		if len(c.Losses) == 0 && c.Incomplete() && !yield(quality(scan.Header, "scan-incomplete", incomplete(c)), nil) {
			return
		}
		if n := c.Verdicts[probity.Unknown]; n > 0 && !yield(quality(scan.Header, "scan-unknown", unknownLine(c)), nil) {
			return
		}
		given, all := 0, c.Findings+c.Known+c.Later
		for v, err := range worstFirst(scan, c, false) {
			if err != nil {
				yield(qualityIssue{}, err)
				return
			}
			if v.Finding.Waived() {
				continue
			}
			if given++; given > MaxResults {
				yield(quality(scan.Header, "scan-limit", Plural(all-MaxResults, "finding")+" more; the worst are here"), nil)
				return
			}
			if !yield(qualityFinding(v), nil) {
				return
			}
		}
	}
}

func qualityFinding(v violation) qualityIssue {
	f := v.Finding
	file, line, _ := inFile(f)
	out := newQualityIssue(v.Outcome.Rule, f.Message, f.Fingerprint, file, line)
	switch f.Risk.Severity {
	case probity.Critical:
		out.Severity = "blocker"
	case probity.High:
		out.Severity = "critical"
	case probity.Medium:
		out.Severity = "major"
	case probity.Low:
		out.Severity = "minor"
	}
	return out
}

// quality is an entry on the scan itself, at the first line of its target.
func quality(h probity.Header, check, text string) qualityIssue {
	sum := sha256.Sum256([]byte(check + "\x00" + text))
	return newQualityIssue(check, text, hex.EncodeToString(sum[:16]), firstTarget(h), 1)
}

// unknownLine is all that is unknown in a line, with the gap that leaves most undecided.
func unknownLine(c *Counts) string {
	s := Plural(c.Verdicts[probity.Unknown], "outcome") + " unknown"
	if len(c.Gaps) > 0 {
		s += ". The first: " + gapLine(c.Gaps[0])
	}
	return s
}
