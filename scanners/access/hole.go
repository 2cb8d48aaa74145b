package access

import (
	"cmp"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	probity "github.com/probity-scan/probity"
)

// holeOpen begins what stands in a document for a value that its writer could not tell. It is no variable of IAM's, whose
// names have a colon.
const holeOpen = "${unknown."

// Hole is what to write into a document in place of a value that is not known, of whatever type: a text, a list, a
// condition, a statement. What it turns out to be may then decide, or not.
func Hole(g probity.Gap) string {
	plain := func(r rune) rune {
		if strings.ContainsRune("{}\"\\:*?$<>&", r) || r < ' ' {
			return ' '
		}
		return r
	}
	return holeOpen + string(g.Reason) + "." + strings.Map(plain, cmp.Or(g.Needs, g.Because)) + "}"
}

func holed(s string) bool { return strings.Contains(s, holeOpen) }

// gapIn looks for a hole in JSON, which may write it with escapes.
func gapIn(document string) *probity.Gap {
	if !strings.Contains(document, `\u`) {
		return gapOf(document)
	}
	d := jsontext.NewDecoder(strings.NewReader(document))
	for {
		t, err := d.ReadToken()
		if err != nil {
			return nil
		}
		if t.Kind() == '"' && holed(t.String()) {
			return gapOf(t.String())
		}
	}
}

// gapOf is why the first hole of a document is one.
func gapOf(document string) *probity.Gap {
	_, rest, found := strings.Cut(document, holeOpen)
	if !found {
		return nil
	}
	inside, _, _ := strings.Cut(rest, "}")
	reason, needs, _ := strings.Cut(inside, ".")
	for _, r := range probity.Reasons() {
		if string(r) == reason {
			return &probity.Gap{Reason: r, Needs: needs}
		}
	}
	return &probity.Gap{Reason: probity.Unresolved}
}

// fill puts a text into each hole.
func fill(s, with string) string {
	for {
		before, rest, found := strings.Cut(s, holeOpen)
		if !found {
			return s
		}
		_, after, _ := strings.Cut(rest, "}")
		s = before + with + after
	}
}

func (l texts) holed() bool {
	for _, s := range l {
		if holed(s) {
			return true
		}
	}
	return false
}

// filled is the list with a text in each hole; nil stays nil, since what is not written differs from nothing.
func (l texts) filled(with string) texts {
	if !l.holed() {
		return l
	}
	out := texts{}
	for _, s := range l {
		out = append(out, fill(s, with))
	}
	return out
}

// told is the list without what has a hole.
func (l texts) told() texts {
	if !l.holed() {
		return l
	}
	out := texts{}
	for _, s := range l {
		if !holed(s) {
			out = append(out, s)
		}
	}
	return out
}
