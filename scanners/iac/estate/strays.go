package estate

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

// strays collects split resources whose owner this root does not declare: it was made elsewhere, and yields an asset of
// what the splits alone say.
type strays struct {
	groups map[string]*split
}

// add takes a split resource whose owner is not there, under what names that owner.
func (s *strays) add(r *resource.Resource, attr string) {
	key := r.Addr // nobody knows which: it stands alone
	switch d := r.Get(attr).Data.(type) {
	case string:
		key = cmp.Or(d, key)
	case resource.Ref:
		key = d.Text()
	case resource.Template:
		key = d.Text
	}
	if s.groups == nil {
		s.groups = map[string]*split{}
	}
	g := s.groups[key]
	if g == nil {
		g = &split{name: r.Get(attr).String(), by: attr, parts: map[string][]*resource.Resource{}, doubt: map[string]*probity.Gap{}}
		s.groups[key] = g
	}
	g.parts[r.Type] = append(g.parts[r.Type], r)
	if g.owner == nil || r.Addr < g.owner.Addr {
		g.owner = &resource.Resource{Addr: r.Addr, Type: r.Type, Name: r.Name, Provider: r.Provider, Block: resource.Block{At: r.At}}
	}
}

// sorted gives each group, by the address of its first split resource, which identifies the asset.
func (s *strays) sorted() []*split {
	var out []*split
	for _, g := range s.groups {
		out = append(out, g)
	}
	slices.SortFunc(out, func(a, b *split) int { return cmp.Compare(a.owner.Addr, b.owner.Addr) })
	return out
}

// stray is an asset that is known by split resources only.
func (e *estate) stray(s *split, kind probity.Kind, name string, aliases ...string) probity.Asset {
	a := probity.Asset{Ref: e.ref(s.owner.Addr), Name: name, Kind: kind, Class: kinds.ClassOf(kind), Origin: s.owner.At,
		Scope: probity.Scope{Provider: "aws"}}
	for _, typ := range slices.Sorted(maps.Keys(s.parts)) {
		for _, r := range s.parts[typ] {
			if r.Addr != s.owner.Addr {
				e.ask(s.owner.Addr, r)
			}
		}
	}
	for _, n := range append([]string{s.name}, aliases...) {
		if n != "" && !contains(a.Aliases, n) {
			a.Aliases = append(a.Aliases, n)
		}
	}
	return a
}

// said is an optional text that a part of one type sets.
func (s *split) said(typ, attr string) probity.Fact[probity.Optional[string]] {
	r, gap := s.part(typ)
	if gap != nil {
		return probity.Missing[probity.Optional[string]](*gap, s.owner.At)
	}
	if r == nil {
		return probity.Fact[probity.Optional[string]]{}
	}
	return optional(r.Get(attr), probity.Fact[probity.Optional[string]]{})
}

// strayBucket takes from a whole bucket what somebody says of it: what S3 gives to new buckets says nothing of an old one.
func (e *estate) strayBucket(s *split) probity.Asset {
	name := strings.TrimPrefix(s.name, s3ARN)
	arn := ""
	if name != "" {
		arn = s3ARN + name
	}
	a := e.stray(s, kinds.S3Bucket, name, name, arn)
	whole := e.bucket(&bucket{Resource: s.owner, split: s})
	a.Encryption.AtRest, a.Encryption.Key, a.Encryption.Manager = said(whole.Encryption.AtRest), said(whole.Encryption.Key), said(whole.Encryption.Manager)
	d := whole.Exposure.Declared
	a.Exposure.Declared.Policy, a.Exposure.Declared.Blocks, a.Exposure.Declared.ACL = said(d.Policy), said(d.Blocks), listed(d.ACL)
	a.Resilience.Versioning, a.Audit.Access = said(whole.Resilience.Versioning), said(whole.Audit.Access)
	a.Retention.Rules, a.Retention.Lock = listed(whole.Retention.Rules), said(whole.Retention.Lock)
	a.Settings = probity.SettingsOf(kinds.S3{})
	for k, f := range whole.Settings {
		if !said(f).IsZero() {
			a.Settings[k] = f
		}
	}
	if name != "" {
		a.Settings["named_for"] = probity.SettingsOf(kinds.S3{NamedFor: namedFor(resource.Value{Data: name, At: a.Origin})})["named_for"]
	}
	a.Links = whole.Links
	return a
}

const s3ARN = "arn:aws:s3:::"

// said is a fact without the provider's default.
func said[T any](f probity.Fact[T]) probity.Fact[T] {
	if o := f.From(); o != nil && o.Default != "" {
		return probity.Fact[T]{}
	}
	return f
}

func listed[T any](l probity.List[T]) probity.List[T] {
	if o := l.From(); o != nil && o.Default != "" {
		return probity.List[T]{}
	}
	return l
}
