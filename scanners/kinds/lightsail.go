package kinds

import probity "github.com/probity-scan/probity"

// The kinds of Amazon Lightsail.
const (
	LightsailDatabase probity.Kind = "aws.lightsail.database"
	LightsailBucket   probity.Kind = "aws.lightsail.bucket"
	LightsailDisk     probity.Kind = "aws.lightsail.disk"
	LightsailSnapshot probity.Kind = "aws.lightsail.snapshot" // of a database or a disk
)

// Lightsail is what only a database of Lightsail has.
type Lightsail struct {
	PasswordInCode probity.Fact[bool] `json:"password_in_code,omitzero"` // the master password is written in the code
	SkipSnapshot   probity.Fact[bool] `json:"skip_final_snapshot,omitzero"`
}

// NewLightsail is a database.
func NewLightsail() Fresh[Lightsail] {
	f := Fresh[Lightsail]{Own: Lightsail{SkipSnapshot: off("Terraform leaves a final snapshot unless told")}}
	f.Encryption = held(true, probity.ProviderOwned, "Lightsail encrypts every database with a key of its own")
	f.Exposure.Declared.Addressed = off("Lightsail makes databases without a public address unless told")
	f.Resilience.BackupDays = byDefault(7, "Lightsail keeps backups of a database for 7 days")
	return f
}

// NewLightsailBucket is a bucket.
func NewLightsailBucket() probity.Asset {
	a := probity.Asset{Encryption: held(true, probity.ProviderOwned, "Lightsail encrypts every object with keys of S3")}
	a.Exposure.Declared.Policy = NoPolicy("bucket of Lightsail")
	a.Exposure.Declared.ACL = noneListed[probity.Grant]("Lightsail makes buckets whose objects are private")
	a.Resilience.Versioning = off("Lightsail keeps no versions unless told")
	a.Audit.Access = off("Lightsail logs no access unless told")
	return a
}

// NewLightsailDisk is a disk.
func NewLightsailDisk() probity.Asset {
	a := probity.Asset{Encryption: held(true, probity.ProviderOwned, "Lightsail encrypts every disk with a key of its own")}
	a.Resilience.BackupDays = byDefault(0, "Lightsail takes no automatic snapshots of a disk unless told")
	return a
}
