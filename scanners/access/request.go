package access

import (
	"strings"
)

// Truth is whether something holds: No, Maybe or Yes. The lesser of two is their conjunction, the greater their disjunction.
type Truth int

// The truths.
const (
	No Truth = iota
	Maybe
	Yes
)

func (t Truth) not() Truth { return Yes - t }

func truth(v bool) Truth {
	if v {
		return Yes
	}
	return No
}

// Request is what somebody asks for. Context holds the keys that are known to be what they are whenever this principal asks,
// in lower case, and Without those that such a request never has. On any other key a condition may hold or not.
type Request struct {
	Principal string // ARN of a role or user
	Account   string // of the principal
	Action    string // "s3:GetObject"
	Resource  string // an ARN
	Context   map[string]string
	Without   []string
	Doubt     *Doubt // collects what decides and is not known; nil: nobody asks
}

// Doubt is the first piece that a decision hangs on and nobody knows.
type Doubt struct{ Key string }

func (r *Request) doubt(key string) Truth {
	if r.Doubt != nil && r.Doubt.Key == "" {
		r.Doubt.Key = key
	}
	return Maybe
}

// expand puts the values of IAM's variables into a text; false where one is not known, or escapes a wildcard.
func (r *Request) expand(text string) (string, bool) {
	if !strings.Contains(text, "${") {
		return text, true
	}
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(text, "${")
		out.WriteString(before)
		if !found {
			return out.String(), true
		}
		name, after, closed := strings.Cut(rest, "}")
		switch v, ok := r.Context[strings.ToLower(name)]; {
		case !closed, holed("${" + name):
			return "", false
		case ok:
			out.WriteString(v)
		case name == "$":
			out.WriteString(name)
		default:
			return "", false
		}
		text = after
	}
}

// matches reports whether one of the patterns stands for the text.
func (r *Request) matches(patterns []string, text string) Truth {
	out := No
	for _, p := range patterns {
		full, known := r.expand(p)
		if known {
			if glob(full, text) {
				return Yes
			}
			continue
		}
		if glob(open(p), text) {
			out = r.doubt("a variable")
		}
	}
	return out
}

// open puts a star for each hole and variable.
func open(pattern string) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(pattern, "${")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		out.WriteByte('*')
		_, pattern, _ = strings.Cut(rest, "}")
	}
}

// glob matches a text without wildcards of its own.
func glob(p, s string) bool {
	return p == "*" || match(p, s, func(a, b byte) bool { return a == b || a == '?' })
}
