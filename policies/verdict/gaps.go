package verdict

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/probity-scan/probity"
)

// Missing is a gap within the reads of a rule.
type Missing struct {
	Path probity.Path
	Gap  probity.Gap
}

// hole is a gap with the reference that reaches it.
type hole struct {
	Missing
	node *Node
	ref  ast.Ref
	rest bool // the elements after the last known one of an open list
}

// absent stands for whatever a document does not have.
var absent = Gap(&probity.Gap{Reason: probity.NotCollected}, nil) //nolint:gochecknoglobals // a constant in all but type

// project keeps of a document what the rule reads, and puts a gap where it names what is not there.
func project(n *Node, reads *Paths) *Node {
	n = n.seen(reads)
	if n.form != structure || reads.all() && (reads == nil || len(reads.below) == 0) {
		return n
	}
	names := reads.of(n)
	out := Struct(names, make([]*Node, len(names)))
	if reads.all() {
		out.gap = n.gap
	}
	for i, name := range names {
		f, below := n.field(name), reads.below[name]
		switch {
		case f == nil:
			out.fields[i] = absent
		case !reads.all():
			out.fields[i] = project(f, below)
		case below == nil:
			out.fields[i] = f
		default:
			out.fields[i] = project(f, &Paths{whole: true, below: below.below, names: below.names})
		}
	}
	return out
}

// holes lists the gaps below n, in the order of their paths.
func holes(n *Node, ref ast.Ref, path string, out []hole) []hole {
	before := len(out)
	switch n.form {
	case missing:
		return append(out, hole{Missing{probity.Path(path), *n.gap}, n, ref.Copy(), false})
	case later:
		return holes(n.seen(nil), ref, path, out)
	case list:
		if n.whole {
			return out
		}
		for i, it := range n.items {
			out = holes(it, append(slices.Clip(ref), ast.IntNumberTerm(i)), path+"["+strconv.Itoa(i)+"]", out)
		}
		if n.gap != nil {
			next := append(slices.Clip(ref), ast.IntNumberTerm(len(n.items)))
			out = append(out, hole{Missing{probity.Path(path), *n.gap}, n, next.Copy(), true})
		}
		n.whole = len(out) == before
	case structure:
		for i, k := range n.names {
			p := k
			if path != "" {
				p = path + "." + k
			}
			out = holes(n.fields[i], append(slices.Clip(ref), ast.InternedTerm(k)), p, out)
		}
		if n.gap != nil {
			out = append(out, hole{Missing{probity.Path(path), *n.gap}, n, ref.Copy(), false})
		}
	}
	return out
}

// unknown is the reference that partial evaluation must not know for the gap.
//
// It is the gap's own, cut to the length of the shortest dynamic reference that passes through it: "some r in input.a" binds
// whole elements of a, so a gap in one of them makes that element unknown. The next element of an open list stands for all
// others only while nobody asks which one it is: an index that is compared, joined or fixed makes the list unknown.
func (r reach) unknown(h hole) *ast.Term {
	n := len(h.ref)
	for _, d := range r.dynamic {
		if len(d.ref) < len(h.ref) && passes(d.ref, h.ref) {
			n = min(n, len(d.ref))
		}
	}
	if h.rest {
		at := len(h.ref) - 1
		for _, d := range r.dynamic {
			if len(d.ref) > at && d.reused[at] && passes(d.ref[:at+1], h.ref) {
				n = min(n, at)
			}
		}
		if slices.ContainsFunc(slices.Concat(r.input, r.config), func(p []string) bool { return fixes(p, h.ref) }) {
			n = min(n, at)
		}
	}
	return ast.NewTerm(h.ref[:n])
}

// passes reports whether the dynamic reference can go along the beginning of a ground one.
func passes(d, ground ast.Ref) bool {
	if len(d) > len(ground) {
		return false
	}
	for i, t := range d {
		if t.IsGround() && !(i > 0 && isVar(t)) && !t.Equal(ground[i]) {
			return false
		}
	}
	return true
}

func isVar(t *ast.Term) bool { _, ok := t.Value.(ast.Var); return ok }

// fixes reports whether a static read names an element of the list that ref's last part stands for.
func fixes(read []string, ref ast.Ref) bool {
	at := len(ref) - 1
	below := ref[1:at]
	if ref.HasPrefix(configRoot) {
		below = ref[2:at]
	}
	if len(read) <= len(below) {
		return false
	}
	for i, t := range below {
		if s := constants(ast.Ref{t}); len(s) == 0 || s[0] != read[i] {
			return false
		}
	}
	_, err := json.Number(read[len(below)]).Int64()
	return err == nil
}

// never reports whether what is not known cannot apply.
func (n *Node) never() bool { return n.gap != nil && n.gap.Reason == probity.NotApplicable }

// unfilled finds the first gap in a part of a document that is not filled; nil: there is one that can take many values. Without what
// cannot apply, that is no gap.
func (n *Node) unfilled(fill filling, without bool) (gap *Node, found bool) {
	switch n.form {
	case closed:
		return nil, false
	case missing:
		if _, v := fill.of(n); v != nil || without && n.never() {
			return nil, false
		}
		if n.few.count() == 0 {
			return nil, true
		}
		return n, true
	case later:
		return n.seen(nil).unfilled(fill, without)
	}
	if n.form == list && n.whole {
		return nil, false
	}
	for _, parts := range [][]*Node{n.items, n.fields} {
		for _, f := range parts {
			if gap, found = f.unfilled(fill, without); found {
				return gap, true
			}
		}
	}
	if n.form == list && n.gap == nil && len(fill) == 0 && !without {
		n.whole = true
	}
	return nil, n.gap != nil && !(without && n.never())
}
