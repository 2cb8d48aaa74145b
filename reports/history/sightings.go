package history

import (
	"cmp"
	"context"
	"slices"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/cause"
	"github.com/probity-scan/probity/reports/gate"
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
	moved   int64           // asset by which the store goes now, where the finding was on another; 0: none
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
	return t.sighted(ctx, "s.asset IN "+several(len(assets)), anys(assets)...)
}

func (t *taker) sighted(ctx context.Context, where string, args ...any) ([]sighted, error) {
	var out []sighted
	err := t.s.each(ctx, t.s.read, `SELECT s.finding, s.series, s.asset, s.seen, r.name, f.fact FROM sighting s JOIN finding f ON f.id = s.finding JOIN rule r ON r.id = f.rule
		WHERE s.until IS NULL AND s.since < ? AND `+where, append([]any{t.version}, args...), func(scan func(...any) error) error {
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
	var gone map[string]int64
	if t.lastID.finding > 0 {
		var err error
		if open, err = t.openOn(ctx, id); err == nil {
			gone, err = t.goneSince(ctx, id)
		}
		if err != nil {
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
			if by := cmp.Or(gone[o.Rule], gone[""]); by != 0 { // this scan is the older one: it tells nothing of what is
				t.w.add("sighting", sightingColumns+", until, closer", finding, t.series, id, t.version, 1, t.version, by)
				continue
			}
			if err := t.see(id, o.Rule, finding, f, fresh, open); err != nil {
				return err
			}
		}
	}
	for _, x := range open {
		if !now[x.finding] {
			t.unsee(x, id, a, by, open)
		}
	}
	return nil
}

// openOn are the open sightings on an asset, and on what else its findings are counted with.
func (t *taker) openOn(ctx context.Context, id int64) ([]sighted, error) {
	l := t.lived(id)
	open, err := t.openSightings(ctx, id, l.asset)
	if err != nil || len(t.kin[l.asset]) == 0 {
		return open, err
	}
	more, err := t.sighted(ctx, "s.finding IN (SELECT id FROM finding WHERE asset = ?)", l.asset)
	for _, x := range more {
		if !slices.Contains(open, x) {
			open = append(open, x)
		}
	}
	return open, err
}

// goneSince are rules of which a scan of another series, which began later than this one, tells that nothing is wrong with an asset, with
// that series; "" is all of them, where the asset was gone by then.
func (t *taker) goneSince(ctx context.Context, id int64) (map[string]int64, error) {
	if len(t.newer) == 0 {
		return nil, nil //nolint:nilnil // nothing is
	}
	out := map[string]int64{}
	args := append([]any{id}, anys(t.newer)...)
	err := t.s.each(ctx, t.s.read, "SELECT series FROM span WHERE asset = ? AND series IN "+several(len(t.newer))+" GROUP BY series HAVING MAX(CASE WHEN until IS NULL THEN 1 ELSE 0 END) = 0", args, func(scan func(...any) error) error {
		var series int64
		err := scan(&series)
		out[""] = series
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, t.s.each(ctx, t.s.read, "SELECT r.name, o.series FROM outcome o JOIN rule r ON r.id = o.rule WHERE o.until IS NULL AND o.asset = ? AND o.series IN "+several(len(t.newer))+" AND o.verdict IN (?, ?)",
		append(args, code(probity.Pass), code(probity.NA)), func(scan func(...any) error) error {
			var rule string
			var series int64
			err := scan(&rule, &series)
			out[rule] = series
			return err
		})
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
func (t *taker) unsee(x sighted, id int64, a *probity.Asset, by map[string]probity.Outcome, open []sighted) {
	called, asked := t.called(x.rule)
	o, judged := by[called]
	proven := asked && t.proves(o, judged, x, a)
	own := x.asset == id
	switch {
	case !own && t.lived(id).nightly: // on another snapshot: nothing is known of that one, but of this one neither
		if x.series == t.series && !proven && !slices.ContainsFunc(open, func(o sighted) bool { return o.finding == x.finding && o.series == x.series && o.asset == id }) {
			t.unknown(x, id)
		}
	case !own && t.here[x.asset]: // another source's, which the scan reads as well
	case x.series != t.series:
		if judged && proven && t.started >= t.latest[x.series] {
			t.close(x, id, false)
		}
	case proven:
		t.close(x, id, false)
	case own:
		t.lose(x)
	default: // on what the store was called before
		t.w.end(closeSighting, t.series, x.finding, x.asset, x.series)
		t.unknown(x, id)
		t.touch(x, &touch{asset: id, lost: true, moved: id})
	}
}

// unknown notes that a finding may be on an asset: nobody can tell.
func (t *taker) unknown(x sighted, id int64) {
	for _, noted := range t.unknowns[id] {
		if noted == x.finding {
			return
		}
	}
	t.unknowns[id] = append(t.unknowns[id], x.finding)
	t.w.add("sighting", sightingColumns, x.finding, t.series, id, t.version, 0)
}

// touch notes that something may have happened to a finding that the history knows; what is known already stays.
func (t *taker) touch(x sighted, is *touch) {
	if t.touched[x.finding] == nil {
		is.rule, is.earlier = x.rule, true
		t.touched[x.finding] = is
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
	return gate.Whole(a, probity.Path(x.fact)) // the rule fails for something else
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

// close ends a sighting: what is known of an asset, by the name by which it was seen or another, shows that the finding is gone.
func (t *taker) close(x sighted, id int64, gone bool) {
	t.w.end(closeSighting, t.series, x.finding, x.asset, x.series)
	is := &touch{asset: id, gone: gone}
	if id != x.asset {
		is.moved = id
	}
	t.touch(x, is)
}

func (t *taker) lose(x sighted) {
	if x.seen {
		t.w.end(closeSighting, t.series, x.finding, x.asset, x.series)
		t.w.add("sighting", sightingColumns, x.finding, x.series, x.asset, t.version, 0)
	}
	t.touch(x, &touch{asset: x.asset, lost: true})
}
