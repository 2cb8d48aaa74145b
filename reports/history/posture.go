package history

import (
	"context"
	"slices"
	"time"

	"github.com/probity-scan/probity"
)

// PostureQuery says what posture is asked for: of one series, account (provider/account) or framework; empty: all.
type PostureQuery struct {
	Series    string    `json:"series,omitempty"`
	Account   string    `json:"account,omitempty"`
	Framework string    `json:"framework,omitempty"`
	Since     time.Time `json:"since,omitzero"` // scans from then on; zero: all of which details are kept
	Bounds    Bounds    `json:"-"`
}

// Posture is how an estate stands: by the newest scan of each series, by the one before it, and over time. An outcome of a rule on a store
// that several series see counts once.
type Posture struct {
	Assets int64                      `json:"assets"` // that the newest scans saw
	Now    Counts                     `json:"now"`
	Before Counts                     `json:"before"` // by the scan before the newest of each series, or the newest where it is the first
	Scans  []PostureMoment            `json:"scans"`  // the oldest first
	Newest []PostureScan              `json:"newest"` // the newest of each series, the newest last
	States map[Standing]int64         `json:"states"` // findings by what they are now, with waivers made here: one that several series see is one
	Open   map[probity.Severity]int64 `json:"open"`   // of these, those that are open
}

// PostureScan is what one scan counted.
type PostureScan struct {
	Scan    string    `json:"scan"`
	Series  string    `json:"series"`
	Started time.Time `json:"started"`
	State   State     `json:"state"`
	Assets  int64     `json:"assets"`
	Counts  Counts    `json:"counts"`
	series  int64
	version int64
}

// PostureMoment is a scan with the newest ones of other series until then, of which several may see the same stores: these count once.
type PostureMoment struct {
	PostureScan
	Together Counts `json:"together"`
}

// Posture gives counts now and over time.
func (s *Store) Posture(ctx context.Context, q PostureQuery) (out Posture, err error) {
	out = Posture{Now: newCounts(), Before: newCounts(), States: map[Standing]int64{}, Open: map[probity.Severity]int64{}}
	err = s.looking(ctx, func(l *look) error {
		a, err := l.asking(ctx, q.Series, q.Account, q.Framework, q.Bounds)
		if err != nil {
			return err
		}
		all, assets, err := l.overTime(ctx, a)
		if err != nil {
			return err
		}
		out.Assets = assets
		newest := map[int64]PostureScan{}
		for _, x := range all {
			newest[x.series] = x
		}
		for _, x := range all {
			if x.version == newest[x.series].version {
				out.Newest = append(out.Newest, x)
			}
		}
		if err := l.together(ctx, a, all, q.Since, &out); err != nil {
			return err
		}
		return l.states(ctx, q, &out)
	})
	return out, err
}

// step is what begins or ends with a scan: added up from the newest scan backwards, or from its beginning.
type step struct {
	at int64
	tally
}

// overTime are the scans of which details are kept, the oldest first, each with what it counted. The newest of a series is counted, and
// those before it by what began and ended since: nights change little. all are the assets that the newest saw, of all series together.
func (l *look) overTime(ctx context.Context, a askedFor) (scans []PostureScan, all int64, err error) {
	if scans, err = l.scansOf(ctx, a); err != nil || len(scans) == 0 {
		return nil, 0, err
	}
	sum, assets, all, err := l.bySeries(ctx, a)
	if err != nil {
		return nil, 0, err
	}
	since, err := l.changed(ctx, a)
	if err != nil {
		return nil, 0, err
	}
	for i, x := range slices.Backward(scans) {
		if sum[x.series] == nil {
			c := newCounts()
			sum[x.series] = &c
		}
		scans[i].Counts, scans[i].Assets = sum[x.series].clone(), assets[x.series]
		for _, s := range since[x.series][x.version] { // was not so before
			if s.verdict > 0 {
				sum[x.series].add(s.tally, -1)
			} else {
				assets[x.series] -= s.outcomes
			}
		}
	}
	return scans, all, nil
}

