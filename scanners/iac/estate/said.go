package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// given reports whether a value names something, or a block is there: an empty text does not, and what is unknown may.
func given(v resource.Value) probity.Fact[bool] {
	switch d := v.Data.(type) {
	case string:
		return probity.Known(d != "", v.At)
	case resource.Ref, resource.Template:
		return probity.Known(true, v.At)
	}
	items, rest := v.Each()
	if len(items) == 0 && rest != nil {
		return probity.Missing[bool](*rest, v.At)
	}
	return probity.Known(len(items) > 0, v.At)
}

// present is yes where something is given and no where nothing is.
func present[T any](v resource.Value, yes, no probity.Fact[T]) probity.Fact[T] {
	f := given(v)
	switch is, known := f.Get(); {
	case is:
		return yes
	case known:
		return no
	}
	_, g := f.Value()
	return probity.Missing[T](*g, v.At)
}

// declared is whether a block is there, and def where it is not.
func declared(v resource.Value, def probity.Fact[bool]) probity.Fact[bool] {
	return present(v, probity.Known(true, v.At), def)
}

// answered is a default where a provider was asked and has nothing: then it is no guess, and the call tells so.
func answered[T any](v resource.Value, def probity.Fact[T]) probity.Fact[T] {
	if d, ok := def.Get(); ok && v.At != nil && v.At.Call != "" {
		return probity.Known(d, v.At)
	}
	return def
}

// listedNone is answered for a list.
func listedNone[T any](v resource.Value, def probity.List[T]) probity.List[T] {
	if v.At != nil && v.At.Call != "" {
		return probity.Whole(v.At, def.Items...)
	}
	return def
}
