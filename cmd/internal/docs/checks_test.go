package docs

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies"
)

// checksPage lists each row of the catalogue with the rules that answer it, by kind of store.
func checksPage(rows []policies.Check, rules []probity.Rule) string {
	var b strings.Builder
	answered := 0
	by := map[string][]policies.Check{}
	for _, c := range rows {
		by[c.Kind] = append(by[c.Kind], c)
		if slices.ContainsFunc(rules, c.AnsweredBy) {
			answered++
		}
	}
	fmt.Fprintf(&b, "# Checks\n\n%sWhat scanners of stores look at, as a catalogue of %d checks in our words, and which rule of Probity answers each: %d are answered. "+
		"*Shown for* are the kinds of sources for which the rule's own examples prove it. The IDs on the right are those of other scanners, for teams that move: "+
		"`probity rules list --peer-ids` lists them by rule, and `probity waive import` takes over what was suppressed. Checks are not one to one: "+
		"a peer's ID may stand at several.\n", stamp, len(rows), answered)
	for _, kind := range slices.Sorted(maps.Keys(by)) {
		fmt.Fprintf(&b, "\n## %s\n\n| check | what it asks | rules | shown for | peers |\n|---|---|---|---|---|\n", kind)
		for _, c := range by[kind] {
			fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", c.ID, cell(c.Title), answers(c, rules), shownFor(c, rules), peers(c))
		}
	}
	return b.String()
}

func answers(c policies.Check, rules []probity.Rule) string {
	var out []string
	for _, r := range rules {
		if c.AnsweredBy(r) {
			out = append(out, fmt.Sprintf("[%s](rules.md#%s)", r.ID, r.ID))
		}
	}
	return cmp.Or(strings.Join(out, ", "), "none: "+cell(cmp.Or(c.Left, "not yet")))
}

func shownFor(c policies.Check, rules []probity.Rule) string {
	var out []probity.Source
	for _, r := range rules {
		if c.AnsweredBy(r) {
			out = append(out, r.Sources...)
		}
	}
	slices.Sort(out)
	return join(slices.Compact(out))
}

func peers(c policies.Check) string {
	var out []string
	for _, p := range slices.Sorted(maps.Keys(c.Peers)) {
		if p != policies.Tfsec {
			out = append(out, string(p)+" "+strings.Join(c.Peers[p], " "))
		}
	}
	return strings.Join(out, "; ")
}
