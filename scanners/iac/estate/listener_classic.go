package estate

import (
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	classicBalancer    = "aws_elb"
	classicNegotiation = "aws_lb_ssl_negotiation_policy"
	classicPolicies    = "aws_load_balancer_listener_policy" // names policies, of whichever type
)

func classicTypes() []string { return []string{classicBalancer, classicNegotiation, classicPolicies} }

func (e *estate) classics() []probity.Asset {
	of, _ := e.beside(classicBalancer, "load_balancer", []string{"name"}, classicNegotiation)
	named, _ := e.beside(classicBalancer, "load_balancer_name", []string{"name"}, classicPolicies)
	return e.each(classicBalancer, func(r *resource.Resource) probity.Asset { return e.classic(r, of[r.Addr], named[r.Addr]) })
}

// classic: a balancer and its listeners are one there, and one listener in the clear is a way in that is.
func (e *estate) classic(r *resource.Resource, of, named *split) probity.Asset {
	a := e.asset(r, kinds.Listener, r.Get("name").String())
	listeners, gap := r.Get("listener").Blocks()
	a.Encryption.InTransit = probity.Known(true, r.At)
	encrypted := 0
	for _, l := range listeners {
		protocol := l.Get("lb_protocol")
		switch p := strings.ToUpper(protocol.String()); {
		case p == "HTTPS" || p == "SSL":
			encrypted++
		case p == "HTTP":
			a.Encryption.InTransit = probity.Known(false, protocol.At)
		case p == "TCP":
			gap = first(gap, &probity.Gap{Reason: probity.Unresolved, Because: "a listener for TCP passes on what clients send, TLS or not"})
		default:
			g := protocol.Why()
			gap = first(gap, &g)
		}
	}
	if len(listeners) == 0 {
		gap = first(gap, &probity.Gap{Reason: probity.Unresolved, Because: "it has no listener here"})
	}
	if gap != nil && a.Encryption.InTransit.Is(func(on bool) bool { return on }) {
		a.Encryption.InTransit = probity.Missing[bool](*gap, r.At)
	}
	policy := probity.Missing[string](probity.Gap{Reason: probity.NotApplicable, Because: "it takes no TLS"}, r.At)
	switch {
	case encrypted > 0:
		policy = classicPolicy(encrypted, of, named)
	case gap != nil:
		policy = probity.Missing[string](*gap, r.At)
	}
	a.Settings = probity.SettingsOf(kinds.Entry{TLSPolicy: policy})
	return a
}

// classicPolicy is the policy of Amazon's that the only encrypted listener goes by. A policy may also list protocols one by one.
func classicPolicy(encrypted int, of, named *split) probity.Fact[string] {
	if g := first(of.doubt[classicNegotiation], named.doubt[classicPolicies]); g != nil {
		return probity.Missing[string](*g, of.owner.At)
	}
	p, g := of.part(classicNegotiation)
	switch {
	case g != nil:
		return probity.Missing[string](*g, p.At)
	case p == nil && len(named.parts[classicPolicies]) == 0:
		return kinds.ListenerPolicy()
	case p != nil && encrypted == 1 && len(named.parts[classicPolicies]) == 0:
		attributes, _ := p.Get("attribute").Blocks()
		for _, b := range attributes {
			if b.Get("name").String() == "Reference-Security-Policy" {
				return b.Get("value").Text(probity.Fact[string]{})
			}
		}
	}
	return probity.Missing[string](probity.Gap{Reason: probity.Unresolved, Because: "its listeners go by policies of their own"}, of.owner.At)
}
