package kinds

import probity "github.com/probity-scan/probity"

// The kinds of Amazon FSx.
const (
	FSxFileSystem probity.Kind = "aws.fsx.file_system" // for Windows, Lustre, ONTAP and OpenZFS
	FSxVolume     probity.Kind = "aws.fsx.volume"      // of ONTAP or OpenZFS
	FSxBackup     probity.Kind = "aws.fsx.backup"
)

// FSx is what only a file system of FSx has.
type FSx struct {
	Type     probity.Fact[string] `json:"type,omitzero"` // windows, lustre, ontap, openzfs
	CopyTags probity.Fact[bool]   `json:"copy_tags,omitzero"`
	Port     probity.Fact[int]    `json:"port,omitzero"`
}

// NewFSx is a file system of a type: windows, lustre, ontap or openzfs.
func NewFSx(typ string) Fresh[FSx] {
	f := Fresh[FSx]{Own: FSx{CopyTags: off("FSx copies no tags to backups unless told")}}
	f.Encryption = held(true, probity.ProviderManaged, "FSx encrypts every file system, with aws/fsx unless told")
	f.Exposure = inside("FSx has addresses of its network only")
	f.Resilience.MultiZone = off("a file system of FSx is in one zone unless told")
	f.Resilience.BackupDays = byDefault(0, "Terraform keeps no automatic backups of this type of file system unless told")
	switch typ {
	case "windows":
		f.Own.Port = byDefault(445, "FSx for Windows listens on 445")
		f.Resilience.BackupDays = byDefault(7, "Terraform keeps automatic backups of FSx for Windows for 7 days")
		f.Audit.Access = off("FSx for Windows audits no access unless told")
	case "lustre":
		f.Own.Port = byDefault(988, "FSx for Lustre listens on 988")
		f.Resilience.BackupDays = byDefault(0, "FSx keeps no automatic backups of Lustre unless told (API of 2018-03-01)")
	case "openzfs", "ontap":
		f.Own.Port = byDefault(2049, "NFS listens on 2049")
	}
	return f
}

// FSxScratch is a scratch file system of Lustre: no other key can be named, and it has no backups.
func FSxScratch() probity.Encryption {
	return held(true, probity.ProviderOwned, "FSx encrypts scratch file systems with a key of its own")
}

// FSxUnlocked is a volume without SnapLock, or one whose files are not kept until they say so themselves.
func FSxUnlocked() probity.Fact[probity.Optional[int]] {
	return none[int]("FSx locks no files unless told")
}
