package history

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// stand is the newest row of a finding's life, in short: what lists of findings are filtered and put in order by.
type stand struct {
	finding, asset, tagging int64
	lapses                  int64 // when its waiver does
	waiver                  int64 // of the history, by which it is waived; 0: none of them
	since, first            int32 // versions: of the newest event, and of the first
	cohort, rule            int32 // cohort is a place in the gist
	event, cause            int32 // places in gist.words
	state, severity         int8
}

// readStands reads those that hold, the worst first. at gives the place of a cohort.
func (l *look) readStands(ctx context.Context, g *gist, at func(cohort int64) int32) error {
	var c clause
	l.holds(&c, "x")
	places := map[string]int32{}
	word := func(s string) int32 {
		n, ok := places[s]
		if !ok {
			n = int32(len(g.words))
			places[s], g.words = n, append(g.words, s)
		}
		return n
	}
	err := l.each(ctx, `SELECT x.finding, x.asset, a.cohort, a.tagging, f.rule, f.since, x.since, x.state, x.severity, x.event, x.cause, x.lapses, x.waiver
		FROM standing x JOIN asset a ON a.id = x.asset JOIN finding f ON f.id = x.finding WHERE `+c.text(), c.args, func(scan func(...any) error) error {
		var s stand
		var cohort int64
		var event, cause string
		err := scan(&s.finding, &s.asset, &cohort, &s.tagging, &s.rule, &s.first, &s.since, &s.state, &s.severity, &event, &cause, &s.lapses, &s.waiver)
		s.cohort, s.event, s.cause = at(cohort), word(event), word(cause)
		g.stands = append(g.stands, s)
		return err
	})
	slices.SortFunc(g.stands, ByWorst.compare)
	return err
}

// compare is an order of findings.
func (by FindingsSort) compare(a, b stand) int {
	switch by {
	case ByNewest:
		return cmp.Or(cmp.Compare(b.since, a.since), cmp.Compare(a.severity, b.severity), cmp.Compare(a.finding, b.finding))
	case ByOldest:
		return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.severity, b.severity), cmp.Compare(a.finding, b.finding))
	}
	return cmp.Or(cmp.Compare(a.severity, b.severity), cmp.Compare(b.since, a.since), cmp.Compare(a.finding, b.finding))
}

// sieve is what a query of findings comes to.
type sieve struct {
	choice
	states, severities [8]bool // by number
	rules              map[int32]bool
	versions           map[int32]bool // of the newest event
	events, causes     map[int32]bool
	findings           []map[int64]bool // a finding is in each
	assets             map[int64]bool   // the asset that it is on is
	texts              map[int64]bool   // a text stands in what is said of it, or in the name of its asset
	named              map[int32]bool   // or in that of its rule
	at                 int64            // the time, in seconds since 1970
	now                map[int64]int8   // states of those that somebody made a waiver of here
	held               map[int64]bool   // waivers that were made here and not withdrawn; nil: none was made
}

func (s *sieve) has(x *stand) bool {
	switch {
	case !s.holds(x.cohort, x.tagging), !s.states[s.state(x)&7], !s.severities[x.severity&7],
		s.rules != nil && !s.rules[x.rule], s.versions != nil && !s.versions[x.since],
		s.events != nil && !s.events[x.event], s.causes != nil && !s.causes[x.cause], s.assets != nil && !s.assets[x.asset],
		s.texts != nil && !s.texts[x.finding] && !s.named[x.rule]:
		return false
	}
	for _, some := range s.findings {
		if !some[x.finding] {
			return false
		}
	}
	return true
}

// state is what a finding is now: waivers that were made here show at once, and those that were withdrawn or whose last day is over hold no
// more, for the finding that somebody made them of and for others that scans waived by them.
func (s *sieve) state(x *stand) int8 {
	if now, ok := s.now[x.finding]; ok {
		return now
	}
	if standingOf(int64(x.state)) == Waived && (x.lapses > 0 && x.lapses <= s.at || s.held != nil && x.waiver != 0 && !s.held[x.waiver]) {
		return int8(numberOf(Open))
	}
	return x.state
}

