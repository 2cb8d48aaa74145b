package kinds

import probity "github.com/probity-scan/probity"

// Who may do what, and what an organisation allows.
const (
	IAMPolicy          probity.Kind = "aws.iam.policy" // managed, and inline of roles, users and groups
	IAMRole            probity.Kind = "aws.iam.role"
	RAMShare           probity.Kind = "aws.ram.share"
	OrganisationPolicy probity.Kind = "aws.organizations.policy"
)

// Permissions is what only a policy has. Conditions narrow a statement, and one that is narrowed does not count.
type Permissions struct {
	FullAdmin  probity.Fact[bool] `json:"full_admin,omitzero"`    // everything on everything
	DecryptAll probity.Fact[bool] `json:"decrypt_all,omitzero"`   // to decrypt with every key
	ReadAll    probity.Fact[bool] `json:"data_wildcard,omitzero"` // to read the data of every store of some kind
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
}

// RAMExternal is that of a share made by Terraform.
func RAMExternal() probity.Fact[bool] {
	return byDefault(false, "Terraform sends allow_external_principals as false unless told, which keeps a share inside the organisation")
}

// GuardrailType is that of a policy.
func GuardrailType() probity.Fact[string] {
	return byDefault("SERVICE_CONTROL_POLICY", "a policy limits what accounts may do unless told")
}
