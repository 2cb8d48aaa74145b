package kinds

import probity "github.com/probity-scan/probity"

// KeyspacesTable is a table of Amazon Keyspaces.
const KeyspacesTable probity.Kind = "aws.keyspaces.table"

// NewKeyspaces is a table, reached through the account's identities alone.
func NewKeyspaces() Fresh[struct{}] {
	f := Fresh[struct{}]{}
	f.Encryption = held(true, probity.ProviderOwned, "Keyspaces encrypts every table, with a key of its own unless told")
	f.Encryption.InTransit = on("Keyspaces refuses clear connections")
	f.Exposure.Public = off("Keyspaces lets in identities of its account only")
	f.Resilience.PointInTime = off("Keyspaces has no point-in-time recovery unless told")
	f.Resilience.MultiZone = on("Keyspaces keeps each table in three zones")
	f.Retention.Rules = noneListed[probity.Expiry]("Keyspaces expires no rows unless told")
	return f
}