// sieve works out what is asked for. What short rows do not tell is asked of the database as sets.
func (l *look) sieve(ctx context.Context, g *gist, q FindingsQuery) (*sieve, error) {
	v, err := l.bounded(ctx, q.Bounds)
	if err != nil {
		return nil, err
	}
	v.cohorts.account(q.Account)
	if q.Owner != "" {
		v.cohorts.and("owner = ?", q.Owner)
	}
	if q.Activity != "" {
		v.serving(q.Activity)
	}
	s := &sieve{at: l.s.o.Now().Unix()}
	if s.choice, err = l.choose(ctx, g, "", v); err != nil {
		return nil, err
	}
	states := q.States
	if len(states) == 0 {
		states = []Standing{Open}
	}
	for _, x := range states {
		s.states[numberOf(x)&7] = true
	}
	for i := range s.severities {
		s.severities[i] = len(q.Severities) == 0
	}
	for _, x := range q.Severities {
		s.severities[rank(x)&7] = true
	}
	s.events, s.causes = g.among(words(q.Events)), g.among(words(q.Causes))
	if q.Rule != "" {
		s.rules = map[int32]bool{}
		for id, name := range g.rules {
			if name == q.Rule {
				s.rules[id] = true
			}
		}
	}
	if q.Framework != "" {
		rules, err := l.rulesOf(ctx, q.Framework)
		if err != nil {
			return nil, err
		}
		of := map[int32]bool{}
		for _, r := range rules {
			of[int32(r)] = s.rules == nil || s.rules[int32(r)]
		}
		s.rules = of
	}
	if err := legible(append(append(anys(words(q.Events)), q.Rule), anys(words(q.Causes))...)); err != nil {
		return nil, err
	}
	return s, l.sets(ctx, g, q, s)
}

// among are the places of words; nil: none are asked for.
func (g *gist) among(words []string) map[int32]bool {
	if len(words) == 0 {
		return nil
	}
	out := map[int32]bool{}
	for i, w := range g.words {
		if slices.Contains(words, w) {
			out[int32(i)] = true
		}
	}
	return out
}

// sets reads what is asked for by more than short rows tell.
func (l *look) sets(ctx context.Context, g *gist, q FindingsQuery, s *sieve) error {
	set := func(query string, args ...any) (map[int64]bool, error) {
		out := map[int64]bool{}
		err := l.each(ctx, query, args, func(scan func(...any) error) error {
			var id int64
			err := scan(&id)
			out[id] = true
			return err
		})
		return out, err
	}
	of := func(query string, args ...any) error {
		some, err := set(query, args...)
		s.findings = append(s.findings, some)
		return err
	}
	var err error
	if q.Asset != nil {
		key := refKey(*q.Asset)
		err = of("SELECT id FROM finding WHERE asset = (SELECT life FROM asset WHERE key = ?)", key[:])
	}
	if q.Category != "" && err == nil {
		var c clause
		l.holds(&c, "g")
		c.and("g.content IN (SELECT content FROM content_label WHERE category = ?)", string(q.Category))
		s.assets, err = set("SELECT DISTINCT g.asset FROM glance g WHERE "+c.text(), c.args...)
	}
	if q.Series != "" && err == nil {
		err = of("SELECT DISTINCT g.finding FROM sighting g WHERE g.series = (SELECT id FROM series WHERE name = ?) AND g.seen = 1 AND g.since <= ?", q.Series, l.version)
	}
	if q.Text != "" && err == nil {
		t := like(q.Text)
		var c clause
		l.holds(&c, "x")
		c.and("("+l.contains("x.message")+" OR "+l.contains("a.ref")+")", t, t)
		s.texts, err = set("SELECT x.finding FROM standing x JOIN asset a ON a.id = x.asset WHERE "+c.text(), c.args...)
		s.named = map[int32]bool{}
		for id, name := range g.rules {
			s.named[id] = strings.Contains(strings.ToLower(name), strings.ToLower(q.Text))
		}
	}
	if !q.Changed.IsZero() && err == nil {
		s.versions = map[int32]bool{}
		err = l.each(ctx, "SELECT version FROM scan WHERE version IS NOT NULL AND started >= ?", []any{q.Changed.Unix()}, func(scan func(...any) error) error {
			var version int32
			err := scan(&version)
			s.versions[version] = true
			return err
		})
	}
	if l.waives && err == nil {
		s.held, err = set("SELECT id FROM waiver WHERE withdrawn = 0")
	}
	if l.waives && err == nil {
		s.now = map[int64]int8{}
		var c clause
		l.holds(&c, "x")
		err = l.each(ctx, "SELECT x.finding, "+l.state()+" FROM standing x WHERE x.finding IN (SELECT finding FROM waiver) AND "+c.text(), append(l.stateArgs(), c.args...), func(scan func(...any) error) error {
			var id int64
			var state int8
			err := scan(&id, &state)
			s.now[id] = state
			return err
		})
	}
	return err
}

