package access

import (
	"strings"
	"testing"
)

// FuzzParse holds what a stranger's document must never do: panic, quote itself in an error, or let in less than it says.
func FuzzParse(f *testing.F) {
	f.Add(allow(anyone, ""))
	f.Add(allow(`"Principal":{"AWS":["111122223333","*"],"Service":"s3.amazonaws.com"}`, `"StringLike":{"aws:PrincipalOrgPaths":["o-1/*"]}`))
	f.Add(`{"Statement":[{"Effect":"Deny","NotPrincipal":{"AWS":"1"},"NotAction":"a*","NotResource":"*"},` + statementOf("Allow", anyone, `"IpAddress":{"aws:SourceIp":"0.0.0.0/1"}`) + `]}`)
	f.Add(`{"Statement":{"Effect":"Allow","Principal":{"Federated":"*"},"Action":["*"],"Condition":{"ForAllValues:NotIpAddressIfExists":{"aws:SourceIp":[]}}}}`)
	f.Add(`{"Statement":["${unknown.computed.x}",{"Effect":"${unknown.a}","Principal":"${unknown.","Action":"s3:${unknown.b}","Condition":{"IpAddress":"${unknown.c}"}}]}`)
	f.Add("{\"Statement\":[\n{\"Effect\":1e999,\"Action\":[{}]}]}")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := Parse(text)
		if err != nil {
			if s := err.Error(); strings.Contains(s, "\n") || len(s) > 120 {
				t.Errorf("got an error of %d bytes, want one short line", len(s))
			}
			return
		}
		_, _ = p.RefusesClear(true)
		_, _ = p.RefusesClear(false)
		for _, owner := range []string{"", "111122223333"} {
			for _, permit := range append(p.Permits(owner), p.Perhaps(owner)...) {
				if len(permit.Actions) == 0 || permit.Principal == "" && permit.Standing == Public || permit.On == nil {
					t.Errorf("got a permit with %d actions, standing %d", len(permit.Actions), permit.Standing)
				}
			}
		}
	})
}
