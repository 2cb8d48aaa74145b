package kinds

import probity "github.com/probity-scan/probity"

// VPCEndpoint is a way from a network to a service that does not lead through the internet.
const VPCEndpoint probity.Kind = "aws.vpc.endpoint"

// Endpoint is what only an endpoint of a network has.
type Endpoint struct {
	Service    probity.Fact[string] `json:"service,omitzero"`     // "com.amazonaws.eu-west-1.s3"
	Type       probity.Fact[string] `json:"type,omitzero"`        // Gateway, Interface, GatewayLoadBalancer …
	VPC        probity.Fact[string] `json:"vpc,omitzero"`         // "vpc-…", or its address in code
	State      probity.Fact[string] `json:"state,omitzero"`       // available, pendingAcceptance …
	PrivateDNS probity.Fact[bool]   `json:"private_dns,omitzero"` // the service's own name leads here
	Open       probity.Fact[bool]   `json:"open,omitzero"`        // identities of anybody reach resources of anybody through it
}

// EndpointType is that of an endpoint of which nobody says more.
func EndpointType() probity.Fact[string] {
	return byDefault("Gateway", "an endpoint is a gateway unless told")
}

// EndpointPolicy is that of a new endpoint.
func EndpointPolicy() probity.Fact[probity.Optional[string]] {
	return byDefault(probity.Some(`{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}`), "an endpoint gives full access to its service unless told")
}

// EndpointInside: it has addresses of its network alone.
func EndpointInside() probity.Fact[bool] {
	return byDefault(false, "an endpoint has addresses of its network alone")
}
