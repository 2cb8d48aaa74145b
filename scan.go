package probity

import (
	"iter"
	"time"
)

// Format is the version of the file that a Scan is written as; readers refuse a newer major.
const Format = "1.0"

// Scan is one run as its readers see it: a header, and iterators that can be walked again, never slices of an estate.
// Assets come sorted by Ref, outcomes by asset and rule.
type Scan struct {
	Header
	Coverage iter.Seq2[Coverage, error]
	Assets   iter.Seq2[Asset, error]
	Outcomes iter.Seq2[Outcome, error]
}

// Header is what is known of a scan before its assets.
type Header struct {
	Format     string            `json:"format"`
	Tool       string            `json:"tool"` // "probity 1.2.3"
	Started    time.Time         `json:"started"`
	Targets    []string          `json:"targets"`
	Inputs     map[string]string `json:"inputs,omitempty"` // digests: rules, data, configuration
	Rules      []Rule            `json:"rules"`
	Frameworks []Framework       `json:"frameworks"`
	Trouble    []Trouble         `json:"trouble,omitempty"` // what went wrong beside assets: a rule that failed, a scan stopped
	Calls      []Calls           `json:"calls,omitempty"`   // to providers, by service and operation
	Reads      []Read            `json:"reads,omitempty"`   // of content
	Base       *Base             `json:"base,omitempty"`    // what findings were compared with
	Notices    []Notice          `json:"notices,omitempty"` // on waivers, ignores and baselines
}

// Base is what the gate compared findings with.
type Base struct {
	Name   string `json:"name"`             // a revision, a scan, a baseline file
	Absent []Gone `json:"absent,omitempty"` // findings of the base that are there no more
}

// Gone is a finding that was there before.
type Gone struct {
	Rule string `json:"rule"`
	Finding
}

// Trouble is something the run itself could not do. It makes the scan incomplete.
type Trouble struct {
	What string `json:"what"` // "rule my-rule", "target ./x", "interrupted"
	Gap  Gap    `json:"gap"`
}
