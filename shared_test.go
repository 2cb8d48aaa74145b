package probity

import (
	"reflect"
	"testing"
)

// TestSettingsAlike: what is set alike is kept once, and nothing else is taken for it.
func TestSettingsAlike(t *testing.T) {
	t.Parallel()
	type flag struct{ On bool }
	made := func(value any, known bool, reason Reason) Settings {
		return Settings{"what": {value: value, known: known, gap: &Gap{Reason: reason}, origin: &Origin{Call: "s3:Get"}}}
	}
	values := []any{nil, true, false, 1, 2, 1.0, "", "1", "1 2", []string(nil), []string{}, []string{"1 2"}, []string{"1", "2"}, []int{1, 2}, Optional[string]{}, Some(""), Some("a"), flag{true}, []flag{{true}, {false}}, []flag{{false}, {true}}}
	shared, kept := NewShared(), map[uintptr]int{}
	place := func(s Settings) uintptr {
		a := Asset{Settings: s}
		shared.Asset(&a)
		return reflect.ValueOf(a.Settings).Pointer()
	}
	for i, v := range values {
		first := place(made(v, false, Denied))
		if other, taken := kept[first]; taken {
			t.Errorf("%#v is taken for %#v", v, values[other])
		}
		kept[first] = i
		if place(made(v, false, Denied)) != first {
			t.Errorf("%#v is kept twice", v)
		}
		if place(made(v, true, Denied)) == first || place(made(v, false, Throttled)) == first {
			t.Errorf("%#v is taken for what is known, or missing otherwise", v)
		}
	}
	mixed := func() Settings { return made([]any{1}, false, Denied) }
	if first, second := place(mixed()), place(mixed()); first == second {
		t.Error("what has no text of its own is shared")
	}
}
