package probity

import (
	"encoding/json"
	"reflect"
)

// Path names a fact inside an asset exactly as a rule reads it below input: "exposure.public", "settings.website",
// "labels[2].category". Rules, gaps, evidence, fingerprints, waivers and supplies all speak it.
type Path string

// Fact is a value, or the gap in its place, with where it came from. The zero Fact is the gap not-collected, so that
// forgetting to look never reads as false.
type Fact[T any] struct {
	value  T
	known  bool
	gap    *Gap
	origin *Origin
}

// Known is a fact with its value. Facts of one call or block share one origin.
func Known[T any](v T, o *Origin) Fact[T] { return Fact[T]{value: v, known: true, origin: o} }

// Missing is a fact that could not be had, and why.
func Missing[T any](g Gap, o *Origin) Fact[T] { return Fact[T]{gap: &g, origin: o} }

// Get gives the value and whether it is known.
func (f Fact[T]) Get() (T, bool) { return f.value, f.known }

// Is reports whether the fact is known and satisfies the condition.
func (f Fact[T]) Is(cond func(T) bool) bool { return f.known && cond(f.value) }

// Value implements [Leaf]. With a gap the value is T's zero, which still tells the type.
func (f Fact[T]) Value() (any, *Gap) { return leaf(f.value, f.known, f.gap) }

// From implements [Leaf].
func (f Fact[T]) From() *Origin { return f.origin }

// IsZero reports whether nobody looked; such a fact is left out of JSON.
func (f Fact[T]) IsZero() bool { return !f.known && f.gap == nil }

// Or is f, or g where nobody looked for f.
func (f Fact[T]) Or(g Fact[T]) Fact[T] {
	if f.IsZero() {
		return g
	}
	return f
}

// Equal compares value, gap and origin.
func (f Fact[T]) Equal(g Fact[T]) bool { return reflect.DeepEqual(f, g) }

type factJSON[T any] struct {
	Value  *T      `json:"value,omitempty"`
	Gap    *Gap    `json:"gap,omitempty"`
	Origin *Origin `json:"origin,omitempty"`
}

// MarshalJSON writes {"value": …} or {"gap": …}, with the origin. A setting that is a list known in part has both.
func (f Fact[T]) MarshalJSON() ([]byte, error) {
	j := factJSON[T]{Gap: f.gap, Origin: f.origin}
	if f.known {
		j.Value, j.Gap = &f.value, nil
	} else if v := reflect.ValueOf(f.value); v.Kind() == reflect.Slice && v.Len() > 0 {
		j.Value = &f.value
	}
	return json.Marshal(j)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (f *Fact[T]) UnmarshalJSON(b []byte) error {
	var j factJSON[T]
	if err := json.Unmarshal(b, &j); err != nil {
		return err
	}
	*f = Fact[T]{gap: j.Gap, origin: j.Origin}
	if j.Value != nil {
		f.value, f.known = *j.Value, j.Gap == nil
	}
	return nil
}

// List is a collection. It is open until closed: its items are there and can fail a rule, and the gap is that nothing
// else exists. The zero List is empty and open.
type List[T any] struct {
	Items  []T
	closed bool
	rest   *Gap
	origin *Origin
}

// Whole is a closed list: there is nothing else.
func Whole[T any](o *Origin, items ...T) List[T] {
	return List[T]{Items: items, closed: true, origin: o}
}

// Open is a list known in part; g says why the rest is not known.
func Open[T any](g Gap, o *Origin, items ...T) List[T] {
	return List[T]{Items: items, rest: &g, origin: o}
}

// Value implements [Leaf]: for an open list both its items and the gap of the rest.
func (l List[T]) Value() (any, *Gap) { return leaf(l.Items, l.closed, l.rest) }

// Rest is why there may be other items; nil: there are none.
func (l *List[T]) Rest() *Gap {
	_, g := leaf(struct{}{}, l.closed, l.rest)
	return g
}

// From implements [Leaf].
func (l List[T]) From() *Origin { return l.origin }

// IsZero reports whether nobody looked.
func (l List[T]) IsZero() bool { return !l.closed && l.rest == nil && len(l.Items) == 0 }

// Or is l, or m where nobody looked for l.
func (l List[T]) Or(m List[T]) List[T] {
	if l.IsZero() {
		return m
	}
	return l
}

// With is l with more items; what was open or closed stays so.
func (l List[T]) With(items ...T) List[T] {
	l.Items = append(l.Items[:len(l.Items):len(l.Items)], items...)
	return l
}

// Equal compares items, gap and origin.
func (l List[T]) Equal(m List[T]) bool { return reflect.DeepEqual(l, m) }

type listJSON[T any] struct {
	Items  []T     `json:"items"`
	Rest   *Gap    `json:"rest,omitempty"`
	Origin *Origin `json:"origin,omitempty"`
}

// MarshalJSON writes {"items": […]}, and "rest" with the gap when the list is open.
func (l List[T]) MarshalJSON() ([]byte, error) {
	j := listJSON[T]{Items: l.Items, Origin: l.origin}
	if j.Items == nil {
		j.Items = []T{}
	}
	if !l.closed {
		j.Rest = l.Rest()
	}
	return json.Marshal(j)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (l *List[T]) UnmarshalJSON(b []byte) error {
	var j listJSON[T]
	if err := json.Unmarshal(b, &j); err != nil {
		return err
	}
	*l = List[T]{Items: j.Items, closed: j.Rest == nil, rest: j.Rest, origin: j.Origin}
	return nil
}

// Leaf is any fact, whatever its type: the only way policies look at facts.
type Leaf interface {
	// Value gives the value or the gap; for an open list both its items and the gap of the rest.
	Value() (any, *Gap)
	// From says where it came from; nil when nobody said.
	From() *Origin
}

func leaf[T any](v T, known bool, g *Gap) (any, *Gap) {
	if known {
		return v, nil
	}
	if g == nil {
		g = &notCollected
	}
	return v, g
}

var notCollected = Gap{Reason: NotCollected} //nolint:gochecknoglobals // a constant in all but type

// quiet is what any fact tells without making a copy of it.
type quiet interface {
	lost() bool
	share(*Shared)
}

func (f *Fact[T]) lost() bool { return !f.known && f.gap != nil && f.gap.Reason.Loss() }

func (l *List[T]) lost() bool { return !l.closed && l.rest != nil && l.rest.Reason.Loss() }

func (f *Fact[T]) share(s *Shared) { f.gap, f.origin = s.gap(f.gap), s.origin(f.origin) }

func (l *List[T]) share(s *Shared) { l.rest, l.origin = s.gap(l.rest), s.origin(l.origin) }

// Optional is a value that may rightly be absent: rules see no null, so they see {set, value}.
type Optional[T any] struct {
	Set   bool `json:"set"`
	Value T    `json:"value"`
}

// Some is an optional value that is there; the zero Optional is one that is not.
func Some[T any](v T) Optional[T] { return Optional[T]{Set: true, Value: v} }
