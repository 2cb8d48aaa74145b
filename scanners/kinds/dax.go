package kinds

import probity "github.com/probity-scan/probity"

// DAXCluster is a cluster of DynamoDB Accelerator.
const DAXCluster probity.Kind = "aws.dax.cluster"

// DAX is what only a cluster of DAX has.
type DAX struct {
	Port probity.Fact[int] `json:"port,omitzero"`
}

// NewDAX is a cluster made through the API.
func NewDAX() Fresh[DAX] {
	f := Fresh[DAX]{Own: DAX{Port: byDefault(8111, "DAX listens on 8111, and with TLS on 9111")}}
	f.Encryption = held(false, probity.NoKey, "DAX does not encrypt at rest unless told (API of 2017-04-19)")
	f.Encryption.InTransit = off("DAX does not encrypt in transit unless told (API of 2017-04-19)")
	f.Exposure = inside("DAX has addresses of its network only")
	return f
}

// DAXSecurePort is where DAX listens with TLS.
func DAXSecurePort() int { return 9111 }
