package probity

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// Verdict is what a rule says of an asset.
type Verdict string

// The verdicts.
const (
	Pass    Verdict = "pass"
	Fail    Verdict = "fail"
	Unknown Verdict = "unknown"
	NA      Verdict = "not-applicable"
)

// Values lists the verdicts.
func (Verdict) Values() []string {
	return []string{string(Pass), string(Fail), string(Unknown), string(NA)}
}

// Outcome is rule × asset: one row of the million that history counts.
type Outcome struct {
	Rule     string     `json:"rule"`
	Asset    Ref        `json:"asset"`
	Verdict  Verdict    `json:"verdict"`
	Evidence []Evidence `json:"evidence,omitempty"` // facts it rests on; for unknown: the deciding gaps
	Findings []Finding  `json:"findings,omitempty"` // fail: one for each violation; unknown: one; else none
}

// Finding is one violation: what a person reads, waives, fixes. An outcome with three open ports has three.
type Finding struct {
	Fingerprint string  `json:"fingerprint"`
	Asset       Ref     `json:"asset"` // the one that set the violating fact
	Fact        Path    `json:"fact"`
	Element     string  `json:"element,omitempty"`
	Message     string  `json:"message"`
	Risk        Risk    `json:"risk"`
	Place       *Origin `json:"place,omitempty"` // the file and line to look at
	Waiver      *Waiver `json:"waiver,omitempty"`
}

// Fingerprint identifies a finding over time: by what is wrong, never by a line or a text.
func Fingerprint(rule string, asset Ref, fact Path, element string) string {
	h := sha256.New()
	for _, s := range []string{rule, asset.Root, asset.ID, string(fact), element} {
		h.Write([]byte(s))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// Risk is a finding's severity in its place, and the facts that raised or lowered it.
type Risk struct {
	Severity Severity   `json:"severity"`
	Because  []Evidence `json:"because,omitempty"`
}

// Evidence is a fact as the verdict saw it.
type Evidence struct {
	Asset  Ref     `json:"asset"`
	Fact   Path    `json:"fact"`
	Value  any     `json:"value,omitempty"`
	Gap    *Gap    `json:"gap,omitempty"`
	Origin *Origin `json:"origin,omitempty"`
}

// Waiver accepts a finding for a time.
type Waiver struct {
	Rule     string    `json:"rule"`
	Asset    string    `json:"asset"` // pattern over asset IDs
	Reason   string    `json:"reason"`
	Owner    string    `json:"owner"`
	Approver string    `json:"approver,omitempty"`
	Until    time.Time `json:"until"`
}
