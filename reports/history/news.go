package history

import (
	"context"
	"slices"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/cause"
)

// News are what a scan brought, for those who are told of it.
type News struct {
	Record
	First   bool              // of its series, or of which details are kept: there is nothing that it is held against
	Events  []Happened        // to findings, the worst first
	Changes []Turned          // verdicts that are others for another reason than the estate and its content
	Titles  map[string]string // of rules
}

// Happened is what happened to a finding. Whose its asset is and what it holds is there where the estate or its content changed, and of
// a first scan where that is asked for.
type Happened struct {
	Known
	Whose      string             // who answers for the asset
	Activities []string           // that it serves, by ID
	Categories []probity.Category // of personal data in it
}

// Turned counts verdicts that changed alike.
type Turned struct {
	Scope    probity.Scope
	Rule     string
	Cause    cause.Cause
	Is       probity.Verdict
	Severity probity.Severity
	Verdicts int
}

// Own reports whether a cause is what people did to the estate or to what is in it, not how it is looked at.
func Own(c cause.Cause) bool { return c == cause.Estate || c == cause.Content }

// News are those of a published scan; of one whose details are pruned there are none. Whoever chooses among findings by what assets
// hold asks for that of a first scan too: nothing changed there, and it takes a look at each asset.
func (s *Store) News(ctx context.Context, id string, holds bool) (News, error) {
	r, err := s.Record(ctx, id)
	if err != nil || !r.Published || r.Pruned {
		return News{Record: r}, err
	}
	out := News{Record: r, Titles: map[string]string{}}
	var series, before int64
	err = s.read.QueryRowContext(ctx, s.q("SELECT series, (SELECT COUNT(*) FROM scan b WHERE b.series = scan.series AND b.published = 1 AND b.pruned = 0 AND b.version < scan.version) FROM scan WHERE version = ?"), r.Version).Scan(&series, &before)
	if err != nil {
		return out, failed(err)
	}
	out.First = before == 0
	scan, err := s.scan(ctx, r)
	if err != nil {
		return out, err
	}
	for _, rule := range scan.Rules {
		out.Titles[rule.ID] = rule.Title
	}
	if out.Events, err = s.events(ctx, r.Version); err != nil {
		return out, err
	}
	if err := s.describe(ctx, at{series, r.Version}, out.Events, out.First && holds); err != nil {
		return out, err
	}
	err = s.each(ctx, s.read, `SELECT a.provider, a.account, a.region, r.name, c.cause, c.now, c.severity, COUNT(*) FROM change c JOIN asset a ON a.id = c.asset JOIN rule r ON r.id = c.rule
		WHERE c.version = ? AND c.cause NOT IN (?, ?) GROUP BY a.provider, a.account, a.region, r.name, c.cause, c.now, c.severity ORDER BY c.cause, r.name`,
		[]any{r.Version, string(cause.Estate), string(cause.Content)}, func(scan func(...any) error) error {
			var c Turned
			var is, severity int64
			err := scan(&c.Scope.Provider, &c.Scope.Account, &c.Scope.Region, &c.Rule, &c.Cause, &is, &severity, &c.Verdicts)
			c.Is, c.Severity = verdictOf(is), severityOf(severity)
			out.Changes = append(out.Changes, c)
			return err
		})
	return out, err
}

// events are what happened to findings at a version.
func (s *Store) events(ctx context.Context, version int64) ([]Happened, error) {
	var out []Happened
	err := s.each(ctx, s.read, `SELECT f.id, x.fingerprint, r.name, a.root, a.ref, a.kind, a.class, a.provider, a.account, a.region, f.fact, f.element, x.state, x.severity, x.message, x.owner, x.lapses, x.event, x.cause, b.started, c.started
		FROM standing x JOIN finding f ON f.id = x.finding JOIN rule r ON r.id = f.rule JOIN asset a ON a.id = x.asset JOIN scan b ON b.version = f.since JOIN scan c ON c.version = x.since
		WHERE x.since = ? ORDER BY x.severity, r.name, a.root, a.ref, x.finding`, []any{version}, func(scan func(...any) error) error {
		var k Known
		var state, severity, lapses, firstSeen, changed int64
		err := scan(&k.ID, &k.Fingerprint, &k.Rule, &k.Asset.Root, &k.Asset.ID, &k.Kind, &k.Class, &k.Scope.Provider, &k.Scope.Account, &k.Scope.Region, &k.Fact, &k.Element, &state, &severity, &k.Message,
			&k.Owner, &lapses, &k.Event, &k.Cause, &firstSeen, &changed)
		k.State, k.Severity, k.Lapses, k.FirstSeen, k.Changed, k.LastSeen = standingOf(state), severityOf(severity), seconds(lapses), seconds(firstSeen), seconds(changed), seconds(changed)
		out = append(out, Happened{Known: k})
		return err
	})
	return out, err
}

// describe says of events that the estate or its content brought, or of all, whose the asset is, and what it holds: as it is, or as it
// was before it went.
func (s *Store) describe(ctx context.Context, at at, events []Happened, all bool) error {
	p, err := newPacker()
	if err != nil {
		return err
	}
	defer p.close()
	before := at
	before.version--
	is, was := s.remembered(ctx, p, at), s.remembered(ctx, p, before)
	order := make([]*Happened, 0, len(events)) // by asset: each is read once
	for i := range events {
		if all || Own(events[i].Cause) {
			order = append(order, &events[i])
		}
	}
	slices.SortStableFunc(order, func(a, b *Happened) int { return a.Asset.Compare(b.Asset) })
	for _, e := range order {
		a, err := is(e.Asset)
		if err == nil && a == nil {
			a, err = was(e.Asset)
		}
		if err != nil {
			return err
		}
		if a == nil { // of another series
			continue
		}
		e.Whose, _ = a.Owner.Get()
		for _, x := range a.Activities.Items {
			e.Activities = append(e.Activities, x.ID)
		}
		seen := map[probity.Category]bool{}
		for _, l := range a.Labels.Items {
			if !seen[l.Category] {
				seen[l.Category] = true
				e.Categories = append(e.Categories, l.Category)
			}
		}
	}
	return nil
}
