package resolve

import (
	"context"
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/access"
	"github.com/probity-scan/probity/scanners/kinds"
)

// verdict is whether somebody may do something, and what is to be known to tell.
type verdict struct {
	truth access.Truth
	gap   *probity.Gap
}

// decide weighs all that bears on one request (IAM User Guide, "Policy evaluation logic"), and what the key says to it.
func (s *readable) decide(d *directory, p *principal, action, resource string) (access.Truth, *probity.Gap) {
	r, doubt := s.request(p, action, resource)
	own := s.policyOn(action).Decide(r)
	if s.unread != nil {
		own.Anyone, own.Denied = max(own.Anyone, access.Maybe), max(own.Denied, access.Maybe)
	}
	t := joined(d, p, r, own, false)
	if t == access.No {
		return access.No, nil
	}
	v := verdict{truth: t}
	if t == access.Maybe {
		v.gap = s.why(d, p, doubt, s.unread)
	}
	if !s.key.asked {
		return v.truth, v.gap
	}
	k := s.decrypts(d, p)
	if v.truth = min(v.truth, k.truth); v.truth == access.No {
		return access.No, nil
	}
	return v.truth, deciding([]*probity.Gap{v.gap, k.gap})
}

// joined joins identity, boundary, organisation and the resource's own policy. A key lets identities in only where its policy
// leaves it to the account.
func joined(d *directory, p *principal, r *access.Request, own access.Decision, key bool) access.Truth {
	rights := p.rights(r.Action)
	allow, denied := access.No, own.Denied
	for _, doc := range rights.policies {
		said := doc.Decide(r)
		allow, denied = max(allow, said.Named), max(denied, said.Denied)
	}
	if p.gap != nil {
		allow, denied = max(allow, access.Maybe), max(denied, access.Maybe)
	}
	bound := access.Yes
	if p.bounded {
		said := rights.boundary.Decide(r)
		bound, denied = said.Named, max(denied, said.Denied)
		if p.boundary.gap != nil {
			bound, denied = access.Maybe, max(denied, access.Maybe)
		}
	}
	byIdentity := min(allow, bound)
	if key {
		byIdentity = min(byIdentity, max(own.Delegated, own.Named, own.Anyone))
	}
	byResource := max(own.Named, own.Anyone)
	if !p.user { // a boundary limits what is given to a role, not to one of its sessions or to a user
		byResource = max(min(own.Named, bound), min(own.Anyone, max(bound, access.Maybe)))
	}
	let := access.Yes
	if !p.linked {
		allowed, refused := d.limits.let(r)
		let, denied = allowed, max(denied, refused)
	}
	for _, doc := range d.limits.all {
		if !p.linked {
			denied = max(denied, doc.Decide(r).Denied)
		}
	}
	return min(max(byIdentity, byResource), let, access.Yes-denied)
}

func (s *readable) why(d *directory, p *principal, doubt *access.Doubt, more *probity.Gap) *probity.Gap {
	if g := deciding([]*probity.Gap{d.limits.gap, p.gap, p.boundary.gap, more}); g != nil {
		return g
	}
	because := "policies depend on the request"
	if doubt.Key != "" {
		because = "policies depend on " + doubt.Key + " of the request"
	}
	return &probity.Gap{Reason: probity.Unresolved, Because: because}
}

// request is what a principal asks over an encrypted connection, by itself and not through another service.
func (s *readable) request(p *principal, action, resource string) (*access.Request, *access.Doubt) {
	a, doubt := s.asset, &access.Doubt{}
	r := &access.Request{Principal: p.arn, Account: a.Scope.Account, Action: action, Resource: resource, Doubt: doubt, Context: map[string]string{
		"aws:principalarn": p.arn, "aws:principalaccount": a.Scope.Account, "aws:resourceaccount": a.Scope.Account, "aws:principaltype": "AssumedRole",
		"aws:principalisawsservice": "false", "aws:securetransport": "true", "s3:tlsversion": "1.3",
	}, Without: []string{"aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths", "aws:principalservicename", "aws:principalservicenameslist", "aws:username",
		"s3:dataaccesspointarn", "s3:dataaccesspointaccount", "s3:accesspointnetworkorigin"}}
	if p.linked { // AWS asks for itself, in ways it does not tell
		delete(r.Context, "aws:principalisawsservice")
		r.Without = nil
	}
	if p.user {
		r.Context["aws:principaltype"], r.Context["aws:username"] = "User", p.arn[strings.LastIndexByte(p.arn, '/')+1:]
	}
	if region, ok := a.Location.Region.Get(); ok {
		r.Context["aws:requestedregion"] = region
	}
	return r, doubt
}

// key is the customer's key that readers have to be let in by.
type key struct {
	asked  bool
	arn    string
	policy access.Policy
	unread *probity.Gap
	grants probity.List[probity.Grant]
}

// keyOf is the key as the store uses it for what is written now. Keys of AWS let in whoever may read the store.
func keyOf(ctx context.Context, inv Inventory, a *probity.Asset, by kinds.Reading) (key, error) {
	manager, known := a.Encryption.Manager.Get()
	_, why := a.Encryption.Manager.Value()
	if by.Decrypts == "" || known && manager != probity.CustomerManaged || !known && why.Reason == probity.NotApplicable {
		return key{}, nil
	}
	out := key{asked: true}
	to, gap, err := linked(ctx, inv, a, probity.EncryptedBy)
	switch {
	case err != nil:
		return out, err
	case !known:
		out.unread = why
	case gap != nil:
		out.unread = gap
	case len(to) != 1 || to[0].Kind != kinds.KMSKey:
		out.unread = &probity.Gap{Reason: probity.Unresolved, Because: "the key of the store is not in this scan"}
	default:
		k := to[0]
		out.arn, out.grants = k.ID, k.Exposure.Declared.ACL
		out.policy, out.unread = rulesOf(&k)
	}
	return out, nil
}

// decrypts is whether somebody may use the key through the store's service. It is asked once for each key.
func (s *readable) decrypts(d *directory, p *principal) verdict {
	if s.key.unread != nil {
		return verdict{access.Maybe, s.key.unread}
	}
	region, _ := s.asset.Location.Region.Get()
	via := s.by.Decrypts + "." + region + ".amazonaws.com"
	if v, ok := p.decrypts[s.key.arn+" "+via]; ok {
		return v
	}
	r, doubt := s.request(p, kinds.Decrypt, s.key.arn)
	if region != "" {
		r.Context["kms:viaservice"] = via
	}
	r.Context["kms:calleraccount"] = s.asset.Scope.Account
	own := s.key.policy.Decide(r)
	for _, g := range s.key.grants.Items {
		if g.Principal == p.arn && slices.Contains(g.Actions, kinds.Decrypt) {
			own.Named = access.Yes
		}
	}
	_, more := s.key.grants.Value()
	if more != nil {
		own.Named = max(own.Named, access.Maybe)
	}
	v := verdict{truth: joined(d, p, r, own, true)}
	if v.truth == access.Maybe {
		v.gap = s.why(d, p, doubt, more)
	}
	p.decrypts[s.key.arn+" "+via] = v
	return v
}
