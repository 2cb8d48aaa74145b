package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	logDestination       = "aws_cloudwatch_log_destination"
	logDestinationPolicy = "aws_cloudwatch_log_destination_policy"
)

// logDestinations are ways by which log groups, those of other accounts too, feed a stream.
func logDestinations() service {
	return service{kinds: map[probity.Kind][]string{kinds.LogDestination: {logDestination}}, types: []string{logDestination, logDestinationPolicy}, read: func(e *estate) []probity.Asset {
		splits, rest := e.beside(logDestination, "destination_name", []string{"name"}, logDestinationPolicy)
		out := e.each(logDestination, func(r *resource.Resource) probity.Asset {
			a := e.asset(r, kinds.LogDestination, r.Get("name").String())
			a.Encryption.InTransit = kinds.LogsTLS()
			a.Exposure.Declared.Policy = ruled(splits[r.Addr], logDestinationPolicy, "access_policy", kinds.NoPolicy("destination"))
			e.receives(r.Get("target_arn"), probity.CopyOf, a.Ref)
			return a
		})
		return append(out, e.ruledElsewhere(rest, kinds.LogDestination, logDestinationPolicy, "access_policy", nil)...)
	}}
}
