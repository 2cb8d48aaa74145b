package policies

import (
	"crypto/sha256"
	"encoding/hex"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/verdict"
)

// digest is what somebody accepts with a finding: the facts that the rule read on the asset, as values or reasons of gaps. It
// knows no origin, line, time or count, so that it stays as long as the thing does. Of a list, and of tags, only the items
// that the violation names count, where it names some: a further open port does not change what was accepted of another.
func digest(f *facts, a *probity.Asset, element string) string {
	var said []string
	for path, l := range f.of(a) {
		said = append(said, string(path)+"="+told(l, element))
	}
	return sum(said)
}

// digestOf is the digest of a verdict that gaps left open.
func digestOf(gaps []verdict.Missing) string {
	var said []string
	for _, g := range gaps {
		said = append(said, string(g.Path)+"="+string(g.Gap.Reason))
	}
	return sum(said)
}

func sum(said []string) string {
	slices.Sort(said)
	h := sha256.Sum256([]byte(strings.Join(slices.Compact(said), "\x00")))
	return hex.EncodeToString(h[:8])
}

// told is a fact without where and when it was read.
func told(l probity.Leaf, element string) string {
	v, g := l.Value()
	rv := reflect.ValueOf(v)
	if rv.Kind() == reflect.Slice && isList(reflect.TypeOf(l)) {
		return probity.Plain(named(rv, element).Interface())
	}
	if tags, ok := v.(map[string]string); ok && g == nil {
		if x, ok := tags[element]; ok {
			return probity.Plain(map[string]string{element: x})
		}
	}
	return probity.PlainFact(l)
}

// named are the items that an element speaks of most, or all of them where it speaks of none.
func named(items reflect.Value, element string) reflect.Value {
	if element == "" {
		return items
	}
	best, at := 0, []int{}
	for i := range items.Len() {
		n := mentions(element, items.Index(i))
		if n > best {
			best, at = n, at[:0]
		}
		if n == best && n > 0 {
			at = append(at, i)
		}
	}
	if best == 0 {
		return items
	}
	out := reflect.MakeSlice(items.Type(), 0, len(at))
	for _, i := range at {
		out = reflect.Append(out, items.Index(i))
	}
	return out
}

// mentions counts the words and numbers of an item that stand in an element.
func mentions(element string, item reflect.Value) (n int) {
	if l, ok := item.Interface().(probity.Label); ok {
		if speaksOf(element, l) {
			return 1
		}
		return 0
	}
	switch item.Kind() {
	case reflect.String:
		if word(element, item.String()) {
			n++
		}
	case reflect.Int:
		if item.Int() != 0 && word(element, strconv.FormatInt(item.Int(), 10)) {
			n++
		}
	case reflect.Struct:
		for i := range item.NumField() {
			if f := item.Field(i); f.Kind() == reflect.String || f.Kind() == reflect.Int {
				n += mentions(element, f)
			}
		}
	}
	return n
}

// word reports whether s stands in a text, and no letter or digit beside it.
func word(text, s string) bool {
	for at := 0; s != ""; {
		i := strings.Index(text[at:], s)
		if i < 0 {
			return false
		}
		from, to := at+i, at+i+len(s)
		if (from == 0 || !alphanumeric(text[from-1])) && (to == len(text) || !alphanumeric(text[to])) {
			return true
		}
		at = from + 1
	}
	return false
}

func alphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
