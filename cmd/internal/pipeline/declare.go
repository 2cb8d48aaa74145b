package pipeline

import (
	"context"
	"slices"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies"
	"github.com/probity-scan/probity/reports/gate"
	"github.com/probity-scan/probity/scanners/kinds"
	"github.com/probity-scan/probity/scanners/resolve"
)

// Declarations are what people said in probity.yaml.
type Declarations struct {
	Activities []probity.Activity
	Labels     []Reviewed
	Accounts   []Owned
	Owners     []Owner

	Organisation policies.Organisation
}

// Starts are what periods of retention are declared to count from.
func (d Declarations) Starts() (out []string) {
	for _, a := range d.Activities {
		if start, ok := a.StartsAt.Get(); ok {
			out = append(out, start)
		}
	}
	return out
}

// Owned is an account and the legal entity that it belongs to.
type Owned struct {
	Account string
	Entity  probity.Fact[string]
	Country probity.Fact[string] // of the entity's establishment
}

// Matches compares an asset with a pattern over its ID or one of its aliases: * is any text, ? one character.
func Matches(pattern string, a probity.Asset) bool {
	if gate.Match(pattern, a.ID) {
		return true
	}
	for _, alias := range a.Aliases {
		if gate.Match(pattern, alias) {
			return true
		}
	}
	return false
}

// holds reports whether the pattern names what contains the asset: a database speaks for its tables.
func holds(pattern string, a probity.Asset) bool {
	return slices.ContainsFunc(a.Links.Items, func(l probity.Link) bool { return l.Kind == probity.ContainedIn && gate.Match(pattern, l.To.ID) })
}

// accounts says whose each live account is. What nobody declared is a gap.
func (d Declarations) accounts(ctx context.Context, inv *resolve.Slice) error {
	for a, err := range inv.Assets(ctx, resolve.Query{Kind: kinds.AWSAccount}) {
		if err != nil {
			return err
		}
		if a.Scope.Account == "" || a.Scope.Region != "" {
			continue
		}
		question := probity.Gap{Reason: probity.Undeclared, Needs: probity.AskAccounts.Of(a.Scope.Account)}
		own := Owned{Entity: probity.Missing[string](question, nil), Country: probity.Missing[string](question, nil)}
		if i := slices.IndexFunc(d.Accounts, func(o Owned) bool { return o.Account == a.Scope.Account }); i >= 0 {
			own = d.Accounts[i]
		}
		said := probity.SettingsOf(kinds.Account{Entity: own.Entity, Country: own.Country})
		if a.Settings == nil {
			a.Settings = said
		}
		a.Settings = a.Settings.With(probity.Settings{"entity": said["entity"], "country": said["country"]})
		if err := inv.Update(ctx, a); err != nil {
			return err
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
			a.Activities = probity.Open[probity.Activity](probity.Gap{Reason: probity.Undeclared, Needs: string(probity.AskActivities)}, nil)
		} else {
			a.Activities = probity.Whole(nil, of...)
		}
		if err := inv.Update(ctx, a); err != nil {
			return err
		}
	}
	return nil
}
