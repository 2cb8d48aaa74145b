package reports

import (
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
