package access

import (
	"strings"
	"testing"

	probity "github.com/probity-scan/probity"
)

func TestPasses(t *testing.T) {
	t.Parallel()
	allow := func(rest string) string { return `{"Statement":[{"Effect":"Allow",` + rest + `}]}` }
	const all = `"Principal":"*","Action":"*","Resource":"*"`
	const own = `"arn:aws:s3:::ours","arn:aws:s3:::ours/*"`
	for name, c := range map[string]struct {
		service, policy, want string
	}{
		"full access":                     {"s3", allow(all), "yes"},
		"full access to queues":           {"sqs", allow(all), "yes"},
		"reading alone, of every bucket":  {"s3", allow(`"Principal":"*","Action":"s3:Get*","Resource":"arn:aws:s3:::*"`), "yes"},
		"objects of every bucket":         {"s3", allow(`"Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::*/*"`), "yes"},
		"own buckets":                     {"s3", allow(`"Principal":"*","Action":"s3:*","Resource":[` + own + `]`), "no"},
		"own buckets by code":             {"s3", allow(`"Principal":"*","Action":"s3:*","Resource":"${aws_s3_bucket.b.arn}/*"`), "no"},
		"all but own buckets":             {"s3", allow(`"Principal":"*","Action":"s3:*","NotResource":[` + own + `]`), "yes"},
		"own identities":                  {"s3", allow(`"Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"s3:*","Resource":"*"`), "no"},
		"identities of the organisation":  {"s3", allow(all + `,"Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}`), "no"},
		"resources of the organisation":   {"s3", allow(all + `,"Condition":{"StringEquals":{"aws:ResourceOrgID":"o-1"}}`), "no"},
		"resources of the account":        {"s3", allow(all + `,"Condition":{"StringEquals":{"s3:ResourceAccount":"111122223333"}}`), "no"},
		"queues of the account":           {"sqs", allow(`"Principal":"*","Action":"sqs:*","Resource":"arn:aws:sqs:*:111122223333:*"`), "no"},
		"queues of every account":         {"sqs", allow(`"Principal":"*","Action":"sqs:*","Resource":"arn:aws:sqs:*:*:*"`), "yes"},
		"services of AWS, shortly":        {"sqs", allow(`"Principal":"*","Action":"sqs:*","Resource":"arn:aws:s*"`), "yes"},
		"points of access of others":      {"s3", allow(`"Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:*:*:accesspoint/*"`), "yes"},
		"denied to others":                {"s3", `{"Statement":[{"Effect":"Allow",` + all + `},{"Effect":"Deny",` + all + `,"Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-1"}}}]}`, "no"},
		"denied to others, unless absent": {"s3", `{"Statement":[{"Effect":"Allow",` + all + `},{"Effect":"Deny",` + all + `,"Condition":{"StringNotEqualsIfExists":{"aws:ResourceOrgID":"o-1"}}}]}`, "no"},
		"one thing denied":                {"s3", `{"Statement":[{"Effect":"Allow",` + all + `},{"Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":"*"}]}`, "yes"},
		"nothing allowed":                 {"s3", `{"Statement":[{"Effect":"Deny",` + all + `}]}`, "no"},
		"a condition nobody knows":        {"s3", allow(all + `,"Condition":{"StringEquals":{"aws:PrincipalTag/team":"a"}}`), "aws:PrincipalTag/team"},
		"a hole among resources":          {"s3", allow(`"Principal":"*","Action":"s3:*","Resource":"` + Hole(probity.Gap{Reason: probity.Unresolved, Needs: "var.buckets"}) + `"`), "var.buckets"},
		"a hole that decides nothing":     {"s3", allow(`"Principal":{"AWS":"111122223333"},"Action":"s3:*","Resource":"` + Hole(probity.Gap{Reason: probity.Unresolved, Needs: "var.buckets"}) + `"`), "no"},
		"an identity without its account": {"s3", `{"Statement":[{"Effect":"Allow",` + all + `},{"Effect":"Deny","NotPrincipal":{"AWS":["arn:aws:iam::` + nobody + `:user/probity"]},"Action":"*","Resource":"*"}]}`, "whom it excepts"},
		"more ways than are tried": {"s3", allow(`"Principal":"*","Action":["` + strings.Repeat(`s3:Get*","`, 2000) + `s3:Put*"],"Resource":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}`),
			"the policy has more ways than are tried"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, err := Parse(c.policy)
			if err != nil {
				t.Fatal(err)
			}
			passes, gap := p.Passes(c.service)
			got := map[bool]string{true: "yes", false: "no"}[passes]
			if gap != nil {
				got = gap.Needs + gap.Because
			}
			if !strings.HasSuffix(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
