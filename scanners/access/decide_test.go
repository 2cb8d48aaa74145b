package access

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

const clerk = "arn:aws:iam::111122223333:role/clerk"

func TestDecide(t *testing.T) {
	t.Parallel()
	statement := func(effect, rest string) string {
		return `{"Effect":"` + effect + `","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"` + rest + `}`
	}
	when := func(condition string) string { return `,"Condition":` + condition }
	to := func(principal string) string { return `,"Principal":` + principal }
	for name, c := range map[string]struct {
		resource bool
		document string
		want     string // allowed, delegated
	}{
		"allows":                          {false, statement("Allow", ""), "yes no"},
		"denies":                          {false, document(statement("Allow", ""), statement("Deny", "")), "no no"},
		"another action":                  {false, `{"Statement":{"Effect":"Allow","Action":"s3:Put*","Resource":"*"}}`, "no no"},
		"all actions but others":          {false, `{"Statement":{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}}`, "yes no"},
		"all actions but this":            {false, `{"Statement":{"Effect":"Allow","NotAction":"S3:get*","Resource":"*"}}`, "no no"},
		"all resources but this":          {false, `{"Statement":{"Effect":"Allow","Action":"*","NotResource":"arn:aws:s3:::b/*"}}`, "no no"},
		"from an address":                 {false, document(statement("Allow", when(`{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}`))), "maybe no"},
		"denied elsewhere":                {false, document(statement("Allow", ""), statement("Deny", when(`{"NotIpAddress":{"aws:SourceIp":"203.0.113.0/24"}}`))), "maybe no"},
		"denied in clear":                 {false, document(statement("Allow", ""), statement("Deny", when(`{"Bool":{"aws:SecureTransport":"false"}}`))), "yes no"},
		"in its region":                   {false, document(statement("Allow", ""), statement("Deny", when(`{"StringNotEquals":{"aws:RequestedRegion":["eu-west-1","eu-central-1"]}}`))), "yes no"},
		"in another region":               {false, document(statement("Allow", ""), statement("Deny", when(`{"StringNotEquals":{"aws:RequestedRegion":"eu-central-1"}}`))), "no no"},
		"other than it":                   {false, document(statement("Allow", ""), statement("Deny", when(`{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/clerk"}}`))), "yes no"},
		"by a service":                    {false, document(statement("Allow", when(`{"StringEquals":{"aws:SourceArn":"arn:aws:sns:eu-west-1:111122223333:t"}}`))), "no no"},
		"where there is no such key":      {false, document(statement("Allow", when(`{"Null":{"aws:SourceArn":"true"}}`))), "yes no"},
		"if there is one":                 {false, document(statement("Allow", when(`{"StringEqualsIfExists":{"aws:SourceArn":"x"}}`))), "yes no"},
		"not what there is none of":       {false, document(statement("Allow", when(`{"StringNotEquals":{"aws:SourceArn":"x"}}`))), "yes no"},
		"with new TLS":                    {false, document(statement("Allow", ""), statement("Deny", when(`{"NumericLessThan":{"s3:TlsVersion":"1.2"}}`))), "yes no"},
		"its own folder":                  {false, `{"Statement":{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::${aws:PrincipalAccount}*/*"}}`, "no no"},
		"a folder by a tag":               {false, `{"Statement":{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b/${aws:PrincipalTag/team}"}}`, "maybe no"},
		"a folder of another by a tag":    {false, `{"Statement":{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::c/${aws:PrincipalTag/team}"}}`, "no no"},
		"it is named":                     {true, document(statement("Allow", to(`{"AWS":"`+clerk+`"}`))), "yes no"},
		"another is named":                {true, document(statement("Allow", to(`{"AWS":"`+clerk+`2"}`))), "no no"},
		"everybody":                       {true, document(statement("Allow", to(`"*"`))), "yes no"},
		"its account":                     {true, document(statement("Allow", to(`{"AWS":"111122223333"}`))), "no yes"},
		"its account's root":              {true, document(statement("Allow", to(`{"AWS":"arn:aws:iam::111122223333:root"}`))), "no yes"},
		"its account is denied":           {true, document(statement("Allow", to(`"*"`)), statement("Deny", to(`{"AWS":"111122223333"}`))), "no no"},
		"one of its sessions":             {true, document(statement("Allow", to(`{"AWS":"arn:aws:sts::111122223333:assumed-role/clerk/ann"}`))), "maybe no"},
		"all others are denied":           {true, document(statement("Allow", to(`"*"`)), statement("Deny", `,"NotPrincipal":{"AWS":["`+clerk+`","111122223333"]}`)), "yes no"},
		"all others, without the account": {true, document(statement("Allow", to(`"*"`)), statement("Deny", `,"NotPrincipal":{"AWS":"`+clerk+`"}`)), "maybe no"},
		"all but others are denied":       {true, document(statement("Allow", to(`"*"`)), statement("Deny", `,"NotPrincipal":{"AWS":"444455556666"}`)), "no no"},
		"a service":                       {true, document(statement("Allow", to(`{"Service":"lambda.amazonaws.com"}`))), "no no"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if !strings.Contains(c.document, "Statement") {
				c.document = document(c.document)
			}
			p, err := parse(c.document, c.resource)
			if err != nil {
				t.Fatal(err)
			}
			d := p.Decide(question())
			words := []string{"no", "maybe", "yes"}
			if got := words[d.Allowed()] + " " + words[d.Delegated]; got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func question() *Request {
	return &Request{Principal: clerk, Account: "111122223333", Action: "s3:GetObject", Resource: "arn:aws:s3:::b/x",
		Context: map[string]string{"aws:principalarn": clerk, "aws:principalaccount": "111122223333", "aws:securetransport": "true", "aws:requestedregion": "eu-west-1", "s3:tlsversion": "1.3"},
		Without: []string{"aws:sourcearn"}}
}

// TestDecideAgreesWithEveryContext: Maybe is said where the keys that are not known can turn the answer, and only there.
func TestDecideAgreesWithEveryContext(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 9))
	one := func(of ...string) string { return of[rng.IntN(len(of))] }
	keys, values := []string{"k1", "k2"}, []string{"a", "b", ""} // empty: the request has no such key
	counts := map[Truth]int{}
	needless := 0
	for range 3_000 {
		var statements []string
		for range 1 + rng.IntN(4) {
			s := fmt.Sprintf(`{"Effect":%q,%q:%q,%q:%q`, one("Allow", "Allow", "Deny"), one("Action", "Action", "NotAction"), one("s3:GetObject", "s3:*", "s3:Put*", "*"),
				one("Resource", "Resource", "NotResource"), one("arn:aws:s3:::b/*", "*", "arn:aws:s3:::b/y", "arn:aws:s3:::b/?"))
			if rng.IntN(2) > 0 {
				op := one("StringEquals", "StringNotEquals", "StringLike", "StringEqualsIfExists", "ForAllValues:StringEquals", "ForAnyValue:StringNotEquals", "Null")
				v := one("a", "b", "*")
				if op == "Null" {
					v = one("true", "false")
				}
				s += fmt.Sprintf(`,"Condition":{%q:{%q:%q}}`, op, one(keys...), v)
			}
			statements = append(statements, s+"}")
		}
		p, err := ParseIdentity(document(statements...))
		if err != nil {
			t.Fatal(err)
		}
		least, most := Yes, No
		for _, a := range values {
			for _, b := range values {
				r := question()
				for i, v := range []string{a, b} {
					if v == "" {
						r.Without = append(r.Without, keys[i])
					} else {
						r.Context[keys[i]] = v
					}
				}
				got := p.Decide(r).Allowed()
				if got == Maybe {
					t.Fatalf("%s: got maybe though all is known", statements)
				}
				if plain := plainly(statements, r); got != plain {
					t.Fatalf("%s with %q: got %d, want %d", statements, []string{a, b}, got, plain)
				}
				least, most = min(least, got), max(most, got)
			}
		}
		got := p.Decide(question()).Allowed()
		if least < got && got == Yes || most > got && got == No {
			t.Fatalf("%s: got %d, contexts give %d to %d", statements, got, least, most)
		}
		if counts[got]++; got == Maybe && least == most {
			needless++
		}
		cutText, err := CutIdentity(document(statements...), []string{"s3:GetObject", "sqs:ReceiveMessage"})
		if err != nil {
			t.Fatal(err)
		}
		less := Policy{}
		if cutText != "" {
			if less, err = ParseIdentity(cutText); err != nil {
				t.Fatal(err)
			}
		}
		if again := less.Decide(question()).Allowed(); again != got {
			t.Fatalf("%s: got %d of what is left, %s, want %d", statements, again, cutText, got)
		}
		if again := p.On("s3:GetObject").Decide(question()).Allowed(); again != got {
			t.Fatalf("%s: got %d of the statements about the action, want %d", statements, again, got)
		}
	}
	if counts[Yes] < 200 || counts[No] < 200 || counts[Maybe] < 200 || needless > counts[Maybe]/4 {
		t.Errorf("got %v of which %d in vain; want many of each", counts, needless)
	}
}

// plainly evaluates statements of TestDecideAgreesWithEveryContext as the documentation tells, with nothing unknown.
func plainly(statements []string, r *Request) Truth {
	allowed, denied := false, false
	for _, s := range statements {
		p, err := ParseIdentity(document(s))
		if err != nil {
			return Maybe
		}
		st := p.statements[0]
		in := func(patterns []string, text string) bool {
			return slices.ContainsFunc(patterns, func(p string) bool {
				return p == "*" || p == text || strings.HasSuffix(p, "*") && strings.HasPrefix(text, strings.TrimSuffix(p, "*")) ||
					strings.HasSuffix(p, "?") && len(p) == len(text) && p[:len(p)-1] == text[:len(p)-1]
			})
		}
		hit := (st.Action == nil || in(st.Action, r.Action)) && (st.NotAction == nil || !in(st.NotAction, r.Action)) &&
			(st.Resource == nil || in(st.Resource, r.Resource)) && (st.NotResource == nil || !in(st.NotResource, r.Resource))
		for op, keys := range st.Condition {
			for key, want := range keys {
				v, there := r.Context[key]
				switch op {
				case "StringEquals":
					hit = hit && there && v == want[0]
				case "StringNotEquals":
					hit = hit && (!there || v != want[0])
				case "StringLike":
					hit = hit && there && (v == want[0] || want[0] == "*")
				case "StringEqualsIfExists", "ForAllValues:StringEquals":
					hit = hit && (!there || v == want[0])
				case "ForAnyValue:StringNotEquals":
					hit = hit && there && v != want[0]
				case "Null":
					hit = hit && (want[0] == "true") == !there
				}
			}
		}
		allowed, denied = allowed || hit && st.Effect == "Allow", denied || hit && st.Effect == "Deny"
	}
	return truth(allowed && !denied)
}

// TestCommon: the example matches both patterns, and there is one wherever they overlap.
func TestCommon(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(5, 1))
	some := 0
	for range 20_000 {
		p, q := randomPattern(rng), randomPattern(rng)
		example, ok := common(p, q)
		if ok != overlaps(p, q) {
			t.Fatalf("%q and %q: got an example %v, overlap %v", p, q, ok, overlaps(p, q))
		}
		if ok && (!glob(p, example) || !glob(q, example)) {
			t.Fatalf("%q and %q: got %q, which does not match both", p, q, example)
		}
		if ok {
			some++
		}
	}
	if some < 2_000 {
		t.Errorf("got %d that overlap, want many", some)
	}
}

