package estate

import (
	"slices"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	amiImage        = "aws_ami"
	amiCopy         = "aws_ami_copy"
	amiFromInstance = "aws_ami_from_instance"
	amiPermission   = "aws_ami_launch_permission"
)

func images() service {
	all := []string{amiImage, amiCopy, amiFromInstance}
	return service{kinds: map[probity.Kind][]string{kinds.EC2Image: all}, types: append(all, amiPermission), read: (*estate).images}
}

func (e *estate) images() []probity.Asset {
	owners := slices.Concat(e.byType[amiImage], e.byType[amiCopy], e.byType[amiFromInstance])
	splits, rest := e.join(joint{owners: owners, attr: "image_id", types: []string{amiPermission}, names: func(*resource.Resource) ([]string, bool) { return nil, true }})
	var out []probity.Asset
	for _, r := range owners {
		a := e.image(r)
		if e.place.listed() {
			share(&a, sharedAccounts(r), e.scheduled(&a))
		} else {
			share(&a, launchers(splits[r.Addr], kinds.SnapshotShared()), e.scheduled(&a))
		}
		out = append(out, a)
	}
	for _, s := range rest.sorted() {
		a := e.stray(s, kinds.EC2Image, "")
		with := launchers(s, probity.List[string]{})
		_, gap := with.Value()
		share(&a, probity.Open(*first(gap, &probity.Gap{Reason: probity.NotCollected}), s.owner.At, with.Items...), probity.Fact[bool]{})
		out = append(out, a)
	}
	return out
}

func (e *estate) image(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.EC2Image, r.Get("name").String())
	switch r.Type {
	case amiImage:
		e.imageOfDevices(r, &a)
	case amiCopy:
		e.copiedImage(r, &a)
	default:
		gap := probity.Gap{Reason: probity.Computed, Because: "an image is encrypted as the volumes of its instance are"}
		a.Encryption.AtRest = probity.Missing[bool](gap, r.At)
		e.rdsKey(r, &a, nil)
		e.link(&a, probity.SnapshotOf, r.Get("source_instance_id"))
	}
	return a
}

// imageOfDevices: an image is encrypted if all its devices are.
func (e *estate) imageOfDevices(r *resource.Resource, a *probity.Asset) {
	blocks, rest := r.Get("ebs_block_device").Blocks()
	if len(blocks) == 0 && rest == nil {
		rest = &probity.Gap{Reason: probity.NotApplicable, Because: "it has no volumes"}
	}
	var whole probity.Encryption
	for _, b := range blocks {
		var one probity.Asset
		if snapshot := b.Get("snapshot_id"); snapshot.Set() {
			e.inherited(&one, snapshot, ebsSnapshot, ebsCopy)
			if _, known := one.Encryption.AtRest.Get(); e.place.listed() && !known { // it is not among those listed
				one.Encryption.AtRest = b.Get("encrypted").Bool(one.Encryption.AtRest)
			}
			e.link(a, probity.SnapshotOf, snapshot)
		} else {
			c := &resource.Resource{Block: *b, Addr: r.Addr, Type: r.Type, Provider: r.Provider}
			e.volumeEncryption(c, &one)
		}
		if one.Encryption.AtRest.Is(func(on bool) bool { return !on }) {
			a.Encryption = one.Encryption
			return
		}
		if _, gap := one.Encryption.AtRest.Value(); gap != nil {
			rest = gap
		}
		whole = one.Encryption
	}
	if a.Encryption = whole; rest != nil {
		a.Encryption.AtRest = probity.Missing[bool](*rest, r.At)
		e.storageKey(a, resource.Value{}, nil, probity.ProviderManaged)
	}
}

// copiedImage: encryption can be added while copying, and not taken away.
func (e *estate) copiedImage(r *resource.Resource, a *probity.Asset) {
	source := r.Get("source_ami_id")
	a.Encryption.AtRest = r.Get("encrypted").Bool(probity.Known(false, r.At))
	if a.Encryption.AtRest.Is(func(on bool) bool { return !on }) {
		if def := e.volumeDefault(r); def.Is(func(on bool) bool { return on }) {
			a.Encryption.AtRest = def
		} else {
			a.Encryption.AtRest = probity.Missing[bool](probity.Gap{Reason: probity.Computed, Because: "a copy is encrypted as its source is"}, r.At)
		}
	}
	e.rdsKey(r, a, nil)
	e.link(a, probity.CopyOf, source)
}

// launchers are those who may start machines from an image: "all" is everyone.
func launchers(s *split, def probity.List[string]) probity.List[string] {
	gap := s.doubt[amiPermission]
	at := s.owner.At
	var out []string
	for _, p := range s.parts[amiPermission] {
		who := p.Get("account_id")
		for _, attr := range []string{"group", "organization_arn", "organizational_unit_arn"} {
			if v := p.Get(attr); v.Set() {
				who = v
			}
		}
		if p.Maybe == nil && who.String() != "" {
			out, at = append(out, who.String()), who.At
		} else {
			gap = first(p.Maybe, who.Gap(), gap)
		}
	}
	switch {
	case gap != nil:
		return probity.Open(*gap, at, out...)
	case len(out) == 0:
		return def
	}
	return probity.Whole(at, out...)
}
