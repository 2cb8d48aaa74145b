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

	// Of a region that keeps data, by what was listed there: whether one is there at all.
	Analyzed   probity.Fact[bool] `json:"analyzer,omitzero"`    // that looks for access from outside
	Detected   probity.Fact[bool] `json:"detector,omitzero"`    // of GuardDuty
	Recorded   probity.Fact[bool] `json:"recorder,omitzero"`    // of AWS Config
	Discovered probity.Fact[bool] `json:"discovery,omitzero"`   // a session of Macie, or this scan read the content of every bucket
	Planned    probity.Fact[bool] `json:"backup_plan,omitzero"` // of AWS Backup
	Trailed    probity.Fact[bool] `json:"trail,omitzero"`       // a trail, or a store of events, sees the region
}

// ByRegion says of an account as a whole that each of its regions tells what is set there.
func (s *Account) ByRegion(at *probity.Origin) {
	why := probity.Gap{Reason: probity.NotApplicable, Because: "each region of the account has it"}
	s.EBSKey = s.EBSKey.Or(probity.Missing[probity.KeyManager](why, at))
	for _, f := range []*probity.Fact[bool]{&s.EBSEncryption, &s.SnapshotsPrivate, &s.ImagesPrivate, &s.Analyzed, &s.Detected, &s.Recorded, &s.Discovered, &s.Planned, &s.Trailed} {
		*f = f.Or(probity.Missing[bool](why, at))
	}
}

// Trail is what only a trail has.
type Trail struct {
	MultiRegion     probity.Fact[bool]   `json:"multi_region,omitzero"`
	Validation      probity.Fact[bool]   `json:"validation,omitzero"` // log files are signed
	Logging         probity.Fact[bool]   `json:"logging,omitzero"`    // it runs
	Organisation    probity.Fact[bool]   `json:"organisation,omitzero"`
	DataEvents      probity.List[string] `json:"data_events,omitzero"`       // ARN prefixes whose reads and writes are recorded; "arn:aws:s3" is every bucket, "…:::prod-*" those whose names begin so
	ManagementAudit probity.Fact[bool]   `json:"management_events,omitzero"` // calls that change the account are recorded
	ToLogGroup      probity.Fact[bool]   `json:"to_log_group,omitzero"`      // events go to a group of CloudWatch Logs as well, where alarms see them
	// Delivered is when they last did: "2026-11-28T10:00:00Z". Accounts alone tell.
	Delivered probity.Fact[probity.Optional[string]] `json:"delivered,omitzero"`
}

// TrailOff is a switch that is off unless told.
func TrailOff(what string) probity.Fact[bool] {
	return byDefault(false, "CloudTrail has no "+what+" unless told")
}

// TrailOn is a switch that is on unless told.
func TrailOn(what string) probity.Fact[bool] {
	return byDefault(true, "CloudTrail has "+what+" unless told")
}

// TrailDelivered is that of a trail which has delivered nothing yet.
func TrailDelivered() probity.Fact[probity.Optional[string]] {
	return none[string]("code does not tell what a trail has delivered")
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
