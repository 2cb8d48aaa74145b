package access

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	probity "github.com/probity-scan/probity"
)

// writer makes documents over a small vocabulary. Each hole is written as a mark, so that it can be left or completed.
type writer struct {
	*rand.Rand
	holes [][]string // by mark: what it may turn out to be, as JSON or as a part of a text
	open  bool       // holes are allowed
}

func (w *writer) one(of ...string) string { return of[w.IntN(len(of))] }

// value is one of some JSON values, or a hole that may be any of them.
func (w *writer) value(of ...string) string {
	if !w.open || w.IntN(5) > 0 {
		return w.one(of...)
	}
	w.holes = append(w.holes, of)
	return fmt.Sprintf("<%d>", len(w.holes)-1)
}

// text is like value, of texts.
func (w *writer) text(of ...string) string {
	v := w.value(of...)
	if strings.HasPrefix(v, "<") || w.IntN(2) > 0 {
		return v
	}
	return "[" + v + "]"
}

const (
	mine   = `{"AWS":"arn:aws:iam::111122223333:root"}`
	theirs = `{"AWS":"444455556666"}`
)

func (w *writer) principal() string {
	switch w.IntN(3) {
	case 0:
		return `{"AWS":` + w.text(`"*"`, `"111122223333"`, `"444455556666"`) + `}`
	case 1:
		return `{"AWS":["111122223333",` + w.value(`"*"`, `"444455556666"`) + `]}`
	}
	return w.value(`"*"`, `{"AWS":"*"}`, mine, theirs, `{"Service":"s3.amazonaws.com"}`)
}

func (w *writer) statement(effect string) string {
	key := func(name string) string { return w.one(name, name, name, "Not"+name) }
	s := `{"Effect":` + effect + `,"` + key("Principal") + `":` + w.principal() +
		`,"` + key("Action") + `":` + w.text(`"s3:GetObject"`, `"s3:Get*"`, `"s3:PutObject"`, `"*"`)
	switch w.IntN(4) {
	case 0:
		s += `,"` + key("Resource") + `":` + w.text(`"arn:aws:s3:::b/*"`, `"arn:aws:s3:::b/x/*"`, `"*"`)
	case 1:
		s += `,"Resource":"arn:aws:s3:::b/` + strings.Trim(w.value(`x/*`, `*`, `y`), "[]") + `"`
	}
	return s + `,"Condition":` + w.condition() + `}`
}

func (w *writer) condition() string {
	if w.open && w.IntN(8) == 0 {
		return w.value(`{}`, `{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}`, `{"StringNotEquals":{"aws:PrincipalAccount":"111122223333"}}`)
	}
	var tests []string
	add := func(operators []string, key string, values ...string) {
		if w.IntN(5) == 0 {
			tests = append(tests, fmt.Sprintf(`%q:{%q:%s}`, w.one(operators...), key, w.text(values...)))
		}
	}
	equal := []string{"StringEquals", "StringNotEquals", "ForAllValues:StringEquals", "StringEqualsIfExists"}
	like := []string{"StringLike", "StringNotLike", "ForAnyValue:StringNotLike", "StringNotLikeIfExists"}
	add(equal, "aws:PrincipalAccount", `"111122223333"`, `"444455556666"`)
	add(like, "aws:PrincipalArn", `"arn:aws:iam::111122223333:role/*"`, `"*"`)
	add([]string{"IpAddress", "NotIpAddress"}, "aws:SourceIp", `"203.0.113.0/24"`, `"0.0.0.0/0"`)
	add([]string{"Bool", "BoolIfExists"}, "aws:PrincipalIsAWSService", `"true"`, `"false"`)
	add([]string{"Null"}, "aws:PrincipalAccount", `"true"`, `"false"`)
	add([]string{"StringEqualsIgnoreCase"}, "aws:UserAgent", `"me"`, `"you"`)
	seen, out := map[string]bool{}, tests[:0]
	for _, t := range tests { // an operator stands once in a document
		op, _, _ := strings.Cut(t, ":{")
		if !seen[op] {
			seen[op], out = true, append(out, t)
		}
	}
	return "{" + strings.Join(out, ",") + "}"
}

func (w *writer) statements() []string {
	out := []string{}
	for range 1 + w.IntN(3) {
		if w.open && w.IntN(15) == 0 {
			out = append(out, w.value(w.fixed(`"Allow"`, `"*"`), w.fixed(`"Deny"`, `"*"`), w.fixed(`"Allow"`, mine)))
			continue
		}
		out = append(out, w.statement(w.value(`"Allow"`, `"Allow"`, `"Deny"`)))
	}
	return out
}

func (w *writer) fixed(effect, principal string) string {
	return `{"Effect":` + effect + `,"Principal":` + principal + `,"Action":"*"}`
}

