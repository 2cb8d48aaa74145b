package aws

import (
	"errors"
	"net/http"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
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
