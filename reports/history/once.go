package history

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/probity-scan/probity"
)

// stands is for how long what a scan could tell stands against a newer one of another series that could not: as long as the rarest
// schedules take. What failed stands until a scan tells that it does not fail any more, as findings do.
const stands = 31 * 24 * time.Hour

// folded is what is put together: places of profiles, and the series of the older one.
type folded struct {
	into, next, series int32
	stale              bool
}

// folder puts together what several series say of one store. The same of many is worked out once.
type folder struct {
	profiles []profile
	rules    map[int32]int32 // what rules are called now, by what they were called
	known    map[folded]int32
}

func (f *folder) called(rule int32) int32 {
	if now, ok := f.rules[rule]; ok {
		return now
	}
	return rule
}

// fold adds what an older scan says, of a series, to what newer ones say: rules that those did not ask, and what those could not tell.
func (f *folder) fold(into, next, series int32, stale bool) int32 {
	if into == next {
		return into
	}
	key := folded{into, next, series, stale}
	if at, ok := f.known[key]; ok {
		return at
	}
	was := f.profiles[into]
	is := profile{says: was.says, lacks: was.lacks}
	place := make(map[int32]int, len(was.says))
	for i, s := range was.says {
		place[f.called(s.rule)] = i
	}
	changed := false
	for _, s := range f.profiles[next].says {
		i, judged := place[f.called(s.rule)]
		if judged && !f.displaces(s, is.says[i], stale) {
			continue
		}
		if !changed {
			is.says, changed = slices.Clone(is.says), true
		}
		if !judged {
			is.says = append(is.says, s)
			for _, k := range f.profiles[next].lacks {
				if k.rule == s.rule {
					k.series = cmp.Or(k.series, series)
					is.lacks = append(slices.Clip(is.lacks), k)
				}
			}
			continue
		}
		lost := is.says[i].rule
		is.says[i] = s
		is.lacks = slices.DeleteFunc(slices.Clone(is.lacks), func(k lack) bool { return k.rule == lost })
	}
	at := into
	if changed {
		at = int32(len(f.profiles))
		f.profiles = append(f.profiles, is)
	}
	f.known[key] = at
	return at
}

// displaces reports whether what an older scan says of a rule holds against what a newer one does.
func (f *folder) displaces(older, newer saying, stale bool) bool {
	if verdictOf(int64(newer.verdict)) != probity.Unknown {
		return false
	}
	v := verdictOf(int64(older.verdict))
	return v == probity.Fail || v != probity.Unknown && !stale
}

// overdue reports whether what a scan could tell does not stand any more against a newer one that could not.
func overdue(newer, older int64) bool { return time.Duration(newer-older)*time.Second > stands }

// voice is what one series says of a store.
type voice struct {
	series, profile int32
	began           int64 // the scan by which it does, in seconds since 1970
	at              int   // which one it was of those that were handed over
}

// together is how a store is judged of which several series tell: place of the profile; at is the voice that began last.
func (f *folder) together(of []voice) (at int, place int32) {
	for i := range of {
		of[i].at = i
	}
	slices.SortStableFunc(of, func(a, b voice) int { return cmp.Or(cmp.Compare(b.began, a.began), cmp.Compare(a.series, b.series)) })
	newest := of[0]
	place = newest.profile
	for _, v := range of[1:] {
		place = f.fold(place, v.profile, v.series, overdue(newest.began, v.began))
	}
	return newest.at, place
}

