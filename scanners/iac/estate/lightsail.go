package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	lightsailDatabase     = "aws_lightsail_database"
	lightsailBucket       = "aws_lightsail_bucket"
	lightsailDisk         = "aws_lightsail_disk"
	lightsailSnapshot     = "aws_lightsail_database_snapshot" // Terraform has no such types: accounts list them
	lightsailDiskSnapshot = "aws_lightsail_disk_snapshot"
)

func lightsail() service {
	return service{kinds: map[probity.Kind][]string{kinds.LightsailDatabase: {lightsailDatabase}, kinds.LightsailSnapshot: {lightsailSnapshot, lightsailDiskSnapshot},
		kinds.LightsailBucket: {lightsailBucket}, kinds.LightsailDisk: {lightsailDisk}},
		types: []string{lightsailDatabase, lightsailBucket, lightsailDisk, lightsailSnapshot, lightsailDiskSnapshot}, read: func(e *estate) []probity.Asset {
			out := append(e.lightsailDatabases(), e.each(lightsailBucket, e.lightsailBucket)...)
			return append(out, e.each(lightsailDisk, e.lightsailDisk)...)
		}}
}

func (e *estate) lightsailDatabases() []probity.Asset {
	fresh := kinds.NewLightsail()
	out := e.each(lightsailSnapshot, e.lightsailSnapshot(fresh.Encryption))
	out = append(out, e.each(lightsailDiskSnapshot, e.lightsailSnapshot(kinds.NewLightsailDisk().Encryption))...)
	return append(out, e.each(lightsailDatabase, func(r *resource.Resource) probity.Asset {
		a := e.fresh(r, kinds.LightsailDatabase, r.Get("relational_database_name").String(), &fresh.Asset)
		a.Exposure.Declared.Addressed = r.Get("publicly_accessible").Bool(a.Exposure.Declared.Addressed)
		if on := r.Get("backup_retention_enabled"); on.Set() {
			a.Resilience.BackupDays = resource.Map(on.Bool(probity.Fact[bool]{}), func(on bool) int {
				if days, _ := fresh.Resilience.BackupDays.Get(); on {
					return days
				}
				return 0
			})
		}
		own := fresh.Own
		own.PasswordInCode = passwordInCode(r)
		own.SkipSnapshot = r.Get("skip_final_snapshot").Bool(own.SkipSnapshot)
		if engine := r.Get("engine"); engine.Set() {
			a.Lifecycle.Version = versioned(engine.Text(probity.Fact[string]{}), r.Get("engine_version"))
		}
		a.Settings = probity.SettingsOf(own)
		return a
	})...)
}

// lightsailSnapshot is encrypted as all of what it is made of are.
func (e *estate) lightsailSnapshot(as probity.Encryption) func(*resource.Resource) probity.Asset {
	return func(r *resource.Resource) probity.Asset {
		a := e.asset(r, kinds.LightsailSnapshot, r.Get("name").String())
		a.Encryption.AtRest, a.Encryption.Key, a.Encryption.Manager = as.AtRest, as.Key, as.Manager
		e.link(&a, probity.SnapshotOf, r.Get("source_arn"))
		return a
	}
}

// lightsailBucket: Terraform cannot open one, accounts tell who may read.
func (e *estate) lightsailBucket(r *resource.Resource) probity.Asset {
	fresh := kinds.NewLightsailBucket()
	a := e.fresh(r, kinds.LightsailBucket, r.Get("name").String(), &fresh)
	if e.place.listed() {
		a.Exposure.Declared.ACL = lightsailReaders(r)
		a.Resilience.Versioning = enabled(r.Get("object_versioning"), a.Resilience.Versioning)
		a.Audit.Access = r.Get("access_log_config", "enabled").Bool(a.Audit.Access)
		e.link(&a, probity.LogsTo, r.Get("access_log_config", "destination"))
	}
	return a
}

// lightsailReaders are whom the rules of a bucket let read. Where single objects may be public, nobody can tell from the bucket
// whether one is.
func lightsailReaders(r *resource.Resource) probity.List[probity.Grant] {
	all := r.Get("access_rules", "get_object")
	who, known := all.Text(probity.Fact[string]{}).Get()
	accounts, gap := texts(r.Get("readonly_access_accounts"), probity.List[string]{}).Value()
	out := []probity.Grant{}
	for _, a := range accounts.([]string) {
		out = append(out, grant(a, []string{"s3:ListBucket", "s3:GetObject"}))
	}
	single, told := r.Get("access_rules", "allow_public_overrides").Bool(probity.Fact[bool]{}).Get()
	switch {
	case !known || !told:
		g := all.Why()
		gap = &g
	case who == "public":
		out = append(out, grant("*", []string{"s3:GetObject"}))
	case single:
		gap = &probity.Gap{Reason: probity.Unresolved, Because: "single objects may be made public, and objects are not listed"}
	}
	if gap != nil {
		return probity.Open(*gap, all.At, out...)
	}
	return probity.Whole(all.At, out...)
}

// lightsailDisk: Lightsail keeps the last seven automatic snapshots (Amazon Lightsail User Guide, "Automatic snapshots").
func (e *estate) lightsailDisk(r *resource.Resource) probity.Asset {
	fresh := kinds.NewLightsailDisk()
	a := e.fresh(r, kinds.LightsailDisk, r.Get("name").String(), &fresh)
	if on := r.Get("auto_snapshots"); e.place.listed() && on.Set() {
		a.Resilience.BackupDays = resource.Map(on.Bool(probity.Fact[bool]{}), func(on bool) int {
			if on {
				return 7
			}
			return 0
		})
	}
	return a
}
