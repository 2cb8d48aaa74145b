package estate

import (
	"slices"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

func (e *estate) bucketExposure(b *bucket, a *probity.Asset) {
	d := &a.Exposure.Declared
	policy := b.piece(s3Policy, []string{"policy"}, "policy")
	d.Policy = optional(policy, answered(policy, kinds.S3Policy()))
	d.Blocks = b.blocks()
	d.ACL = b.acl()
	d.Guards = e.guard(b.Resource)
}

// blocks are the switches of the bucket's public access block; once it is declared, those left out are off.
func (b *bucket) blocks() probity.Fact[probity.Blocks] {
	r, gap := b.part(s3Block)
	switch {
	case gap != nil && r != nil:
		return probity.Missing[probity.Blocks](*gap, r.At)
	case gap != nil:
		return probity.Missing[probity.Blocks](*gap, b.At)
	case r == nil:
		return kinds.S3Blocks()
	}
	return blocks(r)
}

func blocks(r *resource.Resource) probity.Fact[probity.Blocks] {
	var out probity.Blocks
	at, off := r.At, false
	for name, to := range map[string]*bool{"block_public_acls": &out.NewACLs, "ignore_public_acls": &out.IgnoreACLs,
		"block_public_policy": &out.NewPolicies, "restrict_public_buckets": &out.RestrictPublic} {
		v := r.Get(name)
		on, ok := v.Bool(probity.Known(false, r.At)).Get()
		if !ok {
			return probity.Missing[probity.Blocks](v.Why(), v.At)
		}
		if *to = on; !on && v.Set() && (!off || v.At.Line < at.Line) {
			at, off = v.At, true // the first switch that is off is where to look
		}
	}
	return probity.Known(out, at)
}

// acl are the grants to others than the owner.
func (b *bucket) acl() probity.List[probity.Grant] {
	if s, _ := b.piece(s3Ownership, []string{"rule", "object_ownership"}).Data.(string); s == "BucketOwnerEnforced" {
		r, _ := b.part(s3Ownership)
		return probity.Whole[probity.Grant](r.At)
	}
	canned := b.piece(s3ACL, []string{"acl"}, "acl")
	grants := b.piece(s3ACL, []string{"access_control_policy", "grant"}, "grant")
	switch s, ok := canned.Data.(string); {
	case ok:
		return probity.Whole(canned.At, cannedGrants(s)...)
	case canned.Set():
		return probity.Open[probity.Grant](canned.Why(), canned.At)
	case !grants.Set():
		return listedNone(grants, kinds.S3ACL())
	}
	list, rest := grants.Blocks()
	var out []probity.Grant
	owner, unsure := b.owner(grants, list)
	rest = first(rest, unsure)
	for _, g := range list {
		permissions, more := g.Get("permission").Each()
		if p := g.Get("permissions"); p.Set() {
			permissions, more = p.Each()
		}
		who, ok := grantee(g)
		if !ok || more != nil {
			rest = first(rest, more, &probity.Gap{Reason: probity.Unresolved, Because: "a grantee of the ACL is not known"})
		}
		for _, p := range permissions {
			if ok && who != "" && who != owner {
				out = append(out, grant(who, aclActions(p.String())))
			}
		}
	}
	if rest != nil {
		return probity.Open(*rest, grants.At, out...)
	}
	return probity.Whole(grants.At, out...)
}

// owner is the canonical id of the bucket's owner. An ACL names its owner; what a plan shows of a bucket that is there holds
// the owner's full control, which nobody configured.
func (b *bucket) owner(grants resource.Value, list []*resource.Block) (id string, gap *probity.Gap) {
	if s := b.piece(s3ACL, []string{"access_control_policy", "owner", "id"}).String(); s != "" || !grants.Kept {
		return s, nil
	}
	for _, g := range list {
		who := g.Get("id").String()
		full := g.Get("permissions")
		if items, _ := full.Each(); who == "" || who == id || !slices.ContainsFunc(items, func(v resource.Value) bool { return v.String() == "FULL_CONTROL" }) {
			continue
		}
		if id != "" {
			return "", &probity.Gap{Reason: probity.Unresolved, Because: "several have full control, and nothing tells which of them owns the bucket"}
		}
		id = who
	}
	return id, nil
}

func first(gaps ...*probity.Gap) *probity.Gap {
	for _, g := range gaps {
		if g != nil {
			return g
		}
	}
	return nil
}

const (
	allUsers      = "http://acs.amazonaws.com/groups/global/AllUsers"
	authenticated = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
	logDelivery   = "http://acs.amazonaws.com/groups/s3/LogDelivery"
)

// cannedGrants are what a canned ACL gives beside the owner's full control (S3 User Guide, Canned ACL).
func cannedGrants(name string) []probity.Grant {
	switch name {
	case "public-read":
		return []probity.Grant{grant(allUsers, aclActions("READ"))}
	case "public-read-write":
		return []probity.Grant{grant(allUsers, append(aclActions("READ"), aclActions("WRITE")...))}
	case "authenticated-read":
		return []probity.Grant{grant(authenticated, aclActions("READ"))}
	case "log-delivery-write":
		return []probity.Grant{grant(logDelivery, append(aclActions("WRITE"), aclActions("READ_ACP")...))}
	}
	return nil
}

// grant is one on all of the asset.
func grant(who string, actions []string) probity.Grant {
	return probity.Grant{Principal: who, Actions: actions, On: []string{}}
}

// aclActions says a permission of a bucket's ACL as actions (S3 User Guide, Mapping of ACL permissions).
func aclActions(permission string) []string {
	switch permission {
	case "READ":
		return []string{"s3:ListBucket", "s3:ListBucketVersions"}
	case "WRITE":
		return []string{"s3:PutObject", "s3:DeleteObject"}
	case "READ_ACP":
		return []string{"s3:GetBucketAcl"}
	case "WRITE_ACP":
		return []string{"s3:PutBucketAcl"}
	case "FULL_CONTROL":
		return []string{"s3:ListBucket", "s3:ListBucketVersions", "s3:PutObject", "s3:DeleteObject", "s3:GetBucketAcl", "s3:PutBucketAcl"}
	}
	return []string{}
}

// grantee names who an ACL's grant is for; empty for the owner, whom Terraform shows by a data source.
func grantee(g *resource.Block) (string, bool) {
	for _, at := range [][]string{{"grantee", "uri"}, {"uri"}, {"grantee", "id"}, {"id"}, {"grantee", "email_address"}} {
		v := g.Get(at...)
		if ref, ok := v.Data.(resource.Ref); ok && ref.Type == "aws_canonical_user_id" {
			return "", true
		}
		if s := v.String(); s != "" {
			return s, true
		}
		if v.Set() && v.Gap() != nil {
			return "", false
		}
	}
	return "", false
}
