package estate

import (
	"encoding/json"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	collection       = "aws_opensearchserverless_collection"
	collectionPolicy = "aws_opensearchserverless_security_policy"
	collectionAccess = "aws_opensearchserverless_access_policy"
)

func openSearchServerless() service {
	return service{kinds: map[probity.Kind][]string{kinds.OpenSearchCollection: {collection}},
		types: []string{collection, collectionPolicy, collectionAccess}, read: (*estate).collections}
}

func (e *estate) collections() []probity.Asset {
	fresh := kinds.NewCollection()
	policies := e.collectionPolicies()
	return e.each(collection, func(r *resource.Resource) probity.Asset {
		a := e.fresh(r, kinds.OpenSearchCollection, r.Get("name").String(), &fresh.Asset)
		if standby := r.Get("standby_replicas"); standby.String() == "DISABLED" {
			a.Resilience.MultiZone = probity.Known(false, standby.At)
		}
		if on := r.Get("deletion_protection"); on.Set() {
			a.Resilience.DeletionProtection = resource.Map(on.Text(probity.Fact[string]{}), func(s string) bool { return s == "ENABLED" })
		}
		name, known := r.Get("name").Text(probity.Fact[string]{}).Get()
		if !known || strings.Contains(name, "${") {
			gap := *first(r.Get("name").Gap(), &probity.Gap{Reason: probity.Unresolved, Because: "its name, by which policies find it, is not known"})
			keyGap(&a, gap)
			a.Exposure.Declared.Addressed = probity.Missing[bool](gap, r.At)
		} else {
			if key := r.Get("kms_key_arn"); key.Set() && e.place.listed() {
				e.collectionKey(&a, key)
			} else {
				policies.keyed(e, &a, name)
			}
			policies.networked(&a, name, r)
		}
		own := fresh.Own
		own.Grantees = policies.granted(name, own.Grantees)
		a.Settings = probity.SettingsOf(own)
		return a
	})
}

// collectionKey is what a listed collection says itself: "auto" is a key that AWS owns.
func (e *estate) collectionKey(a *probity.Asset, key resource.Value) {
	if key.String() == "auto" {
		key.Data = ""
	}
	e.key(a, key, probity.ProviderOwned, key.At)
}

// collectionRules are the policies of a root, which name collections by patterns.
type collectionRules struct {
	rules []collectionRule
	gap   map[string]*probity.Gap // by type of resource: one that cannot be read may name any collection
}

// collectionRule is one policy, or one of the rules in it.
type collectionRule struct {
	kind     string // encryption, network, data
	patterns []string
	at       *probity.Origin
	own      bool   // encryption: with a key of the provider
	key      string // encryption
	public   bool   // network
	who      []string
}

// collectionDocument is a policy document: that of encryption is an object, the others are lists of these.
type collectionDocument struct {
	Rules []struct {
		ResourceType string
		Resource     []string
	}
	AWSOwnedKey     bool
	KmsARN          string
	AllowFromPublic bool
	Principal       []string
}

func (e *estate) collectionPolicies() collectionRules {
	out := collectionRules{gap: map[string]*probity.Gap{}}
	for _, typ := range []string{collectionPolicy, collectionAccess} {
		if l := e.unlisted(typ); l != nil {
			out.gap[typ] = &l.Gap
		}
		for _, r := range e.byType[typ] {
			doc := r.Get("policy")
			text, ok := doc.Text(probity.Fact[string]{}).Get()
			kind := r.Get("type").String()
			list, err := collectionDocuments(text)
			if !ok || err != nil || kind == "" || r.Maybe != nil {
				out.gap[typ] = first(r.Maybe, doc.Gap(), &probity.Gap{Reason: probity.Unresolved, Because: r.Addr + " cannot be read"})
				continue
			}
			for _, d := range list {
				rule := collectionRule{kind: kind, at: doc.At, own: d.AWSOwnedKey, key: d.KmsARN, public: d.AllowFromPublic, who: d.Principal}
				for _, on := range d.Rules {
					rule.patterns = append(rule.patterns, on.Resource...)
				}
				out.rules = append(out.rules, rule)
			}
		}
	}
	return out
}

