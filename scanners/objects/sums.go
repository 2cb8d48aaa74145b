package objects

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
)

// Sums keeps the labels of a store within a limit: beyond it those of objects are summed by folder, then by ever higher
// folders, at last by detector alone.
type Sums struct {
	limit int
	level int // folders that stay apart
	by    map[sum]entry
}

type entry struct {
	name, column string // of the object; what is left of it
	probity.Label
}

type sum struct {
	on         string
	detector   string
	protection probity.Protection
}

const (
	apart = 16 // each object for itself
	flat  = -1 // no folder and no column
)

// NewSums keeps no more labels than the limit.
func NewSums(limit int) *Sums { return &Sums{limit: limit, level: apart, by: map[sum]entry{}} }

// Add takes a label of a column in an object.
func (s *Sums) Add(name, column string, l probity.Label) {
	s.put(entry{name, column, l})
	for len(s.by) > s.limit && s.level > flat {
		s.level--
		old := s.by
		s.by = map[sum]entry{}
		for _, e := range sorted(old) {
			s.put(e)
		}
	}
}

func (s *Sums) put(e entry) {
	e.On = s.on(e.name, e.column)
	k := sum{e.On, e.Detector, e.Protection}
	if had, ok := s.by[k]; ok {
		e.Label = merge(had.Label, e.Label)
	}
	s.by[k] = e
}

// on is where a label is said to be: "a/b.csv:email", or summed "a/*:email".
func (s *Sums) on(name, column string) string {
	if s.level == flat {
		return "*"
	}
	if s.level < apart && name != "" {
		dirs := strings.Split(path.Dir(name), "/")
		if dirs[0] == "." {
			dirs = nil
		}
		name = path.Join(append(dirs[:min(len(dirs), s.level):min(len(dirs), s.level)], "*")...)
	}
	return join(name, column)
}

func join(name, column string) string {
	if name == "" || column == "" {
		return name + column
	}
	return name + ":" + column
}

// merge sums two labels. Distinct values may be the same ones, so the larger number stands; what they were read at differs.
func merge(a, b probity.Label) probity.Label {
	a.Found += b.Found
	a.Distinct = max(a.Distinct, b.Distinct)
	a.Confidence = max(a.Confidence, b.Confidence)
	a.Sample.Read += b.Sample.Read
	if m, ok := a.Sample.Total.Get(); ok {
		if n, ok := b.Sample.Total.Get(); ok {
			a.Sample.Total = probity.Known(m+n, nil)
		} else {
			a.Sample.Total = b.Sample.Total
		}
	}
	if b.Sample.Method != "all" {
		a.Sample.Method = b.Sample.Method
	}
	a.Version = ""
	return a
}

// List gives the labels, sorted by place.
func (s *Sums) List() []probity.Label {
	var out []probity.Label
	for _, e := range sorted(s.by) {
		out = append(out, e.Label)
	}
	return out
}

func sorted(by map[sum]entry) []entry {
	return slices.SortedFunc(maps.Values(by), func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.Detector, b.Detector), cmp.Compare(a.Protection, b.Protection))
	})
}
