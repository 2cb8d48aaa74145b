package reports

import (
	"cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/language"
)

// stateOf is a finding's history in a word, as far as one is known.
func stateOf(in *language.Language, s *shown) string {
	if s.Later {
		return beforeWords(in, s.Finding)
	}
	return in.Say(string(s.State))
}

// callersOf are lines that call the module which holds the place.
func callersOf(in *language.Language, s *shown) []string {
	out := s.callers.first
	if n := s.callers.n - len(out); n > 0 {
		out = append(out[:len(out):len(out)], in.Say("and {n} more", n))
	}
	return out
}

// insideOf is the line in the installed module that the place stands for.
func insideOf(f probity.Finding) string {
	if p, ok := f.Place.Source(); ok {
		return p.Inside.String()
	}
	return ""
}

func waiverWords(in *language.Language, k probity.WaiverKind) string {
	switch k {
	case probity.FalsePositive:
		return in.Say("called a false positive")
	case probity.Inline:
		return in.Say("a comment in the code")
	}
	return in.Say("accepted risk")
}

// message is a finding's or a framework's text in the page's language; in English where nobody translated it.
type message struct {
	Text    string
	English bool
}

// frameworkText is what a framework says, in the page's language as far as it is known in it.
func frameworkText(in *language.Language, s string) message {
	text, english := in.Framework(s)
	return message{text, english}
}

// message says what is wrong, in the page's language as far as the rule is known in it.
func (v *view) message(rule string, f probity.Finding) message {
	if v.in == nil {
		return message{Text: f.Message}
	}
	r := v.rules[rule]
	text, english := v.in.Finding(cmp.Or(r.Messages[f.Fact], r.Message), f.Message, map[string]string{"element": f.Element, "fact": string(f.Fact), "id": f.Asset.ID})
	return message{text, english}
}

// say gives the findings that are shown their texts.
func (v *view) say(groups []group) []group {
	for _, g := range groups {
		for _, s := range g.Items {
			s.Said = v.message(g.Rule.ID, s.Finding)
		}
	}
	return groups
}

// gone is a finding that is there no more.
type gone struct {
	probity.Gone
	Said message
}

// Gone are the findings of the base that are there no more.
func (v *view) Gone() []gone {
	if v.Base == nil {
		return nil
	}
	var out []gone
	for _, g := range v.Base.Absent[:min(len(v.Base.Absent), goneShown)] {
		out = append(out, gone{g, v.message(g.Rule, g.Finding)})
	}
	return out
}

// MoreGone reports whether there are more than the page shows.
func (v *view) MoreGone() bool { return v.Base != nil && len(v.Base.Absent) > goneShown }

const goneShown = 200
