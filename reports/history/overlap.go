package history

import (
	"cmp"
	"context"
	"encoding/binary"
	"slices"
	"time"
)

// stay is how one series judged a store under one of its names, from one version to another; until 0: it holds.
type stay struct{ tagging, series, cohort, profile, since, until int32 }

// holds reports whether it held at a version.
func (s stay) holds(version int64) bool {
	return int64(s.since) <= version && (s.until == 0 || int64(s.until) > version)
}

// readStays reads, of stores that several series tell of or that have several names, how they were judged in the scans of which details
// are kept.
func (l *look) readStays(ctx context.Context, g *gist, lives map[int64]int64, place func(cohort, profile int64) (int32, int32)) error {
	if len(g.began) < 2 && len(lives) == 0 {
		return nil
	}
	type name struct {
		asset  int64
		series int32
	}
	of := func(asset int64) int64 {
		if life, ok := lives[asset]; ok {
			return life
		}
		return asset
	}
	one, many := map[int64]name{}, map[int64]bool{}
	put := func(n name) {
		store := of(n.asset)
		if was, ok := one[store]; !ok {
			one[store] = n
		} else if was != n {
			many[store] = true
		}
	}
	for i := range g.rows {
		if g.rows[i].seen {
			put(name{g.rows[i].asset, g.rows[i].series})
		}
	}
	type ended struct {
		asset int64
		stay
	}
	var past []ended
	err := l.each(ctx, `SELECT g.asset, g.series, g.since, g.until, g.cohort, g.tagging, g.profile FROM glance g
		JOIN (SELECT series, MIN(version) AS version FROM scan WHERE published = 1 AND pruned = 0 GROUP BY series) f ON f.series = g.series
		WHERE g.until > f.version AND g.until <= ? AND g.seen = 1`, []any{l.version}, func(scan func(...any) error) error {
		var e ended
		var cohort, profile int64
		err := scan(&e.asset, &e.series, &e.since, &e.until, &cohort, &e.tagging, &profile)
		e.cohort, e.profile = place(cohort, profile)
		past = append(past, e)
		put(name{e.asset, e.series})
		return err
	})
	if err != nil || len(many) == 0 {
		return err
	}
	stays := make(map[int64][]stay, len(many))
	for _, b := range g.rows {
		if store := of(b.asset); b.seen && many[store] {
			stays[store] = append(stays[store], stay{b.tagging, b.series, b.cohort, b.profile, b.since, 0})
		}
	}
	for _, e := range past {
		if store := of(e.asset); many[store] {
			stays[store] = append(stays[store], e.stay)
		}
	}
	for _, of := range stays {
		g.stays = append(g.stays, of)
	}
	return nil
}

// mix is stores that the same series judge the same way.
type mix struct {
	of   []voice
	n    int64
	less map[string][]tally // by the order of the series: what they count less than all series together
}

// mixer counts stores that several series tell of.
type mixer struct {
	folder
	only  map[int32]bool
	mixes map[string]*mix
}

// put counts stores of some voices; n is -1 where there is one less.
func (m *mixer) put(of []voice, n int64) {
	if len(of) < 2 {
		return
	}
	slices.SortFunc(of, func(a, b voice) int {
		return cmp.Or(cmp.Compare(a.series, b.series), cmp.Compare(a.profile, b.profile))
	})
	key := make([]byte, 0, 8*len(of))
	for _, v := range of {
		key = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(key, uint32(v.series)), uint32(v.profile))
	}
	x := m.mixes[string(key)]
	if x == nil {
		x = &mix{of: slices.Clone(of), less: map[string][]tally{}}
		m.mixes[string(key)] = x
	}
	if x.n += n; x.n == 0 {
		delete(m.mixes, string(key))
	}
}

// ordered names an order of series, by when their scans began: all that a mix counts by.
func ordered(began map[int32]int64) string {
	all := make([]int32, 0, len(began))
	for s := range began {
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b int32) int { return cmp.Or(cmp.Compare(began[b], began[a]), cmp.Compare(a, b)) })
	var out []byte
	for i, s := range all {
		out = binary.BigEndian.AppendUint32(out, uint32(s))
		for _, newer := range all[:i] {
			out = append(out, byte(number(overdue(began[newer], began[s]))))
		}
	}
	return string(out)
}

