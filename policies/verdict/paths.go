package verdict

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Paths is a set of places in a document, each with all that is below it. The zero value is none; nil stands for all.
type Paths struct {
	whole bool
	below map[string]*Paths
	names []string // of below, sorted
	each  *Paths   // what is read of each element, if the place is a list; of a structure that is all
}

// reached is what a reference can reach: a place; or where it goes on through the elements of a list, what of each element.
type reached struct {
	names []string
	each  [][]string // nil: the place as a whole
}

func (p *Paths) addRead(r reached) {
	if r.each == nil {
		p.add(r.names)
		return
	}
	at := p.at(r.names)
	if at.each == nil {
		at.each = &Paths{}
	}
	for _, names := range r.each {
		at.each.add(names)
	}
}

func (p *Paths) add(names []string) { p.at(names).whole = true }

func (p *Paths) at(names []string) *Paths {
	if len(names) == 0 {
		return p
	}
	next := p.below[names[0]]
	if next == nil {
		next = &Paths{}
		if p.below == nil {
			p.below = map[string]*Paths{}
		}
		p.below[names[0]] = next
		p.names = slices.Sorted(maps.Keys(p.below))
	}
	return next.at(names[1:])
}

// merge adds all places of another set.
func (p *Paths) merge(q *Paths) {
	p.whole = p.whole || q.whole
	for name, below := range q.below {
		p.at([]string{name}).merge(below)
	}
	if q.each != nil {
		if p.each == nil {
			p.each = &Paths{}
		}
		p.each.merge(q.each)
	}
}

// all reports whether everything in a structure at this place is read.
func (p *Paths) all() bool { return p == nil || p.whole || p.each != nil }

// elements is what is read of each element of a list at this place; nil: all.
func (p *Paths) elements() *Paths {
	if p == nil || p.whole || len(p.below) > 0 {
		return nil
	}
	return p.each
}

// Below is what of a field is wanted; false: nothing.
func (p *Paths) Below(name string) (*Paths, bool) {
	if p.all() {
		return nil, true
	}
	next, ok := p.below[name]
	return next, ok
}

// of lists the wanted fields of a structure, there or not, sorted.
func (p *Paths) of(n *Node) []string {
	switch {
	case !p.all():
		return p.names
	case p == nil || len(p.names) == 0:
		return n.names
	}
	names := slices.Concat(n.names, p.names)
	slices.Sort(names)
	return slices.Compact(names)
}

// text is equal for equal sets only.
func (p *Paths) text() string {
	if p == nil {
		return "*"
	}
	var b strings.Builder
	if p.whole {
		b.WriteByte('*')
	}
	for _, name := range p.names {
		b.WriteString(strconv.Quote(name) + "{" + p.below[name].text() + "}")
	}
	if p.each != nil {
		b.WriteString("[" + p.each.text() + "]")
	}
	return b.String()
}

// shared makes what is read of elements the same set for all rules that read the same.
func (p *Paths) shared(known map[string]*Paths) {
	for _, below := range p.below {
		below.shared(known)
	}
	if p.each == nil {
		return
	}
	p.each.shared(known)
	text := p.each.text()
	if same, ok := known[text]; ok {
		p.each = same
	} else {
		known[text] = p.each
	}
}

// AddTo adds to a set all that the rule can read of its input.
func (r *Rule) AddTo(p *Paths) { p.merge(r.reach.wanted) }

// Names are the wanted fields of a structure; false: all of them.
func (p *Paths) Names() ([]string, bool) {
	if p.all() {
		return nil, false
	}
	return p.names, true
}

// Wanted is all that the rule can read of its input.
func (r *Rule) Wanted() *Paths { return r.reach.wanted }

// Elements is what is read of each element of a list at this place; nil: all. Rules of a set that read the same share it.
func (p *Paths) Elements() *Paths { return p.elements() }

// Add adds a place with all that is below it.
func (p *Paths) Add(names ...string) { p.add(names) }

// And is both sets.
func (p *Paths) And(q *Paths) *Paths {
	if p == nil || q == nil {
		return nil
	}
	out := &Paths{}
	out.merge(p)
	out.merge(q)
	return out
}

// AddEach adds what is read of each element of a list.
func (p *Paths) AddEach(each *Paths, names ...string) { p.at(names).each = each }
