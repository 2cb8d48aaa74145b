package kinds

import probity "github.com/probity-scan/probity"

// Ways in to what serves data.
const (
	Listener     probity.Kind = "aws.elb.listener"
	APIDomain    probity.Kind = "aws.apigateway.domain"
	Distribution probity.Kind = "aws.cloudfront.distribution"
)

// Entry is what only a way in has.
type Entry struct {
	TLSPolicy   probity.Fact[string] `json:"tls_policy,omitzero"`   // the lowest version or the named policy: TLSv1.2_2021
	OpenOrigins probity.List[string] `json:"open_origins,omitzero"` // buckets that are reached without an identity, by the origin's ID
}

// ListenerPolicy is that of a listener for HTTPS.
func ListenerPolicy() probity.Fact[string] {
	return byDefault("ELBSecurityPolicy-2016-08", "a listener made by the API takes TLS 1.0 unless told")
}

// DistributionTLS is that of a distribution without a certificate of its own.
func DistributionTLS() probity.Fact[string] {
	return byDefault("TLSv1", "CloudFront takes TLS 1.0 with its own certificate")
}
