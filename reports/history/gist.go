package history

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"github.com/probity-scan/probity"
)

// gist is what the newest scans say of each asset that they saw, in short, with all that it is counted by, and what findings are. It is as of one published
// version and holds all assets: who has bounds is counted anew each time, and nothing that one viewer was told is kept for another.
type gist struct {
	moment
	rows     []brief   // by asset
	profiles []profile // by brief.profile
	contents []int64   // by brief.content
	cohorts  map[int64]int32
	account  []int32  // of a cohort, by brief.cohort
	accounts []string // provider/account
	rules    map[int32]string
	needs    map[int32]need
	stands   []stand // the worst first
	words    []string
	began    map[int32]int64 // when the newest scan of a series did, in seconds since 1970
	renamed  map[int32]int32 // rules by what they were called
	named    [][]int32       // places of rows of stores that are seen under several names
	stays    [][]stay        // of each store of which several series tell, or under several names
}

// moment names what is published: the newest version, and how many scans details are kept of, which pruning makes fewer.
type moment struct{ version, kept int64 }

// brief is an open glance. Profile, cohort and content are places in the lists of the gist.
type brief struct {
	asset                                     int64
	tagging, series, cohort, profile, content int32
	since                                     int32
	counted                                   int32 // by which profile its store counts over all series; -1: another row is counted
	seen                                      bool
}

// profile is how assets are judged alike.
type profile struct {
	says  []saying
	lacks []lack
}

// saying is what a profile says by one rule.
type saying struct {
	rule, findings, waived int32
	verdict, severity      int8
}

// lack is a need that would settle the unknown outcome of a rule. series is the one that says so, where it is not that of the row.
type lack struct{ rule, need, series int32 }

// need is what would settle unknown outcomes.
type need struct {
	digest []byte
	reason probity.Reason
	needs  string
}

// gists holds the newest one.
type gists struct {
	mu     sync.Mutex
	newest *gist
}

// Ready reads what pages count, so that the first who asks after a scan was published need not wait for it.
func (s *Store) Ready(ctx context.Context) error {
	return s.looking(ctx, func(l *look) error {
		_, err := l.gist(ctx)
		return err
	})
}

// gist is that of the moment at which the look is. Of several who ask at once one reads it, and the others wait for that.
func (l *look) gist(ctx context.Context) (*gist, error) {
	held := &l.s.gists
	held.mu.Lock()
	defer held.mu.Unlock()
	if held.newest != nil && held.newest.moment == l.moment {
		return held.newest, nil
	}
	g, err := l.readGist(ctx)
	if err != nil {
		return nil, err
	}
	if held.newest == nil || held.newest.version <= g.version { // else this look began long ago
		held.newest = g
	}
	return g, nil
}

