package policies

import (
	"context"
	"encoding/binary"
	"reflect"
	"slices"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/child"
	"github.com/probity-scan/probity/policies/verdict"
)

// group is the rules on assets of a kind for which remembering pays. Assets are of one shape for them if they are the same in all that
// they read: then one look gives what all of them say.
type group struct {
	question []byte
	members  []bool // beside the rules that are asked
	facts    []func(key []byte, asset reflect.Value) []byte
	covered  []bool // beside them: all that a finding is weighed by is among the places
}

// grouped gives the group as it is now: what pays is found out on the way, and asked again at each look where no shape is met.
func (p *panel) grouped(l *layout) *group {
	const anew = 16
	g := l.group.Load()
	if g != nil && l.shapes.pays() && l.looks.Add(1)%anew > 0 {
		return g
	}
	members := make([]bool, len(l.asked))
	for n := range members {
		members[n] = p.worthOf(l, n).pays()
	}
	if g != nil && slices.Equal(members, g.members) {
		return g
	}
	g = &group{members: members}
	at := make([]bool, len(l.facts))
	add := func(places []int) {
		for _, i := range places {
			at[i] = true
		}
	}
	name := appendText(appendText(nil, string(l.kind.class)), string(l.kind.kind))
	for n, i := range l.asked {
		if members[n] {
			add(l.rest[n])
			if len(l.own[n]) == 0 { // else only what passes is the same for all
				add(slices.DeleteFunc(slices.Clone(l.whole[n]), func(i int) bool { return i == l.links }))
			}
			name = binary.AppendUvarint(name, uint64(i)) //nolint:gosec // a place
		}
	}
	add(l.risk)
	g.covered = make([]bool, len(members))
	for n := range members {
		g.covered[n] = p.risk.foreign == nil && !slices.ContainsFunc(l.whole[n], func(i int) bool { return !at[i] })
	}
	g.question, g.facts = name, l.together(at)
	l.group.Store(g)
	return g
}

// worthOf is whether remembering pays for a rule on assets of a kind, among those of the same shape.
func (p *panel) worthOf(l *layout, n int) *worth {
	i := l.asked[n]
	if len(l.own[n]) > 0 {
		return &p.rests[i]
	}
	return &p.worth[i]
}

// look is for what is remembered of assets of the same shape.
type look struct {
	group   *group // nil: nobody looks
	key     stamp
	answers []*answer // beside the rules that are asked; nil: not met
}

func (p *panel) look(s *sums) (k look) {
	if p.memory.limit == 0 || !s.shapes.tries() {
		return k
	}
	k.group = p.grouped(s.layout)
	k.key = s.all(k.group)
	k.answers, _ = p.memory.get(k.key).([]*answer)
	const many = 4 // it sums up all that is read of the asset, and where it is in vain the rest comes on top: so it is judged sooner
	if k.answers == nil {
		s.shapes.looked(many, 0)
		return k
	}
	const together = 16 // counted for all of the group at once, and now and then
	s.shapes.looked(many, many)
	if s.shapes.met.Load()%(many*together) == 0 {
		for n := range s.asked {
			if k.group.members[n] {
				p.worthOf(s.layout, n).looked(together, together)
			}
		}
	}
	return k
}

// keep remembers what the rules of the group said.
func (p *panel) keep(k look, answers []*answer) {
	size := 0
	for n, w := range answers {
		if !k.group.members[n] || w == nil || w.failed != "" {
			answers[n] = nil
			continue
		}
		if w.weighed != nil && !k.group.covered[n] {
			answers[n] = &answer{Result: w.Result} // weighed for each asset
		}
		size += answers[n].size()
	}
	p.memory.put(k.key, answers, size)
}

// answer is what a rule says of an asset, and of each other one that is the same to it.
type answer struct {
	verdict.Result
	failed    string    // why the rule itself could not say
	weighed   []weighed // beside the violations of a fail, once that is known
	undecided undecided
	each      bool           // it is none: each asset has to be asked for,
	idle      verdict.Bodies // beside these bodies of the rule
}

