package kinds

import probity "github.com/probity-scan/probity"

// Who may do what, and what an organisation allows.
const (
	IAMPolicy          probity.Kind = "aws.iam.policy" // managed, and inline of roles, users and groups
	IAMRole            probity.Kind = "aws.iam.role"
	IAMUser            probity.Kind = "aws.iam.user"
	IAMGroup           probity.Kind = "aws.iam.group"
	RAMShare           probity.Kind = "aws.ram.share"
	OrganisationPolicy probity.Kind = "aws.organizations.policy"
)

// Permissions is what only a policy has. Conditions narrow a statement, and one that is narrowed does not count.
type Permissions struct {
	FullAdmin  probity.Fact[bool] `json:"full_admin,omitzero"`    // everything on everything
	DecryptAll probity.Fact[bool] `json:"decrypt_all,omitzero"`   // to decrypt with every key
	ReadAll    probity.Fact[bool] `json:"data_wildcard,omitzero"` // to read the data of every store of some kind
}

// Role is what only a role has. What its own policies allow, and those of AWS, is told here; other policies are assets.
type Role struct {
	Unasked    probity.List[string]                   `json:"without_external_id,omitzero"` // principals that take it on without an ID that the owner gave them
	FullAdmin  probity.Fact[bool]                     `json:"full_admin,omitzero"`
	DecryptAll probity.Fact[bool]                     `json:"decrypt_all,omitzero"`
	ReadAll    probity.Fact[bool]                     `json:"data_wildcard,omitzero"`
	Reads      probity.List[string]                   `json:"reads,omitzero"`    // all policies, as JSON, cut down to what reads data
	Boundary   probity.Fact[probity.Optional[string]] `json:"boundary,omitzero"` // the permissions boundary, cut down alike
}

// User is what only a user of an account has. Reads holds the policies of its groups too.
type User struct {
	FullAdmin  probity.Fact[bool]                     `json:"full_admin,omitzero"`
	DecryptAll probity.Fact[bool]                     `json:"decrypt_all,omitzero"`
	ReadAll    probity.Fact[bool]                     `json:"data_wildcard,omitzero"`
	Reads      probity.List[string]                   `json:"reads,omitzero"`
	Boundary   probity.Fact[probity.Optional[string]] `json:"boundary,omitzero"`
	Password   probity.Fact[bool]                     `json:"console_password,omitzero"` // may log in to the console
	MFA        probity.Fact[bool]                     `json:"mfa,omitzero"`              // has a second factor
}

// RAM is what only a share has.
type RAM struct {
	External probity.Fact[bool] `json:"external,omitzero"` // accounts of other organisations may be let in
}

// Guardrail is what only an organisation's policy has.
type Guardrail struct {
	Type    probity.Fact[string] `json:"type,omitzero"`           // SERVICE_CONTROL_POLICY, AISERVICES_OPT_OUT_POLICY …
	Regions probity.Fact[bool]   `json:"limits_regions,omitzero"` // it denies what is asked for in other regions
	OptsOut probity.Fact[bool]   `json:"ai_opt_out,omitzero"`     // by default no AI service may learn from the data
	Targets probity.List[string] `json:"targets,omitzero"`        // what it is attached to: r-…, ou-…, the number of an account
	Limits  probity.Fact[string] `json:"limits,omitzero"`         // of one that limits what accounts may do: itself, as JSON, cut down to what reads data
}

// RAMExternal is that of a share made by Terraform.
func RAMExternal() probity.Fact[bool] {
	return byDefault(false, "Terraform sends allow_external_principals as false unless told, which keeps a share inside the organisation")
}

// GuardrailType is that of a policy.
func GuardrailType() probity.Fact[string] {
	return byDefault("SERVICE_CONTROL_POLICY", "a policy limits what accounts may do unless told")
}
