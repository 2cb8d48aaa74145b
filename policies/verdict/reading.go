package verdict

import (
	"encoding/binary"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// place is where rules read: a fact, or a group of facts.
type place struct {
	number int
	names  []string
	read   *Paths
	end    bool // a reference ends here, or goes on by a variable
}

// placesOf are all places that a set names, by the set of what is read below them.
func placesOf(p *Paths) map[*Paths]*place {
	out := map[*Paths]*place{}
	var walk func(p *Paths, names []string)
	walk = func(p *Paths, names []string) {
		out[p] = &place{number: len(out), names: names, read: p, end: p.all()}
		for _, name := range p.names {
			walk(p.below[name], append(slices.Clip(names), name))
		}
	}
	walk(p, nil)
	return out
}

// begin appends to a key which place is read. No place begins as keys of everything do.
func (p *place) begin(key []byte) []byte { return binary.BigEndian.AppendUint32(key, uint32(p.number)) } //nolint:gosec // a rule names few places

// leaf is the part of a document at a place; nil: there is none, or it is a structure, or part of a value.
func (p *place) leaf(n *Node) *Node {
	for _, name := range p.names {
		if n.form != structure {
			return nil
		}
		if n = n.field(name); n == nil {
			n = absent
		}
	}
	if n.form == structure {
		return nil
	}
	return n
}

// reading is what one plain evaluation read. Its answer holds for all documents of which the same is read: a rule is a function of
// what it reads. If it read no gap, it holds whatever the gaps are.
type reading struct {
	of    *question
	fill  filling
	key   []byte // of what was read
	steps []step
	gap   bool  // a gap was read that is not filled: what comes after it tells nothing
	met   *Node // the first one, if it can take few values
	lost  bool  // something was read in a way that is not followed
	loose bool  // something was read that the key does not tell: a gap that is filled inside a list

	through bool // evaluation goes on behind a gap: it is not there
}

// step is a read: the place, and how long the key was before.
type step struct {
	place *place
	at    int
}

func (q *question) reading(fill filling) *reading { return &reading{of: q, fill: fill} }

// watch is a document whose reads the reading follows.
func (t *reading) watch(in *Node) *ast.Term {
	return ast.NewTerm(&watched{node: in, read: t.of.reach.wanted, reading: t})
}

// followed reports whether all that is read of a document are facts, so that no answer rests on a group of them.
func (q *question) followed(in *Node) bool {
	if q.reach.replaces {
		return false
	}
	for _, p := range q.places {
		if p.end {
			n := in
			for _, name := range p.names {
				if n = n.field(name); n == nil || n.form != structure {
					break
				}
			}
			if n != nil && n.form == structure {
				return false
			}
		}
	}
	return true
}

// leaf gives what a rule reads of a fact.
func (t *reading) leaf(n *Node, read *Paths) *ast.Term {
	p := t.of.places[read]
	t.step(p, n)
	part := n.seen(read)
	if gap, open := part.unfilled(t.fill); open && !t.through && !t.gap {
		t.gap, t.met = true, gap
	}
	t.loose = t.loose || len(t.fill) > 0 && part.form == list && !part.whole
	term, _ := part.term(t.fill)
	return term
}

// step notes that a fact is read.
func (t *reading) step(p *place, n *Node) {
	if slices.ContainsFunc(t.steps, func(s step) bool { return s.place == p }) {
		return
	}
	t.steps = append(t.steps, step{p, len(t.key)})
	t.key = n.appendKey(p.begin(t.key), p.read, t.fill)
}

// unfilled finds the first gap in a part of a document that is not filled; nil: there is one that can take many values.
func (n *Node) unfilled(fill filling) (gap *Node, found bool) {
	switch n.form {
	case closed:
		return nil, false
	case missing:
		if _, v := fill.of(n); v != nil {
			return nil, false
		}
		if n.few.count() == 0 {
			return nil, true
		}
		return n, true
	case later:
		return n.seen(nil).unfilled(fill)
	}
	if n.form == list && n.whole {
		return nil, false
	}
	for _, parts := range [][]*Node{n.items, n.fields} {
		for _, f := range parts {
			if gap, found = f.unfilled(fill); found {
				return gap, true
			}
		}
	}
	if n.form == list && n.gap == nil && len(fill) == 0 {
		n.whole = true
	}
	return nil, n.gap != nil
}

// recall gives what was said of a document of which the same is read, or nil, and where that was.
func (q *question) recall(in *Node, fill filling, visit func(*place, *Node)) any {
	var room [256]byte
	key := room[:0]
	for {
		e := q.said.get(key)
		if e.next == nil {
			return e.said
		}
		n := e.next.leaf(in)
		if n == nil {
			return nil
		}
		if visit != nil {
			visit(e.next, n)
		}
		key = n.appendKey(e.next.begin(key), e.next.read, fill)
	}
}
