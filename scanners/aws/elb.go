package aws

import (
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancing"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancing/types"

	probity "github.com/probity-scan/probity"
)

// elbService lists classic balancers, with the policies that their listeners go by.
func elbService() service {
	return service{name: "elb", id: "Elastic Load Balancing", lists: []string{"aws_elb", "aws_lb_ssl_negotiation_policy"},
		calls: append(callsAs("elasticloadbalancing", "DescribeLoadBalancers"), apiece(callsAs("elasticloadbalancing", "DescribeLoadBalancerPolicies")...)...),
		read: func(r *reader) {
			api := elb.NewFromConfig(r.cfg)
			many(r, list(r, api.DescribeLoadBalancers, &elb.DescribeLoadBalancersInput{},
				func(p *elb.DescribeLoadBalancersOutput) []types.LoadBalancerDescription {
					return p.LoadBalancerDescriptions
				}, "aws_elb"),
				func(b types.LoadBalancerDescription, at *probity.Origin) { r.classicBalancer(api, b, at) })
		}}
}

func (r *reader) classicBalancer(api *elb.Client, b types.LoadBalancerDescription, at *probity.Origin) {
	name := value(b.LoadBalancerName)
	used := map[string]bool{}
	r.add(Thing{Type: "aws_elb", ARN: r.arn("elasticloadbalancing", "loadbalancer/"+name), ID: name, Created: b.CreatedTime, At: at, Attrs: attrs{
		"name": b.LoadBalancerName, "tags": unread{probity.Gap{Reason: probity.NotCollected, Because: "the tags of balancers are not asked for"}},
		"listener": each(b.ListenerDescriptions, func(d types.ListenerDescription) any {
			for _, p := range d.PolicyNames {
				used[p] = true
			}
			if d.Listener == nil {
				return attrs{"lb_protocol": nil}
			}
			return attrs{"lb_protocol": d.Listener.Protocol}
		})}})
	if len(used) == 0 {
		return
	}
	a := ask(r, api.DescribeLoadBalancerPolicies, &elb.DescribeLoadBalancerPoliciesInput{LoadBalancerName: &name})
	policies := listed(r, a, "aws_lb_ssl_negotiation_policy")
	if policies == nil {
		return
	}
	for _, p := range policies.PolicyDescriptions {
		if !used[value(p.PolicyName)] || value(p.PolicyTypeName) != "SSLNegotiationPolicyType" {
			continue
		}
		r.add(Thing{Type: "aws_lb_ssl_negotiation_policy", At: a.at, Attrs: attrs{"load_balancer": to("aws_elb", &name),
			"attribute": each(referenced(p.PolicyAttributeDescriptions), func(x types.PolicyAttributeDescription) any {
				return attrs{"name": x.AttributeName, "value": x.AttributeValue}
			})}})
	}
}

// referenced is the attribute that names a policy of Amazon's, which says all of the protocols.
func referenced(in []types.PolicyAttributeDescription) []types.PolicyAttributeDescription {
	for _, x := range in {
		if value(x.AttributeName) == "Reference-Security-Policy" {
			return []types.PolicyAttributeDescription{x}
		}
	}
	return nil
}