func collectionDocuments(text string) ([]collectionDocument, error) {
	var list []collectionDocument
	if strings.HasPrefix(strings.TrimSpace(text), "[") {
		err := json.Unmarshal([]byte(text), &list)
		return list, err
	}
	var one collectionDocument
	err := json.Unmarshal([]byte(text), &one)
	return []collectionDocument{one}, err
}

// names reports whether a rule is of the collection: "collection/clinic*", "index/clinic/*". A text that is not known may be.
func (r collectionRule) names(name string) (is, sure bool) {
	sure = true
	for _, p := range r.patterns {
		kind, rest, _ := strings.Cut(p, "/")
		if kind == "index" {
			rest, _, _ = strings.Cut(rest, "/")
		}
		head, wild := strings.CutSuffix(rest, "*")
		switch {
		case strings.Contains(rest, "${"):
			sure = false
		case rest == name, wild && strings.HasPrefix(name, head):
			return true, true
		}
	}
	return false, sure
}

// of are the rules of a kind for a collection, and why there may be more.
func (c collectionRules) of(kind, name string) ([]collectionRule, *probity.Gap) {
	var out []collectionRule
	gap := c.gap[collectionPolicy]
	if kind == "data" {
		gap = c.gap[collectionAccess]
	}
	for _, r := range c.rules {
		if r.kind != kind {
			continue
		}
		is, sure := r.names(name)
		if is {
			out = append(out, r)
		} else if !sure {
			gap = first(gap, &probity.Gap{Reason: probity.Unresolved, Because: "a policy names collections by what is not known yet"})
		}
	}
	return out, gap
}

// keyed: the policy that names the collection most closely says the key.
func (c collectionRules) keyed(e *estate, a *probity.Asset, name string) {
	rules, gap := c.of("encryption", name)
	if len(rules) != 1 || gap != nil {
		keyGap(a, *first(gap, &probity.Gap{Reason: probity.Unresolved, Because: "not one encryption policy of this root names it"}))
		return
	}
	if rule := rules[0]; rule.own || rule.key == "" {
		a.Encryption.Key = probity.Known(probity.Optional[string]{}, rule.at)
		a.Encryption.Manager = probity.Known(probity.ProviderOwned, rule.at)
	} else {
		e.key(a, resource.Value{Data: rule.key, At: rule.at}, probity.CustomerManaged, rule.at)
	}
}

func keyGap(a *probity.Asset, gap probity.Gap) {
	a.Encryption.Key, a.Encryption.Manager = probity.Missing[probity.Optional[string]](gap, a.Origin), probity.Missing[probity.KeyManager](gap, a.Origin)
}

// networked: one rule that lets the internet in is enough. Access policies still say who may do what.
func (c collectionRules) networked(a *probity.Asset, name string, r *resource.Resource) {
	rules, gap := c.of("network", name)
	for _, rule := range rules {
		if rule.public {
			a.Exposure.Declared.Addressed = probity.Known(true, rule.at)
			return
		}
	}
	switch {
	case gap != nil:
		a.Exposure.Declared.Addressed = probity.Missing[bool](*gap, r.At)
	case len(rules) > 0:
		a.Exposure.Declared.Addressed = probity.Known(false, rules[0].at)
	default:
		a.Exposure.Declared.Addressed = probity.Missing[bool](probity.Gap{Reason: probity.Unresolved, Because: "no network policy of this root names it"}, r.At)
	}
}

// granted are those whom data access policies name.
func (c collectionRules) granted(name string, def probity.List[string]) probity.List[string] {
	rules, gap := c.of("data", name)
	var out []string
	at := def.From()
	for _, rule := range rules {
		out, at = append(out, rule.who...), rule.at
	}
	switch {
	case gap != nil:
		return probity.Open(*gap, at, out...)
	case len(rules) == 0:
		return def
	}
	return probity.Whole(at, out...)
}
