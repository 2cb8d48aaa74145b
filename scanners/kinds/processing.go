package kinds

import probity "github.com/probity-scan/probity"

// What works on data and keeps some of it.
const (
	EMRCluster     probity.Kind = "aws.emr.cluster"
	DMSInstance    probity.Kind = "aws.dms.replication_instance"
	DMSEndpoint    probity.Kind = "aws.dms.endpoint"
	Notebook       probity.Kind = "aws.sagemaker.notebook"
	FeatureGroup   probity.Kind = "aws.sagemaker.feature_group"
	BedrockLogging probity.Kind = "aws.bedrock.invocation_logging"
	TransferServer probity.Kind = "aws.transfer.server"
	SyncTask       probity.Kind = "aws.datasync.task"
	SyncLocation   probity.Kind = "aws.datasync.location" // where data comes from or goes to, in AWS or elsewhere
	CustomModel    probity.Kind = "aws.bedrock.custom_model"
	KnowledgeBase  probity.Kind = "aws.bedrock.knowledge_base" // an index of documents, kept in another store
	Studio         probity.Kind = "aws.sagemaker.domain"
)

// MapReduce is what only a cluster of EMR has.
type MapReduce struct {
	RulesBlocked probity.Fact[bool] `json:"public_rules_blocked,omitzero"` // EMR starts none whose security groups let everybody in, but for ports that are excepted
}

// Domain is what only a domain of SageMaker has.
type Domain struct {
	Internet probity.Fact[bool] `json:"direct_internet,omitzero"` // its notebooks reach the internet around the network
}

// Migration is what only an endpoint of DMS has.
type Migration struct {
	PasswordInCode probity.Fact[bool] `json:"password_in_code,omitzero"`
}

// Workbench is what only a notebook has.
type Workbench struct {
	Internet probity.Fact[bool] `json:"direct_internet,omitzero"` // it reaches the internet around the network
	Root     probity.Fact[bool] `json:"root,omitzero"`            // its users are root
}

// Transfer is what only a server for files has.
type Transfer struct {
	Protocols probity.List[string] `json:"protocols,omitzero"` // FTP, FTPS, SFTP, AS2
	TLSPolicy probity.Fact[string] `json:"tls_policy,omitzero"`
}

// EMRClear is traffic of a cluster without a security configuration.
func EMRClear() probity.Fact[bool] {
	return byDefault(false, "EMR encrypts no traffic unless a security configuration says so")
}

// DMSAtRest is encryption that cannot be turned off.
func DMSAtRest() probity.Fact[bool] {
	return byDefault(true, "DMS always encrypts, with the key aws/dms unless told")
}

// DMSPublic is that of an instance made by Terraform.
func DMSPublic() probity.Fact[bool] {
	return byDefault(false, "Terraform makes replication instances without a public address")
}

// DMSMultiZone is that of an instance.
func DMSMultiZone() probity.Fact[bool] {
	return byDefault(false, "DMS keeps a replication instance in one zone unless told")
}

// DMSMode is that of an endpoint.
func DMSMode() probity.Fact[string] { return byDefault("none", "DMS connects without TLS unless told") }

// NotebookAtRest is encryption that cannot be turned off.
func NotebookAtRest() probity.Fact[bool] {
	return byDefault(true, "SageMaker always encrypts, with a key of AWS unless told")
}

// NotebookOpen is what a new notebook may do.
func NotebookOpen(what string) probity.Fact[string] {
	return byDefault("Enabled", "a notebook has "+what+" unless told")
}

// ModelAtRest is encryption that cannot be turned off.
func ModelAtRest() probity.Fact[bool] {
	return byDefault(true, "Bedrock always encrypts models, with a key of AWS unless told")
}

// StudioOpen is that of a new domain.
func StudioOpen() probity.Fact[string] {
	return byDefault("PublicInternetOnly", "a domain reaches the internet through a network of SageMaker's unless told")
}

// TransferProtocols are those of a new server.
func TransferProtocols() probity.List[string] {
	return probity.Whole(said("a server takes SFTP only unless told"), "SFTP")
}

// TransferPolicy is that of a new server made by Terraform.
func TransferPolicy() probity.Fact[string] {
	return byDefault("TransferSecurityPolicy-2018-11", "Terraform gives a server the ciphers of 2018 unless told (aws_transfer_server, security_policy_name)")
}

// TransferEndpoint is that of a new server.
func TransferEndpoint() probity.Fact[string] {
	return byDefault("PUBLIC", "a server has a public address unless told")
}
