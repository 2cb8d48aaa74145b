package database

import (
	"maps"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
)

// reading is how an account comes to read a table: an empty way is by its own right.
type reading struct {
	who string
	way string
}

// readable gathers who reads one table, and which of its columns: nil is all.
type readable map[reading]map[string]bool

// add keeps that somebody reads some columns; none is all.
func (r readable) add(who, way string, columns ...string) {
	key := reading{who, way}
	had, ok := r[key]
	switch {
	case ok && had == nil:
	case len(columns) == 0:
		r[key] = nil
	default:
		if !ok {
			had = map[string]bool{}
			r[key] = had
		}
		for _, c := range columns {
			had[c] = true
		}
	}
}

// grants are sorted by who and way. Tables that the same read share one list in memory.
func (r readable) grants(same map[string][]probity.Grant) []probity.Grant {
	keys := slices.SortedFunc(maps.Keys(r), func(a, b reading) int { return strings.Compare(a.who+"\x00"+a.way, b.who+"\x00"+b.way) })
	out := make([]probity.Grant, 0, len(keys))
	var text strings.Builder
	for _, k := range keys {
		action := "SELECT"
		if k.way != "" {
			action += " " + k.way
		}
		g := probity.Grant{Principal: k.who, Actions: []string{action}, On: slices.Sorted(maps.Keys(r[k]))}
		out = append(out, g)
		text.WriteString(k.who + "\x00" + action + "\x00" + strings.Join(g.On, "\x00") + "\x01")
	}
	if known, ok := same[text.String()]; ok {
		return known
	}
	same[text.String()] = out
	return out
}
