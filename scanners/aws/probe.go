package aws

import (
	"path"

	"github.com/aws/aws-sdk-go-v2/service/ec2"

	probity "github.com/probity-scan/probity"
)

// closed asks two services before all others, and says why a region is closed as a whole: the organisation denies both, or
// neither can be reached. Otherwise each call tells for itself.
func (r *reader) closed() *probity.Gap {
	if r.region == "" || r.target.Plain {
		return nil
	}
	r.readKeyring()
	few := int32(5)
	net := ask(r, ec2.NewFromConfig(r.cfg).DescribeVpcs, &ec2.DescribeVpcsInput{MaxResults: &few})
	if r.keys.gap == nil || net.gap == nil || r.keys.gap.Reason != net.gap.Reason {
		return nil
	}
	gap := *net.gap
	switch gap.Reason {
	case probity.DeniedByOrg:
		gap.Because = "the organisation closes the region"
		gap = r.accepted(gap, r.region)
	case probity.Unreachable:
		gap.Because, gap.Needs = "the region is disabled, or down", "the region enabled in this account, or left out by region="
	case probity.Expired, probity.Timeout:
	default:
		return nil
	}
	return &gap
}

// accepted is the gap of a region that the organisation closes, or that the configuration accepts it.
func (r *reader) accepted(gap probity.Gap, region string) probity.Gap {
	if gap.Reason == probity.DeniedByOrg && shut(r.unit.Asks.Live.Closed, r.account+"/"+region) {
		return probity.Gap{Reason: probity.Filtered, Because: "the organisation closes the region, as the configuration says"}
	}
	return gap
}

// shut reports whether the configuration accepts that a region is closed.
func shut(globs []string, region string) bool {
	for _, g := range globs {
		if ok, _ := path.Match(g, region); ok || g == "*" { // which in a path stops before a slash
			return true
		}
	}
	return false
}
