package verdict

import (
	"iter"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/probity-scan/probity"
)

// split parts the gaps into those whose completions are tried one by one and those left to partial evaluation.
func split(all []hole) (few, many []hole) {
	n := 1
	for _, h := range all {
		if d := len(h.node.domain); !h.rest && d > 0 && n*d <= Completions {
			n *= d
			few = append(few, h)
		} else {
			many = append(many, h)
		}
	}
	return few, many
}

// completions yields every way to fill the holes.
func completions(few []hole) iter.Seq[map[*Node]ast.Value] {
	return func(yield func(map[*Node]ast.Value) bool) {
		at := make([]int, len(few))
		for {
			fill := make(map[*Node]ast.Value, len(few))
			for i, h := range few {
				fill[h.node] = h.node.domain[at[i]]
			}
			if !yield(fill) {
				return
			}
			i := 0
			for ; i < len(few); i++ {
				if at[i]++; at[i] < len(few[i].node.domain) {
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
	fill    map[*Node]ast.Value
	verdict probity.Verdict
}

func (t *tally) add(fill map[*Node]ast.Value, v probity.Verdict, vs []Violation) {
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

func differOnly(a, b map[*Node]ast.Value, n *Node) bool {
	for k, v := range a {
		if same := v.Compare(b[k]) == 0; same == (k == n) {
			return false
		}
	}
	return true
}
