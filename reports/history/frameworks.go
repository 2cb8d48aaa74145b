package history

import (
	"context"

	"github.com/probity-scan/probity"
)

// FrameworksQuery says of which series posture by framework is asked for; empty: of all.
type FrameworksQuery struct {
	Series  string `json:"series,omitempty"`
	Account string `json:"account,omitempty"` // provider/account
	Bounds  Bounds `json:"-"`
}

// FrameworkPosture is how the estate stands to a framework.
type FrameworkPosture struct {
	ID       string          `json:"id"`
	Title    string          `json:"title"`
	Version  string          `json:"version,omitempty"`
	Applies  probity.Applies `json:"applies,omitempty"`
	Because  []string        `json:"because,omitempty"` // not for a viewer with bounds: it tells of all stores
	Controls int             `json:"controls"`
	Counts   Counts          `json:"counts"`
}

// Frameworks gives posture by framework.
func (s *Store) Frameworks(ctx context.Context, q FrameworksQuery) ([]FrameworkPosture, error) {
	return nil, errNotYet
}

// ControlPosture is how the estate stands to a control.
type ControlPosture struct {
	Control probity.Control `json:"control"`
	Counts  Counts          `json:"counts"`
	Rules   []RulePosture   `json:"rules"`
}

// RulePosture is what one rule says of the estate.
type RulePosture struct {
	Rule   probity.Rule `json:"rule"`
	Counts Counts       `json:"counts"`
}

// FrameworkPage is one framework with its controls.
type FrameworkPage struct {
	FrameworkPosture
	Rows []ControlPosture `json:"rows"`
}

// Framework gives one framework by its ID.
func (s *Store) Framework(ctx context.Context, id string, q FrameworksQuery) (FrameworkPage, error) {
	return FrameworkPage{}, errNotYet
}
