package kinds

import probity "github.com/probity-scan/probity"

// The kinds of AWS Glue.
const (
	GlueCatalog    probity.Kind = "aws.glue.catalog"
	GlueConnection probity.Kind = "aws.glue.connection"
	GlueJob        probity.Kind = "aws.glue.job" // jobs, crawlers, development endpoints, transforms
	GlueDatabase   probity.Kind = "aws.glue.database"
)

// Catalog is what only a data catalogue has.
type Catalog struct {
	Passwords       probity.Fact[bool] `json:"passwords_encrypted,omitzero"` // of connections, also when they are read back
	ExternalEngines probity.Fact[bool] `json:"external_engines,omitzero"`    // engines of others read whole tables that Lake Formation guards
	OpenByDefault   probity.Fact[bool] `json:"open_by_default,omitzero"`     // Lake Formation leaves new databases or tables to policies of IAM alone
}

// Connection is what only a connection has.
type Connection struct {
	PasswordInCode probity.Fact[bool] `json:"password_in_code,omitzero"`
}

// Job is what only a job has.
type Job struct {
	Output    probity.Fact[bool] `json:"output_encrypted,omitzero"` // what it writes to S3, by its security configuration
	Logs      probity.Fact[bool] `json:"logs_encrypted,omitzero"`
	Bookmarks probity.Fact[bool] `json:"bookmarks_encrypted,omitzero"`

	Secrets probity.List[string] `json:"credentials,omitzero"` // names of arguments that hold a secret in the clear
}

// GlueMode is that of a catalogue whose settings say nothing.
func GlueMode() probity.Fact[string] {
	return byDefault("DISABLED", "Glue encrypts no catalogue unless told")
}

// GlueOff is a switch that is off unless told.
func GlueOff(what string) probity.Fact[bool] {
	return byDefault(false, "Glue has no "+what+" unless told")
}
