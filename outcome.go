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
	Evidence []Evidence `json:"evidence,omitempty"` // facts it rests on; for unknown: the deciding gaps; for pass: none, it rests on what the rule reads
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
	Place       *Origin `json:"place,omitempty"`  // the file and line to look at
	Digest      string  `json:"digest,omitempty"` // of the facts that decide it: what somebody accepts
	State       State   `json:"state,omitempty"`  // set by the gate
	Later       bool    `json:"later,omitempty"`  // its rule is newer than the version that the gate stands at: it does not fail
	Waiver      *Waiver `json:"waiver,omitempty"` // that satisfies the gate, or a proposal that does not
}

// Stands reports whether nothing lets the finding be: no waiver, no baseline, no rule that is not yet asked to fail.
func (f Finding) Stands() bool { return !f.Waived() && f.State != Unchanged && !f.Later }

// Waived reports whether a waiver satisfies the gate; a proposal does not.
func (f Finding) Waived() bool { return f.Waiver != nil && !f.Waiver.Proposed }

// State is a finding's history, as far as a baseline or another scan tells.
type State string

// The states of findings.
const (
	New       State = "new"
	Unchanged State = "unchanged" // in the baseline, or no worse than at the base
	Absent    State = "absent"    // it was there, and is not any more
)

// Values lists the states.
func (State) Values() []string { return []string{string(New), string(Unchanged), string(Absent)} }

// Fingerprint identifies a finding over time: by what is wrong, never by a line or a text.
func Fingerprint(rule string, asset Ref, fact Path, element string) string {
	text := make([]byte, 0, 512) // mostly enough: thousands of findings are told again and again
	for _, s := range [...]string{rule, asset.Root, asset.ID, string(fact), element} {
		text = append(append(text, s...), 0)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16])
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

// Waiver accepts a finding for a time, or says that it is none.
type Waiver struct {
	Kind      WaiverKind `json:"kind"`
	Rule      string     `json:"rule"`
	Asset     string     `json:"asset"` // pattern over asset IDs
	Root      string     `json:"root,omitempty"`
	Exact     bool       `json:"exact,omitempty"` // rule, asset and root are names: * and ? are characters like any other, and no root is none
	Reason    string     `json:"reason"`
	Owner     string     `json:"owner"`
	Approver  string     `json:"approver,omitempty"`
	Until     time.Time  `json:"until,omitzero"`      // zero for a false positive
	Accepted  []string   `json:"accepted,omitempty"`  // digests of the findings that were looked at; empty: any
	Behaviour int        `json:"behaviour,omitempty"` // of the rule that was looked at; 0: any
	Origin    *Origin    `json:"origin,omitempty"`    // where it is written
	Proposed  bool       `json:"proposed,omitempty"`  // by the change itself, and not yet accepted
}

// WaiverKind says why a finding is let be.
type WaiverKind string

// The kinds of waivers.
const (
	AcceptedRisk  WaiverKind = "accepted-risk"
	FalsePositive WaiverKind = "false-positive" // lapses when the rule's behaviour changes, not by date
	Inline        WaiverKind = "inline"         // a comment in the code
)

// Values lists the kinds of waivers.
func (WaiverKind) Values() []string {
	return []string{string(AcceptedRisk), string(FalsePositive), string(Inline)}
}

// Ignore is a comment in code that asks to let a rule's finding be: probity:ignore RULE reason="…" until=2027-01-31.
type Ignore struct {
	Rule   string    `json:"rule"`
	Reason string    `json:"reason"`
	Until  time.Time `json:"until,omitzero"` // the first moment at which it does not hold any more
	Origin *Origin   `json:"origin"`
	Wrong  string    `json:"wrong,omitempty"` // why it does not count: no reason, a day that is none
}
