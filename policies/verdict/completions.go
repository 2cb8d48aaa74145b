package verdict

import (
	"iter"
	"slices"

	"github.com/probity-scan/probity"
)

// split parts the gaps into those whose completions are tried one by one and those left to partial evaluation.
func split(all []hole) (few, many []hole) {
	n := 1
	for _, h := range all {
		if d := h.node.few.count(); !h.rest && d > 0 && n*d <= Completions {
			n *= d
			few = append(few, h)
		} else {
			many = append(many, h)
		}
	}
	return few, many
}

// completions yields every way to fill the holes.
func completions(few []hole) iter.Seq[filling] {
	return func(yield func(filling) bool) {
		at := make([]int, len(few))
		for {
			fill := make(filling, len(few))
			for i, h := range few {
				fill[i] = filled{h.node, at[i]}
			}
			if !yield(fill) {
				return
			}
			i := 0
			for ; i < len(few); i++ {
				if at[i]++; at[i] < few[i].node.few.count() {
					break
				}
				at[i] = 0
			}
			if i == len(few) {
				return
			}
		}
	}
}

// tally collects the verdicts of all completions.
type tally struct {
	rows   []row
	common []Violation // in every completion so far
}

type row struct {
	fill    filling
	verdict probity.Verdict
}

func (t *tally) add(fill filling, v probity.Verdict, vs []Violation) {
	if len(t.rows) == 0 {
		t.common = vs
	} else {
		t.common = slices.DeleteFunc(slices.Clone(t.common), func(v Violation) bool { return !slices.Contains(vs, v) })
	}
	t.rows = append(t.rows, row{fill, v})
}

func (t *tally) agreed() (probity.Verdict, bool) {
	v := t.rows[0].verdict
	for _, r := range t.rows {
		if r.verdict != v {
			return "", false
		}
	}
	return v, v != probity.Unknown
}

// deciding names the gaps that the verdict hangs on: those whose change flips it, and where even completions left it open,
// all that the rule reads.
func (t *tally) deciding(few, many []hole, undecided bool) []Missing {
	var out []Missing
	for _, h := range few {
		if undecided || t.flips(h) {
			out = append(out, h.Missing)
		}
	}
	if undecided {
		for _, h := range many {
			out = append(out, h.Missing)
		}
	}
	return out
}

// flips reports whether another value of h alone, all others alike, changes the verdict.
func (t *tally) flips(h hole) bool {
	for i, a := range t.rows {
		for _, b := range t.rows[i+1:] {
			if a.verdict != b.verdict && differOnly(a.fill, b.fill, h.node) {
				return true
			}
		}
	}
	return false
}

// differOnly reports whether both fill a gap, differently, and no other one that both fill.
func differOnly(a, b filling, n *Node) (differ bool) {
	for _, x := range a {
		i := slices.IndexFunc(b, func(y filled) bool { return y.gap == x.gap })
		switch {
		case i < 0 || b[i].at == x.at:
		case x.gap != n:
			return false
		default:
			differ = true
		}
	}
	return differ
}
