package terraform

import (
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
	return out
}

// copied: a copy is encrypted when told, and else as its source is, for encryption cannot be taken away.
func (e *estate) copied(a *probity.Asset, r *resource.Resource, source resource.Value) {
	on := r.Get("encrypted")
	if key := r.Get("kms_key_id"); key.Set() {
		on = resource.Value{Data: true, At: key.At}
	}
	if off := on.Bool(probity.Known(false, r.At)); off.Is(func(on bool) bool { return !on }) {
		e.inherited(a, source, ebsSnapshot)
		return
	}
	a.Encryption.AtRest = on.Bool(probity.Fact[bool]{})
	e.volumeKey(r, a)
}

func (e *estate) volume(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.EBSVolume, r.Get("tags", "Name").String())
	from := restored(r, "snapshot_id")
	a.Encryption.AtRest = r.Get("encrypted").Bool(unless(from, e.volumeDefault(r)))
	if on, ok := a.Encryption.AtRest.Get(); ok && !on { // the account's default wins over a plain "false"
		if d := e.volumeDefault(r); d.Is(func(on bool) bool { return on }) {
			a.Encryption.AtRest = d
		}
	}
	e.volumeKey(r, &a)
	e.link(&a, probity.CopyOf, r.Get("snapshot_id"))
	return a
}

// volumeDefault is the account's default for the volume's region where this root sets it, else the provider's.
func (e *estate) volumeDefault(r *resource.Resource) probity.Fact[bool] {
	for _, d := range e.byType[accountEBS] {
		if region(d) == region(r) && region(r) != "" {
			return certain(d, d.Get("enabled").Bool(probity.Known(true, d.At)))
		}
	}
	return kinds.EBSAtRest()
}

func region(r *resource.Resource) string {
	if s := r.Get("region").String(); s != "" {
		return s
	}
	return r.Provider.Region.String()
}

func (e *estate) volumeKey(r *resource.Resource, a *probity.Asset) {
	e.rdsKey(r, a, restored(r, "snapshot_id", "source_snapshot_id"))
}

// permissions tells with whom a snapshot is shared, by the resources that share it.
func (e *estate) permissions(a *probity.Asset, r *resource.Resource) {
	list := kinds.SnapshotShared()
	for _, p := range e.byType[ebsPermission] {
		v := p.Get("snapshot_id")
		ref, isRef := v.Data.(resource.Ref)
		switch who := p.Get("account_id"); {
		case isRef && ref.Addr != r.Addr:
		case isRef && p.Maybe == nil && who.String() != "":
			items, _ := list.Value()
			list = probity.Whole(who.At, append(items.([]string), who.String())...)
		case isRef || v.String() == "":
			items, _ := list.Value()
			gap := first(p.Maybe, who.Gap(), v.Gap(), &probity.Gap{Reason: probity.Unresolved})
			gap.Because = p.Addr + " may share it"
			list = probity.Open(*gap, p.At, items.([]string)...)
		}
	}
	share(a, list)
}
