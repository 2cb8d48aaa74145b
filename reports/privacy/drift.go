package privacy

import (
	"cmp"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/language"
)

// Drift is one place where what is declared and what was found differ, or where nobody can tell.
type Drift struct {
	Kind     string `json:"kind"` // found-not-declared, declared-not-found, unknown
	Activity string `json:"activity,omitempty"`
	Store    string `json:"store,omitempty"`
	What     string `json:"what"`
}

// The kinds of drift.
const (
	FoundNotDeclared = "found-not-declared"
	DeclaredNotFound = "declared-not-found"
	NotKnown         = "unknown"
)

// words are the kind for people.
func (d Drift) words(in *language.Language) string {
	switch d.Kind {
	case FoundNotDeclared:
		return in.Say("found, not declared")
	case DeclaredNotFound:
		return in.Say("declared, not found")
	}
	return in.Say("not known")
}

// drift compares each store with what is declared of it, and each activity with the stores that there are.
func (e *Estate) drift() []Drift {
	out := []Drift{}
	for _, s := range e.Stores {
		out = append(out, e.storeDrift(s)...)
	}
	for _, a := range e.Activities {
		out = append(out, e.activityDrift(a)...)
	}
	order := []string{FoundNotDeclared, DeclaredNotFound, NotKnown}
	slices.SortStableFunc(out, func(a, b Drift) int { return slices.Index(order, a.Kind) - slices.Index(order, b.Kind) })
	return out
}

func (e *Estate) storeDrift(s probity.Asset) []Drift {
	var out []Drift
	_, g := s.Activities.Value()
	labels, found, declared := own(s), []string{}, []string{}
	for _, l := range labels {
		if isDeclared(l) {
			declared = append(declared, string(l.Category))
		} else {
			found = append(found, string(l.Category))
		}
	}
	found, declared = sorted(found), sorted(declared)
	add := func(kind, what string) {
		out = append(out, Drift{Kind: kind, Activity: activities(s), Store: name(s.Ref), What: what})
	}
	serves := len(s.Activities.Items) > 0
	switch {
	case len(found) > 0 && !serves && (g == nil || e.Undeclared):
		add(FoundNotDeclared, e.in.Say("holds {data} data, and no activity names it", e.data(found)))
	case len(found) > 0 && !serves:
		add(NotKnown, e.in.Say("holds {data} data; which activity it serves is {unknown}", e.data(found), notKnown(e.in, g)))
	}
	gap := e.read(s)
	for _, c := range declared {
		switch {
		case slices.Contains(found, c):
		case gap == "":
			add(DeclaredNotFound, e.in.Say("{data} data is declared, and none was found though all was read", e.in.Say(c)))
		default:
			add(NotKnown, e.in.Say("{data} data is declared; what is inside is {unknown}", e.in.Say(c), gap))
		}
	}
	if serves && len(labels) == 0 && len(s.Labels.Items) == 0 {
		if gap == "" {
			add(DeclaredNotFound, e.in.Say("serves it, and no personal data was found though all was read"))
		} else {
			add(NotKnown, e.in.Say("serves it; what is inside is {unknown}", gap))
		}
	}
	return out
}

func (e *Estate) activityDrift(a probity.Activity) []Drift {
	var out []Drift
	stores := e.serving(a.ID)
	add := func(kind, store, what string) {
		out = append(out, Drift{Kind: kind, Activity: a.ID, Store: store, What: what})
	}
	if len(stores) == 0 {
		if e.Lost > 0 {
			add(NotKnown, "", e.in.Say("no store that it names was found, and the scan is incomplete"))
		} else {
			add(DeclaredNotFound, "", e.in.Say("no store that it names is in this scan"))
		}
	}
	out = append(out, e.dataDrift(a, stores)...)
	for _, t := range e.transfersOf(a) {
		switch {
		case t.Via == viaDeclared:
		case t.Verdict == countryUnknown:
			add(NotKnown, t.Store, e.in.Say("the country it is kept in is {unknown}", t.why))
		case !t.Declared && len(a.Countries) > 0:
			add(FoundNotDeclared, t.Store, e.in.Say("is kept in {country}, and declared are {countries}", t.Country, strings.Join(a.Countries, ", ")))
		}
	}
	return out
}

// dataDrift compares the categories that an activity is meant to process with those in its stores.
func (e *Estate) dataDrift(a probity.Activity, stores []probity.Asset) []Drift {
	meant := e.declared.Details[a.ID].Data
	if meant == nil || len(stores) == 0 {
		return nil
	}
	var out []Drift
	in, gap := map[probity.Category]bool{}, ""
	for _, s := range stores {
		gap = cmp.Or(gap, e.read(s))
		told := map[probity.Category]bool{}
		for _, l := range s.Labels.Items {
			if in[l.Category] = true; !slices.Contains(meant, l.Category) && !told[l.Category] {
				told[l.Category] = true
				out = append(out, Drift{FoundNotDeclared, a.ID, name(s.Ref), e.in.Say("holds {data} data, which the activity does not name", e.in.Say(string(l.Category)))})
			}
		}
	}
	for _, c := range meant {
		switch {
		case in[c]:
		case gap == "" && e.Lost == 0:
			out = append(out, Drift{DeclaredNotFound, a.ID, "", e.in.Say("names {data} data, and none was found though all its stores were read", e.in.Say(string(c)))})
		default:
			out = append(out, Drift{NotKnown, a.ID, "", e.in.Say("names {data} data, and none was found in what was read of its stores", e.in.Say(string(c)))})
		}
	}
	return out
}

// data are categories in words.
func (e *Estate) data(categories []string) string {
	return strings.Join(worded(e.in, categories), ", ")
}

func activities(s probity.Asset) string {
	var ids []string
	for _, a := range s.Activities.Items {
		ids = append(ids, a.ID)
	}
	return list(ids, "")
}

// Differs reports whether something that was found is not declared, or something declared was not found.
func (r Record) Differs() bool {
	return slices.ContainsFunc(r.Drift, func(d Drift) bool { return d.Kind != NotKnown })
}
