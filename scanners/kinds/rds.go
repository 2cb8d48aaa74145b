package kinds

import (
	"strconv"
	"strings"
	"time"

	probity "github.com/probity-scan/probity"
)

// The kinds of Amazon RDS.
const (
	RDSInstance probity.Kind = "aws.rds.instance"
	RDSCluster  probity.Kind = "aws.rds.cluster" // Aurora, and Multi-AZ clusters
	RDSSnapshot probity.Kind = "aws.rds.snapshot"
)

// RDS is what only an instance or a cluster has.
type RDS struct {
	IAMAuth         probity.Fact[bool] `json:"iam_auth,omitzero"`            // tokens of IAM instead of passwords are accepted
	PasswordInCode  probity.Fact[bool] `json:"password_in_code,omitzero"`    // the master password is written in the code
	ManagedPassword probity.Fact[bool] `json:"managed_password,omitzero"`    // Secrets Manager makes and rotates the master password
	MinorUpgrades   probity.Fact[bool] `json:"minor_upgrades,omitzero"`      // installed by themselves
	SkipSnapshot    probity.Fact[bool] `json:"skip_final_snapshot,omitzero"` // deletion leaves no snapshot
	CopyTags        probity.Fact[bool] `json:"copy_tags,omitzero"`           // snapshots bear the tags
	Insights        probity.Fact[bool] `json:"performance_insights,omitzero"`
	Port            probity.Fact[int]  `json:"port,omitzero"`

	Certificate     probity.Fact[string]    `json:"certificate_authority,omitzero"` // rds-ca-rsa2048-g1 …; of an instance
	CertificateEnds probity.Fact[time.Time] `json:"certificate_until,omitzero"`     // when the certificate ends
	Supported       probity.Fact[bool]      `json:"version_supported,omitzero"`     // the engine's version has standard support
	ValuesLogged    probity.Fact[bool]      `json:"logs_values,omitzero"`           // statements are logged with the values in them
	DefaultAdmin    probity.Fact[bool]      `json:"default_admin,omitzero"`         // the administrator is called as everybody guesses
	BackupsSurvive  probity.Fact[bool]      `json:"backups_survive,omitzero"`       // automatic backups stay when it is deleted
	DataAPI         probity.Fact[bool]      `json:"data_api,omitzero"`              // statements are taken over HTTPS, from whoever IAM lets
	CopiesOwnKey    probity.Fact[bool]      `json:"statements_own_key,omitzero"`    // copies of statements, of Performance Insights and activity streams, are under a key of the customer's
	OldestTLS       probity.Fact[string]    `json:"oldest_tls,omitzero"`            // as of servers: [Engine]
	WeakCiphers     probity.List[string]    `json:"weak_ciphers,omitzero"`
	PublicSubnet    probity.Fact[bool]      `json:"public_subnet,omitzero"` // the internet has a route to one of its subnets
}

// Shared is what only a snapshot has.
type Shared struct {
	With       probity.List[string] `json:"shared_with,omitzero"` // account ids, or "all" for everyone
	Automatic  probity.Fact[bool]   `json:"automatic,omitzero"`   // made by a schedule, and deleted by it as well
	SourceGone probity.Fact[bool]   `json:"source_gone,omitzero"` // what it was made of is no more
}

// Defaults of the API and of Terraform's provider, where an instance is made new and not restored.

// RDSAtRest is that of an instance.
func RDSAtRest() probity.Fact[bool] {
	return byDefault(false, "RDS does not encrypt unless told (API of 2014-10-31)")
}

// RDSCustomAtRest is that of an instance of RDS Custom, which must name a key.
func RDSCustomAtRest() probity.Fact[bool] {
	return byDefault(true, "RDS Custom encrypts every instance, with a key that must be named (RDS User Guide, RDS Custom)")
}

// RDSPublic is whether an instance has a public address.
func RDSPublic() probity.Fact[bool] {
	return byDefault(false, "Terraform makes RDS instances without a public address")
}

// NoMember is a cluster of which no instance is declared: its own address is of its network.
func NoMember() probity.Fact[bool] {
	return byDefault(false, "no instance of it is declared that has a public address")
}

