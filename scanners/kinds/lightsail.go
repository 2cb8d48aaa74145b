package kinds

import probity "github.com/probity-scan/probity"

// The kinds of Amazon Lightsail.
const (
	LightsailDatabase probity.Kind = "aws.lightsail.database"
	LightsailSnapshot probity.Kind = "aws.lightsail.snapshot"
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
