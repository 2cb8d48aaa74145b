package kinds

import probity "github.com/probity-scan/probity"

// What stands beside the instances and clusters of RDS.
const (
	RDSProxy         probity.Kind = "aws.rds.proxy"
	RDSGlobalCluster probity.Kind = "aws.rds.global_cluster" // Aurora's, DocumentDB's and Neptune's
	RDSBackup        probity.Kind = "aws.rds.backup"         // automatic backups, copied to another region
)

// Proxy is what only a proxy has.
type Proxy struct {
	IAMAuth      probity.Fact[bool] `json:"iam_auth,omitzero"`    // only identities of the account are let in
	ValuesLogged probity.Fact[bool] `json:"logs_values,omitzero"` // statements are logged with the values in them
}

// NewProxy keeps nothing: it stands before a database.
func NewProxy() Fresh[Proxy] {
	f := Fresh[Proxy]{}
	f.Encryption.InTransit = off("a proxy accepts clear connections unless told")
	f.Exposure = inside("a proxy has addresses of its network only")
	return f
}

// RDSBackupKept is how long copied backups are kept.
func RDSBackupKept() probity.Fact[int] {
	return byDefault(7, "RDS keeps copied backups for 7 days")
}

// AuroraEncryption is that of a new cluster of Aurora which says nothing of it. Terraform's provider sends StorageEncrypted
// only where the code sets it, so that the API's default holds.
func AuroraEncryption() probity.Encryption {
	return held(true, probity.ProviderOwned, "Aurora encrypts every new cluster since 2026-02-18, with a key of its own unless told (Aurora User Guide, Encrypting Amazon Aurora resources)")
}