// unite works out how each store counts over all series, once a scan.
func (g *gist) unite(lives map[int64]int64) {
	f := &folder{profiles: g.profiles, rules: g.renamed, known: map[folded]int32{}}
	same := map[int64][]int32{} // rows of stores that are known by several names
	for at := 0; at < len(g.rows); {
		from := at
		var of []voice
		var rows []int
		for ; at < len(g.rows) && g.rows[at].asset == g.rows[from].asset; at++ {
			b := &g.rows[at]
			if b.counted = -1; b.seen {
				of, rows = append(of, voice{series: b.series, profile: b.profile, began: g.began[b.series]}), append(rows, at)
			}
		}
		if len(of) == 0 {
			continue
		}
		if life, ok := lives[g.rows[from].asset]; ok {
			for _, i := range rows {
				same[life] = append(same[life], int32(i))
			}
			continue
		}
		i, place := 0, of[0].profile
		if len(of) > 1 {
			i, place = f.together(of)
		}
		g.rows[rows[i]].counted = place
	}
	g.profiles = f.profiles
	for _, rows := range same {
		if len(rows) == 1 {
			b := &g.rows[rows[0]]
			b.counted = b.profile
			continue
		}
		g.named = append(g.named, rows)
	}
	slices.SortFunc(g.named, func(a, b []int32) int { return cmp.Compare(a[0], b[0]) })
}

// outcomes hands over rows that are chosen, each with the place of the profile by which its store counts: once over all series, or as the
// one that is asked for tells. apart are places of cohorts among which one store counts in each; nil: it counts once over all of them.
// Places are in the profiles that it gives.
func (g *gist) outcomes(c choice, apart []int32, row func(b *brief, place int32)) []profile {
	for i := range g.rows {
		b := &g.rows[i]
		switch {
		case !b.seen || !c.has(b):
		case c.series != nil:
			row(b, b.profile)
		case b.counted >= 0:
			row(b, b.counted)
		}
	}
	if c.series != nil || len(g.named) == 0 {
		return g.profiles
	}
	f := &folder{profiles: slices.Clip(g.profiles), rules: g.renamed, known: map[folded]int32{}}
	for _, rows := range g.named {
		by := map[int32][]*brief{}
		var keys []int32
		for _, i := range rows {
			b := &g.rows[i]
			if !c.has(b) {
				continue
			}
			key := int32(0)
			if apart != nil {
				key = apart[b.cohort]
			}
			if by[key] == nil {
				keys = append(keys, key)
			}
			by[key] = append(by[key], b)
		}
		for _, key := range keys {
			var of []voice
			for _, b := range by[key] {
				of = append(of, voice{series: b.series, profile: b.profile, began: g.began[b.series]})
			}
			at, place := f.together(of)
			row(by[key][at], place)
		}
	}
	return f.profiles
}

// readLives reads by what stores are known to be one, and when the newest scan of each series began.
func (l *look) readLives(ctx context.Context, g *gist) (lives map[int64]int64, err error) {
	lives = map[int64]int64{}
	err = l.each(ctx, "SELECT a.id, a.class, l.id, l.ref FROM asset a JOIN asset l ON l.id = a.life WHERE a.life <> a.id", nil, func(scan func(...any) error) error {
		var id, life int64
		var class probity.Class
		var ref string
		if err := scan(&id, &class, &life, &ref); err != nil {
			return err
		}
		if !nights(class, ref) {
			lives[id], lives[life] = life, life
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return lives, l.each(ctx, "SELECT series, MAX(started) FROM scan WHERE published = 1 GROUP BY series", nil, func(scan func(...any) error) error {
		var series int32
		var began int64
		err := scan(&series, &began)
		g.began[series] = began
		return err
	})
}

// readRenamed works out what rules are called now: the newest scan that says what a rule was called before decides.
func (l *look) readRenamed(ctx context.Context, g *gist) error {
	all, err := l.newest(ctx)
	if err != nil {
		return err
	}
	numbers := map[string]int32{}
	for id, name := range g.rules {
		numbers[name] = id
	}
	for _, c := range all {
		for _, r := range c.Rules {
			to, known := numbers[r.ID]
			for _, was := range r.Aliases {
				from, old := numbers[was]
				if _, done := g.renamed[from]; old && known && !done {
					g.renamed[from] = to
				}
			}
		}
	}
	return nil
}