// bySeries counts outcomes and assets that the newest scan of each series saw; all are the assets of all series together.
func (l *look) bySeries(ctx context.Context, a askedFor) (counts map[int64]*Counts, assets map[int64]int64, all int64, err error) {
	g, c, err := l.chosen(ctx, a)
	if err != nil {
		return nil, nil, 0, err
	}
	counts, assets = map[int64]*Counts{}, map[int64]int64{}
	n := map[alike]int64{}
	g.each(c, func(b *brief, first bool) {
		n[alike{b.series, b.profile}]++
		if first {
			all++
		}
	})
	for a, n := range n {
		assets[int64(a.by)] += n
	}
	sum(g.profiles, n, a.only, false, func(by int32, t tally) {
		series := int64(by)
		if counts[series] == nil {
			c := newCounts()
			counts[series] = &c
		}
		counts[series].add(t, 1)
	})
	return counts, assets, all, nil
}

// changed is what began and ended with each scan but the first of its series, by series and version; what ended counts less.
func (l *look) changed(ctx context.Context, a askedFor) (map[int64]map[int64][]step, error) {
	g := a.glances
	g.and("g.seen = 1")
	const first = "JOIN (SELECT series, MIN(version) AS version FROM scan WHERE published = 1 AND pruned = 0 GROUP BY series) f ON f.series = g.series"
	query := "SELECT g.series, g.since AS at, g.profile, COUNT(*) AS n FROM glance g " + first + " WHERE g.since > f.version AND g.since <= ? AND " + g.text() + " GROUP BY g.series, g.since, g.profile UNION ALL " +
		"SELECT g.series, g.until, g.profile, -COUNT(*) FROM glance g " + first + " WHERE g.until > f.version AND g.until <= ? AND " + g.text() + " GROUP BY g.series, g.until, g.profile"
	args := append(append(append([]any{l.version}, g.args...), l.version), g.args...)
	out := map[int64]map[int64][]step{}
	err := l.steps(ctx, query, args, a.rules, func(series int64, s step) {
		if out[series] == nil {
			out[series] = map[int64][]step{}
		}
		out[series][s.at] = append(out[series][s.at], s)
	})
	return out, err
}

// steps counts outcomes of profiles that a query gives with how many assets have them; verdict 0 are the assets.
func (l *look) steps(ctx context.Context, profiles string, args []any, rules clause, put func(series int64, s step)) error {
	query := "WITH p AS MATERIALIZED (" + profiles + ") SELECT p.series, p.at, r.verdict, r.severity, " + sums + " FROM p JOIN profile_rule r ON r.profile = p.profile WHERE " + rules.text() + " GROUP BY p.series, p.at, r.verdict, r.severity" +
		" UNION ALL SELECT p.series, p.at, 0, 0, CAST(SUM(p.n) AS BIGINT), 0, 0 FROM p GROUP BY p.series, p.at"
	return l.each(ctx, query, append(append([]any{}, args...), rules.args...), func(scan func(...any) error) error {
		var series int64
		var s step
		if err := scan(&series, &s.at, &s.verdict, &s.severity, &s.outcomes, &s.findings, &s.waived); err != nil {
			return err
		}
		put(series, s)
		return nil
	})
}

// scansOf are published scans of which details are kept, the oldest first. Who has bounds sees those of series that saw something
// within them.
func (l *look) scansOf(ctx context.Context, a askedFor) ([]PostureScan, error) {
	series, err := l.seriesOf(ctx, a.glances)
	if err != nil {
		return nil, err
	}
	var out []PostureScan
	err = l.each(ctx, "SELECT s.id, s.series, s.version, s.started, s.state FROM scan s WHERE s.published = 1 AND s.pruned = 0 ORDER BY s.version", nil, func(scan func(...any) error) error {
		var x PostureScan
		var started int64
		if err := scan(&x.Scan, &x.series, &x.version, &started, &x.State); err != nil {
			return err
		}
		name, ok := series[x.series]
		if !ok {
			return nil
		}
		x.Series, x.Started = name, seconds(started)
		out = append(out, x)
		return nil
	})
	return out, err
}

// seriesOf are the series that ever saw what a condition on glances asks for, by number. They are few, and their scans many.
func (l *look) seriesOf(ctx context.Context, glances clause) (map[int64]string, error) {
	out := map[int64]string{}
	where := ""
	if glances.where != "" {
		where = " WHERE EXISTS (SELECT 1 FROM glance g WHERE g.series = s.id AND " + glances.where + ")"
	}
	err := l.each(ctx, "SELECT s.id, s.name FROM series s"+where, glances.args, func(scan func(...any) error) error {
		var id int64
		var name string
		err := scan(&id, &name)
		out[id] = name
		return err
	})
	return out, err
}
