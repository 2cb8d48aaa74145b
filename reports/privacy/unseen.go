package privacy

import (
	"cmp"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/language"
)

// Unseen is what was not looked at, or not whole, for one reason. A paper that is silent of it would say that nothing is there.
type Unseen struct {
	What     string   `json:"what"` // stores, or listed: what stood beside stores
	Count    int      `json:"count,omitempty"`
	Why      string   `json:"why"`
	Examples []string `json:"examples"` // the first ones
	gap      probity.Gap
}

const maxExamples = 5

// missing is what was not looked at, and why: reasons that name a number are as many as stores.
type missing struct {
	what string
	gap  probity.Gap
}

// missed adds to what was not looked at.
func (e *Estate) missed(what string, g *probity.Gap, n int, example string) {
	at := missing{what, *g}
	i, ok := e.unseenAt[at]
	if !ok {
		i = len(e.unseen)
		e.unseenAt[at] = i
		e.unseen = append(e.unseen, Unseen{What: what, gap: *g, Examples: []string{}})
	}
	u := &e.unseen[i]
	u.Count += n
	if example != "" && len(u.Examples) < maxExamples && !slices.Contains(u.Examples, example) {
		u.Examples = append(u.Examples, example)
	}
}

// covered takes what a scan says of a whole it did not see.
func (e *Estate) covered(v probity.Coverage) {
	if v.Gap == nil || v.Gap.Reason == probity.NotApplicable {
		return
	}
	on := cmp.Or(v.On.ID, v.Scope.Account, v.Origin.String())
	switch {
	case v.Gap.Reason.Loss() && v.Path == "":
		e.missed(language.Key("listings that were lost: stores may exist that nobody knows"), v.Gap, 1, strings.TrimSpace(string(v.Kind)+" "+on))
	case v.Gap.Reason.Loss():
		e.missed(language.Key("parts that could not be read"), v.Gap, 1, on)
	default:
		e.missed(language.Key("files, folders and other things left out"), v.Gap, max(v.Count, 1), on)
	}
}

// unread takes a store that may hold data nobody saw.
func (e *Estate) unread(a probity.Asset) {
	if _, g := a.Labels.Value(); g != nil && g.Reason != probity.NotApplicable {
		e.missed(language.Key("stores whose content was not read, or not whole"), g, 1, name(a.Ref))
	}
}

// notLookedAt says what was not looked at, most first.
func (e *Estate) notLookedAt() []Unseen {
	out := append([]Unseen{}, e.unseen...)
	for i := range out {
		out[i].Why = reports.Because(e.in, out[i].gap)
	}
	slices.SortStableFunc(out, func(a, b Unseen) int {
		return cmp.Or(cmp.Compare(a.What, b.What), cmp.Compare(b.Count, a.Count), cmp.Compare(a.Why, b.Why))
	})
	return out
}

// unseenSection says it for people, at the end of each paper.
func (e *Estate) unseenSection(in *language.Language) reports.Section {
	s := reports.Section{Title: in.Say("What was not looked at"), Intro: in.Say("Where nobody looked, nothing is said to be absent."),
		Columns: []string{in.Say("What"), in.Say("How many"), in.Say("Why"), in.Say("For example")}, None: in.Say("All that the scan knows of was looked at.")}
	for _, u := range e.spoken(in).notLookedAt() {
		s.Rows = append(s.Rows, []string{in.Say(u.What), in.Number(u.Count), u.Why, strings.Join(u.Examples, ", ")})
	}
	return s
}
