package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	s3Point            = "aws_s3_access_point"
	s3PointPolicy      = "aws_s3control_access_point_policy"
	s3MultiPoint       = "aws_s3control_multi_region_access_point"
	s3MultiPointPolicy = "aws_s3control_multi_region_access_point_policy"
)

func s3Points() service {
	return service{kinds: map[probity.Kind][]string{kinds.S3AccessPoint: {s3Point, s3MultiPoint}},
		types: []string{s3Point, s3PointPolicy, s3MultiPoint, s3MultiPointPolicy}, read: (*estate).accessPoints}
}

func (e *estate) accessPoints() []probity.Asset {
	splits, rest := e.beside(s3Point, "access_point_arn", []string{"name"}, s3PointPolicy)
	out := e.each(s3Point, func(r *resource.Resource) probity.Asset { return e.accessPoint(r, splits[r.Addr]) })
	out = append(out, e.ruledElsewhere(rest, kinds.S3AccessPoint, s3PointPolicy, "policy", nil)...)
	return append(out, e.each(s3MultiPoint, e.multiPoint)...)
}

// accessPoint: one in a VPC has no address outside of it.
func (e *estate) accessPoint(r *resource.Resource, s *split) probity.Asset {
	a := e.asset(r, kinds.S3AccessPoint, r.Get("name").String())
	e.link(&a, probity.ContainedIn, r.Get("bucket"))
	d := &a.Exposure.Declared
	d.Policy = ruled(s, s3PointPolicy, "policy", optional(r.Get("policy"), kinds.NoPolicy("access point")))
	d.ACL = kinds.S3PointACL()
	d.Blocks = pointBlocks(r.Get("public_access_block_configuration"))
	d.Guards = e.guard(r)
	d.Addressed = resource.Map(given(r.Get("vpc_configuration", "vpc_id")), func(inside bool) bool { return !inside })
	return a
}

func (e *estate) multiPoint(r *resource.Resource) probity.Asset {
	details := r.Get("details")
	a := e.asset(r, kinds.S3AccessPoint, within(details, "name").String())
	regions, _ := within(details, "region").Blocks()
	for _, b := range regions {
		e.link(&a, probity.ContainedIn, b.Get("bucket"))
	}
	d := &a.Exposure.Declared
	d.ACL = kinds.S3PointACL()
	d.Blocks = pointBlocks(within(details, "public_access_block"))
	d.Guards = e.guard(r)
	d.Policy = kinds.NoPolicy("access point")
	for _, p := range e.byType[s3MultiPointPolicy] {
		switch name := p.Get("details", "name"); {
		case name.String() != "" && name.String() == a.Name:
			d.Policy = certain(p, optional(p.Get("details", "policy"), d.Policy))
		case name.Gap() != nil:
			d.Policy = probity.Missing[probity.Optional[string]](probity.Gap{Reason: probity.Unresolved, Because: p.Addr + " may belong to it"}, r.At)
		}
	}
	return a
}

// pointBlocks: whatever is left out is on.
func pointBlocks(v resource.Value) probity.Fact[probity.Blocks] {
	if !v.Set() {
		return kinds.S3PointsBlock()
	}
	out, at := kinds.S3PointBlocks(), v.At
	for name, to := range map[string]*bool{"block_public_acls": &out.NewACLs, "ignore_public_acls": &out.IgnoreACLs,
		"block_public_policy": &out.NewPolicies, "restrict_public_buckets": &out.RestrictPublic} {
		s := within(v, name)
		on, ok := s.Bool(probity.Known(true, v.At)).Get()
		if !ok {
			return probity.Missing[probity.Blocks](s.Why(), s.At)
		}
		*to = on
	}
	return probity.Known(out, at)
}

// directory is a bucket of one zone: all that can be set for it is its policy, its key and its lifecycle.
func (e *estate) directory(b *bucket) probity.Asset {
	a := e.asset(b.Resource, kinds.S3DirectoryBucket, b.Get("bucket").String())
	e.bucketEncryption(b, &a)
	if from := a.Encryption.AtRest.From(); from != nil && from.Default != "" {
		a.Encryption.AtRest = kinds.S3DirectoryAtRest()
	}
	d := &a.Exposure.Declared
	d.Policy, d.Blocks, d.ACL = optional(b.piece(s3Policy, []string{"policy"}), kinds.S3Policy()), kinds.S3DirectoryBlocks(), kinds.S3ACL()
	a.Retention.Rules = expiries(b.piece(s3Lifecycle, []string{"rule"}))
	return a
}