func document(statements ...string) string {
	return `{"Statement":[` + strings.Join(statements, ",") + `]}`
}

// complete puts a choice into each hole; a negative one leaves it.
func (w *writer) complete(text string, choice []int) string {
	for i, ways := range w.holes {
		mark := fmt.Sprintf("<%d>", i)
		with := Hole(probity.Gap{Reason: probity.Unresolved, Needs: "var.x"})
		if choice[i] >= 0 {
			with = ways[choice[i]]
		} else if !strings.Contains(text, "/"+mark) {
			with = `"` + with + `"`
		}
		text = strings.ReplaceAll(text, mark, with)
	}
	return text
}

// completions are all ways to fill the holes; false when there are too many to try.
func (w *writer) completions() ([][]int, bool) {
	out := [][]int{{}}
	for _, ways := range w.holes {
		var next [][]int
		for _, c := range out {
			for i := range ways {
				next = append(next, append(c[:len(c):len(c)], i))
			}
		}
		if out = next; len(out) > 200 {
			return nil, false
		}
	}
	return out, true
}

func furthest(permits []Permit) Standing {
	out := Inside
	for _, p := range permits {
		out = max(out, p.Standing)
	}
	return out
}

// bounds gives the standing that the policy reaches for certain, and perhaps.
func bounds(t *testing.T, text string) (sure, perhaps Standing) {
	t.Helper()
	p, err := Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return furthest(p.Permits(owner)), furthest(p.Perhaps(owner))
}

// TestHolesAgreeWithEveryCompletion: nothing is said for certain that some completion denies, and nothing left out that
// some completion gives.
func TestHolesAgreeWithEveryCompletion(t *testing.T) {
	t.Parallel()
	w := &writer{Rand: rand.New(rand.NewPCG(6, 11)), open: true}
	var open, closed, undecided, needless int
	for range 5_000 {
		w.holes = nil
		text := document(w.statements()...)
		ways, few := w.completions()
		if !few || len(w.holes) == 0 {
			continue
		}
		left := make([]int, len(w.holes))
		for i := range left {
			left[i] = -1
		}
		sure, perhaps := bounds(t, w.complete(text, left))
		least, most := Public, Inside
		for _, c := range ways {
			s, _ := bounds(t, w.complete(text, c))
			least, most = min(least, s), max(most, s)
		}
		if least < sure && sure != Unsure || most > perhaps && (most == Public || perhaps < Unsure) {
			t.Fatalf("%s: got %d for certain and perhaps %d, completions give %d to %d", w.complete(text, left), sure, perhaps, least, most)
		}
		switch {
		case sure == Public:
			open++
		case perhaps < Public:
			closed++
		default:
			undecided++
			if least == Public || most < Public {
				needless++
			}
		}
	}
	if open < 100 || closed < 100 || undecided < 100 || needless > undecided/5 {
		t.Errorf("got %d open, %d closed and %d undecided, of which %d in vain; want many of each and few in vain", open, closed, undecided, needless)
	}
}

// TestMoreDeniesAndConditionsNeverOpen: a Deny more lets nobody in, and an Allow with a condition less shuts nobody out.
func TestMoreDeniesAndConditionsNeverOpen(t *testing.T) {
	t.Parallel()
	for _, open := range []bool{false, true} {
		w := &writer{Rand: rand.New(rand.NewPCG(11, 6)), open: open}
		for range 4_000 {
			w.holes = nil
			all := w.statements()
			deny, free := w.statement(`"Deny"`), w.statement(`"Allow"`)
			left := make([]int, len(w.holes))
			for i := range left {
				left[i] = -1
			}
			reach := func(statements ...string) (Standing, Standing) {
				return bounds(t, w.complete(document(statements...), left))
			}
			before, perhapsBefore := reach(all...)
			if after, perhaps := reach(append(all[:len(all):len(all)], deny)...); after > before || perhaps > perhapsBefore {
				t.Fatalf("%s: got %d and perhaps %d with %s, before %d and %d", all, after, perhaps, deny, before, perhapsBefore)
			}
			if after, perhaps := reach(append(all[:len(all):len(all)], w.fixed(`"Deny"`, `"*"`))...); after > Inside || perhaps > Inside {
				t.Fatalf("%s: got %d and perhaps %d though all is denied to all", all, after, perhaps)
			}
			with, perhapsWith := reach(append(all[:len(all):len(all)], free)...)
			bare, _, _ := strings.Cut(free, `,"Condition":`)
			if without, perhaps := reach(append(all[:len(all):len(all)], bare+"}")...); without < with || perhaps < perhapsWith {
				t.Fatalf("%s: got %d and perhaps %d without the condition of %s, with it %d and %d", all, without, perhaps, free, with, perhapsWith)
			}
		}
	}
}
