package verdict

import (
	"context"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/probity-scan/probity"
)

// exploration tries the values of those gaps that evaluation meets, one gap after the other: two values of the first may lead to
// different next ones. So its answer rests on what was read alone, whatever other gaps there are.
type exploration struct {
	rule   *Rule
	input  *Node
	holes  []hole // all gaps that the rule may see; nil: nobody asked yet
	asked  bool
	reads  *reading // of all branches
	leaves int      // how many branches there are
	rows   tally
	part   bool // some branch was evaluated in part, so that the answer rests on all that the rule may read
	open   bool // some branch is not decided
}

// explore judges an input. False: its reads cannot be followed.
func (r *Rule) explore(ctx context.Context, input *Node) (Result, bool, error) {
	x := &exploration{rule: r, input: input, reads: r.reading(nil), leaves: 1}
	if !r.followed(input) {
		return Result{}, false, nil
	}
	if err := x.branch(ctx, nil); err != nil || x.reads.lost {
		return Result{}, false, err
	}
	res := x.result()
	if x.part {
		var room [256]byte
		r.said.put(r.whole(room[:0], input), &verdict{Result: res})
	} else {
		r.said.follow(x.reads, &verdict{res, x.leaves == 1})
	}
	return res, true, nil
}

// branch evaluates with some gaps filled.
func (x *exploration) branch(ctx context.Context, fill filling) error {
	r, t := x.rule, x.rule.reading(fill)
	if x.known(fill) {
		return nil
	}
	v, vs, err := r.eval(ctx, t.watch(x.input), t)
	x.reads.join(t, x.input)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case x.reads.lost:
		return nil
	case !t.gap && err != nil:
		return err
	case !t.gap:
		x.rows.add(fill, v, vs)
		if len(fill) > 0 {
			r.said.follow(t, &verdict{Result{Verdict: v, Violations: vs}, true})
		}
		return nil
	}
	if g := t.met; g != nil && x.leaves+g.few.count()-1 <= Completions {
		x.leaves += g.few.count() - 1
		for i := range g.few.count() {
			if err := x.branch(ctx, append(slices.Clip(fill), filled{g, i})); err != nil {
				return err
			}
		}
		return nil
	}
	x.part = true
	v, vs, err = r.partially(ctx, project(x.input, r.reach.wanted), fill, x.others(fill))
	x.open = x.open || v == probity.Unknown
	x.rows.add(fill, v, vs)
	return err
}

// known reports whether a document was met before in which these gaps have these values, and no other gap was met.
func (x *exploration) known(fill filling) bool {
	if len(fill) == 0 {
		return false
	}
	t := x.rule.reading(nil)
	said, _ := x.rule.recall(x.input, fill, t.step).(*verdict)
	if said == nil || !said.exact {
		return false
	}
	x.reads.join(t, x.input)
	x.rows.add(fill, said.Verdict, said.Violations)
	return true
}

// gaps are all that the rule may see, in the order of their paths.
func (x *exploration) gaps() []hole {
	if !x.asked {
		x.asked = true
		x.holes = x.rule.gapsOf(project(x.input, x.rule.reach.wanted))
	}
	return x.holes
}

// others are the gaps that are not filled.
func (x *exploration) others(fill filling) []hole {
	all := slices.DeleteFunc(slices.Clone(x.gaps()), func(h hole) bool { _, v := fill.of(h.node); return !h.rest && v != nil })
	return append(all, x.rule.undeclared...)
}

func (x *exploration) result() Result {
	if v, ok := x.rows.agreed(); ok {
		return Result{Verdict: v, Violations: x.rows.common}
	}
	var out []Missing
	for _, h := range x.gaps() {
		if x.open || !h.rest && x.rows.flips(h) {
			out = append(out, h.Missing)
		}
	}
	if x.open {
		for _, h := range x.rule.undeclared {
			out = append(out, h.Missing)
		}
	}
	return Result{Verdict: probity.Unknown, Deciding: out}.rested()
}

// join adds what another evaluation read, of the document without anything filled.
func (t *reading) join(other *reading, in *Node) {
	t.lost = t.lost || other.lost
	for _, s := range other.steps {
		if n := s.place.leaf(in); n != nil {
			t.step(s.place, n)
		}
	}
}

// gapsOf lists the gaps that the rule may see.
func (r *Rule) gapsOf(in *Node) []hole {
	return slices.DeleteFunc(holes(in, ast.InputRootRef, "", nil), func(h hole) bool { return !r.reach.sees(h) })
}
