package privacy

import (
	"slices"

	"github.com/probity-scan/probity"
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
		add(FoundNotDeclared, "holds "+list(found, "")+" data, and no activity names it")
	case len(found) > 0 && !serves:
		add(NotKnown, "holds "+list(found, "")+" data; which activity it serves is "+notKnown(g))
	}
	gap := read(s)
	for _, c := range declared {
		switch {
		case slices.Contains(found, c):
		case gap == "":
			add(DeclaredNotFound, c+" data is declared, and none was found though all was read")
		default:
			add(NotKnown, c+" data is declared; what is inside is "+gap)
		}
	}
	if serves && len(labels) == 0 && len(s.Labels.Items) == 0 {
		if gap == "" {
			add(DeclaredNotFound, "serves it, and no personal data was found though all was read")
		} else {
			add(NotKnown, "serves it; what is inside is "+gap)
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
			add(NotKnown, "", "no store that it names was found, and the scan is incomplete")
		} else {
			add(DeclaredNotFound, "", "no store that it names is in this scan")
		}
	}
	for _, t := range e.transfersOf(a) {
		switch {
		case t.Verdict == countryUnknown:
			add(NotKnown, t.Store, "the country it is kept in is "+t.why)
		case !t.Declared && len(a.Countries) > 0:
			add(FoundNotDeclared, t.Store, "is kept in "+t.Country+", and declared are "+list(a.Countries, "none"))
		}
	}
	return out
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
