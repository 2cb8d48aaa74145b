package pipeline

import (
	"context"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/resolve"
)

// Declarations are what people said in probity.yaml.
type Declarations struct {
	Activities []probity.Activity
	Labels     []Declared
	Waivers    []probity.Waiver
}

// Declared is a label that a reviewer gives to the stores that a pattern names.
type Declared struct {
	Store string
	Label probity.Label
}

// Matches compares an asset with a pattern over its ID or one of its aliases: * is any text, ? one character.
func Matches(pattern string, a probity.Asset) bool {
	if wild(pattern, a.ID) {
		return true
	}
	for _, alias := range a.Aliases {
		if wild(pattern, alias) {
			return true
		}
	}
	return false
}

// holds reports whether the pattern names what contains the asset: a database speaks for its tables.
func holds(pattern string, a probity.Asset) bool {
	return slices.ContainsFunc(a.Links.Items, func(l probity.Link) bool { return l.Kind == probity.ContainedIn && wild(pattern, l.To.ID) })
}

// wild knows no other special characters: addresses are full of brackets.
func wild(pattern, s string) bool {
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return fits(pattern, s)
	}
	first, last := parts[0], parts[len(parts)-1]
	if len(s) < len(first)+len(last) || !fits(first, s[:len(first)]) || !fits(last, s[len(s)-len(last):]) {
		return false
	}
	s = s[len(first) : len(s)-len(last)]
	for _, p := range parts[1 : len(parts)-1] {
		i := 0
		for ; i+len(p) <= len(s) && !fits(p, s[i:i+len(p)]); i++ {
		}
		if i+len(p) > len(s) {
			return false
		}
		s = s[i+len(p):]
	}
	return true
}

func fits(pattern, s string) bool {
	if len(pattern) != len(s) {
		return false
	}
	for i := range len(s) {
		if pattern[i] != '?' && pattern[i] != s[i] {
			return false
		}
	}
	return true
}

// labels adds declared labels before copies are followed.
func (d Declarations) labels(ctx context.Context, inv *resolve.Slice) error {
	if len(d.Labels) == 0 {
		return nil
	}
	for a, err := range inv.Assets(ctx, resolve.Query{}) {
		if err != nil {
			return err
		}
		n := len(a.Labels.Items)
		for _, l := range d.Labels {
			if Matches(l.Store, a) {
				a.Labels = a.Labels.With(l.Label)
			}
		}
		if len(a.Labels.Items) > n {
			if err := inv.Update(ctx, a); err != nil {
				return err
			}
		}
	}
	return nil
}

// activities links each store with those that name it. Where nobody keeps a register, whether one exists is a gap.
func (d Declarations) activities(ctx context.Context, inv *resolve.Slice) error {
	for a, err := range inv.Assets(ctx, resolve.Query{}) {
		if err != nil {
			return err
		}
		var of []probity.Activity
		for _, act := range d.Activities {
			if slices.ContainsFunc(act.Stores, func(pattern string) bool { return Matches(pattern, a) || holds(pattern, a) }) {
				of = append(of, act)
			}
		}
		if len(d.Activities) == 0 {
			a.Activities = probity.Open[probity.Activity](probity.Gap{Reason: probity.Undeclared, Needs: "activities in probity.yaml"}, nil)
		} else {
			a.Activities = probity.Whole(nil, of...)
		}
		if err := inv.Update(ctx, a); err != nil {
			return err
		}
	}
	return nil
}

// Idle gives a line for each waiver that waives nothing: its day has passed, or no rule bears its name.
func (d Declarations) Idle(rules []probity.Rule, now time.Time) []string {
	var out []string
	for _, w := range d.Waivers {
		switch {
		case !now.Before(w.Until):
			out = append(out, "waiver of "+w.Rule+" on "+w.Asset+": its last day was "+w.Until.AddDate(0, 0, -1).Format(time.DateOnly))
		case !slices.ContainsFunc(rules, func(r probity.Rule) bool { return wild(w.Rule, r.ID) }):
			out = append(out, "waiver of "+w.Rule+" on "+w.Asset+": no rule that was asked bears this name")
		}
	}
	return out
}

// waive marks the findings that somebody accepted until a day that has not come.
func (d Declarations) waive(outcomes iter.Seq[*probity.Outcome], now time.Time) {
	for o := range outcomes {
		for k, f := range o.Findings {
			for _, w := range d.Waivers {
				if now.Before(w.Until) && wild(w.Rule, o.Rule) && wild(w.Asset, f.Asset.ID) {
					o.Findings[k].Waiver = &w
					break
				}
			}
		}
	}
}
