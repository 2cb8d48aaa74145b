package verdict

import (
	"maps"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
)

// Paths is a set of places in a document, each with all that is below it. The zero value is none; nil stands for all.
type Paths struct {
	whole bool
	below map[string]*Paths
	names []string // of below, sorted
}

// pathsOf gathers prefixes; an empty one is the whole document.
func pathsOf(prefixes [][]string) *Paths {
	p := &Paths{}
	for _, names := range prefixes {
		p.add(names)
	}
	return p
}

func (p *Paths) add(names []string) {
	if len(names) == 0 {
		p.whole = true
		return
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
	next.add(names[1:])
}

// Below is what of a field is wanted; false: nothing.
func (p *Paths) Below(name string) (*Paths, bool) {
	if p == nil || p.whole {
		return nil, true
	}
	next, ok := p.below[name]
	return next, ok
}

// AddTo adds to a set all that the rule can read of its input.
func (r *Rule) AddTo(p *Paths) {
	for _, names := range r.reach.input {
		p.add(names)
	}
}

// AddTo adds all of the reads to a set.
func (r Reads) AddTo(p *Paths, below ...string) {
	for _, names := range r.reach.input {
		if len(names) >= len(below) && slices.Equal(names[:len(below)], below) {
			p.add(names[len(below):])
		}
	}
}

// Below names all of the reads below a field of the document.
func (r Reads) Below(field string) []probity.Path {
	var out []probity.Path
	for _, names := range r.reach.input {
		if len(names) > 0 && names[0] == field {
			out = append(out, probity.Path(strings.Join(names[1:], ".")))
		}
	}
	return out
}
