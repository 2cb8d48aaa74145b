package aws

import (
	"errors"
	"net/http"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
)

// emulated is an answer by which emulators fail an operation that they do not have: a page for people, which asking again
// does not change.
func emulated(err error) aws.Ternary {
	var response *awshttp.ResponseError
	if !errors.As(err, &response) || response.Response == nil {
		return aws.UnknownTernary
	}
	h := response.HTTPResponse()
	if h.StatusCode == http.StatusInternalServerError && strings.HasPrefix(h.Header.Get("Content-Type"), "text/html") {
		return aws.FalseTernary
	}
	return aws.UnknownTernary
}

// patient tries calls again. What stands at an endpoint of one's own may be an emulator.
func patient(endpoint string) func() aws.Retryer {
	return func() aws.Retryer {
		return retry.NewStandard(func(o *retry.StandardOptions) {
			o.MaxAttempts, o.MaxBackoff = attempts, longest
			if endpoint != "" {
				o.Retryables = append([]retry.IsErrorRetryable{retry.IsErrorRetryableFunc(emulated)}, o.Retryables...)
			}
		})
	}
}
