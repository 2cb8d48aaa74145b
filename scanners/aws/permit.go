package aws

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/middleware"
	smithy "github.com/aws/smithy-go/middleware"
)

// permits are the operations that a scan may make: what the published policies allow, and nothing else.
type permits map[string]call // by service and operation: "RDS.DescribeDBInstances"

func newPermits() permits {
	out := permits{}
	for _, s := range append(everyService(), contentServices()...) {
		for _, c := range s.calls {
			name := s.id + "." + c.operation
			if had, ok := out[name]; ok && !had.content {
				continue
			}
			c.action = c.permission(s)
			out[name] = c
		}
	}
	return out
}

// action is the permission that an operation needs.
func (p permits) action(service, operation string) string {
	if c, ok := p[service+"."+operation]; ok {
		return c.action
	}
	return strings.ToLower(strings.ReplaceAll(service, " ", "")) + ":" + operation
}

// guard refuses every operation that is not permitted, before anything is sent.
func (p permits) guard(content bool) func(*smithy.Stack) error {
	return func(stack *smithy.Stack) error {
		return stack.Initialize.Add(smithy.InitializeMiddlewareFunc("ProbityPermits", func(ctx context.Context, in smithy.InitializeInput, next smithy.InitializeHandler) (smithy.InitializeOutput, smithy.Metadata, error) {
			name := middleware.GetServiceID(ctx) + "." + middleware.GetOperationName(ctx)
			c, ok := p[name]
			if !ok || c.content && !content {
				return smithy.InitializeOutput{}, smithy.Metadata{}, fmt.Errorf("%s is not among the calls of a scan: please report it", name)
			}
			return next.HandleInitialize(ctx, in)
		}), smithy.After)
	}
}

// apply puts the guard and the meter into every client made from a configuration.
func (p permits) apply(cfg *aws.Config, content bool, m *meter) {
	cfg.APIOptions = append(cfg.APIOptions, p.guard(content), m.attach)
}
