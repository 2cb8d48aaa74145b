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
	fields        []found        // those before the settings, then those after
	named         []probity.Path // beside settings
}

// found is a fact with how to find it.
type found struct {
	path probity.Path
	in   func(*probity.Asset) (probity.Leaf, bool)
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
	for _, name := range f.settings {
		f.named = append(f.named, "settings."+probity.Path(name))
	}
	for _, p := range slices.Concat(f.before, f.after) {
		f.fields = append(f.fields, found{p, probity.Finder(p)})
	}
	return f
}

// of are the facts of one asset.
func (f *facts) of(a *probity.Asset) iter.Seq2[probity.Path, probity.Leaf] {
	return func(yield func(probity.Path, probity.Leaf) bool) {
		for i := range f.fields {
			if i == len(f.before) && !f.set(a, yield) {
				return
			}
			if l, ok := f.fields[i].in(a); ok && !yield(f.fields[i].path, l) {
				return
			}
		}
		if len(f.after) == 0 {
			f.set(a, yield)
		}
	}
}

// set are the settings of one asset.
func (f *facts) set(a *probity.Asset, yield func(probity.Path, probity.Leaf) bool) bool {
	if f.every {
		for _, name := range sortedKeys(a.Settings) {
			if !yield("settings."+probity.Path(name), a.Settings[name]) {
				return false
			}
		}
		return true
	}
	for i, name := range f.settings {
		if l, ok := a.Settings[name]; ok && !yield(f.named[i], l) {
			return false
		}
	}
	return true
}

// wanted are the same facts as a set, with all of each that a digest tells. Of labels that is what they mean, labelled.
func (f *facts) wanted(labelled *verdict.Paths) *verdict.Paths {
	out := &verdict.Paths{}
	for _, p := range slices.Concat(f.before, f.after) {
		if p == "labels" {
			out.AddEach(labelled, "labels")
			continue
		}
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