// add corrects counts that are of all series together: what several of them see counts once.
func (m *mixer) add(to *Counts, began map[int32]int64) {
	order := ordered(began)
	var all bins
	for _, x := range m.mixes {
		less, ok := x.less[order]
		if !ok {
			less = m.less(x, began)
			x.less[order] = less
		}
		for _, t := range less {
			at := &all[t.verdict&7][t.severity&7]
			at.outcomes += x.n * t.outcomes
			at.findings += x.n * t.findings
			at.waived += x.n * t.waived
		}
	}
	for verdict := range all {
		for severity, t := range all[verdict] {
			if t.verdict, t.severity = int64(verdict), int64(severity); t != (tally{verdict: t.verdict, severity: t.severity}) {
				to.add(t, 1)
			}
		}
	}
}

// less is what one store of a mix counts, less what it counts for each series.
func (m *mixer) less(x *mix, began map[int32]int64) (out []tally) {
	of := slices.Clone(x.of)
	var all bins
	count := func(place int32, times int64) {
		for _, s := range m.profiles[place].says {
			if m.only == nil || m.only[s.rule] {
				t := &all[s.verdict&7][s.severity&7]
				t.outcomes += times
				t.findings += times * int64(s.findings)
				t.waived += times * int64(s.waived)
			}
		}
	}
	for i := range of {
		of[i].began = began[of[i].series]
		count(of[i].profile, -1)
	}
	_, place := m.together(of)
	count(place, 1)
	for verdict := range all {
		for severity, t := range all[verdict] {
			if t != (tally{}) {
				t.verdict, t.severity = int64(verdict), int64(severity)
				out = append(out, t)
			}
		}
	}
	return out
}

// voices are those of a store of which a choice has something, at versions of series.
func (c choice) voices(of []stay, at func(series int32) int64) (out []voice) {
	for _, s := range of {
		if s.holds(at(s.series)) && c.holds(s.cohort, int64(s.tagging)) {
			out = append(out, voice{series: s.series, profile: s.profile})
		}
	}
	return out
}

// together counts what several series see once: by the newest scan of each series, by the one before it, and by what was the newest of
// each at each scan from a time on.
func (l *look) together(ctx context.Context, a askedFor, scans []PostureScan, since time.Time, to *Posture) error {
	g, err := l.gist(ctx)
	if err != nil {
		return err
	}
	var c choice
	stays := g.stays
	if a.series != "" { // it tells of each name of a store
		stays = nil
	}
	if len(stays) > 0 {
		if c, err = l.choose(ctx, g, "", a.view); err != nil {
			return err
		}
	}
	sum := func(of map[int64]int) (n Counts, began map[int32]int64) {
		n, began = newCounts(), map[int32]int64{}
		for series, i := range of {
			n.plus(scans[i].Counts)
			began[int32(series)] = scans[i].Started.Unix()
		}
		return n, began
	}
	newest, earlier := map[int64]int{}, make([]int, len(scans)) // places of scans; earlier: of the one before in its series, or -1
	for i, x := range scans {
		earlier[i] = -1
		if was, ok := newest[x.series]; ok {
			earlier[i] = was
		}
		newest[x.series] = i
	}
	mixing := func() *mixer {
		return &mixer{folder: folder{profiles: slices.Clip(g.profiles), rules: g.renamed, known: map[folded]int32{}}, only: a.only, mixes: map[string]*mix{}}
	}
	last := map[int64]int{}
	for series, i := range newest {
		if last[series] = i; earlier[i] >= 0 {
			last[series] = earlier[i]
		}
	}
	m := mixing()
	for _, of := range stays {
		m.put(c.voices(of, func(series int32) int64 {
			if i, ok := last[int64(series)]; ok {
				return scans[i].version
			}
			return 0
		}), 1)
	}
	var began map[int32]int64
	to.Before, began = sum(last)
	m.add(&to.Before, began)

	m = mixing()
	changes := map[int32][]int{} // places of stores, by version
	for i, of := range stays {
		m.put(c.voices(of, func(int32) int64 { return l.version }), 1)
		for _, s := range of {
			for _, at := range []int32{s.since, s.until} {
				if k := changes[at]; len(k) == 0 || k[len(k)-1] != i {
					changes[at] = append(k, i)
				}
			}
		}
	}
	to.Now, began = sum(newest)
	m.add(&to.Now, began)
	for i, x := range slices.Backward(scans) {
		if !x.Started.Before(since) {
			n, began := sum(newest)
			m.add(&n, began)
			to.Scans = append(to.Scans, PostureMoment{x, n})
		}
		if newest[x.series] = earlier[i]; earlier[i] < 0 {
			delete(newest, x.series)
		}
		for _, k := range changes[int32(x.version)] {
			m.put(c.voices(stays[k], func(int32) int64 { return x.version }), -1)
			m.put(c.voices(stays[k], func(int32) int64 { return x.version - 1 }), 1)
		}
	}
	slices.Reverse(to.Scans)
	return nil
}
