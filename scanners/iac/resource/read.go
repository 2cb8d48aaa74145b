package resource

import (
	"math"
	"strconv"

	probity "github.com/probity-scan/probity"
)

// Bool is the value as a fact, or def where nothing was said.
func (v Value) Bool(def probity.Fact[bool]) probity.Fact[bool] {
	return read(v, def, func(d any) (bool, bool) {
		switch d := d.(type) {
		case bool:
			return d, true
		case string:
			return d == "true" || d == "1", d == "true" || d == "1" || d == "false" || d == "0"
		}
		return false, false
	})
}

// Int is the value as a fact, or def where nothing was said.
func (v Value) Int(def probity.Fact[int]) probity.Fact[int] {
	return read(v, def, func(d any) (int, bool) {
		switch d := d.(type) {
		case float64:
			return int(d), d == math.Trunc(d) && math.Abs(d) < math.MaxInt32
		case string:
			n, err := strconv.Atoi(d)
			return n, err == nil
		}
		return 0, false
	})
}

// Text is the value as a fact, or def where nothing was said. A text with references counts as known.
func (v Value) Text(def probity.Fact[string]) probity.Fact[string] {
	return read(v, def, func(d any) (string, bool) {
		switch d := d.(type) {
		case string:
			return d, true
		case Template:
			return d.Text, true
		case float64:
			return strconv.FormatFloat(d, 'f', -1, 64), !v.Hidden
		}
		return "", false
	})
}

// String is the value if it is a plain text.
func (v Value) String() string {
	s, _ := v.Data.(string)
	return s
}

// Number is the value if it is a whole number.
func (v Value) Number() (int, bool) {
	return v.Int(probity.Fact[int]{}).Get()
}

func read[T any](v Value, def probity.Fact[T], as func(any) (T, bool)) probity.Fact[T] {
	if !v.Set() {
		return def
	}
	if t, ok := as(v.Data); ok {
		return probity.Known(t, v.At)
	}
	return probity.Missing[T](v.Why(), v.At)
}

// Map turns a known fact into another of the same origin, and keeps gaps.
func Map[T, U any](f probity.Fact[T], as func(T) U) probity.Fact[U] {
	if t, ok := f.Get(); ok {
		return probity.Known(as(t), f.From())
	}
	if f.IsZero() {
		return probity.Fact[U]{}
	}
	_, g := f.Value()
	return probity.Missing[U](*g, f.From())
}

// Text of tags: values that are not known are left out, with the gap.
func Tags(vs ...Value) probity.Fact[map[string]string] {
	out := map[string]string{}
	var at *probity.Origin
	var gap *probity.Gap
	for _, v := range vs {
		if !v.Set() {
			continue
		}
		at = v.At
		b, ok := v.Data.(*Block)
		if !ok {
			g := v.Why()
			gap = &g
			continue
		}
		for k, e := range b.Attrs {
			s, known := e.Text(probity.Fact[string]{}).Get()
			switch {
			case known:
				out[k] = s
			case e.Set():
				g := e.Why()
				gap = &g
			}
		}
	}
	if gap != nil {
		return probity.Missing[map[string]string](*gap, at)
	}
	return probity.Known(out, at)
}
