// Package estate maps the resources that code declares, whatever language it is written in, to assets. They bear the names
// that Terraform's provider gives to types and attributes: other languages are translated to these.
package estate

import (
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

// estate is all that a root declares, by type.
type estate struct {
	place  Place
	root   string
	byType map[string][]*resource.Resource
	byAddr map[string]*resource.Resource
	losses []resource.Loss
	asked  map[string][]probity.Ignore // by split resources, for the assets they are parts of

	// what is asked of the whole root for each asset is worked out once
	shares     *sharing
	defaults   map[place]probity.Fact[bool] // of new volumes
	clusters   map[string]*membership
	identified map[string]*resource.Resource // databases and what else is called by a name, by type and identifier
	parameters map[string]*resource.Resource // parameter groups, by type and name
	unsets     map[string]probity.Fact[bool] // parameters that no group sets
	sources    map[string]probity.Encryption // what snapshots inherit, by the source's address
	behind     map[string][]probity.Link     // the keys of these
	following  int                           // sources of sources under way
	received   map[string][]probity.Link     // of assets to be given links, by what names them
	paths      *roads                        // from subnets to the internet
	backing    []backing                     // what plans make backups of
	subnets    routed                        // which subnets reach the internet
	policies   map[string]parsed             // of somebody, by their text
	shortened  map[string]shortened          // policies cut down to what reads data, by their text
}

func newEstate(at Place, all []*resource.Resource, losses []resource.Loss) *estate {
	e := &estate{place: at, root: at.Root, losses: losses, byType: map[string][]*resource.Resource{}, byAddr: map[string]*resource.Resource{}}
	for _, r := range all {
		e.byType[r.Type] = append(e.byType[r.Type], r)
		e.byAddr[r.Addr] = r
	}
	return e
}

// service maps the resources of one service. Types names all that it looks at, Kinds what it lists and from which types.
type service struct {
	kinds map[probity.Kind][]string
	types []string
	read  func(*estate) []probity.Asset
}

// services lists the services: a new one is its file and a line here.
func services() []service {
	return []service{
		s3(),
		account(),
		rds(),
		rdsSnapshots(),
		docDB(),
		neptune(),
		redshift(),
		elastiCache(),
		openSearch(),
		openSearchServerless(),
		dynamodb(),
		ebs(),
		images(),
		efs(),
		kms(),
		securityGroups(),
		vpcEndpoints(),
		cloudTrail(),
		rdsBeside(),
		fsx(),
		dax(),
		memoryDB(),
		keyspaces(),
		timestream(),
		mq(),
		lightsail(),
		dsql(),
		sqs(),
		sns(),
		kinesis(),
		firehose(),
		msk(),
		events(),
		secrets(),
		ssm(),
		logs(),
		logDestinations(),
		backupVaults(),
		backupPlans(),
		glacier(),
		s3Points(),
		ecr(),
		athena(),
		glue(),
		processing(),
		dataSync(),
		knowledge(),
		compute(),
		stateMachines(),
		identities(),
		organisations(),
		watching(),
		entries(),
		states(),
		routes(),
	}
}

// Types are the resource types that are mapped.
func Types() []string {
	var out []string
	for _, s := range services() {
		out = append(out, s.types...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// assets maps everything, sorted by identity.
func (e *estate) assets() []*probity.Asset {
	var out []*probity.Asset
	listed := map[string]bool{}
	for _, s := range services() {
		for _, types := range s.kinds {
			for _, t := range types {
				listed[t] = true
			}
		}
		found := s.read(e)
		for i := range found {
			out = append(out, &found[i])
		}
	}
	if region := e.region(out); region != nil {
		out = append(out, region)
	}
	for _, a := range out {
		e.receive(a)
		e.backUp(a)
		a.Ignores = e.ignores(a.ID)
		r := e.byAddr[a.ID]
		a.Links = e.links(a, r != nil && !listed[r.Type])
	}
	slices.SortStableFunc(out, func(a, b *probity.Asset) int { return a.Compare(b.Ref) })
	return out
}

// links closes an asset's links: the code says all of them, unless a part of it could not be read or the asset is a stray.
func (e *estate) links(a *probity.Asset, stray bool) probity.List[probity.Link] {
	if l := e.loss(a.ID); l != nil {
		return probity.Open(l.Doubt(), l.Origin, a.Links.Items...)
	}
	if stray {
		return a.Links
	}
	return probity.Whole(a.Origin, a.Links.Items...)
}

// loss is what could not be read and may say something of the resource at an address.
func (e *estate) loss(addr string) *resource.Loss {
	for i := range e.losses {
		if l := &e.losses[i]; l.Any || contains(l.Given, addr) {
			return l
		}
	}
	return nil
}

// unlisted is why a provider did not list all resources of a type.
func (e *estate) unlisted(typ string) *resource.Loss {
	for i := range e.losses {
		if l := &e.losses[i]; e.place.listed() && l.Type == typ {
			return l
		}
	}
	return nil
}

func (e *estate) ref(addr string) probity.Ref { return probity.Ref{Root: e.root, ID: addr} }

// asset is what all assets of a root have in common.
func (e *estate) asset(r *resource.Resource, kind probity.Kind, name string) probity.Asset {
	a := probity.Asset{Ref: e.ref(r.Addr), Name: name, Kind: kind, Class: kinds.ClassOf(kind), Origin: r.At}
	a.Scope = probity.Scope{Provider: "aws", Account: r.Provider.Account}
	region := r.Get("region")
	if !region.Set() {
		region = r.Provider.Region
	}
	a.Location.Region = region.Text(probity.Fact[string]{})
	a.Scope.Region, _ = a.Location.Region.Get()
	a.Tags = resource.Tags(r.Provider.Tags, r.Get("tags"))
	if a.Tags.From() == nil {
		v, g := a.Tags.Value()
		if g == nil {
			a.Tags = probity.Known(v.(map[string]string), r.At)
		}
	}
	called := r.Aliases
	if e.place.listed() {
		a.Scope.Account = e.place.Scope.Account
		called = append(called, r.Addr)
	} else { // what splits and links elsewhere in the root may call it
		called = append([]string{r.Addr + ".arn", r.Addr + ".id", name}, append(called, r.Get("arn").String(), r.Get("id").String())...)
	}
	for _, n := range called {
		if n != "" && !contains(a.Aliases, n) {
			a.Aliases = append(a.Aliases, n)
		}
	}
	for _, addr := range r.Former {
		a.Former = append(a.Former, e.ref(addr))
	}
	return a
}

// target names the asset that a reference leads to: its address, or the text that stands in the code.
func (e *estate) target(v resource.Value) (probity.Ref, bool) {
	switch d := v.Data.(type) {
	case resource.Ref:
		return e.ref(d.Addr), true
	case string:
		if d == "" {
			return probity.Ref{}, false
		}
		return probity.Ref{ID: d}, true
	}
	return probity.Ref{}, false
}

// link adds a link where the value names something, and a link with its gap where it is not known what.
func (e *estate) link(a *probity.Asset, kind probity.LinkKind, v resource.Value) {
	if !v.Set() {
		return
	}
	if to, ok := e.target(v); ok {
		a.Links = a.Links.With(probity.Link{Kind: kind, To: to})
	} else if s, empty := v.Data.(string); !empty || s != "" {
		g := v.Why()
		a.Links = a.Links.With(probity.Link{Kind: kind, Gap: &g})
	}
}

// key fills who holds the key, from the attribute that names it. Without a name, def tells.
func (e *estate) key(a *probity.Asset, v resource.Value, def probity.KeyManager, says *probity.Origin) {
	none := func() {
		a.Encryption.Key = probity.Known(probity.Optional[string]{}, says)
		a.Encryption.Manager = probity.Known(def, says)
	}
	switch d := v.Data.(type) {
	case nil:
		none()
	case string:
		switch {
		case d == "":
			none()
			return
		case kinds.AWSManagedAlias(d):
			a.Encryption.Manager = probity.Known(probity.ProviderManaged, v.At)
		default:
			a.Encryption.Manager = probity.Known(probity.CustomerManaged, v.At)
		}
		a.Encryption.Key = probity.Known(probity.Some(d), v.At)
	case resource.Ref:
		a.Encryption.Key = probity.Known(probity.Some(d.Addr), v.At)
		if !isData(d) && strings.HasPrefix(d.Type, "aws_kms_") {
			a.Encryption.Manager = probity.Known(probity.CustomerManaged, v.At)
		} else {
			a.Encryption.Manager = probity.Missing[probity.KeyManager](d.Gap, v.At)
		}
	default:
		g := v.Why()
		a.Encryption.Key = probity.Missing[probity.Optional[string]](g, v.At)
		a.Encryption.Manager = probity.Missing[probity.KeyManager](g, v.At)
	}
	e.link(a, probity.EncryptedBy, v)
}

// optional is a text that may be unset.
func optional(v resource.Value, def probity.Fact[probity.Optional[string]]) probity.Fact[probity.Optional[string]] {
	if !v.Set() {
		return def
	}
	if u, ok := v.Data.(resource.Unknown); ok && u.Document != "" {
		return probity.Known(probity.Some(u.Document), v.At)
	}
	return resource.Map(v.Text(probity.Fact[string]{}), func(s string) probity.Optional[string] {
		return probity.Optional[string]{Set: s != "", Value: s}
	})
}

// texts is a list of texts that may be open. One that a provider told to be empty is.
func texts(v resource.Value, def probity.List[string]) probity.List[string] {
	if _, list := v.Data.(resource.List); !v.Set() && list && v.At != nil && v.At.Call != "" {
		return probity.Whole[string](v.At)
	} else if !v.Set() {
		return def
	}
	items, rest := v.Each()
	var out []string
	for _, i := range items {
		if s, ok := i.Text(probity.Fact[string]{}).Get(); ok {
			out = append(out, s)
		} else if i.Set() {
			g := i.Why()
			rest = &g
		}
	}
	if rest != nil {
		return probity.Open(*rest, v.At, out...)
	}
	return probity.Whole(v.At, out...)
}
