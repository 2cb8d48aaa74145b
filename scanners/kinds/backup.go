package kinds

import probity "github.com/probity-scan/probity"

// The kinds of AWS Backup, and vaults of Glacier.
const (
	BackupVault   probity.Kind = "aws.backup.vault"
	BackupPlan    probity.Kind = "aws.backup.plan"
	RecoveryPoint probity.Kind = "aws.backup.recovery_point"
	GlacierVault  probity.Kind = "aws.glacier.vault"
)

// Vault is what only a vault has.
type Vault struct {
	Locked    probity.Fact[bool] `json:"locked,omitzero"`    // recovery points cannot be deleted before their time
	Immutable probity.Fact[bool] `json:"immutable,omitzero"` // nobody can take the lock away after its cooling-off time
	MaxDays   probity.Fact[int]  `json:"max_days,omitzero"`  // recovery points may not be kept longer
	Copied    probity.Fact[bool] `json:"copied,omitzero"`    // every plan that fills it copies to another vault as well
}

// Plan is what only a plan of backups has.
type Plan struct {
	Expires    probity.Fact[bool]   `json:"expires,omitzero"`    // every rule deletes after a time
	CopiesTo   probity.List[string] `json:"copies_to,omitzero"`  // ARNs of vaults elsewhere
	Continuous probity.Fact[bool]   `json:"continuous,omitzero"` // a rule allows point-in-time recovery
}

// VaultAtRest is encryption that cannot be turned off.
func VaultAtRest() probity.Fact[bool] {
	return byDefault(true, "AWS Backup always encrypts, with the key aws/backup unless told")
}

// AirGappedAtRest is that of a vault in an account of the provider's.
func AirGappedAtRest() probity.Fact[bool] {
	return byDefault(true, "a logically air-gapped vault is always encrypted, with a key of AWS unless told")
}

// VaultOff is a switch that is off unless told.
func VaultOff(what string) probity.Fact[bool] {
	return byDefault(false, "a backup vault has no "+what+" unless told")
}

// VaultLock is none.
func VaultLock() probity.Fact[probity.Optional[int]] {
	return none[int]("a backup vault has no lock unless told")
}

// PlanKeeps is how long a rule keeps: for ever.
func PlanKeeps() probity.Fact[int] {
	return byDefault(0, "AWS Backup keeps a recovery point for ever unless told")
}

// GlacierAtRest is encryption that cannot be turned off.
func GlacierAtRest() probity.Fact[bool] {
	return byDefault(true, "Glacier always encrypts, with keys of its own")
}

// GlacierLock is none.
func GlacierLock() probity.Fact[probity.Optional[int]] {
	return none[int]("a vault has no lock unless told")
}
