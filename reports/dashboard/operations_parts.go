package dashboard

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/history"
)

// PartIn names a store, of which one table is asked for.
type PartIn struct {
	AssetIn
	Format string `query:"format" enum:"json,csv" default:"json"`
}

// Labels are the personal data of a store, place by place.
func (o *Operations) Labels(ctx context.Context, in *PartIn) ([]probity.Label, error) {
	p, err := o.Asset(ctx, &in.AssetIn)
	return labelsOf(p), err
}

// labelsOf are the labels of a store in the order that pages show them.
func labelsOf(p history.AssetPage) []probity.Label {
	out := slices.Clone(p.Asset.Labels.Items)
	slices.SortStableFunc(out, func(x, y probity.Label) int {
		return cmp.Or(cmp.Compare(x.Category, y.Category), cmp.Compare(x.On, y.On))
	})
	return out
}

// Link is a link of a store, and which way it goes.
type Link struct {
	Way   string           `json:"way" enum:"from,to" doc:"from: the store that is asked for has it; to: the other store has it"`
	Kind  probity.LinkKind `json:"kind"`
	Asset history.AssetRow `json:"asset" doc:"at the other end"`
}

// Links are those of a store, both ways.
func (o *Operations) Links(ctx context.Context, in *PartIn) ([]Link, error) {
	p, err := o.Asset(ctx, &in.AssetIn)
	var out []Link
	for _, l := range p.Links {
		out = append(out, Link{"from", l.Kind, l.Asset})
	}
	for _, l := range p.Linked {
		out = append(out, Link{"to", l.Kind, l.Asset})
	}
	return out, err
}

// Readers are who can read a store, as far as that is known.
func (o *Operations) Readers(ctx context.Context, in *PartIn) ([]probity.Grant, error) {
	p, err := o.Asset(ctx, &in.AssetIn)
	return p.Asset.Access.Readers.Items, err
}

// Missed is a fact that a rule lacks.
type Missed struct {
	Rule string       `json:"rule"`
	Fact probity.Path `json:"fact"`
	Gap  probity.Gap  `json:"gap"`
}

// Missing are the facts that rules lack to decide of a store.
func (o *Operations) Missing(ctx context.Context, in *PartIn) ([]Missed, error) {
	p, err := o.Asset(ctx, &in.AssetIn)
	var out []Missed
	for _, x := range p.Outcomes {
		for _, e := range x.Evidence {
			if x.Verdict == probity.Unknown && e.Gap != nil {
				out = append(out, Missed{x.Rule, e.Fact, *e.Gap})
			}
		}
	}
	return out, err
}

// Facts are those of a store, each with its origin or why it is not known.
func (o *Operations) Facts(ctx context.Context, in *PartIn) ([]probity.Evidence, error) {
	p, err := o.Asset(ctx, &in.AssetIn)
	var out []probity.Evidence
	for _, g := range groupsOf(&p.Asset) {
		out = append(out, g.Facts...)
	}
	return out, err
}

// EvidenceIn names a finding.
type EvidenceIn struct {
	FindingIn
	Format string `query:"format" enum:"json,csv" default:"json"`
}

// Evidence is the facts of a finding as the verdict saw them, of the newest scan that sees it.
func (o *Operations) Evidence(ctx context.Context, in *EvidenceIn) ([]probity.Evidence, error) {
	life, err := o.Finding(ctx, &in.FindingIn)
	if err != nil || life.Outcome == nil {
		return nil, err
	}
	return life.Outcome.Evidence, nil
}

// scheduled is a schedule in a table.
type scheduled struct {
	Name     string    `json:"name"`
	Cron     string    `json:"cron"`
	Zone     string    `json:"zone"`
	Next     time.Time `json:"next"`
	Scan     string    `json:"last_scan"`
	Started  time.Time `json:"last_started"`
	State    string    `json:"last_state"`
	Findings *int64    `json:"last_findings"`
	Running  string    `json:"running_scan"`
	Waiting  int       `json:"waiting_units"`
}

// scheduledOf are schedules as a table has them: one line each.
func scheduledOf(s Status) []scheduled {
	var out []scheduled
	for _, x := range s.Schedules {
		row := scheduled{Name: x.Name, Cron: x.Cron, Zone: x.Zone, Next: x.Next, Waiting: x.Waiting}
		if x.Last != nil {
			row.Scan, row.Started, row.State, row.Findings = x.Last.ID, x.Last.Started, string(x.Last.State), &x.Last.Findings
		}
		if x.Running != nil {
			row.Running = x.Running.ID
		}
		out = append(out, row)
	}
	return out
}
