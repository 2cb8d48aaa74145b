package reports

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"iter"

	"github.com/probity-scan/probity"
)

// The part of GitLab's Code Quality report that it reads.
type qualityIssue struct {
	Description string          `json:"description"`
	Check       string          `json:"check_name"`
	Fingerprint string          `json:"fingerprint"`
	Severity    string          `json:"severity"`
	Location    qualityLocation `json:"location"`
}

type qualityLocation struct {
	Path  string `json:"path"`
	Lines struct {
		Begin int `json:"begin"`
	} `json:"lines"`
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
		given := 0
		for v, err := range worstFirst(scan, c, false) {
			if err != nil {
				yield(qualityIssue{}, err)
				return
			}
			if v.Finding.Waived() {
				continue
			}
			if given++; given > MaxResults {
				yield(quality(scan.Header, "scan-limit", Plural(c.Findings-MaxResults, "finding")+" more; the worst are here"), nil)
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
	out := qualityIssue{Description: short(visible(f.Message), 2000), Check: visible(v.Outcome.Rule), Fingerprint: f.Fingerprint, Severity: "info"}
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
	file, line, _ := inFile(f)
	out.Location.Path, out.Location.Lines.Begin = visible(file), line
	return out
}

// quality is an entry on the scan itself, at the first line of its target.
func quality(h probity.Header, check, text string) qualityIssue {
	sum := sha256.Sum256([]byte(check + "\x00" + text))
	out := qualityIssue{Description: short(visible(text), 2000), Check: check, Fingerprint: hex.EncodeToString(sum[:16]), Severity: "info"}
	out.Location.Path, out.Location.Lines.Begin = firstTarget(h), 1
	return out
}

// unknownLine is all that is unknown in a line, with the gap that leaves most undecided.
func unknownLine(c *Counts) string {
	s := Plural(c.Verdicts[probity.Unknown], "outcome") + " unknown"
	if len(c.Gaps) > 0 {
		s += ". The first: " + gapLine(c.Gaps[0])
	}
	return s
}
