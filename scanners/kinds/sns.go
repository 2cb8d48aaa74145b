package kinds

import probity "github.com/probity-scan/probity"

// SNSTopic is a topic of Amazon SNS.
const SNSTopic probity.Kind = "aws.sns.topic"

// Topic is what only a topic has.
type Topic struct {
	Plain probity.List[string] `json:"plain_endpoints,omitzero"` // subscribed by http, in the clear: addresses of resources
}

// SNSAtRest is that of a topic without a key.
func SNSAtRest() probity.Fact[bool] {
	return byDefault(false, "SNS encrypts no messages at rest unless a key is named (server-side encryption, since 2018-11-15)")
}
