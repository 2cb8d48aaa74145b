package resolve

import (
	"testing"

	probity "github.com/probity-scan/probity"
)

// TestLiveAccount: the block of the account as a whole counts, not what its regions set nor what code says of it, and where it
// could not be read a bucket depends on it only if nothing of its own decides.
func TestLiveAccount(t *testing.T) {
	t.Parallel()
	live := &probity.Origin{Call: "s3control:GetPublicAccessBlock"}
	const number, needs = "111122223333", "s3:GetAccountPublicAccessBlock"
	account := func(id, region string, blocks probity.Fact[probity.Blocks], from *probity.Origin) probity.Asset {
		return probity.Asset{Ref: probity.Ref{ID: id}, Kind: accountKind, Class: probity.Account, Origin: from, Scope: probity.Scope{Provider: "aws", Account: number, Region: region},
			Exposure: probity.Exposure{Declared: probity.Declared{Blocks: blocks}}}
	}
	full, none := probity.Known(probity.Blocks{NewACLs: true, IgnoreACLs: true, NewPolicies: true, RestrictPublic: true}, live), probity.Known(probity.Blocks{}, live)
	denied := probity.Missing[probity.Blocks](probity.Gap{Reason: probity.Denied, Needs: needs}, live)
	public := `{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"}}`
	for name, c := range map[string]struct {
		own, account probity.Fact[probity.Blocks]
		policy, want string
	}{
		"open, the account shut":         {none, full, public, "false"},
		"open, the account open":         {none, none, public, "true"},
		"open, the account denied":       {none, denied, public, "denied"},
		"shut, the account denied":       {full, denied, public, "false"},
		"nothing public, account denied": {none, denied, ownPolicy, "false"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := run(t, []probity.Asset{
				{Ref: probity.Ref{ID: "arn:aws:s3:::b"}, Kind: bucketKind, Class: probity.Bucket, Origin: live, Scope: probity.Scope{Provider: "aws", Account: number, Region: "eu-west-1"},
					Exposure: probity.Exposure{Declared: probity.Declared{Blocks: c.own, ACL: probity.Whole[probity.Grant](live), Policy: probity.Known(probity.Some(c.policy), live)}}},
				account("aws://"+number, "", c.account, live),
				account("aws://"+number+"/eu-west-1", "eu-west-1", probity.Missing[probity.Blocks](probity.Gap{Reason: probity.NotApplicable}, live), live),
				account("aws.account", "", none, at("account.tf", 1)),
			})["arn:aws:s3:::b"]
			if got := told(a.Exposure.Public); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if _, g := a.Exposure.Public.Value(); c.want == "denied" && g.Needs != needs {
				t.Errorf("got %v, want the permission named", g)
			}
		})
	}
}
