package kinds

import probity "github.com/probity-scan/probity"

// The kinds of Amazon ECR.
const (
	ECRRepository probity.Kind = "aws.ecr.repository" // of container images
	ECRRegistry   probity.Kind = "aws.ecr.registry"   // all repositories of an account in a region, with one policy
)

// Images is what only a repository has.
type Images struct {
	Immutable probity.Fact[bool] `json:"immutable_tags,omitzero"`
	Scanned   probity.Fact[bool] `json:"scan_on_push,omitzero"`
}

// ECREncryption is the way to encrypt that cannot be turned off.
func ECREncryption() probity.Fact[string] {
	return byDefault("AES256", "ECR encrypts images with keys of S3 unless told (2020-07-29)")
}

// ECRMutability is that of a new repository.
func ECRMutability() probity.Fact[string] {
	return byDefault("MUTABLE", "ECR lets tags be moved unless told")
}

// ECRScan is that of a new repository.
func ECRScan() probity.Fact[bool] {
	return byDefault(false, "ECR does not scan pushed images unless told")
}

// ECRTLS: the registry has no clear endpoint.
func ECRTLS() probity.Fact[bool] { return byDefault(true, "ECR has HTTPS endpoints only") }
