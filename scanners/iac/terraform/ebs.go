package terraform

import (
	"slices"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/terraform/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	ebsVolume     = "aws_ebs_volume"
	ebsSnapshot   = "aws_ebs_snapshot"
	ebsCopy       = "aws_ebs_snapshot_copy"
	ebsPermission = "aws_snapshot_create_volume_permission"
)

func ebs() service {
	return service{
		kinds: map[probity.Kind][]string{kinds.EBSVolume: {ebsVolume}, kinds.EBSSnapshot: {ebsSnapshot, ebsCopy}},
		types: []string{ebsVolume, ebsSnapshot, ebsCopy, ebsPermission}, read: (*estate).blockStores}
}

func (e *estate) blockStores() []probity.Asset {
	var out []probity.Asset
	for _, r := range e.byType[ebsVolume] {
		out = append(out, e.volume(r))
	}
	for _, r := range e.byType[ebsSnapshot] {
		a := e.asset(r, kinds.EBSSnapshot, "")
		source := r.Get("volume_id")
		e.inherited(&a, source, ebsVolume)
		e.link(&a, probity.SnapshotOf, source)
		e.permissions(&a, r)
		out = append(out, a)
	}
	for _, r := range e.byType[ebsCopy] {
		a := e.asset(r, kinds.EBSSnapshot, "")
		source := r.Get("source_snapshot_id")
		e.copied(&a, r, source)
		e.link(&a, probity.CopyOf, source)
		e.permissions(&a, r)
		out = append(out, a)
	}
	for _, s := range e.sharing().strays.sorted() {
		out = append(out, e.strayShared(s))
	}
	return out
}

// copied: a copy is encrypted when told or by the account's default, and else as its source is, for encryption cannot be
// taken away.
func (e *estate) copied(a *probity.Asset, r *resource.Resource, source resource.Value) {
	on := r.Get("encrypted")
	if key := r.Get("kms_key_id"); key.Set() {
		on = resource.Value{Data: true, At: key.At}
	}
	if off := on.Bool(probity.Known(false, r.At)); off.Is(func(on bool) bool { return !on }) {
		e.inherited(a, source, ebsSnapshot, ebsCopy)
		def := e.volumeDefault(r)
		is := def.Is(func(on bool) bool { return on })
		if clear := a.Encryption.AtRest.Is(func(on bool) bool { return !on }); clear && !def.Is(func(on bool) bool { return !on }) || is && !a.Encryption.AtRest.Is(func(on bool) bool { return on }) {
			a.Encryption.AtRest = def // the account's default holds for copies too
			e.rdsKey(r, a, restored(r, "source_snapshot_id"))
		}
		return
	}
	a.Encryption.AtRest = on.Bool(probity.Fact[bool]{})
	e.rdsKey(r, a, restored(r, "source_snapshot_id"))
}

func (e *estate) volume(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.EBSVolume, r.Get("tags", "Name").String())
	e.volumeEncryption(r, &a)
	e.link(&a, probity.CopyOf, r.Get("snapshot_id"))
	return a
}

// volumeEncryption: a volume of an encrypted snapshot is encrypted, one of another is like a new one.
func (e *estate) volumeEncryption(r *resource.Resource, a *probity.Asset) {
	from, def := restored(r, "snapshot_id"), e.volumeDefault(r)
	if src, known := e.followed(from, ebsSnapshot, ebsCopy); known {
		if src.AtRest.Is(func(on bool) bool { return on }) {
			a.Encryption = src
			e.ownKey(r, a)
			return
		}
		from = nil
	}
	a.Encryption.AtRest = r.Get("encrypted").Bool(unless(from, e.unlessLost(def)))
	if on, ok := a.Encryption.AtRest.Get(); ok && !on && !def.Is(func(on bool) bool { return !on }) {
		a.Encryption.AtRest = def // the account's default wins over a plain "false"
	}
	e.rdsKey(r, a, from)
}

// ownKey replaces an inherited key by the resource's own.
func (e *estate) ownKey(r *resource.Resource, a *probity.Asset) {
	if key := r.Get("kms_key_id"); key.Set() {
		e.key(a, key, probity.ProviderManaged, key.At)
	}
}

// place is where an account's default holds.
type place struct {
	provider, region string
	own              bool // the region is the resource's own
}

// volumeDefault is the account's default for the volume's provider and region where this root sets it, else the provider's.
func (e *estate) volumeDefault(r *resource.Resource) probity.Fact[bool] {
	at := place{r.Provider.Name, region(r), r.Get("region").Set()}
	def, ok := e.defaults[at]
	if !ok {
		if e.defaults == nil {
			e.defaults = map[place]probity.Fact[bool]{}
		}
		def = e.defaultAt(r)
		e.defaults[at] = def
	}
	return def
}

