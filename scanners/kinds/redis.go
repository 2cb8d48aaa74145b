package kinds

import "github.com/probity-scan/probity"

// RedisDatabase is one of the numbered databases of a server of Redis or Valkey: the version tells which.
const RedisDatabase probity.Kind = "redis.database"

// Redis holds the settings of a [RedisDatabase]: those of its server, as far as they bear on it, and how large it is.
type Redis struct {
	Passwordless probity.List[string] `json:"passwordless"` // users that need no password
	Powerful     probity.List[string] `json:"powerful"`     // users beside default who may use every command on every key
	Keys         probity.Fact[int]    `json:"keys"`
}
