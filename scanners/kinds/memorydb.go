package kinds

import probity "github.com/probity-scan/probity"

// The kinds of Amazon MemoryDB.
const (
	MemoryDBCluster  probity.Kind = "aws.memorydb.cluster"
	MemoryDBSnapshot probity.Kind = "aws.memorydb.snapshot"
)

// NewMemoryDB is a cluster.
func NewMemoryDB() Fresh[Cache] {
	f := Fresh[Cache]{Own: Cache{
		MinorUpgrades: on("MemoryDB installs minor versions by itself unless told"),
		Port:          byDefault(6379, "MemoryDB listens on 6379"),
	}}
	f.Encryption = held(true, probity.ProviderOwned, "MemoryDB encrypts every cluster and snapshot, with a key of its own unless told")
	f.Encryption.InTransit = on("MemoryDB demands TLS unless told")
	f.Exposure = inside("MemoryDB has addresses of its network only")
	f.Resilience.BackupDays = byDefault(0, "MemoryDB keeps no snapshots unless told")
	return f
}
