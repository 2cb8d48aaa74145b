package kinds

import probity "github.com/probity-scan/probity"

// DSQLCluster is a cluster of Amazon Aurora DSQL.
const DSQLCluster probity.Kind = "aws.dsql.cluster"

// NewDSQL is a cluster, reached through the account's identities alone.
func NewDSQL() Fresh[struct{}] {
	f := Fresh[struct{}]{}
	f.Encryption = held(true, probity.ProviderOwned, "Aurora DSQL encrypts every cluster, with a key of its own unless told")
	f.Encryption.InTransit = on("Aurora DSQL refuses clear connections")
	f.Exposure.Public = off("Aurora DSQL lets in identities of its account only")
	f.Resilience.DeletionProtection = off("Terraform leaves clusters of Aurora DSQL without protection from deletion unless told")
	f.Resilience.MultiZone = on("Aurora DSQL keeps data in three zones")
	return f
}
