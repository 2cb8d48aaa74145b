package aws

import (
	"context"
	"errors"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/macie2"
	"github.com/aws/smithy-go"
)

func macieService() service {
	return service{name: "macie2", id: "Macie2",
		lists: []string{"aws_macie2_account"},
		calls: calls("GetMacieSession", "GetAutomatedDiscoveryConfiguration"),
		read: func(r *reader) {
			api := macie2.NewFromConfig(r.cfg)
			session := ask(r, enabled(api.GetMacieSession), &macie2.GetMacieSessionInput{}, notEnabled)
			o := listed(r, session, "aws_macie2_account")
			if o == nil {
				return
			}
			r.add(Thing{Type: "aws_macie2_account", ID: Account(r.account, r.region).ID + "/macie", Created: o.CreatedAt, At: session.at, Attrs: attrs{
				"status": string(o.Status),
				"tags":   nil,
				"automated_discovery": ask(r, enabled(api.GetAutomatedDiscoveryConfiguration), &macie2.GetAutomatedDiscoveryConfigurationInput{}, notEnabled).get(
					func(o *macie2.GetAutomatedDiscoveryConfigurationOutput) any { return string(o.Status) }),
			}})
		}}
}

const notEnabled = "MacieNotEnabled"

// enabled tells apart that Macie is not enabled from a missing permission: Macie answers both as one.
func enabled[In, Out, O any](op func(context.Context, *In, ...func(*O)) (*Out, error)) func(context.Context, *In, ...func(*O)) (*Out, error) {
	return func(ctx context.Context, in *In, options ...func(*O)) (*Out, error) {
		out, err := op(ctx, in, options...)
		var api smithy.APIError
		if errors.As(err, &api) && strings.Contains(strings.ToLower(api.ErrorMessage()), "macie is not enabled") {
			return nil, &smithy.GenericAPIError{Code: notEnabled, Message: "Macie is not enabled"}
		}
		return out, err
	}
}
