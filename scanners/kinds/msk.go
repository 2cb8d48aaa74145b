package kinds

import probity "github.com/probity-scan/probity"

// The kinds of Amazon MSK.
const (
	MSKCluster    probity.Kind = "aws.msk.cluster"
	MSKServerless probity.Kind = "aws.msk.serverless_cluster"
	MSKConnector  probity.Kind = "aws.msk.connector" // moves data between a cluster and another store
)

// MSK is what only a cluster of Kafka has.
type MSK struct {
	Unauthenticated probity.Fact[bool] `json:"unauthenticated,omitzero"` // clients need not say who they are
	NodeToNode      probity.Fact[bool] `json:"node_to_node,omitzero"`    // brokers talk to each other over TLS
	Port            probity.Fact[int]  `json:"port,omitzero"`
}

// MSKAtRest is encryption that cannot be turned off.
func MSKAtRest() probity.Fact[bool] {
	return byDefault(true, "MSK always encrypts, with the key aws/kafka unless told")
}

// MSKClients is how clients connect.
func MSKClients() probity.Fact[string] {
	return byDefault("TLS", "MSK lets clients connect over TLS only unless told")
}

// MSKBetweenBrokers is how brokers connect.
func MSKBetweenBrokers() probity.Fact[bool] {
	return byDefault(true, "MSK has TLS between brokers unless told")
}

// MSKUnauthenticated is that of a cluster for which no way to authenticate is named.
func MSKUnauthenticated() probity.Fact[bool] {
	return byDefault(true, "MSK asks nobody who they are unless a way to authenticate is named")
}

// MSKPublic is whether brokers have public addresses.
func MSKPublic() probity.Fact[bool] {
	return byDefault(false, "MSK gives brokers no public addresses unless told")
}

// MSKServerlessTLS: serverless clusters take IAM over TLS only.
func MSKServerlessTLS() probity.Fact[bool] {
	return byDefault(true, "MSK Serverless takes clients of IAM over TLS only")
}

// Connector is what only a connector has.
type Connector struct {
	Secrets probity.List[string] `json:"credentials,omitzero"` // names of entries of its configuration that hold a secret in the clear
}

// ConnectorTLS is that of a new connector.
func ConnectorTLS() probity.Fact[bool] {
	return byDefault(false, "a connector speaks to its cluster in the clear unless told (MSK Connect API, KafkaClusterEncryptionInTransit)")
}

// ConnectorLogs are none.
func ConnectorLogs() probity.List[string] {
	return noneListed[string]("a connector delivers no logs unless told")
}
