package policies

import (
	"iter"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/verdict"
)

// facts are those that a rule reads of any asset, in the order in which assets have them.
type facts struct {
	before, after []probity.Path // of the settings
	settings      []string       // names, sorted
	every         bool           // all settings
}

func factsOf(r probity.Rule) facts {
	var f facts
	at := &f.before
	for p := range probity.Leaves(&probity.Asset{Settings: probity.Settings{"": {}}}) {
		switch {
		case p == "settings.":
			at = &f.after
		case reads(r, p):
			*at = append(*at, p)
		}
	}
	for _, p := range r.Reads {
		if p == "" || p == "settings" {
			f.every = true
		}
		if name, ok := strings.CutPrefix(string(p), "settings."); ok {
			name, _, _ = strings.Cut(name, ".")
			f.settings = append(f.settings, name)
		}
	}
	slices.Sort(f.settings)
	f.settings = slices.Compact(f.settings)
	return f
}

// of are the facts of one asset.
func (f *facts) of(a *probity.Asset) iter.Seq2[probity.Path, probity.Leaf] {
	return func(yield func(probity.Path, probity.Leaf) bool) {
		for p := range f.paths(a) {
			if l, ok := probity.LeafAt(a, p); ok && !yield(p, l) {
				return
			}
		}
	}
}

func (f *facts) paths(a *probity.Asset) iter.Seq[probity.Path] {
	return func(yield func(probity.Path) bool) {
		for _, p := range f.before {
			if !yield(p) {
				return
			}
		}
		names := f.settings
		if f.every {
			names = sortedKeys(a.Settings)
		}
		for _, name := range names {
			if !yield("settings." + probity.Path(name)) {
				return
			}
		}
		for _, p := range f.after {
			if !yield(p) {
				return
			}
		}
	}
}

// wanted are the same facts as a set, with all of each.
func (f *facts) wanted() *verdict.Paths {
	out := &verdict.Paths{}
	for _, p := range slices.Concat(f.before, f.after) {
		out.Add(strings.Split(string(p), ".")...)
	}
	for _, name := range f.settings {
		out.Add("settings", name)
	}
	if f.every {
		out.Add("settings")
	}
	return out
}