func (e *estate) defaultAt(r *resource.Resource) probity.Fact[bool] {
	var same []*resource.Resource
	doubt := kinds.EBSAtRest()
	for _, d := range e.byType[accountEBS] {
		switch is, known := sameRegion(d, r); {
		case known && !is:
		case known && d.Provider.Name == r.Provider.Name:
			same = append(same, d)
		case !certain(d, ebsByDefault(d)).Is(func(on bool) bool { return !on }):
			doubt = probity.Missing[bool](probity.Gap{Reason: probity.Unresolved, Because: d.Addr + " may be of its account and region"}, d.At)
		}
	}
	if len(same) > 0 {
		return agreed(same, ebsByDefault)
	}
	return doubt
}

// unlessLost is a default that something in a file which could not be read may change.
func (e *estate) unlessLost(def probity.Fact[bool]) probity.Fact[bool] {
	for _, l := range e.losses {
		if from := def.From(); l.Any && from != nil && from.Default != "" {
			return probity.Missing[bool](l.Doubt(), l.Origin)
		}
	}
	return def
}

// sameRegion compares the regions of two resources, and tells whether they are known to be the same or not. Those that
// take it from one provider are of one region, whichever it is.
func sameRegion(a, b *resource.Resource) (is, known bool) {
	if !a.Get("region").Set() && !b.Get("region").Set() && a.Provider.Name == b.Provider.Name {
		return true, true
	}
	r, s := region(a), region(b)
	return r == s, r != "" && s != ""
}

// region is the name of a resource's region, empty where it is not known.
func region(r *resource.Resource) string {
	if v := r.Get("region"); v.Set() {
		return v.String()
	}
	return r.Provider.Region.String()
}

// sharing are the resources that share snapshots.
type sharing struct {
	of     map[string][]*resource.Resource // by the snapshot's address
	any    *resource.Resource              // one of which nobody knows what it shares
	strays strays                          // of snapshots that were made elsewhere
}

func (e *estate) sharing() *sharing {
	if e.shares != nil {
		return e.shares
	}
	splits, rest := e.join(joint{owners: slices.Concat(e.byType[ebsSnapshot], e.byType[ebsCopy]), attr: "snapshot_id", types: []string{ebsPermission},
		names: func(*resource.Resource) ([]string, bool) { return nil, true }})
	e.shares = &sharing{of: map[string][]*resource.Resource{}, strays: rest}
	owned := map[*resource.Resource]bool{}
	for addr, s := range splits {
		for _, p := range s.parts[ebsPermission] {
			e.shares.of[addr] = append(e.shares.of[addr], p)
			owned[p] = true
		}
	}
	for _, p := range e.byType[ebsPermission] {
		if !owned[p] && !isNamed(p.Get("snapshot_id")) && e.shares.any == nil {
			e.shares.any = p
		}
	}
	return e.shares
}

// strayShared is a snapshot that was made elsewhere and is shared here; who else it is shared with, nobody tells.
func (e *estate) strayShared(s *split) probity.Asset {
	a := e.stray(s, kinds.EBSSnapshot, "")
	gap := &probity.Gap{Reason: probity.NotCollected}
	var with []string
	for _, p := range s.parts[ebsPermission] {
		if who := p.Get("account_id"); p.Maybe == nil && who.String() != "" {
			with = append(with, who.String())
		} else {
			gap = first(p.Maybe, who.Gap(), gap)
		}
	}
	share(&a, probity.Open(*gap, s.owner.At, with...))
	return a
}

// permissions tells with whom a snapshot is shared, by the resources that share it.
func (e *estate) permissions(a *probity.Asset, r *resource.Resource) {
	all := e.sharing()
	var with []string
	var gap *probity.Gap
	var at, lost *probity.Origin
	doubt := func(p *resource.Resource, gaps ...*probity.Gap) {
		if g := first(gaps...); gap == nil {
			lost, gap = p.At, &probity.Gap{Reason: probity.Unresolved, Because: p.Addr + " may share it"}
			if g != nil {
				gap.Reason, gap.Needs = g.Reason, g.Needs
			}
		}
	}
	for _, p := range all.of[r.Addr] {
		who := p.Get("account_id")
		if p.Maybe == nil && who.String() != "" {
			with, at = append(with, who.String()), who.At
		} else {
			doubt(p, p.Maybe, who.Gap())
		}
	}
	if p := all.any; p != nil {
		doubt(p, p.Maybe, p.Get("snapshot_id").Gap())
	}
	if l := e.loss(r.Addr); gap == nil && l != nil {
		g := l.Doubt()
		gap, lost = &g, l.Origin
	}
	switch {
	case gap != nil:
		share(a, probity.Open(*gap, lost, with...))
	case len(with) > 0:
		share(a, probity.Whole(at, with...))
	default:
		share(a, kinds.SnapshotShared())
	}
}
