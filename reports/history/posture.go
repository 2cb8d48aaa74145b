package history

import (
	"context"
	"time"

	"github.com/probity-scan/probity"
)

// Counts are outcomes and findings of a scan, or of the newest scans of several series together.
type Counts struct {
	Outcomes int64                      `json:"outcomes"`
	Verdicts map[probity.Verdict]int64  `json:"verdicts"`
	Failing  map[probity.Severity]int64 `json:"failing"`  // outcomes by their worst finding that stands
	Findings int64                      `json:"findings"` // violations, with those that are waived
	Waived   int64                      `json:"waived"`
}

// PostureQuery says what posture is asked for: of one series, account (provider/account) or framework; empty: all.
type PostureQuery struct {
	Series    string    `json:"series,omitempty"`
	Account   string    `json:"account,omitempty"`
	Framework string    `json:"framework,omitempty"`
	Since     time.Time `json:"since,omitzero"` // scans from then on; zero: all
	Bounds    Bounds    `json:"-"`
}

// Posture is how an estate stands: by the newest scan of each series, by the one before it, and over time.
type Posture struct {
	Assets int64              `json:"assets"` // that the newest scans saw
	Now    Counts             `json:"now"`
	Before Counts             `json:"before"` // by the scan before the newest of each series; empty counts: there is none
	Scans  []PostureScan      `json:"scans"`  // the oldest first
	Newest []PostureScan      `json:"newest"` // the newest of each series
	States map[Standing]int64 `json:"states"` // findings by what they are now, with waivers made here
}

// PostureScan is what one scan counted.
type PostureScan struct {
	Scan    string    `json:"scan"`
	Series  string    `json:"series"`
	Started time.Time `json:"started"`
	State   State     `json:"state"`
	Counts  Counts    `json:"counts"`
}

// Posture gives counts now and over time.
func (s *Store) Posture(ctx context.Context, q PostureQuery) (Posture, error) {
	return Posture{}, errNotYet
}