func (l *look) readGist(ctx context.Context) (*gist, error) {
	g := &gist{moment: l.moment, began: map[int32]int64{}, renamed: map[int32]int32{}, cohorts: map[int64]int32{}, rules: map[int32]string{}, needs: map[int32]need{}}
	profiles, contents := map[int64]int32{}, map[int64]int32{}
	at := func(of map[int64]int32, id int64) int32 {
		n, ok := of[id]
		if !ok {
			n = int32(len(of))
			of[id] = n
		}
		return n
	}
	var open clause
	l.holds(&open, "g")
	err := l.each(ctx, "SELECT g.asset, g.series, g.seen, g.cohort, g.tagging, g.profile, g.content, g.since FROM glance g WHERE "+open.text(), open.args, func(scan func(...any) error) error {
		var b brief
		var cohort, of, content int64
		err := scan(&b.asset, &b.series, &b.seen, &cohort, &b.tagging, &of, &content, &b.since)
		b.cohort, b.profile, b.content = at(g.cohorts, cohort), at(profiles, of), at(contents, content)
		g.rows = append(g.rows, b)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := l.readStands(ctx, g, func(cohort int64) int32 { return at(g.cohorts, cohort) }); err != nil {
		return nil, err
	}
	slices.SortFunc(g.rows, func(x, y brief) int { return cmp.Or(cmp.Compare(x.asset, y.asset), cmp.Compare(x.series, y.series)) })
	lives, err := l.readLives(ctx, g)
	if err != nil {
		return nil, err
	}
	err = l.readStays(ctx, g, lives, func(cohort, of int64) (int32, int32) { return at(g.cohorts, cohort), at(profiles, of) })
	if err != nil {
		return nil, err
	}
	g.contents = make([]int64, len(contents))
	for id, place := range contents {
		g.contents[place] = id
	}
	g.account, g.profiles = make([]int32, len(g.cohorts)), make([]profile, len(profiles))
	if err := l.readSides(ctx, g, profiles); err != nil {
		return nil, err
	}
	if err := l.readRenamed(ctx, g); err != nil {
		return nil, err
	}
	g.unite(lives)
	return g, nil
}

// readSides reads what the rows of a gist name.
func (l *look) readSides(ctx context.Context, g *gist, profiles map[int64]int32) error {
	accounts := map[string]int32{"": 0} // and that of assets of which no account is known
	g.accounts = append(g.accounts, "")
	err := l.each(ctx, "SELECT id, provider, account FROM cohort", nil, func(scan func(...any) error) error {
		var id int64
		var provider, account string
		err := scan(&id, &provider, &account)
		at, ok := g.cohorts[id]
		if !ok {
			return err
		}
		name := provider + "/" + account
		if provider == "" {
			name = ""
		}
		if _, ok := accounts[name]; !ok {
			accounts[name] = int32(len(g.accounts))
			g.accounts = append(g.accounts, name)
		}
		g.account[at] = accounts[name]
		return err
	})
	if err != nil {
		return err
	}
	err = l.each(ctx, "SELECT profile, rule, verdict, severity, findings, waived FROM profile_rule", nil, func(scan func(...any) error) error {
		var of int64
		var s saying
		err := scan(&of, &s.rule, &s.verdict, &s.severity, &s.findings, &s.waived)
		if at, ok := profiles[of]; ok {
			g.profiles[at].says = append(g.profiles[at].says, s)
		}
		return err
	})
	if err != nil {
		return err
	}
	err = l.each(ctx, "SELECT profile, rule, need FROM profile_need", nil, func(scan func(...any) error) error {
		var of int64
		var k lack
		err := scan(&of, &k.rule, &k.need)
		if at, ok := profiles[of]; ok {
			g.profiles[at].lacks = append(g.profiles[at].lacks, k)
		}
		return err
	})
	if err != nil {
		return err
	}
	err = l.each(ctx, "SELECT id, name FROM rule", nil, func(scan func(...any) error) error {
		var id int32
		var name string
		err := scan(&id, &name)
		g.rules[id] = name
		return err
	})
	if err != nil {
		return err
	}
	return l.each(ctx, "SELECT id, digest, reason, needs FROM need", nil, func(scan func(...any) error) error {
		var id int32
		var n need
		err := scan(&id, &n.digest, &n.reason, &n.needs)
		g.needs[id] = n
		return err
	})
}

// choice is which rows of a gist are asked for.
type choice struct {
	series   *int32           // nil: of all
	cohorts  []bool           // by place; nil: all
	taggings []map[int64]bool // an asset's is in each
}

// choose is what a series, and a view, come to. The sets are small beside the assets.
func (l *look) choose(ctx context.Context, g *gist, series string, v view) (choice, error) {
	var c choice
	if series != "" {
		id := int32(-1)
		if err := l.each(ctx, "SELECT id FROM series WHERE name = ?", []any{series}, func(scan func(...any) error) error { return scan(&id) }); err != nil {
			return c, err
		}
		c.series = &id
	}
	if v.cohorts.where != "" {
		c.cohorts = make([]bool, len(g.cohorts))
		err := l.each(ctx, "SELECT id FROM cohort WHERE "+v.cohorts.where, v.cohorts.args, func(scan func(...any) error) error {
			var id int64
			err := scan(&id)
			if at, ok := g.cohorts[id]; ok {
				c.cohorts[at] = true
			}
			return err
		})
		if err != nil {
			return c, err
		}
	}
	for _, t := range v.tags {
		some := map[int64]bool{}
		err := l.each(ctx, "SELECT tagging FROM tagging_mark WHERE "+t.where, t.args, func(scan func(...any) error) error {
			var id int64
			err := scan(&id)
			some[id] = true
			return err
		})
		if err != nil {
			return c, err
		}
		c.taggings = append(c.taggings, some)
	}
	return c, nil
}

// has reports whether a row is chosen.
func (c choice) has(b *brief) bool {
	return (c.series == nil || *c.series == b.series) && c.holds(b.cohort, int64(b.tagging))
}

// holds reports whether what is of a cohort and has some tags is chosen.
func (c choice) holds(cohort int32, tagging int64) bool {
	if c.cohorts != nil && !c.cohorts[cohort] {
		return false
	}
	for _, some := range c.taggings {
		if !some[tagging] {
			return false
		}
	}
	return true
}

// each hands over the rows that are chosen and whose assets were seen; first is the first of its asset, which several series may see.
func (g *gist) each(c choice, row func(b *brief, first bool)) {
	last := int64(0)
	for i := range g.rows {
		if b := &g.rows[i]; b.seen && c.has(b) {
			row(b, b.asset != last)
			last = b.asset
		}
	}
}

// alike are rows that are counted together, by something and by the place of a profile.
type alike struct{ by, profile int32 }

// bins are what outcomes are counted in, by verdict and severity: a profile's are added without a look-up in a map, since at worst there
// are as many profiles as assets.
type bins [8][8]tally

// sum counts the outcomes of rows that have some profiles, by what the rows were put together by, or by rule.
func sum(profiles []profile, n map[alike]int64, only map[int32]bool, byRule bool, put func(by int32, t tally)) {
	var all []*bins // by what: numbers of rules, series and accounts are small
	of := func(by int32) *bins {
		for int(by) >= len(all) {
			all = append(all, nil)
		}
		if all[by] == nil {
			all[by] = &bins{}
		}
		return all[by]
	}
	for a, n := range n {
		for _, s := range profiles[a.profile].says {
			if only != nil && !only[s.rule] {
				continue
			}
			by := a.by
			if byRule {
				by = s.rule
			}
			t := &of(by)[s.verdict&7][s.severity&7]
			t.outcomes += n
			t.findings += n * int64(s.findings)
			t.waived += n * int64(s.waived)
		}
	}
	for by, b := range all {
		if b == nil {
			continue
		}
		for verdict := range b {
			for severity, t := range b[verdict] {
				if t.outcomes > 0 {
					t.verdict, t.severity = int64(verdict), int64(severity)
					put(int32(by), t)
				}
			}
		}
	}
}
