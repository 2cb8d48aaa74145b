package kinds

import probity "github.com/probity-scan/probity"

// The kinds of Amazon Athena.
const (
	AthenaWorkgroup probity.Kind = "aws.athena.workgroup"
	AthenaDatabase  probity.Kind = "aws.athena.database"
	AthenaCatalog   probity.Kind = "aws.athena.data_catalog" // where Athena finds what tables there are
)

// Workgroup is what only a workgroup has.
type Workgroup struct {
	Enforced  probity.Fact[bool]   `json:"enforced,omitzero"`       // clients cannot choose otherwise
	Encrypted probity.Fact[bool]   `json:"encryption_set,omitzero"` // it says how results are encrypted
	Results   probity.Fact[string] `json:"results,omitzero"`        // where they go
}

// AthenaEnforced is that of a new workgroup.
func AthenaEnforced() probity.Fact[bool] {
	return byDefault(true, "Athena enforces a workgroup's settings unless told")
}

// AthenaUnsaid is that of results.
func AthenaUnsaid() probity.Fact[bool] {
	return byDefault(false, "a workgroup says nothing of encryption unless told")
}

// AthenaManager: results lie in a bucket, whose own encryption holds where the workgroup says nothing.
func AthenaManager() probity.Gap {
	return probity.Gap{Reason: probity.Unresolved, Because: "the bucket of the results encrypts them as it encrypts all"}
}
