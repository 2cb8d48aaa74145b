package reports

import (
	"io"

	"github.com/probity-scan/probity"
)

// Record is one line of NDJSON: what it is, and that alone.
type Record struct {
	Record   RecordKind        `json:"record"`
	Scan     *probity.Header   `json:"scan,omitempty"`
	Coverage *probity.Coverage `json:"coverage,omitempty"`
	Asset    *probity.Asset    `json:"asset,omitempty"`
	Outcome  *probity.Outcome  `json:"outcome,omitempty"` // without its findings, which follow
	Finding  *Found            `json:"finding,omitempty"`
	End      *Ending           `json:"end,omitempty"`
}

// RecordKind says what a record holds.
type RecordKind string

// The kinds of records, in the order in which they come; a finding follows its outcome.
const (
	ScanRecord     RecordKind = "scan"
	CoverageRecord RecordKind = "coverage"
	AssetRecord    RecordKind = "asset"
	OutcomeRecord  RecordKind = "outcome"
	FindingRecord  RecordKind = "finding"
	EndRecord      RecordKind = "end"
)

// Values lists the kinds of records.
func (RecordKind) Values() []string {
	return []string{string(ScanRecord), string(CoverageRecord), string(AssetRecord), string(OutcomeRecord), string(FindingRecord), string(EndRecord)}
}

// Found is a finding that stands on its own line: with its rule and verdict.
type Found struct {
	Rule    string          `json:"rule"`
	Verdict probity.Verdict `json:"verdict"`
	probity.Finding
}

// Ending counts the records before; a file without it was cut off.
type Ending struct {
	End
	Findings   int  `json:"findings"`
	Incomplete bool `json:"incomplete"` // something was lost
}

// NDJSON writes a record a line, as a stream: what loads logs loads it.
func NDJSON(w io.Writer, scan probity.Scan) error {
	s := newStream(w)
	h := header(scan.Header)
	s.record(Record{Record: ScanRecord, Scan: &h})
	var end Ending
	end.Incomplete = len(scan.Trouble) > 0
	for v, err := range each(scan.Coverage) {
		if s.err = first(s.err, err); s.err != nil {
			return s.err
		}
		end.Coverage++
		end.Incomplete = end.Incomplete || v.Gap != nil && v.Gap.Reason.Loss()
		s.record(Record{Record: CoverageRecord, Coverage: &v})
	}
	for a, err := range each(scan.Assets) {
		if s.err = first(s.err, err); s.err != nil {
			return s.err
		}
		end.Assets++
		for range probity.Losses(&a) {
			end.Incomplete = true
			break
		}
		s.record(Record{Record: AssetRecord, Asset: &a})
	}
	for o, err := range each(scan.Outcomes) {
		if s.err = first(s.err, err); s.err != nil {
			return s.err
		}
		end.Outcomes++
		end.Findings += len(o.Findings)
		for _, e := range o.Evidence {
			end.Incomplete = end.Incomplete || o.Verdict == probity.Unknown && e.Gap != nil && e.Gap.Reason.Loss()
		}
		s.outcome(o)
	}
	s.record(Record{Record: EndRecord, End: &end})
	return s.close()
}

func (s *stream) record(r Record) {
	s.value(r)
	s.text("\n")
}

func (s *stream) outcome(o probity.Outcome) {
	findings := o.Findings
	o.Findings = nil
	s.record(Record{Record: OutcomeRecord, Outcome: &o})
	for _, f := range findings {
		s.record(Record{Record: FindingRecord, Finding: &Found{Rule: o.Rule, Verdict: o.Verdict, Finding: f}})
	}
}
