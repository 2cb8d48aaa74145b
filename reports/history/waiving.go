package history

import (
	"context"
	"time"

	"github.com/probity-scan/probity"
)

// Waiver accepts a finding for a time; made by a person who looks at the history, not in a file.
type Waiver struct {
	ID          int64       `json:"id"`
	Fingerprint string      `json:"fingerprint"`
	Rule        string      `json:"rule"`  // of the finding: it is filled in
	Asset       probity.Ref `json:"asset"` // of the finding: it is filled in
	Reason      string      `json:"reason"`
	Owner       string      `json:"owner"`
	Approver    string      `json:"approver,omitempty"`
	Expires     time.Time   `json:"expires"`            // the first moment at which it does not hold any more
	By          string      `json:"by"`                 // who made it
	At          time.Time   `json:"at"`                 // when
	Withdrawn   time.Time   `json:"withdrawn,omitzero"` // when it was
	WithdrawnBy string      `json:"withdrawn_by,omitempty"`
}

// Waive keeps a waiver of an open finding, which the bounds let its maker see. It shows at once, and holds for following scans until
// its day, unless the facts that decide the finding change.
func (s *Store) Waive(ctx context.Context, w Waiver, b Bounds) (Waiver, error) {
	return Waiver{}, errNotYet
}

// Withdraw ends a waiver.
func (s *Store) Withdraw(ctx context.Context, id int64, by string, b Bounds) (Waiver, error) {
	return Waiver{}, errNotYet
}

// WaiversQuery says which waivers are asked for, the newest first.
type WaiversQuery struct {
	Fingerprint string `json:"fingerprint,omitempty"`
	Holding     bool   `json:"holding,omitempty"` // those alone that hold
	After       string `json:"after,omitempty"`
	Limit       int    `json:"limit,omitempty"` // 0: 100
	Bounds      Bounds `json:"-"`
}

// WaiversPage is some of a list.
type WaiversPage struct {
	Rows  []Waiver `json:"rows"`
	Next  string   `json:"next,omitempty"`
	Total int64    `json:"total"`
}

// Waivers lists waivers that were made here.
func (s *Store) Waivers(ctx context.Context, q WaiversQuery) (WaiversPage, error) {
	return WaiversPage{}, errNotYet
}

// Accepted are the waivers that hold, as the gate takes them.
func (s *Store) Accepted(ctx context.Context) ([]probity.Waiver, error) {
	return nil, errNotYet
}
