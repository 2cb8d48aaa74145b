package kinds

import probity "github.com/probity-scan/probity"

// What stands for an account, and what guards or watches its stores.
const (
	AWSAccount    probity.Kind = "aws.account"
	SecurityGroup probity.Kind = "aws.security_group"
	CloudTrail    probity.Kind = "aws.cloudtrail.trail"
	EventStore    probity.Kind = "aws.cloudtrail.event_data_store"
)

// Account holds what an account sets for its stores.
type Account struct {
	EBSEncryption probity.Fact[bool] `json:"ebs_encryption,omitzero"` // new volumes and snapshot copies are encrypted
	// EBSKey is who holds the key of those that name none.
	EBSKey           probity.Fact[probity.KeyManager] `json:"ebs_key_manager,omitzero"`
	SnapshotsPrivate probity.Fact[bool]               `json:"snapshots_private,omitzero"` // no snapshot of a volume can be shared with everyone
	ImagesPrivate    probity.Fact[bool]               `json:"images_private,omitzero"`    // no image can newly be shared with everyone

	Entity  probity.Fact[string] `json:"entity,omitzero"`  // declared: the legal entity that the account belongs to
	Country probity.Fact[string] `json:"country,omitzero"` // declared: of the entity's establishment, ISO 3166-1 alpha-2

	RootMFA  probity.Fact[bool] `json:"root_mfa,omitzero"`         // the root user has a second factor
	RootKeys probity.Fact[bool] `json:"root_access_keys,omitzero"` // the root user has keys of its own

	Organisation probity.Fact[probity.Optional[string]] `json:"organisation,omitzero"`      // its ID: o-…
	Manages      probity.Fact[bool]                     `json:"manages,omitzero"`           // it is the management account, which no policy of the organisation limits
	Above        probity.List[string]                   `json:"organisation_path,omitzero"` // root, units and the account itself, downwards
	OptsOut      probity.Fact[bool]                     `json:"ai_opt_out,omitzero"`        // in effect: by default no AI service may learn from the data
	Regions      probity.Fact[bool]                     `json:"limits_regions,omitzero"`    // the organisation denies the account what is asked for in other regions
}

// Trail is what only a trail has.
type Trail struct {
	MultiRegion     probity.Fact[bool]   `json:"multi_region,omitzero"`
	Validation      probity.Fact[bool]   `json:"validation,omitzero"` // log files are signed
	Logging         probity.Fact[bool]   `json:"logging,omitzero"`    // it runs
	Organisation    probity.Fact[bool]   `json:"organisation,omitzero"`
	DataEvents      probity.List[string] `json:"data_events,omitzero"`       // ARN prefixes whose reads and writes are recorded; "arn:aws:s3" is every bucket, "…:::prod-*" those whose names begin so
	ManagementAudit probity.Fact[bool]   `json:"management_events,omitzero"` // calls that change the account are recorded
}

// TrailOff is a switch that is off unless told.
func TrailOff(what string) probity.Fact[bool] {
	return byDefault(false, "CloudTrail has no "+what+" unless told")
}

// TrailOn is a switch that is on unless told.
func TrailOn(what string) probity.Fact[bool] {
	return byDefault(true, "CloudTrail has "+what+" unless told")
}

// TrailDataEvents is no store.
func TrailDataEvents() probity.List[string] {
	return probity.Whole[string](said("CloudTrail records no data events unless told"))
}

// EventStoreAtRest is encryption that cannot be turned off.
func EventStoreAtRest() probity.Fact[bool] {
	return byDefault(true, "CloudTrail encrypts every event data store, with a key of AWS unless told")
}

// EventStoreDays is how long a new one keeps events.
func EventStoreDays() probity.Fact[int] {
	return byDefault(2555, "an event data store made by Terraform or the API keeps events for 2,555 days unless told")
}
