package policies

import (
	"testing"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/verdict"
)

func digestFor(a probity.Asset, element string, reads ...probity.Path) string {
	f := factsOf(probity.Rule{Reads: reads})
	return digest(&f, &a, element)
}

// TestDigest: what somebody accepted lapses when it changes, and only then.
func TestDigest(t *testing.T) {
	t.Parallel()
	open := func(ports ...int) probity.Asset {
		var a probity.Asset
		for _, p := range ports {
			a.Exposure.Networks = a.Exposure.Networks.With(probity.Opening{CIDR: "0.0.0.0/0", Protocol: "tcp", From: p, To: p})
		}
		return a
	}
	encrypted := func(v bool, o *probity.Origin) probity.Asset {
		return probity.Asset{Encryption: probity.Encryption{AtRest: probity.Known(v, o)}}
	}
	policy := func(text string) probity.Asset {
		return probity.Asset{Exposure: probity.Exposure{Declared: probity.Declared{Policy: probity.Known(probity.Some(text), nil)}}}
	}
	labels := func(ls ...probity.Label) probity.Asset { return probity.Asset{Labels: probity.Whole(nil, ls...)} }
	email := probity.Label{Detector: "email", Category: probity.Contact, On: "email", Protection: probity.Clear, Found: 3}
	iban := probity.Label{Detector: "iban", Category: probity.Financial, On: "account", Protection: probity.Clear}
	seenLater := email
	seenLater.Found, seenLater.AsOf, seenLater.Version, seenLater.Confidence = 9, time.Unix(1e9, 0), "2", 0.5
	hashed := email
	hashed.Protection = probity.KeyedHash
	tags := func(m map[string]string) probity.Asset { return probity.Asset{Tags: probity.Known(m, nil)} }
	for name, c := range map[string]struct {
		a, b    probity.Asset
		reads   []probity.Path
		element string
		equal   bool
	}{
		"moved line":              {encrypted(false, &probity.Origin{File: "a.tf", Line: 3}), encrypted(false, &probity.Origin{File: "b.tf", Line: 9}), []probity.Path{"encryption.at_rest"}, "", true},
		"other value":             {encrypted(false, nil), encrypted(true, nil), []probity.Path{"encryption.at_rest"}, "", false},
		"value and gap":           {encrypted(false, nil), probity.Asset{}, []probity.Path{"encryption.at_rest"}, "", false},
		"fact that nobody reads":  {encrypted(false, nil), encrypted(true, nil), []probity.Path{"exposure.public"}, "", true},
		"order of a list":         {open(22, 443), open(443, 22), []probity.Path{"exposure.networks"}, "", true},
		"one port more":           {open(22), open(22, 443), []probity.Path{"exposure.networks"}, "0.0.0.0/0:22", true},
		"one port more, unnamed":  {open(22), open(22, 443), []probity.Path{"exposure.networks"}, "", false},
		"another port":            {open(22), open(2222), []probity.Path{"exposure.networks"}, "0.0.0.0/0:22", false},
		"policy formatted anew":   {policy(`{"a":1,"b":["x","y"]}`), policy("{\n \"b\": [\"y\", \"x\"],\n \"a\": 1}"), []probity.Path{"exposure.declared.policy"}, "", true},
		"policy with more":        {policy(`{"a":1}`), policy(`{"a":1,"b":2}`), []probity.Path{"exposure.declared.policy"}, "", false},
		"counted anew":            {labels(email), labels(seenLater), []probity.Path{"labels"}, "", true},
		"other form":              {labels(email), labels(hashed), []probity.Path{"labels"}, "", false},
		"another column":          {labels(email), labels(email, iban), []probity.Path{"labels"}, "email", true},
		"another column, unnamed": {labels(email), labels(email, iban), []probity.Path{"labels"}, "", false},
		"another tag":             {tags(map[string]string{"env": "test"}), tags(map[string]string{"env": "test", "team": "x"}), []probity.Path{"tags"}, "env", true},
		"the tag itself":          {tags(map[string]string{"env": "test"}), tags(map[string]string{"env": "dev"}), []probity.Path{"tags"}, "env", false},
		"time it was made":        {probity.Asset{Lifecycle: probity.Lifecycle{Created: probity.Known(time.Unix(1, 0), nil)}}, probity.Asset{Lifecycle: probity.Lifecycle{Created: probity.Known(time.Unix(2, 0), nil)}}, []probity.Path{"lifecycle"}, "", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, b := digestFor(c.a, c.element, c.reads...), digestFor(c.b, c.element, c.reads...)
			if (a == b) != c.equal || len(a) != 16 {
				t.Errorf("got %s and %s, want equal %v", a, b, c.equal)
			}
		})
	}
}

func TestDigestOfGaps(t *testing.T) {
	t.Parallel()
	gap := func(p probity.Path, r probity.Reason, needs string) verdict.Missing {
		return verdict.Missing{Path: p, Gap: probity.Gap{Reason: r, Needs: needs}}
	}
	a := digestOf([]verdict.Missing{gap("x", probity.Computed, ""), gap("y", probity.Unresolved, "var.a")})
	if b := digestOf([]verdict.Missing{gap("y", probity.Unresolved, "var.b"), gap("x", probity.Computed, "")}); a != b {
		t.Errorf("got %s and %s, want the reasons alone to count", a, b)
	}
	if b := digestOf([]verdict.Missing{gap("x", probity.Unresolved, ""), gap("y", probity.Unresolved, "")}); a == b {
		t.Error("got one digest for two reasons")
	}
}
