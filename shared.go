package probity

import (
	"fmt"
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
	said    map[string]Settings          // by their text, in which gaps and origins are those kept
}

// spot is an origin without what it was derived from.
type spot struct {
	file, call, query, fallback string
	line, column                int
	at                          time.Time
	caller, inside              *Origin
}

const (
	mostShared    = 1 << 14 // of each memory of what is shared
	longestShared = 1 << 10 // texts under which settings are known
)

// NewShared begins with nothing.
func NewShared() *Shared {
	return &Shared{gaps: map[Gap]*Gap{}, origins: map[spot]*Origin{}, texts: map[string]string{}, tags: map[string]map[string]string{}, said: map[string]Settings{}}
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
	a.Settings = s.settings(a.Settings)
}

// settings are alike where values, gaps and origins are; those that say much stay apart.
func (s *Shared) settings(of Settings) Settings {
	if of == nil {
		return nil
	}
	var text []byte
	whole := true
	for _, k := range slices.Sorted(maps.Keys(of)) {
		f := of[k]
		f.share(s)
		of[k] = f
		if v := reflect.ValueOf(f.value); v.IsValid() && whole {
			text, whole = appendValue(append(text, v.Type().String()...), v)
		}
		text = fmt.Appendf(text, " %q %t %p %p\n", k, f.known, f.gap, f.origin)
	}
	if !whole || len(text) > longestShared {
		return of
	}
	return one(s.said, string(text), of)
}

// appendValue appends a value so that no two of a type make the same text; not whole: it holds what has no such text.
func appendValue(text []byte, v reflect.Value) (out []byte, whole bool) {
	switch v.Kind() {
	case reflect.Bool:
		return strconv.AppendBool(append(text, ' '), v.Bool()), true
	case reflect.Int:
		return strconv.AppendInt(append(text, ' '), v.Int(), 10), true
	case reflect.Float64:
		return strconv.AppendFloat(append(text, ' '), v.Float(), 'g', -1, 64), true
	case reflect.String:
		return strconv.AppendQuote(append(text, ' '), v.String()), true
	case reflect.Slice:
		text = fmt.Appendf(text, " %d %t", v.Len(), v.IsNil())
		for i := range v.Len() {
			if text, whole = appendValue(text, v.Index(i)); !whole {
				return text, false
			}
		}
		return text, true
	case reflect.Struct:
		for i := range v.NumField() {
			if text, whole = appendValue(text, v.Field(i)); !whole {
				return text, false
			}
		}
		return text, true
	}
	return text, false
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
