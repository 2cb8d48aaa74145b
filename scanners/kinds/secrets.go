package kinds

import probity "github.com/probity-scan/probity"

// What holds secrets.
const (
	Secret       probity.Kind = "aws.secretsmanager.secret"
	SSMParameter probity.Kind = "aws.ssm.parameter"
)

// SecretSettings is what only a secret has.
type SecretSettings struct {
	Rotates      probity.Fact[bool]                     `json:"rotates,omitzero"`             // it changes by itself
	RotationDays probity.Fact[int]                      `json:"rotation_days,omitzero"`       // between two changes
	Rotated      probity.Fact[probity.Optional[string]] `json:"last_rotated,omitzero"`        // the day: 2026-11-01
	Recovery     probity.Fact[int]                      `json:"recovery_days,omitzero"`       // between the wish and the deletion
	InCode       probity.Fact[bool]                     `json:"value_in_code,omitzero"`       // the code holds the secret's value
	BlocksPublic probity.Fact[bool]                     `json:"block_public_policy,omitzero"` // a policy that lets everybody in is refused
	Replicas     probity.List[string]                   `json:"replica_regions,omitzero"`
}

// Parameter is what only a parameter has.
type Parameter struct {
	Type        probity.Fact[string] `json:"type,omitzero"`          // String, StringList, SecureString
	NamesSecret probity.Fact[bool]   `json:"names_secret,omitzero"`  // its name is that of a secret
	InCode      probity.Fact[bool]   `json:"value_in_code,omitzero"` // its value is written in the code; of a SecureString or one that its name calls a secret
}

// SecretAtRest is encryption that cannot be turned off.
func SecretAtRest() probity.Fact[bool] {
	return byDefault(true, "Secrets Manager always encrypts, with the key aws/secretsmanager unless told")
}

// SecretReplicas are none.
func SecretReplicas() probity.List[string] {
	return noneListed[string]("a secret stays in its region unless told")
}

// SecretRotation is that of a new secret.
func SecretRotation() probity.Fact[bool] {
	return byDefault(false, "Secrets Manager rotates no secret unless told")
}

// SecretNotRotated: code tells of no day on which a secret was rotated.
func SecretNotRotated() probity.Fact[string] { return byDefault("", "a new secret was never rotated") }

// SecretRecovery is the waiting period.
func SecretRecovery() probity.Fact[int] {
	return byDefault(30, "Secrets Manager waits 30 days before it deletes")
}

// SecretNotBlocked is that of a policy.
func SecretNotBlocked() probity.Fact[bool] {
	return byDefault(false, "Terraform lets Secrets Manager take a policy without checking how wide it is")
}

// ParameterSecure is encryption of a SecureString.
func ParameterSecure() probity.Fact[bool] {
	return byDefault(true, "Parameter Store encrypts a SecureString with the key aws/ssm unless told")
}

// ParameterPlain: nobody manages a key of a parameter that is no SecureString.
func ParameterPlain() probity.Fact[bool] {
	return byDefault(false, "Parameter Store encrypts only SecureString parameters")
}
