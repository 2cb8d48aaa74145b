package access

import (
	"encoding/json"
	"testing"

	probity "github.com/probity-scan/probity"
)

func TestHole(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ gap, want probity.Gap }{
		"a variable":          {probity.Gap{Reason: probity.Unresolved, Needs: "var.x"}, probity.Gap{Reason: probity.Unresolved, Needs: "var.x"}},
		"a reason":            {probity.Gap{Reason: probity.Computed, Because: "b.c"}, probity.Gap{Reason: probity.Computed, Needs: "b.c"}},
		"no name for it":      {probity.Gap{Reason: probity.Filtered}, probity.Gap{Reason: probity.Filtered}},
		"what breaks a text":  {probity.Gap{Reason: probity.Unresolved, Needs: `m["a"].x*}${:`}, probity.Gap{Reason: probity.Unresolved, Needs: "m[ a ].x     "}},
		"no reason there is":  {probity.Gap{Reason: "mood", Needs: "x"}, probity.Gap{Reason: probity.Unresolved}},
		"escaped in the text": {probity.Gap{Reason: probity.Unresolved, Needs: "é"}, probity.Gap{Reason: probity.Unresolved, Needs: "é"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, err := json.Marshal(map[string]any{"Statement": []any{Hole(c.gap), map[string]any{"Sid": "<", "Effect": "Deny", "Principal": "*", "Action": "*"}}})
			if err != nil {
				t.Fatal(err)
			}
			p, err := Parse(string(text))
			if err != nil {
				t.Fatal(err)
			}
			if g := p.Open(); g == nil || *g != c.want {
				t.Errorf("got %v, want %v", g, c.want)
			}
		})
	}
	p, err := Parse(`{"Statement":"\u0024{unknown.computed.x}"}`)
	if err != nil || p.Open() == nil || p.Open().Reason != probity.Computed {
		t.Errorf("written with escapes: got %v and %v, want the hole", p.Open(), err)
	}
	if p, err = Parse(allow(anyone, `"StringEquals":{"aws:userid":"${aws:userid}"}`)); err != nil || p.Open() != nil {
		t.Errorf("a variable of IAM's: got %v and %v, want no hole", p.Open(), err)
	}
}

// What a policy says of clear connections, and of what somebody may do, is open only where a hole decides it.
func TestHolesOfOtherQuestions(t *testing.T) {
	t.Parallel()
	hole := `"` + Hole(probity.Gap{Reason: probity.Unresolved, Needs: "var.x"}) + `"`
	const clear, both = `"Bool":{"aws:SecureTransport":"false"}`, `["arn:aws:s3:::b","arn:aws:s3:::b/*"]`
	for name, c := range map[string]struct {
		statements string
		want, open bool
	}{
		"resource":              {custom("Deny", anyone, `"s3:*"`, hole, clear), false, true},
		"objects of the store":  {custom("Deny", anyone, `"s3:*"`, `["arn:aws:s3:::b",`+hole+`]`, clear), false, true},
		"action":                {custom("Deny", anyone, hole, both, clear), false, true},
		"principal":             {custom("Deny", whom(hole), `"s3:*"`, both, clear), false, true},
		"value":                 {custom("Deny", anyone, `"s3:*"`, both, `"Bool":{"aws:SecureTransport":`+hole+`}`), false, true},
		"statement":             {hole, false, true},
		"statement beside":      {custom("Deny", anyone, `"s3:*"`, both, clear) + "," + hole, true, false},
		"an Allow":              {custom("Allow", whom(hole), `"s3:*"`, both, clear), false, false},
		"principal of an Allow": {custom("Deny", anyone, `"s3:*"`, both, clear) + "," + custom("Allow", whom(hole), `"s3:*"`, both, ""), true, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, err := Parse(document(c.statements))
			if err != nil {
				t.Fatal(err)
			}
			if got, gap := p.RefusesClear(true); got != c.want || (gap != nil) != c.open {
				t.Errorf("got %v and %v, want %v, open %v", got, gap, c.want, c.open)
			}
		})
	}
	for name, c := range map[string]struct {
		statements string
		want, open bool
	}{
		"action":          {`{"Effect":"Allow","Action":` + hole + `,"Resource":"*"}`, false, true},
		"one action":      {`{"Effect":"Allow","Action":["*",` + hole + `],"Resource":"*"}`, true, false},
		"resource":        {`{"Effect":"Allow","Action":"*","Resource":` + hole + `}`, false, true},
		"of one service":  {`{"Effect":"Allow","Action":"s3:Get*","Resource":` + hole + `}`, false, false},
		"statement":       {hole, false, true},
		"what is denied":  {`{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":` + hole + `,"Resource":"*"}`, false, true},
		"where it denies": {`{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"s3:*","Resource":` + hole + `}`, true, false},
	} {
		t.Run("everywhere: "+name, func(t *testing.T) {
			t.Parallel()
			p, err := ParseIdentity(document(c.statements))
			if err != nil {
				t.Fatal(err)
			}
			if _, got, gap := p.Everywhere("*"); got != c.want || (gap != nil) != c.open {
				t.Errorf("got %v and %v, want %v, open %v", got, gap, c.want, c.open)
			}
		})
	}
}

func whom(hole string) string { return `"Principal":` + hole }
