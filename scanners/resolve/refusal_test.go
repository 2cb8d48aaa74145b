package resolve

import (
	"testing"

	probity "github.com/probity-scan/probity"
)

func set(policy string) probity.Fact[probity.Optional[string]] {
	return probity.Known(probity.Some(policy), at("p.tf", 1))
}

// Blocks on what is new refuse a public policy or grant, and leave what was there: code tells neither which came first, nor
// whether it is applied at all (S3 User Guide, "Blocking public access to your Amazon S3 storage").
func TestBlocksOnWhatIsNew(t *testing.T) {
	t.Parallel()
	everybody := probity.Whole(nil, probity.Grant{Principal: "http://acs.amazonaws.com/groups/global/AllUsers", Actions: []string{"s3:ListBucket"}})
	none := probity.Whole[probity.Grant](nil)
	unset := probity.Known(probity.Optional[string]{}, at("p.tf", 1))
	for name, c := range map[string]struct {
		declared probity.Declared
		account  probity.Blocks
		live     bool
		want     string
	}{
		"policy, no block":                        {declared: probity.Declared{Policy: set(publicPolicy), ACL: none}, want: "true"},
		"policy, block on new policies":           {declared: probity.Declared{Policy: set(publicPolicy), ACL: none, Blocks: probity.Known(probity.Blocks{NewPolicies: true}, nil)}, want: "unresolved"},
		"policy, block on new policies, as it is": {declared: probity.Declared{Policy: set(publicPolicy), ACL: none, Blocks: probity.Known(probity.Blocks{NewPolicies: true}, nil)}, live: true, want: "true"},
		"policy, account blocks new policies":     {declared: probity.Declared{Policy: set(publicPolicy), ACL: none}, account: probity.Blocks{NewPolicies: true}, want: "unresolved"},
		"policy, block on new ACLs":               {declared: probity.Declared{Policy: set(publicPolicy), ACL: none, Blocks: probity.Known(probity.Blocks{NewACLs: true}, nil)}, want: "true"},
		"policy, public restricted":               {declared: probity.Declared{Policy: set(publicPolicy), ACL: none, Blocks: probity.Known(probity.Blocks{NewPolicies: true, RestrictPublic: true}, nil)}, want: "false"},
		"policy, public restricted by account":    {declared: probity.Declared{Policy: set(publicPolicy), ACL: none}, account: probity.Blocks{RestrictPublic: true}, want: "false"},
		"policy of the account, block on new":     {declared: probity.Declared{Policy: set(ownPolicy), ACL: none, Blocks: probity.Known(probity.Blocks{NewPolicies: true}, nil)}, want: "false"},
		"ACL, no block":                           {declared: probity.Declared{Policy: unset, ACL: everybody}, want: "true"},
		"ACL, block on new ACLs":                  {declared: probity.Declared{Policy: unset, ACL: everybody, Blocks: probity.Known(probity.Blocks{NewACLs: true}, nil)}, want: "unresolved"},
		"ACL, block on new policies":              {declared: probity.Declared{Policy: unset, ACL: everybody, Blocks: probity.Known(probity.Blocks{NewPolicies: true}, nil)}, want: "true"},
		"ACL, ignored":                            {declared: probity.Declared{Policy: unset, ACL: everybody, Blocks: probity.Known(probity.Blocks{IgnoreACLs: true}, nil)}, want: "false"},
		"ACL, restricted is no help":              {declared: probity.Declared{Policy: unset, ACL: everybody, Blocks: probity.Known(probity.Blocks{RestrictPublic: true}, nil)}, want: "true"},
		"both, one refused":                       {declared: probity.Declared{Policy: set(publicPolicy), ACL: everybody, Blocks: probity.Known(probity.Blocks{NewPolicies: true}, nil)}, want: "true"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := "infra"
			if c.live {
				root = ""
			}
			if c.declared.Blocks.IsZero() {
				c.declared.Blocks = probity.Known(probity.Blocks{}, nil)
			}
			b := run(t, []probity.Asset{
				{Ref: probity.Ref{Root: root, ID: "b"}, Kind: bucketKind, Class: probity.Bucket, Scope: probity.Scope{Account: "111122223333"}, Exposure: probity.Exposure{Declared: c.declared}},
				{Ref: probity.Ref{Root: root, ID: "account"}, Kind: accountKind, Class: probity.Account, Scope: probity.Scope{Account: "111122223333"},
					Exposure: probity.Exposure{Declared: probity.Declared{Blocks: probity.Known(c.account, nil)}}},
			})["b"]
			if got := told(b.Exposure.Public); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// An access point opens no more of a bucket than the bucket lets through it (S3 User Guide, "Configuring IAM policies for
// using access points" and "Managing public access to access points").
func TestAccessPoints(t *testing.T) {
	t.Parallel()
	const delegates = `{"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"StringEquals":{"s3:DataAccessPointAccount":"111122223333"}}}}`
	off := probity.Known(probity.Blocks{}, nil)
	byDefault := probity.Known(probity.Blocks{NewACLs: true, IgnoreACLs: true, NewPolicies: true, RestrictPublic: true}, &probity.Origin{Default: "on"})
	unset := probity.Known(probity.Optional[string]{}, nil)
	for name, c := range map[string]struct {
		point, bucket probity.Declared
		want          string
	}{
		"the bucket delegates":            {probity.Declared{Policy: set(publicPolicy), Blocks: off}, probity.Declared{Policy: set(delegates), Blocks: off}, "true"},
		"the bucket has no policy":        {probity.Declared{Policy: set(publicPolicy), Blocks: off}, probity.Declared{Policy: unset, Blocks: off}, "false"},
		"the bucket restricts":            {probity.Declared{Policy: set(publicPolicy), Blocks: off}, probity.Declared{Policy: set(delegates), Blocks: byDefault}, "false"},
		"the bucket is public":            {probity.Declared{Policy: set(publicPolicy), Blocks: off}, probity.Declared{Policy: set(publicPolicy), Blocks: byDefault}, "true"},
		"the bucket's policy not told":    {probity.Declared{Policy: set(publicPolicy), Blocks: off}, probity.Declared{Policy: probity.Missing[probity.Optional[string]](probity.Gap{Reason: probity.Computed}, nil), Blocks: off}, "computed"},
		"its own block, by default":       {probity.Declared{Policy: set(publicPolicy), Blocks: byDefault}, probity.Declared{Policy: set(delegates), Blocks: off}, "false"},
		"in a network":                    {probity.Declared{Policy: set(publicPolicy), Blocks: off, Addressed: probity.Known(false, nil)}, probity.Declared{Policy: set(delegates), Blocks: off}, "false"},
		"no policy, whatever the bucket":  {probity.Declared{Policy: unset, Blocks: off}, probity.Declared{Policy: set(publicPolicy), Blocks: off}, "false"},
		"the block on new policies alone": {probity.Declared{Policy: set(publicPolicy), Blocks: probity.Known(probity.Blocks{NewPolicies: true}, nil)}, probity.Declared{Policy: set(delegates), Blocks: off}, "unresolved"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			scope := probity.Scope{Account: "111122223333"}
			none := probity.Whole[probity.Grant](nil)
			c.point.ACL, c.bucket.ACL = none, none
			// the order of assets decides nothing: the bucket's default may be taken away before or after
			for _, id := range []string{"a", "z"} {
				b := probity.Ref{Root: "infra", ID: "m"}
				p := run(t, []probity.Asset{
					{Ref: probity.Ref{Root: "infra", ID: id}, Kind: "aws.s3.access_point", Class: probity.Bucket, Scope: scope, Exposure: probity.Exposure{Declared: c.point},
						Links: probity.Whole(nil, probity.Link{Kind: probity.ContainedIn, To: b})},
					{Ref: b, Kind: bucketKind, Class: probity.Bucket, Scope: scope, Exposure: probity.Exposure{Declared: c.bucket}},
				})[id]
				if got := told(p.Exposure.Public); got != c.want {
					t.Errorf("%s: got %s, want %s", id, got, c.want)
				}
			}
		})
	}
}

// A piece that is not known makes a verdict unknown only where it decides.
func TestPoliciesWithHoles(t *testing.T) {
	t.Parallel()
	const hole = `"${unknown.unresolved.var.x}"`
	statement := func(principal, resource, condition string) string {
		return `{"Effect":"Allow","Principal":` + principal + `,"Action":"*","Resource":` + resource + `,"Condition":` + condition + `}`
	}
	all := statement(`"*"`, `"*"`, `{}`)
	for name, c := range map[string]struct{ statements, public, outside string }{
		"resource":               {statement(`"*"`, hole, `{}`), "true", "[*] unresolved"},
		"principal":              {statement(hole, `"*"`, `{}`), "unresolved", "[] unresolved"},
		"principal of AWS":       {statement(`{"AWS":`+hole+`}`, `"*"`, `{}`), "unresolved", "[] unresolved"},
		"account in an ARN":      {statement(`{"AWS":"arn:aws:iam::${unknown.unresolved.var.x}:root"}`, `"*"`, `{}`), "false", "[] unresolved"},
		"service":                {statement(`{"Service":`+hole+`}`, `"*"`, `{}`), "false", "[] whole"},
		"a fixed organisation":   {statement(`"*"`, `"*"`, `{"StringEquals":{"aws:PrincipalOrgID":`+hole+`}}`), "false", "[] unresolved"},
		"a pattern":              {statement(`"*"`, `"*"`, `{"StringLike":{"aws:PrincipalOrgID":`+hole+`}}`), "unresolved", "[] unresolved"},
		"a range":                {statement(`"*"`, `"*"`, `{"IpAddress":{"aws:SourceIp":`+hole+`}}`), "unresolved", "[] unresolved"},
		"one of two ranges":      {statement(`"*"`, `"*"`, `{"IpAddress":{"aws:SourceIp":["0.0.0.0/0",`+hole+`]}}`), "true", "[*] whole"},
		"what limits nobody":     {statement(`"*"`, `"*"`, `{"StringEquals":{"aws:UserAgent":`+hole+`}}`), "true", "[*] whole"},
		"the condition":          {statement(`"*"`, `"*"`, hole), "unresolved", "[] unresolved"},
		"an operator's keys":     {statement(`"*"`, `"*"`, `{"StringEquals":`+hole+`}`), "unresolved", "[] unresolved"},
		"the statement":          {hole, "unresolved", "[] unresolved"},
		"a statement beside":     {all + "," + hole, "unresolved", "[] unresolved"},
		"whom a Deny is for":     {all + `,{"Effect":"Deny","Principal":` + hole + `,"Action":"*","Resource":"*"}`, "unresolved", "[] unresolved"},
		"what a Deny is for":     {all + `,{"Effect":"Deny","Principal":"*","Action":` + hole + `,"Resource":"*"}`, "unresolved", "[] unresolved"},
		"a Deny for one account": {all + `,{"Effect":"Deny","Principal":{"AWS":"444455556666"},"Action":` + hole + `,"Resource":"*"}`, "true", "[*] whole"},
		"all denied anyway":      {statement(hole, `"*"`, `{}`) + `,{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}`, "false", "[] whole"},
		"a Sid":                  {`{"Sid":` + hole + `,"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"*","Resource":"*"}`, "false", "[] whole"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := run(t, []probity.Asset{{Ref: probity.Ref{ID: "x"}, Kind: "k", Class: probity.Queue, Scope: probity.Scope{Account: "111122223333"},
				Exposure: probity.Exposure{Declared: probity.Declared{Policy: set(`{"Statement":[` + c.statements + `]}`)}}}})["x"]
			if got := told(a.Exposure.Public); got != c.public {
				t.Errorf("got public %s, want %s", got, c.public)
			}
			if got := who(a); got != c.outside {
				t.Errorf("got outside %s, want %s", got, c.outside)
			}
		})
	}
}
