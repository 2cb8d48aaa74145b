package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	ebsVolume     = "aws_ebs_volume"
	ebsSnapshot   = "aws_ebs_snapshot"
	ebsCopy       = "aws_ebs_snapshot_copy"
	ebsImport     = "aws_ebs_snapshot_import"
	ebsPermission = "aws_snapshot_create_volume_permission"
)

func ebs() service {
	return service{
		kinds: map[probity.Kind][]string{kinds.EBSVolume: append([]string{ebsVolume}, machines()...), kinds.EBSSnapshot: {ebsSnapshot, ebsCopy, ebsImport, ebsSchedule}},
		types: append([]string{ebsVolume, ebsSnapshot, ebsCopy, ebsImport, ebsPermission, ebsSchedule}, machines()...), read: (*estate).blockStores}
}

func (e *estate) blockStores() []probity.Asset {
	out := make([]probity.Asset, 0, len(e.byType[ebsVolume]))
	for _, r := range e.byType[ebsVolume] {
		out = append(out, e.volume(r))
	}
	for _, r := range e.byType[ebsSnapshot] {
		a := e.asset(r, kinds.EBSSnapshot, "")
		source := r.Get("volume_id")
		e.link(&a, probity.SnapshotOf, source)
		if e.place.listed() {
			e.toldEncryption(&a, r)
			share(&a, sharedAccounts(r), e.scheduled(&a))
		} else {
			e.inherited(&a, source, ebsVolume)
			e.permissions(&a, r)
		}
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
	for _, r := range e.byType[ebsImport] {
		a := e.asset(r, kinds.EBSSnapshot, "")
		a.Encryption.AtRest = r.Get("encrypted").Bool(e.volumeDefault(r))
		e.rdsKey(r, &a, nil)
		e.permissions(&a, r)
		out = append(out, a)
	}
	out = append(out, e.machineVolumes()...)
	out = append(out, e.scheduledCopies()...)
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
	a.Settings = probity.SettingsOf(kinds.Volume{Attached: r.Get("attached").Bool(probity.Fact[bool]{})})
	return a
}

// volumeEncryption: a volume of an encrypted snapshot is encrypted, one of another is like a new one.
func (e *estate) volumeEncryption(r *resource.Resource, a *probity.Asset) {
	if e.place.listed() {
		e.toldEncryption(a, r)
		return
	}
	from, def := restored(r, "snapshot_id"), e.volumeDefault(r)
	if src, known := e.followed(from, ebsSnapshot, ebsCopy); known {
		if src.AtRest.Is(func(on bool) bool { return on }) {
			a.Encryption = src
			e.ownKey(a, r.Get("kms_key_id"))
			return
		}
		from = nil
	}
	a.Encryption.AtRest = r.Get("encrypted").Bool(unless(from, e.unlessLost(r, def)))
	if on, ok := a.Encryption.AtRest.Get(); ok && !on && !def.Is(func(on bool) bool { return !on }) {
		a.Encryption.AtRest = def // the account's default wins over a plain "false"
	}
	e.rdsKey(r, a, from)
}
