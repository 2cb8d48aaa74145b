package reports

import "github.com/probity-scan/probity"

// stateOf is a finding's history in a word, as far as one is known.
func stateOf(s *shown) string {
	if s.Later {
		return beforeWords(s.Finding)
	}
	return string(s.State)
}

// callersOf are lines that call the module which holds the place.
func callersOf(s *shown) []string {
	out := s.callers.first
	if n := s.callers.n - len(out); n > 0 {
		out = append(out[:len(out):len(out)], "and "+thousands(n)+" more")
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

func waiverWords(k probity.WaiverKind) string {
	switch k {
	case probity.FalsePositive:
		return "called a false positive"
	case probity.Inline:
		return "a comment in the code"
	}
	return "accepted risk"
}