// RDSBackupDays is that of an instance made by Terraform.
func RDSBackupDays() probity.Fact[int] {
	return byDefault(0, "Terraform keeps backups of an RDS instance for 0 days")
}

// RDSClusterBackupDays is that of a cluster, whose backups cannot be turned off.
func RDSClusterBackupDays() probity.Fact[int] {
	return byDefault(1, "RDS keeps backups of a cluster for 1 day")
}

// RDSOff is a switch that is off unless told.
func RDSOff(what string) probity.Fact[bool] {
	return byDefault(false, "RDS has no "+what+" unless told")
}

// RDSOn is a switch that is on unless told.
func RDSOn(what string) probity.Fact[bool] { return byDefault(true, "RDS has "+what+" unless told") }

// RDSExports is no kind of log.
func RDSExports() probity.List[string] {
	return probity.Whole[string](said("RDS exports no logs unless told"))
}

// RDSPort is the port of an engine. The zero Fact is for an engine that is not known.
func RDSPort(engine string) probity.Fact[int] {
	for prefix, port := range map[string]int{"postgres": 5432, "aurora-postgresql": 5432, "mysql": 3306, "mariadb": 3306, "aurora": 3306,
		"aurora-mysql": 3306, "oracle": 1521, "custom-oracle": 1521, "sqlserver": 1433, "custom-sqlserver": 1433, "db2": 50000} {
		if engine == prefix || prefix != "aurora" && strings.HasPrefix(engine, prefix+"-") {
			return byDefault(port, engine+" listens on "+strconv.Itoa(port))
		}
	}
	return probity.Fact[int]{}
}

// RDSForcesTLS is whether an engine refuses clear connections with its default parameters: rds.force_ssl is 1 from
// PostgreSQL 15 on, require_secure_transport is ON from MariaDB 11.8 on. Without a version the fact is not known.
func RDSForcesTLS(engine, version string) probity.Fact[bool] {
	major, err := strconv.Atoi(strings.SplitN(version, ".", 2)[0])
	switch {
	case engine == "postgres" && err == nil:
		return byDefault(major >= 15, "rds.force_ssl is 1 from PostgreSQL 15 on, and 0 before")
	case engine == "aurora-postgresql" && err == nil:
		return byDefault(major >= 17, "rds.force_ssl is 1 from Aurora PostgreSQL 17 on, and 0 before")
	case engine == "postgres" || engine == "aurora-postgresql":
		return probity.Missing[bool](probity.Gap{Reason: probity.Computed, Because: "the default of rds.force_ssl depends on the engine's version"}, nil)
	case engine == "mysql" || strings.HasPrefix(engine, "aurora"):
		return byDefault(false, "require_secure_transport is OFF unless told")
	case engine == "mariadb" && err == nil:
		minor := 0
		if p := strings.Split(version, "."); len(p) > 1 {
			minor, _ = strconv.Atoi(p[1])
		}
		return byDefault(major > 11 || major == 11 && minor >= 8, "require_secure_transport is ON from MariaDB 11.8 on, and OFF before")
	case engine == "mariadb":
		return probity.Missing[bool](probity.Gap{Reason: probity.Computed, Because: "the default of require_secure_transport depends on the engine's version"}, nil)
	}
	return byDefault(false, "RDS accepts clear connections unless told")
}

// RDSParameter is a switch among an engine's parameters that is off unless told.
func RDSParameter(name string) probity.Fact[bool] {
	return byDefault(false, name+" is off in the engine's default parameters")
}

// SnapshotMade is how a snapshot came to be that nobody says a schedule made.
func SnapshotMade() probity.Fact[string] {
	return byDefault("manual", "what code makes by itself is no snapshot of a schedule")
}

// SnapshotKept is how long such a snapshot is kept: for ever.
func SnapshotKept() probity.Fact[int] {
	return byDefault(0, "a snapshot that no schedule made is kept until somebody deletes it")
}

// SnapshotShared is nobody.
func SnapshotShared() probity.List[string] {
	return probity.Whole[string](said("a snapshot is shared with nobody unless told"))
}
