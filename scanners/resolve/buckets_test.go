package resolve

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	probity "github.com/probity-scan/probity"
)

const (
	ownPolicy     = `{"Statement":{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"s3:*","Resource":"*"}}`
	otherPolicy   = `{"Statement":{"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"s3:*","Resource":"*"}}`
	policyAndMore = `{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"},{"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"s3:*","Resource":"*"}]}`
)

// outcome is what the plain meaning of known declarations gives.
type outcome struct {
	public  bool
	outside string // sorted principals
}

// inputs are declarations of one bucket; each field is an index into the choices below.
type inputs struct{ policy, acl, own, account int }

type policyChoice struct {
	fact       probity.Fact[probity.Optional[string]]
	principals []string // outside
	completes  []int    // a gap: what it may turn out to be
}

type aclChoice struct {
	list       probity.List[probity.Grant]
	principals []string
	completes  []int
}

type blockChoice struct {
	fact             probity.Fact[probity.Blocks]
	restrict, ignore bool
	completes        []int
}

func policyChoices() []policyChoice {
	set := func(s string) probity.Fact[probity.Optional[string]] {
		return probity.Known(probity.Some(s), at("p.tf", 1))
	}
	all := []int{0, 1, 2, 3}
	return []policyChoice{
		{fact: probity.Known(probity.Optional[string]{}, at("p.tf", 1))},
		{fact: set(ownPolicy)},
		{fact: set(otherPolicy), principals: []string{"444455556666"}},
		{fact: set(policyAndMore), principals: []string{"*", "444455556666"}},
		{fact: probity.Missing[probity.Optional[string]](probity.Gap{Reason: probity.Computed}, at("p.tf", 1)), completes: all},
		{fact: set(`{"Statement":`), completes: all},
		{completes: all}, // not collected
	}
}

func aclChoices() []aclChoice {
	grant := func(p string) probity.Grant { return probity.Grant{Principal: p, Actions: []string{"s3:ListBucket"}} }
	const everybody = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
	g := probity.Gap{Reason: probity.Denied, Needs: "s3:GetBucketAcl"}
	return []aclChoice{
		{list: probity.Whole[probity.Grant](nil)},
		{list: probity.Whole(nil, grant(everybody)), principals: []string{"*"}},
		{list: probity.Whole(nil, grant("444455556666")), principals: []string{"444455556666"}},
		{list: probity.Whole(nil, grant(everybody), grant("444455556666")), principals: []string{"*", "444455556666"}},
		{list: probity.Open[probity.Grant](g, nil), completes: []int{0, 1, 2, 3}},
		{list: probity.Open(g, nil, grant(everybody)), completes: []int{1, 3}},
		{list: probity.Open(g, nil, grant("444455556666")), completes: []int{2, 3}},
	}
}

func blockChoices() []blockChoice {
	b := func(restrict, ignore bool) blockChoice {
		return blockChoice{fact: probity.Known(probity.Blocks{RestrictPublic: restrict, IgnoreACLs: ignore}, at("b.tf", 1)), restrict: restrict, ignore: ignore}
	}
	return []blockChoice{b(false, false), b(false, true), b(true, false), b(true, true),
		{fact: probity.Missing[probity.Blocks](probity.Gap{Reason: probity.Unresolved, Needs: "var.block"}, at("b.tf", 1)), completes: []int{0, 1, 2, 3}}}
}

// plain is the documented meaning, over known declarations only.
func plain(in inputs) outcome {
	p, a := policyChoices()[in.policy].principals, aclChoices()[in.acl].principals
	own, account := blockChoices()[in.own], blockChoices()[in.account]
	restrict, ignore := own.restrict || account.restrict, own.ignore || account.ignore
	out := outcome{}
	who := map[string]bool{}
	policyPublic := slices.Contains(p, "*")
	if !policyPublic || !restrict {
		for _, name := range p {
			who[name] = true
		}
		out.public = policyPublic
	}
	for _, name := range a {
		if name != "*" || !ignore {
			who[name] = true
			out.public = out.public || name == "*"
		}
	}
	out.outside = fmt.Sprint(slices.Sorted(maps.Keys(who)))
	return out
}

// completions are all ways in which the gaps may turn out.
func completions(in inputs) []inputs {
	ways := func(at int, completes []int) []int {
		if completes == nil {
			return []int{at}
		}
		return completes
	}
	var out []inputs
	for _, p := range ways(in.policy, policyChoices()[in.policy].completes) {
		for _, a := range ways(in.acl, aclChoices()[in.acl].completes) {
			for _, o := range ways(in.own, blockChoices()[in.own].completes) {
				for _, c := range ways(in.account, blockChoices()[in.account].completes) {
					out = append(out, inputs{p, a, o, c})
				}
			}
		}
	}
	return out
}

