package kinds

import "github.com/probity-scan/probity"

// The kinds of OpenSearch, as a server of it was asked: the cluster, and what is in it.
const (
	SearchCluster probity.Kind = "opensearch.cluster"
	SearchIndex   probity.Kind = "opensearch.index"
)

// Search holds the settings of a [SearchCluster].
type Search struct {
	Passwordless probity.List[string] `json:"passwordless"` // who comes in without a password
	Powerful     probity.List[string] `json:"powerful"`     // users beside the cluster's own administrator who may do everything
}
