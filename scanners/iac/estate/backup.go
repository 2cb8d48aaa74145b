package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	backupVault  = "aws_backup_vault"
	backupGapped = "aws_backup_logically_air_gapped_vault"
	backupPolicy = "aws_backup_vault_policy"
	backupLock   = "aws_backup_vault_lock_configuration"
	backupPoint  = "aws_backup_recovery_point" // no code makes one: a provider lists them
)

func backupVaults() service {
	return service{kinds: map[probity.Kind][]string{kinds.BackupVault: {backupVault, backupGapped}, kinds.RecoveryPoint: {backupPoint}},
		types: []string{backupVault, backupGapped, backupPolicy, backupLock, backupPoint}, read: (*estate).vaults}
}

func (e *estate) vaults() []probity.Asset {
	splits, rest := e.beside(backupVault, "backup_vault_name", []string{"name"}, backupPolicy, backupLock)
	out := e.each(backupVault, func(r *resource.Resource) probity.Asset { return e.vault(r, splits[r.Addr]) })
	out = append(out, e.ruledElsewhere(rest, kinds.BackupVault, backupPolicy, "policy", kinds.Vault{})...)
	out = append(out, e.each(backupPoint, e.recoveryPoint)...)
	return append(out, e.each(backupGapped, e.gapped)...)
}

func (e *estate) vault(r *resource.Resource, s *split) probity.Asset {
	a := e.asset(r, kinds.BackupVault, r.Get("name").String())
	a.Aliases = append(a.Aliases, r.Addr+".name")
	e.encrypted(&a, r.Get("kms_key_arn"), kinds.VaultAtRest(), probity.ProviderManaged)
	a.Exposure.Declared.Policy = ruled(s, backupPolicy, "policy", kinds.NoPolicy("vault"))
	settings := kinds.Vault{Locked: kinds.VaultOff("lock"), Immutable: kinds.VaultOff("lock"), MaxDays: kinds.PlanKeeps()}
	a.Retention.Lock = kinds.VaultLock()
	switch lock, gap := s.part(backupLock); {
	case gap != nil:
		a.Retention.Lock = probity.Missing[probity.Optional[int]](*gap, r.At)
		settings.Locked, settings.Immutable = probity.Missing[bool](*gap, r.At), probity.Missing[bool](*gap, r.At)
	case lock != nil:
		lockedVault(lock, &a, &settings)
	}
	a.Settings = probity.SettingsOf(settings)
	return a
}

// lockedVault: without a number of days in which it can be changed, a lock can be taken away by those who may.
func lockedVault(lock *resource.Resource, a *probity.Asset, to *kinds.Vault) {
	least := lock.Get("min_retention_days")
	to.Locked = probity.Known(true, lock.At)
	to.Immutable = resource.Map(lock.Get("changeable_for_days").Int(probity.Known(0, lock.At)), func(n int) bool { return n > 0 })
	to.MaxDays = lock.Get("max_retention_days").Int(kinds.PlanKeeps())
	a.Retention.Lock = resource.Map(least.Int(probity.Known(0, lock.At)), func(n int) probity.Optional[int] { return probity.Optional[int]{Set: n > 0, Value: n} })
}

func (e *estate) gapped(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.BackupVault, r.Get("name").String())
	e.encrypted(&a, r.Get("encryption_key_arn"), kinds.AirGappedAtRest(), probity.ProviderOwned)
	a.Exposure.Declared.Policy = kinds.NoPolicy("vault")
	a.Retention.Lock = resource.Map(r.Get("min_retention_days").Int(probity.Fact[int]{}), probity.Some[int])
	a.Settings = probity.SettingsOf(kinds.Vault{Locked: kinds.Always("a logically air-gapped vault is locked"),
		Immutable: kinds.Always("a logically air-gapped vault is locked"), MaxDays: r.Get("max_retention_days").Int(probity.Fact[int]{})})
	return a
}

// recoveryPoint is one backup in a vault: it is kept for a time, or for ever.
func (e *estate) recoveryPoint(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.RecoveryPoint, r.Get("resource_name").String())
	e.toldEncryption(&a, r)
	a.Retention.Rules = kept(r.Get("delete_after").Int(kinds.PlanKeeps()))
	e.link(&a, probity.SnapshotOf, r.Get("resource_arn"))
	return a
}
