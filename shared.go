package probity

import (
	"maps"
	"reflect"
	"slices"
	"strconv"
	"time"
)

// Shared keeps one of each gap, origin and text that many facts have alike: what is read from files, and what each call tells
// anew, is the same thousands of times. What is shared is not to be changed any more.
type Shared struct {
	gaps    map[Gap]*Gap
	origins map[spot]*Origin
	texts   map[string]string
	tags    map[string]map[string]string // by their text
}

// spot is an origin without what it was derived from.
type spot struct {
	file, call, query, fallback string
	line, column                int
	at                          time.Time
	caller, inside              *Origin
}

// mostShared bounds each memory of what is shared.
const mostShared = 1 << 14

// NewShared begins with nothing.
func NewShared() *Shared {
	return &Shared{gaps: map[Gap]*Gap{}, origins: map[spot]*Origin{}, texts: map[string]string{}, tags: map[string]map[string]string{}}
}

// Asset puts what is kept already in the place of what is the same in an asset.
func (s *Shared) Asset(a *Asset) {
	a.Kind, a.Class = Kind(s.text(string(a.Kind))), Class(s.text(string(a.Class)))
	a.Scope = Scope{Provider: s.text(a.Scope.Provider), Account: s.text(a.Scope.Account), Region: s.text(a.Scope.Region)}
	a.Origin = s.origin(a.Origin)
	if a.Tags.known {
		a.Tags.value = s.tag(a.Tags.value)
	}
	v := reflect.ValueOf(a).Elem()
	for _, step := range stepsOf(v.Type()) {
		if f := v.FieldByIndex(step.field); step.leaf {
			f.Addr().Interface().(quiet).share(s)
		}
	}
	for k, f := range a.Settings {
		f.share(s)
		a.Settings[k] = f
	}
}

func (s *Shared) gap(g *Gap) *Gap {
	if g == nil {
		return nil
	}
	return one(s.gaps, *g, g)
}

func (s *Shared) origin(o *Origin) *Origin {
	if o == nil || len(o.Derived) > 0 {
		return o
	}
	return one(s.origins, spot{o.File, o.Call, o.Query, o.Default, o.Line, o.Column, o.At, o.Caller, o.Inside}, o)
}

func (s *Shared) text(t string) string { return one(s.texts, t, t) }

func (s *Shared) tag(tags map[string]string) map[string]string {
	if tags == nil {
		return nil
	}
	var text []byte
	for _, k := range slices.Sorted(maps.Keys(tags)) {
		text = strconv.AppendQuote(strconv.AppendQuote(text, k), tags[k])
	}
	return one(s.tags, string(text), tags)
}

// one gives what is kept under a key, which v becomes where there is nothing.
func one[K comparable, V any](kept map[K]V, key K, v V) V {
	if known, ok := kept[key]; ok {
		return known
	}
	if len(kept) >= mostShared {
		clear(kept)
	}
	kept[key] = v
	return v
}
