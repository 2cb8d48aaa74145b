package kinds

import probity "github.com/probity-scan/probity"

// The kinds of Amazon OpenSearch Service.
const (
	OpenSearchDomain     probity.Kind = "aws.opensearch.domain" // Elasticsearch's too
	OpenSearchCollection probity.Kind = "aws.opensearch.collection"
)

// OpenSearch is what only a domain has.
type OpenSearch struct {
	NodeToNode      probity.Fact[bool]   `json:"node_to_node,omitzero"`     // nodes talk to each other by TLS
	TLSPolicy       probity.Fact[string] `json:"tls_policy,omitzero"`       // Policy-Min-TLS-1-2-2019-07 …
	FineGrained     probity.Fact[bool]   `json:"fine_grained,omitzero"`     // rights by index, document and field
	Unauthenticated probity.Fact[bool]   `json:"unauthenticated,omitzero"`  // requests without a user are let in
	PasswordInCode  probity.Fact[bool]   `json:"password_in_code,omitzero"` // the main user's password is written in the code
	Port            probity.Fact[int]    `json:"port,omitzero"`
}

// Collection is what only a collection of OpenSearch Serverless has.
type Collection struct {
	Grantees probity.List[string] `json:"grantees,omitzero"` // whom data access policies name
}

// NewOpenSearch is a domain made through the API: the console suggests more.
func NewOpenSearch() Fresh[OpenSearch] {
	f := Fresh[OpenSearch]{Own: OpenSearch{
		NodeToNode:      off("nodes talk in the clear unless told (API of 2021-01-01)"),
		TLSPolicy:       byDefault("Policy-Min-TLS-1-0-2019-07", "OpenSearch takes TLS 1.0 unless told (API of 2021-01-01)"),
		FineGrained:     off("OpenSearch has no fine-grained access control unless told"),
		Unauthenticated: off("OpenSearch lets in no anonymous users unless told"),
		Port:            byDefault(443, "OpenSearch listens on 443"),
	}}
	f.Encryption = held(false, probity.NoKey, "OpenSearch does not encrypt unless told (API of 2021-01-01)")
	f.Encryption.InTransit = off("OpenSearch accepts plain HTTP unless told (API of 2021-01-01)")
	f.Exposure.Declared.Addressed = on("a domain outside of a VPC has an address on the internet")
	f.Exposure.Declared.Policy = none[string]("a domain without a policy lets in its own account only")
	f.Resilience.MultiZone = off("a domain is in one zone unless told")
	f.Resilience.BackupDays = byDefault(14, "OpenSearch keeps its own snapshots for 14 days")
	f.Audit.Exports = noneListed[string]("OpenSearch publishes no logs unless told")
	return f
}

// OpenSearchInside is a domain that has addresses of its network only.
func OpenSearchInside() probity.Fact[bool] {
	return off("a domain in a VPC has addresses of its network only")
}

// NewCollection is a collection: what encrypts it and who reaches it, policies say that must be there before.
func NewCollection() Fresh[Collection] {
	f := Fresh[Collection]{Own: Collection{Grantees: noneListed[string]("a collection lets in nobody unless a policy says so")}}
	f.Encryption.AtRest = on("OpenSearch Serverless encrypts every collection")
	f.Encryption.InTransit = on("OpenSearch Serverless refuses plain HTTP")
	f.Exposure.Public = off("OpenSearch Serverless lets in only whom a data access policy names")
	f.Exposure.Networks = neverAny[probity.Opening]("its network policy tells")
	f.Resilience.MultiZone = on("OpenSearch Serverless works in several zones")
	return f
}