func randomPattern(rng *rand.Rand) string {
	out := make([]byte, rng.IntN(6))
	for i := range out {
		out[i] = "abc*?*"[rng.IntN(6)]
	}
	return string(out)
}

func TestCut(t *testing.T) {
	t.Parallel()
	actions := []string{"s3:GetObject", "kms:Decrypt"}
	for name, c := range map[string]struct{ text, want string }{
		"everything":       {`{"Statement":{"Sid":"x","Effect":"Allow","Action":"*","Resource":"*"}}`, `{"Statement":[{"Effect":"Allow","Action":["*"],"Resource":["*"]}]}`},
		"other actions":    {`{"Statement":{"Effect":"Allow","Action":["ec2:*","s3:PutObject"],"Resource":"*"}}`, ""},
		"among others":     {`{"Statement":{"Effect":"Deny","Action":["ec2:*","s3:Get*","S3:GETOBJECT"],"NotResource":"a"}}`, `{"Statement":[{"Effect":"Deny","Action":["s3:Get*","S3:GETOBJECT"],"NotResource":["a"]}]}`},
		"all but others":   {`{"Statement":{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}}`, `{"Statement":[{"Effect":"Allow","Action":["*"],"Resource":["*"]}]}`},
		"all but some":     {`{"Statement":{"Effect":"Allow","NotAction":["iam:*","kms:*"],"Resource":"*"}}`, `{"Statement":[{"Effect":"Allow","NotAction":["kms:*"],"Resource":["*"]}]}`},
		"with a condition": {`{"Statement":{"Effect":"Allow","Action":"kms:Decrypt","Resource":"*","Condition":{"Bool":{"b":true,"a":"x"}}}}`, `{"Statement":[{"Effect":"Allow","Action":["kms:Decrypt"],"Resource":["*"],"Condition":{"Bool":{"a":["x"],"b":["true"]}}}]}`},
		"said twice":       {`{"Statement":[{"Effect":"Allow","Action":["s3:*","a:b"],"Resource":"*"},{"Effect":"Allow","Action":["s3:*","c:d"],"Resource":"*"}]}`, `{"Statement":[{"Effect":"Allow","Action":["s3:*"],"Resource":["*"]}]}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, err := CutIdentity(c.text, actions); err != nil || got != c.want {
				t.Errorf("got %s, %v, want %s", got, err, c.want)
			}
		})
	}
	if got, err := CutForAll(`{"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}}`, actions); err != nil || got != `{"Statement":[{"Effect":"Deny","Action":["s3:*"],"Resource":["*"]}]}` {
		t.Errorf("got %s, %v", got, err)
	}
	if _, err := CutForAll(`{"Statement":{"Effect":"Deny","Principal":{"AWS":"111122223333"},"Action":"s3:*","Resource":"*"}}`, actions); err == nil {
		t.Error("got no error for a policy that names somebody")
	}
}
