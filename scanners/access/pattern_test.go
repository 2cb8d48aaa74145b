package access

import (
	"testing"

	"pgregory.net/rapid"
)

// matches is the plain meaning of a pattern.
func matches(p, s string) bool {
	switch {
	case p == "":
		return s == ""
	case p[0] == '*':
		return matches(p[1:], s) || s != "" && matches(p, s[1:])
	}
	return s != "" && (p[0] == '?' || p[0] == s[0]) && matches(p[1:], s[1:])
}

// allTexts are those of up to five letters over a small alphabet: enough for every difference of short patterns.
func allTexts() []string {
	out := []string{""}
	for from := 0; len(out[from]) < 5; from++ {
		for _, c := range "abc" {
			out = append(out, out[from]+string(c))
		}
	}
	return out
}

func TestPatternsAgreeWithTheirMeaning(t *testing.T) {
	t.Parallel()
	all := allTexts()
	pattern := rapid.StringMatching(`[ab?*]{0,4}`)
	rapid.Check(t, func(t *rapid.T) {
		p, q := pattern.Draw(t, "p"), pattern.Draw(t, "q")
		common, only := false, false
		for _, s := range all {
			inP, inQ := matches(p, s), matches(q, s)
			common = common || inP && inQ
			only = only || inQ && !inP
		}
		if got := overlaps(p, q); got != common {
			t.Errorf("overlaps(%q, %q): got %v, want %v", p, q, got, common)
		}
		if covers(p, q) && only {
			t.Errorf("covers(%q, %q): got true, but some text matches the second alone", p, q)
		}
	})
}

func TestCovers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		p, q string
		want bool
	}{
		{"s3:*", "s3:get*", true}, {"s3:get*", "s3:*", false}, {"s3:get?", "s3:get*", false}, {"s3:get?bject", "s3:getobject", true},
		{"*", "", true}, {"", "", true}, {"", "a", false}, {"a*b*c", "axxbxxc", true}, {"a*b*c", "axxbxx", false}, {"a?", "a?", true},
	} {
		if got := covers(c.p, c.q); got != c.want {
			t.Errorf("covers(%q, %q): got %v, want %v", c.p, c.q, got, c.want)
		}
	}
}
