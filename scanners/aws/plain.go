package aws

import (
	"net/url"
	"slices"
	"strings"
)

// choose leaves the services that the target asks. A store that speaks S3 and nothing else has buckets alone.
func (t Target) choose(of []service) []service {
	return slices.DeleteFunc(of, func(s service) bool {
		if t.Plain {
			return !slices.Equal(s.lists, []string{"aws_s3_bucket"})
		}
		return !t.asks(s.name)
	})
}

// host names a store that has no account by where it is.
func (t Target) host() string {
	u, err := url.Parse(t.Endpoint)
	if err != nil || u.Host == "" {
		return "endpoint"
	}
	return strings.ToLower(u.Host)
}
