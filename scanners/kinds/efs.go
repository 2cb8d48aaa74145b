package kinds

import probity "github.com/probity-scan/probity"

// EFSFileSystem is a file system of Amazon EFS.
const EFSFileSystem probity.Kind = "aws.efs.file_system"

// EFS is what only a file system of EFS has.
type EFS struct {
	// Unscoped are the access points that give the whole tree, or leave the user to the client.
	Unscoped probity.List[string] `json:"unscoped_access_points,omitzero"`
	Port     probity.Fact[int]    `json:"port,omitzero"`
	// PublicSubnet: the internet has a route to the subnet of one of its mount targets.
	PublicSubnet probity.Fact[bool] `json:"public_subnet,omitzero"`
}

// NewEFS is a file system made through the API: the console encrypts and backs up by itself, code does not.
func NewEFS() Fresh[EFS] {
	f := Fresh[EFS]{Own: EFS{
		Unscoped: noneListed[string]("a file system has no access points unless told"),
		Port:     byDefault(2049, "EFS listens on 2049"),
	}}
	f.Encryption = held(false, probity.NoKey, "EFS does not encrypt unless told (API of 2015-02-01)")
	f.Exposure = inside("mount targets have addresses of their network only")
	f.Exposure.Declared.Policy = none[string]("a file system without a policy lets in every client of its network")
	f.Resilience.BackupDays = byDefault(0, "EFS makes no backups of a regional file system unless told (API of 2015-02-01)")
	f.Resilience.MultiZone = on("EFS keeps a regional file system in several zones")
	return f
}

// EFSOneZoneBackup is that of a file system in one zone.
func EFSOneZoneBackup() probity.Fact[int] {
	return byDefault(35, "EFS backs up a file system in one zone by itself, for 35 days, since 2021-03-09")
}

// EFSReplica is the encryption of a copy that EFS makes in another region.
func EFSReplica() probity.Encryption {
	return held(true, probity.ProviderManaged, "EFS encrypts every replica that it makes, with aws/elasticfilesystem")
}
