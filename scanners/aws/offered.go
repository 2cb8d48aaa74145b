package aws

import (
	"context"
	"errors"
	"net"
	"strings"
)

// notOffered is the error of a call to a service that does not exist in a region.
type notOffered struct{ error }

// Unwrap gives the error itself.
func (n notOffered) Unwrap() error { return n.error }

// everywhere is a region of each partition that has all services.
func everywhere(region string) string {
	return map[string]string{"aws": "us-east-1", "aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1"}[partition(region)]
}

// notOffered tells a service that a region lacks from a network that knows no names: DNS knows the service's name in another
// region, and not in this one.
func (m *meter) notOffered(ctx context.Context, region string, err error) error {
	var dns *net.DNSError
	if region == "" || !errors.As(err, &dns) || !dns.IsNotFound {
		return err
	}
	elsewhere := strings.Replace(dns.Name, "."+region+".", "."+everywhere(region)+".", 1)
	if elsewhere == dns.Name {
		return err
	}
	if found, failed := m.o.Lookup(ctx, elsewhere); failed != nil || len(found) == 0 {
		return err
	}
	return notOffered{err}
}
