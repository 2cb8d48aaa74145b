package kinds

import probity "github.com/probity-scan/probity"

// The kinds of Amazon DocumentDB and Amazon Neptune, which are clusters as those of Aurora are.
const (
	DocDBCluster    probity.Kind = "aws.docdb.cluster"
	DocDBElastic    probity.Kind = "aws.docdb.elastic_cluster"
	DocDBSnapshot   probity.Kind = "aws.docdb.snapshot"
	NeptuneCluster  probity.Kind = "aws.neptune.cluster"
	NeptuneSnapshot probity.Kind = "aws.neptune.snapshot"
	NeptuneGraph    probity.Kind = "aws.neptune.graph" // Neptune Analytics
)

// Cluster is what only such a cluster has.
type Cluster struct {
	Unauthenticated probity.Fact[bool] `json:"unauthenticated,omitzero"`     // clients need not say who they are
	PasswordInCode  probity.Fact[bool] `json:"password_in_code,omitzero"`    // the master password is written in the code
	ManagedPassword probity.Fact[bool] `json:"managed_password,omitzero"`    // Secrets Manager makes and rotates it
	SkipSnapshot    probity.Fact[bool] `json:"skip_final_snapshot,omitzero"` // deletion leaves no snapshot
	CopyTags        probity.Fact[bool] `json:"copy_tags,omitzero"`           // snapshots bear the tags
	Port            probity.Fact[int]  `json:"port,omitzero"`
}

// NewDocDB is a cluster of DocumentDB.
func NewDocDB() Fresh[Cluster] {
	f := Fresh[Cluster]{Own: Cluster{
		ManagedPassword: off("DocumentDB manages no password unless told"),
		SkipSnapshot:    off("Terraform leaves a final snapshot unless told"),
		Port:            byDefault(27017, "DocumentDB listens on 27017"),
	}}
	f.Encryption = held(false, probity.NoKey, "DocumentDB does not encrypt unless told (API of 2014-10-31)")
	f.Encryption.InTransit = on("tls is enabled in the default parameters of DocumentDB")
	f.Exposure = inside("DocumentDB has addresses of its network only")
	f.Resilience.BackupDays = byDefault(1, "DocumentDB keeps backups for 1 day")
	f.Resilience.DeletionProtection = off("DocumentDB has no deletion protection unless told")
	f.Audit.Access = off("audit_logs is disabled unless told")
	f.Audit.Exports = noneListed[string]("DocumentDB exports no logs unless told")
	return f
}

// NewDocDBElastic is an elastic cluster.
func NewDocDBElastic() Fresh[Cluster] {
	f := NewDocDB()
	f.Encryption = held(true, probity.ProviderOwned, "DocumentDB encrypts every elastic cluster, with a key of its own unless told")
	f.Encryption.InTransit = on("DocumentDB demands TLS of elastic clusters")
	f.Resilience.DeletionProtection, f.Audit = probity.Fact[bool]{}, probity.Audit{}
	return f
}

// NewNeptune is a cluster of Neptune.
func NewNeptune() Fresh[Cluster] {
	f := Fresh[Cluster]{Own: Cluster{
		Unauthenticated: on("Neptune asks for no identity unless told"),
		SkipSnapshot:    off("Terraform leaves a final snapshot unless told"),
		CopyTags:        off("Neptune copies no tags unless told"),
		Port:            byDefault(8182, "Neptune listens on 8182"),
	}}
	f.Encryption = held(false, probity.NoKey, "Neptune does not encrypt unless told (API of 2014-10-31)")
	f.Encryption.InTransit = on("Neptune demands TLS in its default parameters")
	f.Exposure.Declared.Addressed = off("Neptune has no public address unless told")
	f.Resilience.BackupDays = byDefault(1, "Neptune keeps backups for 1 day")
	f.Resilience.DeletionProtection = off("Neptune has no deletion protection unless told")
	f.Audit.Access = off("neptune_enable_audit_log is 0 unless told")
	f.Audit.Exports = noneListed[string]("Neptune exports no logs unless told")
	return f
}

// NewNeptuneGraph is a graph of Neptune Analytics.
func NewNeptuneGraph() Fresh[Cluster] {
	f := Fresh[Cluster]{Own: Cluster{Unauthenticated: off("Neptune Analytics lets in identities of the account only"), Port: byDefault(8182, "Neptune listens on 8182")}}
	f.Encryption = held(true, probity.ProviderOwned, "Neptune Analytics encrypts every graph, with a key of its own unless told")
	f.Encryption.InTransit = on("Neptune Analytics refuses plain HTTP")
	f.Exposure.Declared.Addressed = off("a graph has no public address unless told")
	f.Resilience.DeletionProtection = on("Neptune Analytics protects a graph from deletion unless told")
	return f
}
