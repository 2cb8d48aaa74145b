package kinds

import probity "github.com/probity-scan/probity"

// The kinds of Amazon Redshift.
const (
	RedshiftCluster   probity.Kind = "aws.redshift.cluster"
	RedshiftNamespace probity.Kind = "aws.redshift.namespace" // of Redshift Serverless, with its workgroup
	RedshiftSnapshot  probity.Kind = "aws.redshift.snapshot"
	RedshiftShare     probity.Kind = "aws.redshift.datashare" // what others may read of a warehouse
)

// Redshift is what only a warehouse of Redshift has.
type Redshift struct {
	PasswordInCode  probity.Fact[bool]   `json:"password_in_code,omitzero"` // the admin's password is written in the code
	ManagedPassword probity.Fact[bool]   `json:"managed_password,omitzero"` // Secrets Manager makes and rotates it
	DefaultAdmin    probity.Fact[bool]   `json:"default_admin,omitzero"`    // the administrator is called as everybody guesses
	ActivityLog     probity.Fact[bool]   `json:"activity_log,omitzero"`     // every statement is logged, not connections only
	EnhancedRouting probity.Fact[bool]   `json:"enhanced_vpc_routing,omitzero"`
	MinorUpgrades   probity.Fact[bool]   `json:"minor_upgrades,omitzero"` // new versions are installed by themselves
	SkipSnapshot    probity.Fact[bool]   `json:"skip_final_snapshot,omitzero"`
	Consumers       probity.List[string] `json:"consumers,omitzero"` // accounts that data shares and endpoints are granted to
	Port            probity.Fact[int]    `json:"port,omitzero"`
}

// DataShare is what only a share of a warehouse has.
type DataShare struct {
	PublicConsumers probity.Fact[bool] `json:"public_consumers,omitzero"` // warehouses with a public address may read it
}

// NewRedshift is a cluster. Whether it is encrypted and public where the code is silent depends on the version of
// Terraform's provider, and whether it demands TLS on its parameter group.
func NewRedshift() Fresh[Redshift] {
	f := Fresh[Redshift]{Own: Redshift{
		ManagedPassword: off("Redshift manages no password unless told"),
		ActivityLog:     off("Redshift logs no statements unless enable_user_activity_logging is true"),
		EnhancedRouting: off("Redshift routes through the internet unless told"),
		MinorUpgrades:   on("Redshift installs new versions by itself unless told"),
		SkipSnapshot:    off("Terraform leaves a final snapshot unless told"),
		Consumers:       noneListed[string]("Redshift shares no data unless told"),
		Port:            byDefault(5439, "Redshift listens on 5439"),
	}}
	f.Resilience.BackupDays = byDefault(1, "Redshift keeps automatic snapshots for 1 day")
	f.Resilience.MultiZone = off("a cluster is in one zone unless told")
	f.Audit.Access = off("Redshift logs nothing unless told")
	f.Audit.Exports = noneListed[string]("Redshift exports no logs unless told")
	return f
}

// RedshiftSwitch is a switch whose default the code does not show.
func RedshiftSwitch(because string) probity.Fact[bool] {
	return probity.Missing[bool](probity.Gap{Reason: probity.Computed, Because: because}, nil)
}

// RedshiftForcesTLS is that of a group of parameters which does not say: "" is a cluster without a group of its own.
func RedshiftForcesTLS(family string) probity.Fact[bool] {
	switch family {
	case "", "default.redshift-2.0", "redshift-2.0":
		return on("require_ssl is true in redshift-2.0, which new clusters have since 2025-01-10")
	case "default.redshift-1.0", "redshift-1.0":
		return off("require_ssl is false in redshift-1.0")
	}
	return RedshiftSwitch("the default of require_ssl depends on the family " + family)
}

// NewRedshiftServerless is a namespace with its workgroup.
func NewRedshiftServerless() Fresh[Redshift] {
	f := NewRedshift()
	f.Encryption = held(true, probity.ProviderOwned, "Redshift Serverless encrypts every namespace, with a key of its own unless told")
	f.Encryption.InTransit = on("require_ssl is true in workgroups made since 2025-01-10")
	f.Exposure.Declared.Addressed = off("a workgroup has no public address unless told")
	f.Resilience.BackupDays = probity.Missing[int](probity.Gap{Reason: probity.NotCollected,
		Because: "Redshift Serverless keeps recovery points for a day, and schedules of snapshots are not read"}, nil)
	f.Resilience.MultiZone = on("Redshift Serverless works in several zones")
	return f
}
