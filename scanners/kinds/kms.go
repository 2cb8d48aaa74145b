package kinds

import (
	"strings"

	probity "github.com/probity-scan/probity"
)

// KMSKey is a key of AWS KMS that the customer manages.
const KMSKey probity.Kind = "aws.kms.key"

// KMS is what only a key has.
type KMS struct {
	Rotation     probity.Fact[bool]   `json:"rotation,omitzero"`      // new key material by itself
	RotationDays probity.Fact[int]    `json:"rotation_days,omitzero"` // between two rotations
	DeletionDays probity.Fact[int]    `json:"deletion_days,omitzero"` // between the wish and the deletion
	Enabled      probity.Fact[bool]   `json:"enabled,omitzero"`
	Dying        probity.Fact[bool]   `json:"pending_deletion,omitzero"` // what it encrypts is lost when the waiting period ends
	MultiRegion  probity.Fact[bool]   `json:"multi_region,omitzero"`
	Spec         probity.Fact[string] `json:"spec,omitzero"` // SYMMETRIC_DEFAULT, RSA_2048 …
	// Ends is when imported key material is deleted, and with it all that the key encrypts is lost: "2027-01-31T00:00:00Z".
	Ends probity.Fact[probity.Optional[string]] `json:"material_ends,omitzero"`
	Both probity.List[string]                   `json:"administer_and_use,omitzero"` // principals that its policy lets do both
}

// KMSRotation is that of a new key.
func KMSRotation() probity.Fact[bool] { return byDefault(false, "KMS does not rotate unless told") }

// KMSRotationDays is the period where rotation is on.
func KMSRotationDays() probity.Fact[int] { return byDefault(365, "KMS rotates every 365 days") }

// KMSDeletionDays is the waiting period.
func KMSDeletionDays() probity.Fact[int] { return byDefault(30, "KMS waits 30 days before it deletes") }

// KMSEnabled is that of a new key.
func KMSEnabled() probity.Fact[bool] { return byDefault(true, "a new key is enabled") }

// KMSNotDying is that of a new key.
func KMSNotDying() probity.Fact[bool] { return byDefault(false, "a new key is not to be deleted") }

// KMSMultiRegion is that of a new key.
func KMSMultiRegion() probity.Fact[bool] { return byDefault(false, "a new key stays in its region") }

// KMSSpec is that of a new key.
func KMSSpec() probity.Fact[string] { return byDefault("SYMMETRIC_DEFAULT", "a new key is symmetric") }

// KMSEndless is material of KMS.
func KMSEndless() probity.Fact[probity.Optional[string]] {
	return none[string]("key material of KMS, or imported without a day, does not expire")
}

// KMSPolicy is the policy that gives the account's administrators the key.
func KMSPolicy() probity.Fact[probity.Optional[string]] {
	return none[string]("a new key's policy lets in its own account only")
}

// KMSGrants are none.
func KMSGrants() probity.List[probity.Grant] {
	return probity.Whole[probity.Grant](said("a new key has no grants"))
}

// AWSManagedAlias reports whether a key's name is that of a key which AWS manages in the account.
func AWSManagedAlias(name string) bool {
	return strings.HasPrefix(name, "alias/aws/") || strings.Contains(name, ":alias/aws/")
}