// found are the findings that a query asks for, in its order, with what they are now.
func (l *look) found(ctx context.Context, q FindingsQuery) (ids []int64, states []int8, err error) {
	g, s, err := l.sifted(ctx, q)
	if err != nil {
		return nil, nil, err
	}
	some := g.stands
	if q.Sort != "" && q.Sort != ByWorst {
		some = nil
		for i := range g.stands {
			if s.has(&g.stands[i]) {
				some = append(some, g.stands[i])
			}
		}
		slices.SortFunc(some, q.Sort.compare)
	}
	for i := range some {
		if x := &some[i]; s.has(x) {
			ids, states = append(ids, x.finding), append(states, s.state(x))
		}
	}
	return ids, states, nil
}

func (l *look) sifted(ctx context.Context, q FindingsQuery) (*gist, *sieve, error) {
	g, err := l.gist(ctx)
	if err != nil {
		return nil, nil, err
	}
	s, err := l.sieve(ctx, g, q)
	return g, s, err
}

// states counts findings by what they are now, and those that are open by severity.
func (l *look) states(ctx context.Context, q PostureQuery, into *Posture) error {
	g, s, err := l.sifted(ctx, FindingsQuery{States: []Standing{Open, Waived, Unseen, Fixed}, Account: q.Account, Framework: q.Framework, Series: q.Series, Bounds: q.Bounds})
	if err != nil {
		return err
	}
	var n [8][8]int64
	for i := range g.stands {
		if x := &g.stands[i]; s.has(x) {
			n[s.state(x)&7][x.severity&7]++
		}
	}
	for state := range n {
		for severity, n := range n[state] {
			if n == 0 {
				continue
			}
			into.States[standingOf(int64(state))] += n
			if standingOf(int64(state)) == Open {
				into.Open[severityOf(int64(severity))] += n
			}
		}
	}
	return nil
}

// state is what a finding is now: a waiver that was made here holds at once, one that was withdrawn or whose last day is over does not any
// more. The scans that follow say the same. Its places are what stateArgs gives.
func (l *look) state() string {
	if !l.waives {
		return "CASE WHEN x.state = 2 AND x.lapses > 0 AND x.lapses <= ? THEN 1 ELSE x.state END"
	}
	return state
}

// state where there are waivers.
const state = `CASE WHEN x.state = 1 AND ` + waivedHere + ` THEN 2
	WHEN x.state = 2 AND (x.lapses > 0 AND x.lapses <= ? OR x.waiver <> 0 AND NOT EXISTS (SELECT 1 FROM waiver w WHERE w.id = x.waiver AND w.withdrawn = 0)) AND NOT ` + waivedHere + ` THEN 1 ELSE x.state END`

// waivedHere: it accepts the facts that decide the finding now.
const waivedHere = "EXISTS (SELECT 1 FROM waiver w WHERE w.finding = x.finding AND w.withdrawn = 0 AND w.expires > ? AND (w.digest = '' OR w.digest = x.digest))"

// stateArgs are the values of the places in state.
func (l *look) stateArgs() []any {
	now := l.s.o.Now().Unix()
	if !l.waives {
		return []any{now}
	}
	return []any{now, now, now}
}
