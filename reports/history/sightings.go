package history

import (
	"context"
	"slices"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/cause"
)

// touch is a finding to which something may have happened in this scan.
type touch struct {
	asset   int64 // of the outcome
	rule    string
	finding probity.Finding // as it is seen now; without a fingerprint: it is not
	gone    bool            // its asset is gone
	lost    bool            // the scan cannot tell
	earlier bool            // it is in the history already
	shownAs int64           // asset that it is on
	cause   cause.Cause
}

// sighted is an open row of sightings.
type sighted struct {
	finding, series, asset int64
	seen                   bool
	rule, fact             string
}

// openSightings are those on outcomes of some assets.
func (t *taker) openSightings(ctx context.Context, assets ...int64) ([]sighted, error) {
	var out []sighted
	err := t.s.each(ctx, t.s.read, `SELECT s.finding, s.series, s.asset, s.seen, r.name, f.fact FROM sighting s JOIN finding f ON f.id = s.finding JOIN rule r ON r.id = f.rule
		WHERE s.until IS NULL AND s.since < ? AND s.asset IN `+several(len(assets)), append([]any{t.version}, anys(assets)...), func(scan func(...any) error) error {
		var x sighted
		if err := scan(&x.finding, &x.series, &x.asset, &x.seen, &x.rule, &x.fact); err != nil {
			return err
		}
		out = append(out, x)
		return nil
	})
	return out, err
}

// sightings compares the findings on an asset with those that were seen there, by this series and by others.
func (t *taker) sightings(ctx context.Context, id int64, a *probity.Asset, outcomes []probity.Outcome) error {
	var open []sighted
	if t.lastID.finding > 0 {
		asked := []int64{id}
		if l, ok := t.lives[id]; ok {
			asked = append(asked, l.asset)
		}
		var err error
		if open, err = t.openSightings(ctx, asked...); err != nil {
			return err
		}
	}
	now := map[int64]bool{}
	by := map[string]probity.Outcome{}
	names, err := t.lookUp(ctx, outcomes)
	if err != nil {
		return err
	}
	for _, o := range outcomes {
		if _, own := by[o.Rule]; !own || !ofParts(o) {
			by[o.Rule] = o
		}
		if o.Verdict != probity.Fail {
			continue
		}
		for _, f := range o.Findings {
			finding, fresh, err := t.finding(o.Rule, f, names)
			if err != nil {
				return err
			}
			if now[finding] {
				continue
			}
			now[finding] = true
			if err := t.see(id, o.Rule, finding, f, fresh, open); err != nil {
				return err
			}
		}
	}
	for _, x := range open {
		if !now[x.finding] {
			t.unsee(x, id, a, by)
		}
	}
	return nil
}

// see notes that a finding is there.
func (t *taker) see(id int64, rule string, finding int64, f probity.Finding, fresh bool, open []sighted) error {
	on, err := t.numbered(f.Asset)
	if err != nil {
		return err
	}
	if old := t.touched[finding]; old == nil || old.finding.Fingerprint == "" || graver(f, old.finding) {
		t.touched[finding] = &touch{asset: id, rule: rule, finding: f, earlier: !fresh, shownAs: on}
	}
	for _, x := range open {
		if x.finding == finding && x.series == t.series && x.asset == id {
			if x.seen {
				return nil
			}
			t.w.end(closeSighting, t.series, finding, id, t.series)
		}
	}
	t.w.add("sighting", sightingColumns, finding, t.series, id, t.version, 1)
	return nil
}

const (
	sightingColumns = "finding, series, asset, since, seen"
	closeSighting   = "UPDATE sighting SET until = ?, closer = ? WHERE until IS NULL AND finding = ? AND asset = ? AND series = ?"
)

// graver reports whether a finding is the one of two that a person should see.
func graver(f, than probity.Finding) bool {
	if f.Waived() != than.Waived() {
		return than.Waived()
	}
	a, b := rank(f.Risk.Severity), rank(than.Risk.Severity)
	return a > 0 && (a < b || b == 0)
}

// unsee decides over a finding that was seen before and is not any more: it is gone on evidence, or the scan cannot tell.
func (t *taker) unsee(x sighted, id int64, a *probity.Asset, by map[string]probity.Outcome) {
	called, asked := t.called(x.rule)
	o, judged := by[called]
	proven := asked && t.proves(o, judged, x, a)
	switch {
	case x.series != t.series:
		if judged && proven && t.started >= t.latest[x.series] {
			t.close(x, false)
		}
	case x.asset != id: // of the series, on another asset of the same life
	case proven:
		t.close(x, false)
	default:
		t.lose(x)
	}
}

// proves reports whether an outcome shows that a finding of its rule is gone.
func (t *taker) proves(o probity.Outcome, judged bool, x sighted, a *probity.Asset) bool {
	switch {
	case !judged:
		return a != nil && !t.is.Listed.Stopped()
	case o.Verdict == probity.Unknown:
		return false
	case o.Verdict != probity.Fail || a == nil:
		return true
	}
	// The rule fails for something else. Where the fact is known in part only, this may be in the other part.
	for p, l := range probity.Leaves(a) {
		if under(probity.Path(x.fact), p) || under(p, probity.Path(x.fact)) {
			if _, gap := l.Value(); gap != nil && gap.Reason != probity.NotCollected && gap.Reason != probity.NotApplicable {
				return false
			}
		}
	}
	return true
}

// called is what a rule is called in this scan, by its own name or a former one, and whether the scan asked it.
func (t *taker) called(rule string) (id string, asked bool) {
	if t.asked[rule] {
		return rule, true
	}
	for _, r := range t.scan.Rules {
		if slices.Contains(r.Aliases, rule) {
			return r.ID, true
		}
	}
	return rule, false
}

func (t *taker) close(x sighted, gone bool) {
	t.w.end(closeSighting, t.series, x.finding, x.asset, x.series)
	if old := t.touched[x.finding]; old == nil {
		t.touched[x.finding] = &touch{asset: x.asset, rule: x.rule, gone: gone, earlier: true}
	}
}

func (t *taker) lose(x sighted) {
	if x.seen {
		t.w.end(closeSighting, t.series, x.finding, x.asset, x.series)
		t.w.add("sighting", sightingColumns, x.finding, x.series, x.asset, t.version, 0)
	}
	if old := t.touched[x.finding]; old == nil {
		t.touched[x.finding] = &touch{asset: x.asset, rule: x.rule, lost: true, earlier: true}
	}
}
