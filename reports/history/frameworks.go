package history

import (
	"context"
	"fmt"
	"maps"
	"slices"

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

// Frameworks gives posture by framework, in the order of their IDs.
func (s *Store) Frameworks(ctx context.Context, q FrameworksQuery) (out []FrameworkPosture, err error) {
	err = s.looking(ctx, func(l *look) error {
		all, counts, err := l.byRule(ctx, q)
		if err != nil {
			return err
		}
		var ids []string
		for _, c := range all {
			for _, f := range c.Frameworks {
				ids = append(ids, f.ID)
			}
		}
		for _, id := range sortedSet(ids) {
			f, rules, _ := framework(all, id)
			out = append(out, standsTo(f, rules, counts, q.Bounds))
		}
		return nil
	})
	return out, err
}

// byRule are the rules and frameworks of the newest scans, and what each rule says.
func (l *look) byRule(ctx context.Context, q FrameworksQuery) ([]*corpus, map[string]*Counts, error) {
	a, err := l.asking(ctx, q.Series, q.Account, "", q.Bounds)
	if err != nil {
		return nil, nil, err
	}
	all, err := l.newest(ctx)
	if err != nil {
		return nil, nil, err
	}
	counts := map[string]*Counts{}
	err = l.counting(ctx, a, func(rule string, t tally) {
		if counts[rule] == nil {
			c := newCounts()
			counts[rule] = &c
		}
		counts[rule].add(t, 1)
	})
	return all, counts, err
}

// standsTo sums up a framework. What it applies by is told of all stores together, and not to who sees some of them.
func standsTo(f probity.Framework, rules map[string]bool, counts map[string]*Counts, b Bounds) FrameworkPosture {
	out := FrameworkPosture{ID: f.ID, Title: f.Title, Version: f.Version, Controls: len(f.Controls), Counts: newCounts()}
	if f.Standing != nil && b.Zero() {
		out.Applies, out.Because = f.Standing.Applies, f.Standing.Because
	}
	for r := range rules {
		if c := counts[r]; c != nil {
			out.Counts.plus(*c)
		}
	}
	return out
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
func (s *Store) Framework(ctx context.Context, id string, q FrameworksQuery) (out FrameworkPage, err error) {
	err = s.looking(ctx, func(l *look) error {
		all, counts, err := l.byRule(ctx, q)
		if err != nil {
			return err
		}
		f, rules, known := framework(all, id)
		if !known {
			return fmt.Errorf("framework %q: %w", id, ErrUnknown)
		}
		out.FrameworkPosture = standsTo(f, rules, counts, q.Bounds)
		asked := map[string]probity.Rule{}
		for _, c := range slices.Backward(all) { // the newest last, which is kept
			for _, r := range c.Rules {
				asked[r.ID] = r
			}
		}
		for _, c := range f.Controls {
			row := ControlPosture{Control: c, Counts: newCounts()}
			for _, id := range slices.Sorted(maps.Keys(asked)) {
				if !asked[id].Serves(c) {
					continue
				}
				r := RulePosture{Rule: asked[id], Counts: newCounts()}
				if n := counts[id]; n != nil {
					r.Counts.plus(*n)
				}
				row.Counts.plus(r.Counts)
				row.Rules = append(row.Rules, r)
			}
			out.Rows = append(out.Rows, row)
		}
		return nil
	})
	return out, err
}