func (in inputs) bucket(t *testing.T) probity.Asset {
	scope := probity.Scope{Account: "111122223333"}
	return run(t, []probity.Asset{
		{Ref: probity.Ref{Root: "infra", ID: "b"}, Kind: "aws.s3.bucket", Class: probity.Bucket, Scope: scope, Exposure: probity.Exposure{Declared: probity.Declared{
			Policy: policyChoices()[in.policy].fact, ACL: aclChoices()[in.acl].list, Blocks: blockChoices()[in.own].fact}}},
		{Ref: probity.Ref{Root: "infra", ID: "account"}, Kind: "aws.account", Class: probity.Account, Scope: scope,
			Exposure: probity.Exposure{Declared: probity.Declared{Blocks: blockChoices()[in.account].fact}}},
	})["b"]
}

// TestBucketsAgreeWithEveryCompletion is the promise: an answer only where all completions agree, and then that one.
func TestBucketsAgreeWithEveryCompletion(t *testing.T) {
	t.Parallel()
	for p := range policyChoices() {
		for a := range aclChoices() {
			for o := range blockChoices() {
				for c := range blockChoices() {
					in := inputs{p, a, o, c}
					checkBucket(t, in, in.bucket(t))
				}
			}
		}
	}
}

func checkBucket(t *testing.T, in inputs, b probity.Asset) {
	t.Helper()
	public, outside, certain := map[bool]bool{}, map[string]bool{}, map[string]int{}
	all := completions(in)
	for _, c := range all {
		o := plain(c)
		public[o.public], outside[o.outside] = true, true
		for _, name := range []string{"*", "444455556666"} {
			if slices.Contains(names(c), name) {
				certain[name]++
			}
		}
	}
	v, known := b.Exposure.Public.Get()
	if known != (len(public) == 1) || known && !public[v] {
		t.Errorf("%+v: public: got %v, known %v; completions give %v", in, v, known, public)
	}
	_, rest := b.Exposure.Outside.Value()
	if rest == nil && len(outside) != 1 || rest != nil && len(outside) == 1 && len(all) == 1 {
		t.Errorf("%+v: outside: got rest %v; completions give %v", in, rest, outside)
	}
	got := map[string]bool{}
	for _, g := range b.Exposure.Outside.Items {
		got[g.Principal] = true
		if certain[g.Principal] != len(all) {
			t.Errorf("%+v: outside: got %s, which only %d of %d completions let in", in, g.Principal, certain[g.Principal], len(all))
		}
	}
	if rest == nil && !outside[fmt.Sprint(slices.Sorted(maps.Keys(got)))] {
		t.Errorf("%+v: outside: got %v; completions give %v", in, got, outside)
	}
	if len(b.Exposure.Public.From().Derived) == 0 || len(b.Exposure.Outside.From().Derived) == 0 {
		t.Errorf("%+v: no evidence", in)
	}
}

func names(in inputs) []string {
	var out []string
	for _, n := range []string{"*", "444455556666"} {
		if o := plain(in).outside; o == "["+n+"]" || o == "[* 444455556666]" {
			out = append(out, n)
		}
	}
	return out
}

