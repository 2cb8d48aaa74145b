package kinds

import probity "github.com/probity-scan/probity"

// Knowledge is what only a knowledge base has.
type Knowledge struct {
	Store     probity.Fact[string]                   `json:"store,omitzero"`     // where its index is: OPENSEARCH_SERVERLESS, PINECONE …
	Recipient probity.Fact[probity.Optional[string]] `json:"recipient,omitzero"` // host of a store outside AWS
}

// KnowledgeInside is that of an index inside AWS.
func KnowledgeInside() probity.Fact[probity.Optional[string]] {
	return none[string]("its store is one of AWS")
}
