package kinds

import probity "github.com/probity-scan/probity"

// S3Bucket is a bucket of Amazon S3.
const S3Bucket probity.Kind = "aws.s3.bucket"

// S3 is what only a bucket has.
type S3 struct {
	MFADelete       probity.Fact[bool]   `json:"mfa_delete,omitzero"`            // deleting a version needs a second factor
	Website         probity.Fact[bool]   `json:"website,omitzero"`               // served as a static website, over plain HTTP
	Ownership       probity.Fact[string] `json:"ownership,omitzero"`             // BucketOwnerEnforced: ACLs have no effect
	BucketKey       probity.Fact[bool]   `json:"bucket_key,omitzero"`            // one data key for many objects
	CORSOrigins     probity.List[string] `json:"cors_origins,omitzero"`          // origins whose scripts may read
	Replicated      probity.Fact[bool]   `json:"replicated,omitzero"`            // an enabled rule copies objects elsewhere
	ReplicaAccounts probity.List[string] `json:"replica_accounts,omitzero"`      // accounts that own the copies, where they are not the bucket's
	Inventories     probity.List[string] `json:"inventory_buckets,omitzero"`     // buckets that S3 writes lists of its objects to
	CustomerKeys    probity.Fact[bool]   `json:"customer_keys_blocked,omitzero"` // objects encrypted with keys that S3 does not keep are refused
	ClearLists      probity.List[string] `json:"clear_inventories,omitzero"`     // buckets that get lists of its objects not encrypted with a named key
	ListOwners      probity.List[string] `json:"inventory_accounts,omitzero"`    // accounts that own those buckets, as far as the bucket says so
	KeylessCopies   probity.List[string] `json:"keyless_replicas,omitzero"`      // buckets that get copies which no key of KMS is named for
	UploadsEnd      probity.Fact[bool]   `json:"uploads_end,omitzero"`           // uploads that nobody completes are deleted
	LogsToItself    probity.Fact[bool]   `json:"logs_to_itself,omitzero"`
	NamedFor        probity.List[string] `json:"named_for,omitzero"` // what its name says that it keeps: audit, trail, backup

	// Of its policy, worked out by resolve.
	RefusesOldTLS probity.Fact[bool]   `json:"refuses_old_tls,omitzero"`    // older than 1.2, whoever asks
	DemandsKey    probity.Fact[bool]   `json:"demands_key,omitzero"`        // objects written with another key than those it names are refused
	ShortLinks    probity.Fact[bool]   `json:"limits_signatures,omitzero"`  // reading by a signature older than an hour is refused
	Everything    probity.List[string] `json:"everything_granted,omitzero"` // principals that may do all that there is with it
}

// What a bucket has when nobody says otherwise. A source that leaves it unset gets these; buckets made earlier may differ.

// S3AtRest is encryption with SSE-S3, which cannot be turned off.
func S3AtRest() probity.Fact[bool] {
	return byDefault(true, "S3 encrypts every new object since 2023-01-05")
}

// S3Manager is who holds the keys of SSE-S3.
func S3Manager() probity.Fact[probity.KeyManager] {
	return byDefault(probity.ProviderOwned, "S3 encrypts with keys of its own since 2023-01-05")
}

// S3Key is no key of the customer's.
func S3Key() probity.Fact[probity.Optional[string]] {
	return none[string]("S3 encrypts with keys of its own since 2023-01-05")
}

// S3Blocks is the public access block of a new bucket.
func S3Blocks() probity.Fact[probity.Blocks] {
	return byDefault(probity.Blocks{NewACLs: true, IgnoreACLs: true, NewPolicies: true, RestrictPublic: true},
		"S3 blocks public access to new buckets since 2023-04-27")
}

// S3Ownership is that of a new bucket: no ACLs.
func S3Ownership() probity.Fact[string] {
	return byDefault("BucketOwnerEnforced", "S3 disables ACLs of new buckets since 2023-04-27")
}

// S3ACL is no grant beside the owner's.
func S3ACL() probity.List[probity.Grant] {
	return probity.Whole[probity.Grant](said("a new bucket's ACL grants to its owner only"))
}

// S3Policy is no bucket policy.
func S3Policy() probity.Fact[probity.Optional[string]] {
	return none[string]("a new bucket has no policy")
}

// S3Versioning is that of a new bucket.
func S3Versioning() probity.Fact[bool] { return byDefault(false, "a new bucket keeps no versions") }

// S3LockedVersioning is that of a bucket that was made with object lock.
func S3LockedVersioning() probity.Fact[bool] {
	return byDefault(true, "a bucket with object lock keeps versions")
}

// S3MFADelete is that of a new bucket.
func S3MFADelete() probity.Fact[bool] { return byDefault(false, "a new bucket needs no MFA to delete") }

// S3Website is that of a new bucket.
func S3Website() probity.Fact[bool] { return byDefault(false, "a new bucket is no website") }

// S3BucketKey is that of a new bucket.
func S3BucketKey() probity.Fact[bool] { return byDefault(false, "a new bucket uses no bucket key") }

// S3Logging is that of a new bucket.
func S3Logging() probity.Fact[bool] {
	return byDefault(false, "a new bucket logs no access to its objects")
}

// S3Expiry is no lifecycle rule.
func S3Expiry() probity.List[probity.Expiry] {
	return probity.Whole[probity.Expiry](said("a new bucket has no lifecycle rules"))
}

// S3Lock is no object lock.
func S3Lock() probity.Fact[probity.Optional[int]] {
	return none[int]("a new bucket locks no objects")
}

// S3CORS is no origin.
func S3CORS() probity.List[string] {
	return probity.Whole[string](said("a new bucket allows no other origin"))
}

// S3Replicated is that of a new bucket.
func S3Replicated() probity.Fact[bool] {
	return byDefault(false, "a new bucket replicates nothing")
}

// S3BlocksCustomerKeys is whether S3 refuses objects that are encrypted with keys it does not keep.
func S3BlocksCustomerKeys() probity.Fact[bool] {
	return byDefault(true, "S3 refuses SSE-C on new buckets since April 2026")
}

// S3UploadsEnd is that of a new bucket.
func S3UploadsEnd() probity.Fact[bool] {
	return byDefault(false, "a new bucket keeps the pieces of uploads that nobody completes")
}

// S3Inventories is no list of objects.
func S3Inventories() probity.List[string] {
	return probity.Whole[string](said("a new bucket's objects are listed nowhere"))
}
