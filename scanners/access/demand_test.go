package access

import (
	"fmt"
	"slices"
	"testing"
)

func TestDemands(t *testing.T) {
	t.Parallel()
	deny := func(action, on, condition string) string {
		return fmt.Sprintf(`{"Statement":[{"Effect":"Deny","Principal":"*","Action":%q,"Resource":%s,"Condition":{%s}}]}`, action, on, condition)
	}
	const both = `["arn:aws:s3:::lake","arn:aws:s3:::lake/*"]`
	tls := func(p Policy) bool { ok, _ := p.RefusesOldTLS(); return ok }
	key := func(p Policy) bool { ok, _ := p.DemandsKey(); return ok }
	age := func(p Policy) bool { ok, _ := p.LimitsSignatures(3600000); return ok }
	for name, c := range map[string]struct {
		text string
		asks func(Policy) bool
		want bool
	}{
		"old TLS":                     {deny("s3:*", both, `"NumericLessThan":{"s3:TlsVersion":"1.2"}`), tls, true},
		"older TLS only":              {deny("s3:*", both, `"NumericLessThan":{"s3:TlsVersion":"1.1"}`), tls, false},
		"old TLS of the bucket alone": {deny("s3:*", `"arn:aws:s3:::lake"`, `"NumericLessThan":{"s3:TlsVersion":1.2}`), tls, false},
		"old TLS of one account":      {deny("s3:*", both, `"NumericLessThan":{"s3:TlsVersion":1.2},"StringEquals":{"aws:PrincipalAccount":"111122223333"}`), tls, false},
		"a key":                       {deny("s3:PutObject", `"arn:aws:s3:::lake/*"`, `"StringNotEqualsIfExists":{"s3:x-amz-server-side-encryption-aws-kms-key-id":"arn:aws:kms:eu-west-1:111122223333:key/k"}`), key, true},
		"a key of some objects":       {deny("s3:PutObject", `"arn:aws:s3:::lake/a/*"`, `"StringNotEquals":{"s3:x-amz-server-side-encryption-aws-kms-key-id":"k"}`), key, false},
		"the way of encryption":       {deny("s3:PutObject", `"arn:aws:s3:::lake/*"`, `"StringNotEquals":{"s3:x-amz-server-side-encryption":"aws:kms"}`), key, false},
		"a quarter of an hour":        {deny("s3:*", `"arn:aws:s3:::lake/*"`, `"NumericGreaterThan":{"s3:signatureAge":"900000"}`), age, true},
		"a day":                       {deny("s3:*", `"arn:aws:s3:::lake/*"`, `"NumericGreaterThan":{"s3:signatureAge":"86400000"}`), age, false},
	} {
		p, err := Parse(c.text)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := c.asks(p); got != c.want {
			t.Errorf("%s: got %t, want %t", name, got, c.want)
		}
	}
}

func TestPrincipalsOf(t *testing.T) {
	t.Parallel()
	const own, other = "111122223333", "444455556666"
	p, err := Parse(`{"Statement":[
		{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::111122223333:root","arn:aws:iam::111122223333:role/app","arn:aws:iam::444455556666:root"]},"Action":"s3:*","Resource":"*"},
		{"Effect":"Allow","Principal":{"Service":"logging.s3.amazonaws.com"},"Action":"*","Resource":"*"},
		{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/reader"},"Action":"s3:Get*","Resource":"*"}]}`)
	if err != nil {
		t.Fatal(err)
	}
	if got, gap := p.Everything("s3", own); gap != nil || !slices.Equal(got, []string{"arn:aws:iam::111122223333:role/app", "arn:aws:iam::" + other + ":root"}) {
		t.Errorf("got %v (%v) with everything", got, gap)
	}
	if got, gap := p.Everything("s3", ""); gap == nil || !slices.Equal(got, []string{"arn:aws:iam::111122223333:role/app"}) {
		t.Errorf("of nobody knows whom: got %v (%v) with everything", got, gap)
	}
	p, err = Parse(`{"Statement":[
		{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:root"},"Action":"sts:AssumeRole"},
		{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::777788889999:root"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"x"}}},
		{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}`)
	if err != nil {
		t.Fatal(err)
	}
	if got, gap := p.Without("sts:AssumeRole", "sts:ExternalId"); gap != nil || !slices.Equal(got, []string{"arn:aws:iam::444455556666:root"}) {
		t.Errorf("got %v (%v) without an external ID", got, gap)
	}
	p, err = Parse(`{"Statement":[
		{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"},
		{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::111122223333:role/admin","arn:aws:iam::111122223333:role/keeper"]},"Action":["kms:Put*","kms:ScheduleKeyDeletion"],"Resource":"*"},
		{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::111122223333:role/app","arn:aws:iam::111122223333:role/admin"]},"Action":"kms:Decrypt","Resource":"*"}]}`)
	if err != nil {
		t.Fatal(err)
	}
	if got, gap := p.Both([]string{"kms:PutKeyPolicy"}, []string{"kms:Decrypt"}); gap != nil || !slices.Equal(got, []string{"arn:aws:iam::111122223333:role/admin"}) {
		t.Errorf("got %v (%v) who do both", got, gap)
	}
}
