package aws

import (
	"net/url"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/opensearchserverless"
	smithydoc "github.com/aws/aws-sdk-go-v2/service/opensearchserverless/document"
	"github.com/aws/aws-sdk-go-v2/service/opensearchserverless/types"

	probity "github.com/probity-scan/probity"
)

func openSearchServerless() service {
	return service{name: "aoss", id: "OpenSearchServerless",
		lists: []string{"aws_opensearchserverless_collection", "aws_opensearchserverless_security_policy", "aws_opensearchserverless_access_policy"},
		calls: append(calls("ListCollections", "BatchGetCollection", "ListSecurityPolicies", "ListAccessPolicies"),
			apiece(calls("GetSecurityPolicy", "GetAccessPolicy", "ListTagsForResource")...)...),
		read: func(r *reader) {
			c := collectionReader{r, opensearchserverless.NewFromConfig(r.cfg)}
			if c.collections() && r.wants("exposure", "access", "settings.grantees") {
				c.networks()
				c.grants()
			}
		}}
}

type collectionReader struct {
	*reader
	api *opensearchserverless.Client
}

// collections reports whether there are any: without one no policy matters.
func (c collectionReader) collections() bool {
	var all []types.CollectionSummary
	for s := range list(c.reader, c.api.ListCollections, &opensearchserverless.ListCollectionsInput{},
		func(p *opensearchserverless.ListCollectionsOutput) []types.CollectionSummary {
			return p.CollectionSummaries
		}, "aws_opensearchserverless_collection") {
		all = append(all, s)
	}
	const together = 100
	for some := range slices.Chunk(all, together) {
		ids := make([]string, len(some))
		for i, s := range some {
			ids[i] = value(s.Id)
		}
		d := ask(c.reader, c.api.BatchGetCollection, &opensearchserverless.BatchGetCollectionInput{Ids: ids})
		details := map[string]types.CollectionDetail{}
		if d.out != nil {
			for _, e := range d.out.CollectionDetails {
				details[value(e.Id)] = e
			}
		}
		many(c.reader, func(yield func(types.CollectionSummary, *probity.Origin) bool) {
			for _, s := range some {
				if !yield(s, d.at) {
					return
				}
			}
		}, func(s types.CollectionSummary, at *probity.Origin) {
			c.add(c.collection(s, details[value(s.Id)], d.gap, at))
		})
	}
	return len(all) > 0
}

func (c collectionReader) collection(s types.CollectionSummary, d types.CollectionDetail, gap *probity.Gap, at *probity.Origin) Thing {
	t := Thing{Type: "aws_opensearchserverless_collection", ARN: value(s.Arn), ID: value(s.Id), Created: milliseconds(d.CreatedDate), At: at, Attrs: attrs{
		"name":                s.Name,
		"kms_key_arn":         collectionKey(s.KmsKeyArn, d.KmsKeyArn),
		"standby_replicas":    word(d.StandbyReplicas),
		"deletion_protection": word(d.DeletionProtection),
		"tags": ask(c.reader, c.api.ListTagsForResource, &opensearchserverless.ListTagsForResourceInput{ResourceArn: s.Arn}).get(func(o *opensearchserverless.ListTagsForResourceOutput) any {
			return tags(o.Tags, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
		}),
	}}
	if gap != nil {
		t.Attrs["standby_replicas"], t.Attrs["deletion_protection"] = unread{*gap}, unread{*gap}
		if value(s.KmsKeyArn) == "" {
			t.Attrs["kms_key_arn"] = unread{*gap}
		}
	}
	if u, err := url.Parse(value(d.CollectionEndpoint)); err == nil && u.Hostname() != "" {
		const https = 443
		t.Names = served(u.Hostname(), https)
	}
	return t
}

// collectionKey is a key's ARN, or "auto" for one that AWS owns.
func collectionKey(named ...*string) any {
	for _, n := range named {
		switch value(n) {
		case "":
		case "auto":
			return "auto"
		default:
			return keyOf(n)
		}
	}
	return nil
}

func (c collectionReader) networks() {
	const typ = "aws_opensearchserverless_security_policy"
	many(c.reader, list(c.reader, c.api.ListSecurityPolicies, &opensearchserverless.ListSecurityPoliciesInput{Type: types.SecurityPolicyTypeNetwork},
		func(p *opensearchserverless.ListSecurityPoliciesOutput) []types.SecurityPolicySummary {
			return p.SecurityPolicySummaries
		}, typ),
		func(s types.SecurityPolicySummary, _ *probity.Origin) {
			p := ask(c.reader, c.api.GetSecurityPolicy, &opensearchserverless.GetSecurityPolicyInput{Name: s.Name, Type: s.Type}, "ResourceNotFoundException")
			c.policy(typ, string(s.Type), value(s.Name), p.at, p.out != nil || p.gap != nil, p.get(func(o *opensearchserverless.GetSecurityPolicyOutput) any {
				if o.SecurityPolicyDetail == nil {
					return nil
				}
				return documented(o.SecurityPolicyDetail.Policy)
			}))
		})
}

func (c collectionReader) grants() {
	const typ = "aws_opensearchserverless_access_policy"
	many(c.reader, list(c.reader, c.api.ListAccessPolicies, &opensearchserverless.ListAccessPoliciesInput{Type: types.AccessPolicyTypeData},
		func(p *opensearchserverless.ListAccessPoliciesOutput) []types.AccessPolicySummary {
			return p.AccessPolicySummaries
		}, typ),
		func(s types.AccessPolicySummary, _ *probity.Origin) {
			p := ask(c.reader, c.api.GetAccessPolicy, &opensearchserverless.GetAccessPolicyInput{Name: s.Name, Type: s.Type}, "ResourceNotFoundException")
			c.policy(typ, string(s.Type), value(s.Name), p.at, p.out != nil || p.gap != nil, p.get(func(o *opensearchserverless.GetAccessPolicyOutput) any {
				if o.AccessPolicyDetail == nil {
					return nil
				}
				return documented(o.AccessPolicyDetail.Policy)
			}))
		})
}

// policy adds one that is still there.
func (c collectionReader) policy(typ, kind, name string, at *probity.Origin, there bool, text any) {
	if there {
		c.add(Thing{Type: typ, ID: typ + "/" + kind + "/" + name, At: at, Attrs: attrs{"name": name, "type": kind, "policy": text}})
	}
}

// documented is a document's JSON.
func documented(d smithydoc.Interface) any {
	if d == nil {
		return nil
	}
	text, err := d.MarshalSmithyDocument()
	if err != nil {
		return unread{probity.Gap{Reason: probity.Unreadable, Because: "the policy is no JSON"}}
	}
	return string(text)
}
