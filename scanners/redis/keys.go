package redis

import (
	"slices"
	"strings"
	"unicode"

	"github.com/probity-scan/probity/scanners/content"
)

const (
	separators = ":/|"
	enough     = 5 // different ids beside a word that show it to be the name of something
)

// place is where values of keys alike stand: "user:*:profile" of "user:17:profile".
type place struct {
	path string
	name string   // the last word; empty: there is none
	data []string // parts of the key that are no names
}

// words tells the names in keys from what is data in them: key names hold ids, addresses and names of people, which no label may
// show. A word is a name if columns are called so, or if ids of many follow it at the beginning, or precede it later on.
type words struct{ first, later map[string]bool }

func learn(keys []string) words {
	first, later := map[string]map[string]bool{}, map[string]map[string]bool{}
	for _, k := range keys {
		parts := split(k)
		for i := 1; i < len(parts); i++ {
			if isID(parts[i]) && i == 1 {
				add(first, parts[0], parts[1])
			}
			if isID(parts[i-1]) {
				add(later, parts[i], parts[i-1])
			}
		}
	}
	return words{many(first), many(later)}
}

// many are the words beside which different ids stand.
func many(beside map[string]map[string]bool) map[string]bool {
	out := map[string]bool{}
	for w, ids := range beside {
		out[w] = len(ids) >= enough
	}
	return out
}

// of gives the place of a key.
func (w words) of(key string) place {
	var out place
	parts := split(key)
	shown := make([]string, len(parts))
	for i, p := range parts {
		known := w.later
		if i == 0 {
			known = w.first
		}
		if content.IsKey([]byte(p)) && (content.Common([]byte(p)) || known[p]) {
			shown[i], out.name = p, p
			continue
		}
		shown[i] = "*"
		out.data = append(out.data, p)
	}
	// What lies between the parts is one of the separators, and told as the commonest of them.
	out.path = strings.Join(slices.CompactFunc(shown, func(a, b string) bool { return a == "*" && b == "*" }), ":")
	return out
}

func split(key string) []string {
	return strings.FieldsFunc(key, func(r rune) bool { return strings.ContainsRune(separators, r) })
}

// isID reports whether a part of a key is no word: a number, a digest, an address.
func isID(p string) bool {
	return strings.ContainsFunc(p, func(r rune) bool { return unicode.IsDigit(r) || r == '@' })
}

func add(to map[string]map[string]bool, key, beside string) {
	if to[key] == nil {
		to[key] = map[string]bool{}
	}
	to[key][beside] = true
}
