package kinds

import probity "github.com/probity-scan/probity"

// The kinds of Amazon ElastiCache.
const (
	CacheGroup      probity.Kind = "aws.elasticache.replication_group"
	CacheCluster    probity.Kind = "aws.elasticache.cluster" // of no replication group
	CacheServerless probity.Kind = "aws.elasticache.serverless"
	CacheSnapshot   probity.Kind = "aws.elasticache.snapshot"
)

// Cache is what only a cache has.
type Cache struct {
	Unauthenticated probity.Fact[bool] `json:"unauthenticated,omitzero"`  // clients need not say who they are
	PasswordInCode  probity.Fact[bool] `json:"password_in_code,omitzero"` // the token is written in the code
	MinorUpgrades   probity.Fact[bool] `json:"minor_upgrades,omitzero"`   // installed by themselves
	Port            probity.Fact[int]  `json:"port,omitzero"`
}

// NewCache is a group of nodes with Redis; Valkey differs in encryption.
func NewCache() Fresh[Cache] {
	f := Fresh[Cache]{Own: Cache{
		Unauthenticated: on("ElastiCache asks nobody for a password unless told"),
		MinorUpgrades:   on("ElastiCache installs minor versions by itself unless told"),
		Port:            byDefault(6379, "Redis and Valkey listen on 6379"),
	}}
	f.Encryption = held(false, probity.NoKey, "ElastiCache does not encrypt Redis at rest unless told (API of 2015-02-02)")
	f.Encryption.InTransit = off("ElastiCache does not encrypt Redis in transit unless told (API of 2015-02-02)")
	f.Exposure = inside("ElastiCache has addresses of its network only")
	f.Resilience.BackupDays = byDefault(0, "ElastiCache keeps no snapshots unless told")
	f.Resilience.MultiZone = off("a cache is in one zone unless told")
	f.Audit.Exports = noneListed[string]("ElastiCache delivers no logs unless told")
	return f
}

// NewValkey is a group of nodes with Valkey, whose encryption in transit the service decides.
func NewValkey() Fresh[Cache] {
	f := NewCache()
	f.Encryption = held(true, probity.ProviderOwned, "ElastiCache encrypts Valkey at rest, since 2024-10-08")
	f.Encryption.InTransit = probity.Missing[bool](probity.Gap{Reason: probity.Computed, Because: "the service decides it for Valkey"}, nil)
	return f
}

// NewCacheCluster is a cluster of no group.
func NewCacheCluster() Fresh[Cache] {
	f := NewCache()
	f.Encryption = held(false, probity.NoKey, "ElastiCache encrypts replication groups and serverless caches only")
	f.Encryption.InTransit = off("ElastiCache does not encrypt a cluster in transit unless told (API of 2015-02-02)")
	return f
}

// MemcachedPort is where Memcached listens.
func MemcachedPort() probity.Fact[int] { return byDefault(11211, "Memcached listens on 11211") }

// NewCacheServerless is a serverless cache.
func NewCacheServerless() Fresh[Cache] {
	f := NewCache()
	f.Encryption = held(true, probity.ProviderOwned, "ElastiCache encrypts every serverless cache, with a key of its own unless told")
	f.Encryption.InTransit = on("ElastiCache demands TLS of serverless caches")
	f.Resilience.MultiZone = on("a serverless cache is in several zones")
	return f
}
