package kubernetes

import (
	"strings"

	"go.yaml.in/yaml/v3"

	probity "github.com/probity-scan/probity"
)

// newRendered places the lines of a document in the template that begins it at a line.
func newRendered(file string, template []string, first int, document string) *rendered {
	r := &rendered{file: file, first: first, keys: map[string][]int{}}
	if first > 0 {
		begin, of := around(template, first)
		r.from = keyed(of, begin)
		for i, l := range r.from {
			if l.key != "" {
				r.keys[l.key] = append(r.keys[l.key], i)
			}
		}
	}
	r.lines = keyed(strings.Split(document, "\n"), 1)
	r.known = make([]int, len(r.lines))
	return r
}

// around is the part of a template between the hyphens before and after a line, and the number of its first line.
func around(all []string, first int) (int, []string) {
	first = min(first, len(all))
	begin, end := first-1, first
	for begin > 0 && !separates([]byte(all[begin-1])) {
		begin--
	}
	for end < len(all) && !separates([]byte(all[end])) {
		end++
	}
	return begin + 1, all[begin:end]
}

func (r *rendered) at(key *yaml.Node, _ *step) *probity.Origin {
	o := &probity.Origin{File: r.file, Line: max(r.first, 1), Column: 1}
	if i := key.Line - 1; r.first > 0 && i >= 0 && i < len(r.lines) {
		if n := r.place(i, 0); n > 0 {
			o.Line = n
			o.Column = r.column(n)
		}
	}
	return o
}

func (r *rendered) column(number int) int {
	return r.from[number-r.from[0].number].indent + 1
}

// place works out the template's line for a line of the document.
func (r *rendered) place(i, depth int) int {
	if r.known[i] != 0 || depth > maxDepth {
		return r.known[i]
	}
	l := r.lines[i]
	best, score := 0, -1
	const most = 200 // candidates
	for n, c := range r.keys[l.key] {
		if n == most {
			break
		}
		if s := r.alike(i, c); s > score {
			best, score = r.from[c].number, s
		}
	}
	// a key that stands below others elsewhere is another key
	if l.up >= 0 && score <= 0 {
		best = r.place(l.up, depth+1)
	}
	if best == 0 {
		best = r.first
	}
	r.known[i] = best
	return best
}

// alike counts the keys around a line of the document that are around a line of the template too, in their order.
func (r *rendered) alike(i, c int) int {
	n := 0
	d, t := r.lines[i].up, r.from[c].up
	for steps := 0; d >= 0 && t >= 0 && steps < maxDepth; steps++ {
		if r.lines[d].key == r.from[t].key {
			n++
			t = r.from[t].up
		}
		d = r.lines[d].up
	}
	return n
}
