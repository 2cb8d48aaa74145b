package estate

import (
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	fsxWindows = "aws_fsx_windows_file_system"
	fsxLustre  = "aws_fsx_lustre_file_system"
	fsxONTAP   = "aws_fsx_ontap_file_system"
	fsxOpenZFS = "aws_fsx_openzfs_file_system"
	fsxBackup  = "aws_fsx_backup"

	fsxONTAPVolume = "aws_fsx_ontap_volume"
	fsxZFSVolume   = "aws_fsx_openzfs_volume"
)

func fsx() service {
	systems := []string{fsxWindows, fsxLustre, fsxONTAP, fsxOpenZFS}
	return service{kinds: map[probity.Kind][]string{kinds.FSxFileSystem: systems, kinds.FSxBackup: {fsxBackup},
		kinds.FSxVolume: {fsxONTAPVolume, fsxZFSVolume}}, types: append(systems, fsxBackup, fsxONTAPVolume, fsxZFSVolume), read: (*estate).fsxSystems}
}

func (e *estate) fsxSystems() []probity.Asset {
	var out []probity.Asset
	for typ, short := range map[string]string{fsxWindows: "windows", fsxLustre: "lustre", fsxONTAP: "ontap", fsxOpenZFS: "openzfs"} {
		fresh := kinds.NewFSx(short)
		out = append(out, e.each(typ, func(r *resource.Resource) probity.Asset { return e.fsxSystem(r, short, fresh) })...)
	}
	out = append(out, append(e.each(fsxONTAPVolume, e.fsxVolume), e.each(fsxZFSVolume, e.fsxVolume)...)...)
	return append(out, e.each(fsxBackup, func(r *resource.Resource) probity.Asset {
		a := e.asset(r, kinds.FSxBackup, "")
		source := r.Get("file_system_id")
		e.inherited(&a, source, fsxWindows, fsxLustre, fsxONTAP, fsxOpenZFS)
		a.Encryption.AtRest = probity.Known(true, r.At)                      // whatever it is of
		if key := r.Get("kms_key_id"); e.place.listed() && key.Data != nil { // a provider tells
			e.key(&a, key, probity.ProviderManaged, key.At)
		}
		e.link(&a, probity.SnapshotOf, source)
		return a
	})...)
}

func (e *estate) fsxSystem(r *resource.Resource, typ string, fresh kinds.Fresh[kinds.FSx]) probity.Asset {
	a := e.fresh(r, kinds.FSxFileSystem, r.Get("tags", "Name").String(), &fresh.Asset)
	deployed := r.Get("deployment_type")
	from := restored(r, "backup_id")
	if typ == "lustre" && !deployed.Set() || strings.HasPrefix(deployed.String(), "SCRATCH") {
		a.Encryption = kinds.FSxScratch()
	} else if from != nil && !r.Get("kms_key_id").Set() {
		a.Encryption.Key, a.Encryption.Manager = unless(from, a.Encryption.Key), unless(from, a.Encryption.Manager)
	}
	e.ownKey(&a, r.Get("kms_key_id"))
	a.Exposure.Declared.Guards = e.guards(r.Get("security_group_ids"), r.At)
	if deployed.Set() {
		a.Resilience.MultiZone = resource.Map(deployed.Text(probity.Fact[string]{}), func(s string) bool { return strings.HasPrefix(s, "MULTI_AZ") })
	}
	a.Resilience.BackupDays = r.Get("automatic_backup_retention_days").Int(unless(from, a.Resilience.BackupDays))
	a.Audit.Access = unless(from, a.Audit.Access)
	if level := r.Get("audit_log_configuration", "file_access_audit_log_level"); level.Set() {
		a.Audit.Access = resource.Map(level.Text(probity.Fact[string]{}), func(s string) bool { return s != "DISABLED" })
		if on, known := a.Audit.Access.Get(); on && known { // what a disabled audit names gets nothing
			e.link(&a, probity.LogsTo, r.Get("audit_log_configuration", "audit_log_destination"))
		}
	}
	own := fresh.Own
	own.Type = probity.Known(typ, r.At)
	own.CopyTags = r.Get("copy_tags_to_backups").Bool(own.CopyTags)
	a.Settings = probity.SettingsOf(own)
	e.link(&a, probity.CopyOf, r.Get("backup_id"))
	return a
}
