package kinds

import probity "github.com/probity-scan/probity"

// What watches over an account.
const (
	GuardDuty      probity.Kind = "aws.guardduty.detector"
	Macie          probity.Kind = "aws.macie.session"
	AccessAnalyzer probity.Kind = "aws.accessanalyzer.analyzer"
	ConfigRecorder probity.Kind = "aws.config.recorder"
)

// Watch is what only they have.
type Watch struct {
	On       probity.Fact[bool]   `json:"on,omitzero"`
	Type     probity.Fact[string] `json:"type,omitzero"`     // of an analyzer: ACCOUNT, ORGANIZATION …
	Features probity.List[string] `json:"features,omitzero"` // of a detector, that are on: S3_DATA_EVENTS …; of Macie, AUTOMATED_DISCOVERY
	Findings probity.List[string] `json:"findings,omitzero"` // of an analyzer: ARNs of stores and keys open to others
	Missed   probity.List[string] `json:"missed,omitzero"`   // of a recorder: types of stores and keys whose changes it leaves out
}

// WatchOn is that of a new one.
func WatchOn() probity.Fact[bool] { return byDefault(true, "it watches unless told") }

// WatchOff is that of a recorder that nobody has started.
func WatchOff() probity.Fact[bool] {
	return byDefault(false, "a recorder records nothing until it is started")
}

// RecordedTypes are those whose changes a recorder should not leave out, as AWS Config calls them.
func RecordedTypes() []string {
	return []string{"AWS::DynamoDB::Table", "AWS::EC2::Volume", "AWS::EFS::FileSystem", "AWS::KMS::Key", "AWS::RDS::DBCluster", "AWS::RDS::DBInstance", "AWS::S3::Bucket"}
}

// RecorderMissed is what a recorder leaves out that names no types.
func RecorderMissed() probity.List[string] {
	return noneListed[string]("a recorder records every type that it can unless told")
}

// DetectorFeatures are those of a new detector: all but the monitoring of what runs.
func DetectorFeatures() probity.List[string] {
	return probity.Whole(said("GuardDuty switches all features of a new detector on but Runtime Monitoring (CreateDetector)"),
		"S3_DATA_EVENTS", "EKS_AUDIT_LOGS", "EBS_MALWARE_PROTECTION", "RDS_LOGIN_EVENTS", "LAMBDA_NETWORK_LOGS")
}

// AnalyzerType is that of a new one.
func AnalyzerType() probity.Fact[string] {
	return byDefault("ACCOUNT", "an analyzer looks at its own account unless told")
}
