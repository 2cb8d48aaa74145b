package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	lightsailDatabase = "aws_lightsail_database"
	lightsailSnapshot = "aws_lightsail_database_snapshot" // Terraform has no such type: accounts list them
)

func lightsail() service {
	return service{kinds: map[probity.Kind][]string{kinds.LightsailDatabase: {lightsailDatabase}, kinds.LightsailSnapshot: {lightsailSnapshot}},
		types: []string{lightsailDatabase, lightsailSnapshot}, read: (*estate).lightsailDatabases}
}

func (e *estate) lightsailDatabases() []probity.Asset {
	fresh := kinds.NewLightsail()
	out := e.each(lightsailSnapshot, func(r *resource.Resource) probity.Asset {
		a := e.asset(r, kinds.LightsailSnapshot, r.Get("name").String())
		a.Encryption.AtRest, a.Encryption.Key, a.Encryption.Manager = fresh.Encryption.AtRest, fresh.Encryption.Key, fresh.Encryption.Manager
		e.link(&a, probity.SnapshotOf, r.Get("source_arn"))
		return a
	})
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
