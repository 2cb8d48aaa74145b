package policies

import (
	"encoding/binary"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/verdict"
)

// layout is what rules read of the assets of one kind, fact by fact, so that each is summed up once however many rules read it.
type layout struct {
	kind   of
	viewer *viewer
	facts  []func(key []byte, asset reflect.Value) []byte // what tells a fact, as far as it is read, from others
	lists  []listing                                      // beside them: zero where it is no list
	places map[factPlace]int
	asked  []int        // our rules on these assets, by their places in corpus.Rules
	rules  [][]int      // beside them: what each reads
	own    [][][]string // of it what hardly any two assets have in common: names, and when it was made
	rest   [][]int      // the others
	whole  [][]int      // the same facts, and all of each that a digest tells
	risk   []int
	links  int // the place of links as a whole, which are hardly ever the same; -1: there is none

	shapes worth
	looks  atomic.Uint32
	group  atomic.Pointer[group]
}

// factPlace is a fact, or a list with what is read of its elements.
type factPlace struct {
	path string
	read *verdict.Paths
}

func (l *layout) at(p factPlace, key func([]byte, reflect.Value) []byte) int {
	i, ok := l.places[p]
	if !ok {
		i = len(l.facts)
		l.places[p], l.facts, l.lists = i, append(l.facts, key), append(l.lists, listing{})
	}
	return i
}

// add gives the places of what is wanted of an asset. The time is the same for all.
func (l *layout) add(wanted *verdict.Paths) []int {
	return l.fields(reflect.TypeFor[probity.Asset](), wanted, nil, "", nil)
}

func (l *layout) fields(t reflect.Type, wanted *verdict.Paths, at []int, path string, out []int) []int {
	for i := range t.NumField() {
		f := t.Field(i)
		index, name := append(slices.Clip(at), i), probity.FieldName(f)
		below, ok := wanted.Below(name)
		switch {
		case f.Anonymous:
			out = l.fields(f.Type, wanted, index, path, out)
		case name == "" || !ok || unseen(name) || hidden[f.Type]:
		case f.Type == reflect.TypeFor[probity.Settings]():
			out = l.settings(index, below, out)
		case f.Type.Implements(reflect.TypeFor[probity.Leaf]()):
			out = append(out, l.fact(f.Type, index, path+name, below))
		case f.Type.Kind() == reflect.Struct && holdsFacts(f.Type):
			out = l.fields(f.Type, below, index, path+name+".", out)
		default:
			key := l.viewer.part(f.Type, below).key
			out = append(out, l.at(factPlace{path + name, below}, func(b []byte, a reflect.Value) []byte { return key(b, a.FieldByIndex(index)) }))
		}
	}
	return out
}

func (l *layout) fact(t reflect.Type, index []int, path string, wanted *verdict.Paths) int {
	items, list := t.FieldByName("Items")
	if !list {
		return l.at(factPlace{path, nil}, func(b []byte, a reflect.Value) []byte { return factKey(b, a.FieldByIndex(index)) })
	}
	read := wanted.Elements()
	if t == reflect.TypeFor[probity.List[probity.Link]]() {
		return l.at(factPlace{path, read}, func(b []byte, a reflect.Value) []byte {
			of := a.FieldByIndex(index).Addr().Interface().(*probity.List[probity.Link])
			rest := of.Rest()
			return laterLinks{l.viewer, of.Items, rest}.key(b, read)
		})
	}
	of := listing{path, read, index, items}
	i := l.at(factPlace{path, read}, l.list(of))
	l.lists[i] = of
	return i
}

// listing is a list with what is read of its elements.
type listing struct {
	path  string
	read  *verdict.Paths
	index []int
	items reflect.StructField
}

func (l *layout) list(of listing) func([]byte, reflect.Value) []byte {
	elem := l.viewer.part(of.items.Type.Elem(), of.read)
	return func(b []byte, a reflect.Value) []byte {
		v := a.FieldByIndex(of.index)
		return l.viewer.appendList(b, v.FieldByIndex(of.items.Index), elem, restOf(v))
	}
}

// together are the facts at some places. Of a list of which rules read this and that it is all of it at once.
func (l *layout) together(at []bool) (out []func([]byte, reflect.Value) []byte) {
	var lists []listing
	for i, wanted := range at {
		of := l.lists[i]
		switch n := slices.IndexFunc(lists, func(x listing) bool { return x.path == of.path }); {
		case !wanted:
		case of.path == "":
			out = append(out, l.facts[i])
		case n < 0:
			lists = append(lists, of)
		default:
			lists[n].read = lists[n].read.And(of.read)
		}
	}
	for _, of := range lists {
		out = append(out, l.list(of))
	}
	return out
}

func (l *layout) settings(index []int, wanted *verdict.Paths, out []int) []int {
	names, some := wanted.Names()
	if !some {
		key := l.viewer.part(reflect.TypeFor[probity.Settings](), nil).key
		return append(out, l.at(factPlace{"settings", nil}, func(b []byte, a reflect.Value) []byte { return key(b, a.FieldByIndex(index)) }))
	}
	for _, name := range names {
		out = append(out, l.at(factPlace{"settings." + name, nil}, func(b []byte, a reflect.Value) []byte {
			f, ok := a.FieldByIndex(index).Interface().(probity.Settings)[name]
			if !ok { // which is another thing than one that nobody looked for
				return append(b, 0xff)
			}
			return l.viewer.settingKey(b, f)
		}))
	}
	return out
}

// separate parts what a rule reads into names and times, and the rest.
func (l *layout) separate(places []int) (own [][]string, rest []int) {
	rest = slices.Clone(places)
	for _, path := range [][]string{{"id"}, {"name"}, {"lifecycle", "created"}} {
		for p, i := range l.places {
			if at := slices.Index(rest, i); at >= 0 && p.path == strings.Join(path, ".") {
				own, rest = append(own, path), slices.Delete(rest, at, at+1)
			}
		}
	}
	return own, rest
}

// sums are those of one asset, each made when it is first asked for.
type sums struct {
	*layout
	seeds *seeds
	asset reflect.Value
	have  []bool
	of    []stamp
	room  []byte
}

// begin is with another asset.
func (s *sums) begin(l *layout, a *probity.Asset) {
	s.layout, s.asset = l, reflect.ValueOf(a).Elem()
	s.have, s.of = slices.Grow(s.have[:0], len(l.facts))[:len(l.facts)], slices.Grow(s.of[:0], len(l.facts))[:len(l.facts)]
	clear(s.have)
}

// over sums up what is at places, for a question.
func (s *sums) over(question stamp, places ...[]int) stamp {
	for _, all := range places {
		for _, i := range all {
			if !s.have[i] {
				s.room = s.facts[i](s.room[:0], s.asset)
				s.have[i], s.of[i] = true, s.seeds.of(s.room)
			}
		}
	}
	const odd = 0x9e3779b97f4a7c15
	all := question
	for _, at := range places {
		for _, i := range at { // stamps are drawn at random, so that no two lists of them are likely to come to the same
			all[0], all[1] = all[0]*odd+s.of[i][0], all[1]*odd+s.of[i][1]
		}
	}
	return all
}

// all sums up all that a group reads.
func (s *sums) all(g *group) stamp {
	s.room = append(s.room[:0], g.question...)
	for _, f := range g.facts {
		n := len(s.room)
		s.room = f(s.room, s.asset)
		s.room = binary.LittleEndian.AppendUint32(s.room, uint32(len(s.room)-n)) //nolint:gosec // where each ends, which tells it from the next
	}
	return s.seeds.of(s.room)
}
