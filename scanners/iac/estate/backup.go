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
	settings.Copied = e.copiedOn(r, &a)
	a.Settings = probity.SettingsOf(settings)
	return a
}

// copiedOn is whether every rule of a plan that fills a vault copies what it makes to another one: only then is there a second copy of all
// of it. The rule of the plan is the step that evidence tells.
func (e *estate) copiedOn(r *resource.Resource, vault *probity.Asset) probity.Fact[bool] {
	var from []probity.Evidence
	var gap *probity.Gap
	for _, plan := range e.byType[backupPlan] {
		rules, rest := plan.Get("rule").Blocks()
		gap = first(gap, rest, plan.Maybe)
		for _, rule := range rules {
			into := rule.Get("target_vault_name")
			to, known := e.target(into)
			if !known {
				gap = first(gap, into.Gap())
			}
			if !known || to.ID != vault.ID && to.ID != r.Addr+".name" && (vault.Name == "" || to.ID != vault.Name || !beside(plan, r)) {
				continue
			}
			actions, more := rule.Get("copy_action").Blocks()
			step := probity.Evidence{Asset: e.ref(plan.Addr), Fact: "settings.copies_to", Value: len(actions), Origin: rule.At}
			switch {
			case len(actions) > 0:
				from = append(from, step)
			case more != nil:
				gap = first(gap, more)
			default:
				return probity.Known(false, &probity.Origin{Derived: []probity.Evidence{step}})
			}
		}
	}
	switch {
	case gap != nil:
		return probity.Missing[bool](*gap, vault.Origin)
	case len(from) == 0:
		return probity.Missing[bool](probity.Gap{Reason: probity.Unresolved, Because: "no plan here fills it"}, vault.Origin)
	}
	return probity.Known(true, &probity.Origin{Derived: from})
}

// beside reports whether two resources are of one provider and region, where a name means one thing.
func beside(a, b *resource.Resource) bool {
	return a.Provider.Name == b.Provider.Name && region(a) == region(b)
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
