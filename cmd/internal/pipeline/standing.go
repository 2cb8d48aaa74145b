package pipeline

import (
	"slices"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies"
)

// seen gathers what conditions of frameworks ask of a scan. A store whose labels are open may hold more.
func seen(assets []*probity.Asset) policies.Seen {
	out := policies.Seen{Whole: true}
	have := map[string]bool{}
	add := func(list *[]string, word string) {
		if word != "" && !have[word] {
			have[word] = true
			*list = append(*list, word)
		}
	}
	stores := 0
	for _, a := range assets {
		add(&out.Providers, a.Scope.Provider)
		if !holdsData(a.Class) || a.Class == probity.Secret {
			continue
		}
		stores++
		_, open := a.Labels.Value()
		out.Whole = out.Whole && open == nil
		for _, l := range a.Labels.Items {
			add(&out.Data, string(l.Category))
			add(&out.Data, l.Detector)
			if l.Category != probity.Credential {
				add(&out.Data, policies.Personal)
			}
		}
	}
	out.Whole = out.Whole && stores > 0
	slices.Sort(out.Data)
	slices.Sort(out.Providers)
	return out
}
