package reports

import (
	"strings"
	"testing"

	"github.com/probity-scan/probity"
)

func TestVisible(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"plain":                 "plain",
		"schöne Grüße, 日本":      "schöne Grüße, 日本",
		"a\x1b[31mb":            `a\x1b[31mb`,
		"a\u202eb\u2066c":       `a\u202eb\u2066c`,
		"a\nb\tc\rd":            "a b c d",
		"a\u0085b\u200bc\ufeff": `a\x85b\u200bc\ufeff`,
		"a\u2028b":              `a\u2028b`,
		"a\xffb":                "a\uFFFDb",
		"\x00\x7f":              `\x00\x7f`,
		"\U000E0041":            `\ue0041`,
	} {
		if got := visible(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestPlural(t *testing.T) {
	t.Parallel()
	for want, got := range map[string]string{
		"1 finding": Plural(1, "finding"), "0 findings": Plural(0, "finding"), "12,345 outcomes": Plural(12345, "outcome"),
		"2 more losses": Plural(2, "more loss"), "1,000,000": thousands(1e6), "999": thousands(999), "-1,234": thousands(-1234), "-999": thousands(-999),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestBecause(t *testing.T) {
	t.Parallel()
	for want, g := range map[string]probity.Gap{
		"not allowed to read (403); needs s3:GetBucketPolicy": {Reason: probity.Denied, Because: "403", Needs: "s3:GetBucketPolicy"},
		"not declared; answer: in which country is it kept?":  {Reason: probity.Undeclared, Needs: "in which country is it kept?"},
		"known only after apply":                              {Reason: probity.Computed},
		"unreadable":                                          {Reason: probity.Unreadable},
	} {
		if got := Because(nil, g); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	for _, r := range probity.Reasons() {
		if reasonWords(nil, r) == "" {
			t.Errorf("%s has no words", r)
		}
	}
}

func TestValueText(t *testing.T) {
	t.Parallel()
	for want, v := range map[string]any{
		"true": true, "30": 30, "de": "de", `["a","b"]`: []string{"a", "b"},
		"contact in mail (10 of 12 rows)": []probity.Label{label("email", probity.Contact, "mail", 10, 12, 1)},
		`{"set":false,"value":""}`:        probity.Optional[string]{},
	} {
		if got := valueText(nil, v); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	policy := probity.Some(`{"Statement":"` + strings.Repeat("x", 1e6) + `"}`)
	for _, v := range []any{policy.Value, policy, map[string]any{"set": true, "value": policy.Value}} {
		if got, want := valueText(nil, v), `{"Statement":"`+strings.Repeat("x", 225)+"… (1,000,016 characters in all)"; got != want {
			t.Errorf("a long value reads %.300s", got)
		}
	}
}

func TestChoiceKeepsTheWorst(t *testing.T) {
	t.Parallel()
	c := choice{2, map[string]*group{}}
	for i, s := range []probity.Severity{probity.Low, probity.Medium, probity.Critical, "strange", probity.Critical, probity.High} {
		c.add(probity.Outcome{Rule: "r"}, probity.Finding{Element: string(rune('a' + i)), Risk: probity.Risk{Severity: s}})
	}
	var got string
	for _, i := range c.groups["r"].Items {
		got += i.Element
	}
	if got != "ce" {
		t.Errorf("kept %s, want c and e: the worst two, in order", got)
	}
}