func TestAccountOfABucket(t *testing.T) {
	t.Parallel()
	off, on := probity.Known(probity.Blocks{}, nil), probity.Known(probity.Blocks{RestrictPublic: true, IgnoreACLs: true}, nil)
	bucket := func(a probity.Asset) probity.Asset {
		a.Kind, a.Class = "aws.s3.bucket", probity.Bucket
		a.Exposure.Declared = probity.Declared{Guards: a.Exposure.Declared.Guards, Policy: probity.Known(probity.Some(publicPolicy), nil), ACL: probity.Whole[probity.Grant](nil), Blocks: off}
		return a
	}
	account := func(root, id, number string, b probity.Fact[probity.Blocks]) probity.Asset {
		return probity.Asset{Ref: probity.Ref{Root: root, ID: id}, Kind: "aws.account", Class: probity.Account, Scope: probity.Scope{Account: number},
			Exposure: probity.Exposure{Declared: probity.Declared{Blocks: b}}}
	}
	code := probity.Asset{Ref: probity.Ref{Root: "infra", ID: "b"}}
	guarded := func(l probity.List[probity.Ref]) probity.Asset {
		a := code
		a.Exposure.Declared.Guards = l
		return a
	}
	other := probity.Whole(nil, probity.Ref{Root: "infra", ID: "b2"})
	live := probity.Asset{Ref: probity.Ref{ID: "b"}, Scope: probity.Scope{Account: "111122223333"}, Origin: &probity.Origin{Call: "s3:ListBuckets"}}
	for name, c := range map[string]struct {
		bucket   probity.Asset
		accounts []probity.Asset
		want     string
	}{
		"code alone has the provider's default": {code, nil, "true"},
		"declared beside it":                    {code, []probity.Asset{account("infra", "a", "", on)}, "false"},
		"declared in another root":              {code, []probity.Asset{account("other", "a", "", on)}, "true"},
		"declared without a block":              {code, []probity.Asset{account("infra", "a", "", probity.Fact[probity.Blocks]{})}, "true"},
		"several declared beside it":            {code, []probity.Asset{account("infra", "a", "", on), account("infra", "b2", "", off)}, "unknown"},
		"several, and one without a block":      {code, []probity.Asset{account("infra", "a", "", on), account("infra", "b2", "", probity.Fact[probity.Blocks]{})}, "false"},
		"several, and the scanner names one":    {guarded(other), []probity.Asset{account("infra", "a", "", on), account("infra", "b2", "", off)}, "true"},
		"one, and perhaps of another":           {guarded(probity.Open[probity.Ref](probity.Gap{Reason: probity.Unresolved}, nil)), []probity.Asset{account("infra", "a", "", on)}, "unknown"},
		"live, by its number":                   {live, []probity.Asset{account("", "a", "444455556666", off), account("", "c", "111122223333", on)}, "false"},
		"live, and not listed":                  {live, []probity.Asset{account("", "a", "444455556666", on)}, "unknown"},
		"live, and its block not read":          {live, []probity.Asset{account("", "a", "111122223333", probity.Fact[probity.Blocks]{})}, "unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := run(t, append(c.accounts, bucket(c.bucket)))["b"]
			got := "unknown"
			if v, ok := b.Exposure.Public.Get(); ok {
				got = fmt.Sprint(v)
			}
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestBucketWithoutDeclarationsIsLeftAlone(t *testing.T) {
	t.Parallel()
	folder := run(t, []probity.Asset{{Ref: probity.Ref{ID: "files:exports"}, Kind: "files.folder", Class: probity.Bucket}})["files:exports"]
	_, gap := folder.Encryption.InTransit.Value()
	if !folder.Exposure.Public.IsZero() || gap == nil || gap.Reason != probity.NotApplicable {
		t.Errorf("got public %v, in transit %v, want nothing told and nothing to tell", folder.Exposure.Public, folder.Encryption.InTransit)
	}
}

// TestDefaultBlockGivesWay: code that opens a bucket to everyone and says nothing of the block can only be applied where the
// block is off; what cannot be told of the policy cannot be told of the block.
func TestDefaultBlockGivesWay(t *testing.T) {
	t.Parallel()
	all := probity.Blocks{NewACLs: true, IgnoreACLs: true, NewPolicies: true, RestrictPublic: true}
	byDefault := probity.Known(all, &probity.Origin{Default: "since 2023-04-27"})
	declared := probity.Known(all, &probity.Origin{File: "s3.tf", Line: 3})
	none := probity.Known(probity.Optional[string]{}, nil)
	computed := probity.Missing[probity.Optional[string]](probity.Gap{Reason: probity.Computed}, nil)
	everyone := probity.Whole(nil, probity.Grant{Principal: "*"})
	for name, c := range map[string]struct {
		policy probity.Fact[probity.Optional[string]]
		acl    probity.List[probity.Grant]
		blocks probity.Fact[probity.Blocks]
		public string
		kept   bool
	}{
		"nothing opens it":             {none, probity.Whole[probity.Grant](nil), byDefault, "false", true},
		"a public policy":              {probity.Known(probity.Some(publicPolicy), nil), probity.Whole[probity.Grant](nil), byDefault, "true", false},
		"a public grant":               {none, everyone, byDefault, "true", false},
		"a policy that nobody knows":   {computed, probity.Whole[probity.Grant](nil), byDefault, "computed", false},
		"a public policy, and a block": {probity.Known(probity.Some(publicPolicy), nil), everyone, declared, "false", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := probity.Asset{Ref: probity.Ref{Root: "infra", ID: "b"}, Kind: "aws.s3.bucket", Class: probity.Bucket}
			b.Exposure.Declared = probity.Declared{Policy: c.policy, ACL: c.acl, Blocks: c.blocks}
			b = run(t, []probity.Asset{b})["b"]
			if got := told(b.Exposure.Public); got != c.public {
				t.Errorf("public: got %s, want %s", got, c.public)
			}
			if v, ok := b.Exposure.Declared.Blocks.Get(); (ok && v == all) != c.kept {
				t.Errorf("blocks: got %+v, known %v", v, ok)
			}
		})
	}
}