// size is what it takes to remember, in bytes.
func (w *answer) size() int {
	const itself, violation, gap, weight, path = 160, 48, 80, 64, 16
	size := itself + violation*len(w.Violations) + gap*len(w.Deciding) + len(w.undecided.message)
	for _, x := range w.weighed {
		size += weight + path*len(x.because)
	}
	return size
}

// answer is that of one of our rules, where nobody remembers what it said of an asset that is the same to it. Others of the same shape
// get what is alike: the same, or that each has to be asked for.
func (p *panel) answer(ctx context.Context, n int, s *subject) (w, alike *answer, err error) {
	if i := s.sums.asked[n]; len(s.sums.own[n]) > 0 && p.memory.limit > 0 && p.rests[i].tries() {
		if alike, err = p.whatever(ctx, n, s); err != nil || alike == &p.passed {
			return alike, alike, err
		}
	}
	if alike != nil {
		w, err = p.full(ctx, n, s, alike.idle)
		return w, alike, err
	}
	w, err = p.full(ctx, n, s, 0)
	if len(s.sums.own[n]) == 0 {
		alike = w
	}
	return w, alike, err
}

// whatever is an answer that an asset gets whatever it is called and whenever it was made, or that this matters, and for which bodies.
// One that yields nothing on an asset of which this is not known yields nothing for all that it can be.
func (p *panel) whatever(ctx context.Context, n int, s *subject) (*answer, error) {
	i := s.sums.asked[n]
	question := uint64(i) | 2<<32 //nolint:gosec // rules are few
	key := s.sums.over(stamp{question, question}, s.sums.rest[n])
	if w, ok := p.memory.get(key).(*answer); ok {
		p.rests[i].looked(1, 1)
		return w, nil
	}
	p.rests[i].looked(1, 0)
	idle, all := p.ready[i].Idle(ctx, s.viewFor(p, i).Without(s.sums.own[n]...))
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	w := &answer{each: true, idle: idle}
	if all {
		w = &p.passed
	}
	p.memory.put(key, w, w.size())
	return w, nil
}

// full is an answer in which all that the rule reads counts, but for bodies that yield nothing.
func (p *panel) full(ctx context.Context, n int, s *subject, idle verdict.Bodies) (*answer, error) {
	i := s.sums.asked[n]
	tries, key := p.memory.limit > 0 && p.worth[i].tries(), stamp{}
	if tries {
		key = s.sums.over(stamp{uint64(i), uint64(i)}, s.sums.rules[n]) //nolint:gosec // rules are few
		if w, ok := p.memory.get(key).(*answer); ok {
			p.worth[i].looked(1, 1)
			return w, nil
		}
		p.worth[i].looked(1, 0)
	}
	res, err := p.ready[i].JudgeBeside(ctx, s.viewFor(p, i), idle)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	w := p.answerOf(i, child.Judged{Result: res, Error: text(err)})
	if err == nil && tries {
		p.memory.put(key, w, w.size())
	}
	return w, nil
}

// answerOf is a verdict with what is said of it on any asset.
func (p *panel) answerOf(i int, j child.Judged) *answer {
	if j.Error == "" && j.Verdict == probity.Pass {
		return &p.passed
	}
	w := &answer{Result: j.Result, failed: j.Error}
	switch {
	case w.failed != "":
	case w.Verdict == probity.Fail:
		w.Violations = orFirstRead(w.Violations, &p.corpus.Rules[i])
	case w.Verdict == probity.Unknown:
		w.undecided = undecided{"unknown: depends on " + dependsOn(w.Deciding), digestOf(w.Deciding)}
	}
	return w
}

// weighed is an answer with how bad each of its violations is on the asset.
func (p *panel) weighed(ctx context.Context, i int, s *subject, w *answer) *answer {
	if w.failed != "" || w.Verdict != probity.Fail || w.weighed != nil {
		return w
	}
	out := *w
	out.weighed = p.weigh(ctx, i, s, w.Violations)
	return &out
}
