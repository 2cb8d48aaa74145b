package probity_test

import (
	"testing"
	"time"

	"github.com/probity-scan/probity"
)

func TestPlain(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		a, b  any
		equal bool
	}{
		"order":             {[]string{"a", "b"}, []string{"b", "a"}, true},
		"more":              {[]string{"a"}, []string{"a", "b"}, false},
		"struct and map":    {probity.Blocks{NewACLs: true}, map[string]any{"block_acls": true, "ignore_acls": false, "block_policies": false, "restrict_public": false}, true},
		"number and number": {3, 3.0, true},
		"number and text":   {3, "3", false},
		"time":              {time.Unix(1, 0), time.Unix(2, 0), true},
		"nothing and empty": {nil, []string{}, false},
		"document":          {`{"a": [1,2]}`, `{"a":[2,1]}`, true},
		"no document":       {`{"a": `, `{"a":`, false},
	} {
		if got := probity.Plain(c.a) == probity.Plain(c.b); got != c.equal {
			t.Errorf("%s: got %s and %s, want equal %v", name, probity.Plain(c.a), probity.Plain(c.b), c.equal)
		}
	}
}

func TestPlainFact(t *testing.T) {
	t.Parallel()
	open := probity.Open(probity.Gap{Reason: probity.Sampled}, nil, "a")
	if got, want := probity.PlainFact(open), probity.PlainFact(probity.Whole(nil, "a")); got != want {
		t.Errorf("got %s, want %s: items alone count", got, want)
	}
	if got := probity.PlainFact(probity.Missing[bool](probity.Gap{Reason: probity.Denied, Needs: "x"}, nil)); got != "?denied" {
		t.Errorf("got %s, want ?denied", got)
	}
}

func TestStands(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		f    probity.Finding
		want bool
	}{
		"bare":      {probity.Finding{}, true},
		"new":       {probity.Finding{State: probity.New}, true},
		"unchanged": {probity.Finding{State: probity.Unchanged}, false},
		"later":     {probity.Finding{Later: true}, false},
		"waived":    {probity.Finding{Waiver: &probity.Waiver{}}, false},
		"proposed":  {probity.Finding{Waiver: &probity.Waiver{Proposed: true}}, true},
	} {
		if got := c.f.Stands(); got != c.want {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}
