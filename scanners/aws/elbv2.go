package aws

import (
	"cmp"

	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	probity "github.com/probity-scan/probity"
)

// elbv2Service lists the listeners of application and network balancers: the ways in to what serves data.
func elbv2Service() service {
	return service{name: "elb", id: "Elastic Load Balancing v2", lists: []string{"aws_lb_listener"},
		calls: append(callsAs("elasticloadbalancing", "DescribeLoadBalancers"), apiece(callsAs("elasticloadbalancing", "DescribeListeners")...)...),
		read: func(r *reader) {
			api := elb.NewFromConfig(r.cfg)
			many(r, list(r, api.DescribeLoadBalancers, &elb.DescribeLoadBalancersInput{},
				func(p *elb.DescribeLoadBalancersOutput) []types.LoadBalancer { return p.LoadBalancers }, "aws_lb_listener"), func(b types.LoadBalancer, _ *probity.Origin) {
				for l, at := range list(r, api.DescribeListeners, &elb.DescribeListenersInput{LoadBalancerArn: b.LoadBalancerArn},
					func(p *elb.DescribeListenersOutput) []types.Listener { return p.Listeners }, "aws_lb_listener") {
					r.add(listener(l, at))
				}
			})
		}}
}

func listener(l types.Listener, at *probity.Origin) Thing {
	var redirect any
	for _, a := range l.DefaultActions {
		if a.RedirectConfig != nil {
			redirect = attrs{"protocol": a.RedirectConfig.Protocol}
		}
	}
	return Thing{Type: "aws_lb_listener", ARN: value(l.ListenerArn), ID: value(l.ListenerArn), At: at, Attrs: attrs{
		"protocol":   cmp.Or(string(l.Protocol), "GENEVE"), // balancers of firewalls name none
		"ssl_policy": l.SslPolicy, "default_action": attrs{"redirect": redirect},
		"tags": unread{probity.Gap{Reason: probity.NotCollected, Because: "the tags of listeners are not asked for"}}}}
}
