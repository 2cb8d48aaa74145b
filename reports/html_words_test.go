package reports

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
)

func TestCode(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"a/b.tf:3":       "<code>a/<wbr>b.<wbr>tf:<wbr>3</code>",
		"<b>\x1b":        `<code>&lt;b&gt;\x1b</code>`,
		"exposure\u202e": `<code>exposure\u202e</code>`,
	} {
		if got := string(code(in)); got != want {
			t.Errorf("%q: got %s, want %s", in, got, want)
		}
	}
}

func TestCapital(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"where it is": "Where it is.", "Überall.": "Überall.", "örtlich": "Örtlich.", "": ""} {
		if got := capital(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestHint(t *testing.T) {
	t.Parallel()
	seen := map[string]probity.Reason{}
	for _, r := range probity.Reasons() {
		if other, ok := seen[hint(nil, r)]; hint(nil, r) == "" || ok && !r.Loss() {
			t.Errorf("%s has the hint %q, which %s has too", r, hint(nil, r), other)
		}
		seen[hint(nil, r)] = r
	}
}

func TestBar(t *testing.T) {
	t.Parallel()
	b := Bar("x", "Things", Segment{Name: "bad", N: 3}, Segment{Name: "none"}, Segment{Name: "good", N: 1})
	if chartWords(nil, b) != "3 bad, 1 good" || b.Total != 4 || len(b.Segments) != 2 || b.Segments[1].X != "75.00" {
		t.Errorf("%+v", b)
	}
	if got := chartWords(nil, Bar("x", "Things")); got != "none" {
		t.Errorf("an empty bar says %q", got)
	}
}

func TestSplitLabels(t *testing.T) {
	t.Parallel()
	a, b := probity.Ref{ID: "a"}, probity.Ref{ID: "b"}
	l := func(c probity.Category, from *probity.Ref) probity.Label {
		return probity.Label{Category: c, Inherited: from}
	}
	own, from := split([]probity.Label{l(probity.Contact, nil), l(probity.Health, &b), l(probity.Contact, &a), l(probity.Contact, &b), l(probity.Contact, &b)})
	want := []inherited{{b, 3, []string{"contact", "health"}}, {a, 1, []string{"contact"}}}
	if d := cmp.Diff(want, from); d != "" || len(own) != 1 {
		t.Errorf("%d own; inherited (- want, + got):\n%s", len(own), d)
	}
}

func TestOriginText(t *testing.T) {
	t.Parallel()
	derived := &probity.Origin{Derived: []probity.Evidence{ev(probity.Ref{}, "exposure.declared.acl", nil, pos("a.tf", 3, 1)), ev(probity.Ref{}, "exposure.declared.acl", nil, nil)}}
	for want, o := range map[string]*probity.Origin{
		"": nil, "a.tf:3:1": pos("a.tf", 3, 1), "default: encrypted since 2023-01-05": {Default: "encrypted since 2023-01-05"},
		"worked out from exposure.declared.acl: a.tf:3:1": derived,
	} {
		if got := originText(nil, o); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// The page never says that a control is met.
