package aws

import (
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/kms/types"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

// keyring tells the keys of AWS from those of the customer, by the aliases of a region: AWS' own bear some that nobody else
// may give.
type keyring struct {
	account string
	home    string                 // what the ARNs of the region's keys and aliases start with; empty: no region
	aliases []types.AliasListEntry // that have a key
	own     map[string]string      // alias/aws/… by the key's ID
	named   map[string]string      // the key's ID by alias
	gap     *probity.Gap
	at      *probity.Origin
}

// readKeyring lists the aliases of the region. Every service names keys, so that it is asked even where KMS is left out.
func (r *reader) readKeyring() {
	ring := keyring{account: r.account, home: r.arn("kms", ""), own: map[string]string{}, named: map[string]string{}, at: r.at("kms:ListAliases")}
	for page, err := range pages(r.ctx, kms.NewFromConfig(r.cfg).ListAliases, &kms.ListAliasesInput{}) {
		if err != nil {
			gap := r.permits.gap(err)
			ring.gap = &gap
			break
		}
		if page.Aliases == nil { // KMS says none by an empty list
			ring.gap = silent("kms:ListAliases")
		}
		for _, a := range page.Aliases {
			name, id := value(a.AliasName), value(a.TargetKeyId)
			if name == "" || id == "" {
				continue
			}
			ring.aliases = append(ring.aliases, a)
			if ring.named[name] = id; kinds.AWSManagedAlias(name) {
				ring.own[id] = name
			}
		}
	}
	r.keys = ring
}

// elsewhere is a key that another region or account has. AWS' own serve their account alone, and none of theirs is of several
// regions; of another region of this account its own aliases tell, which a scan of that region lists.
func (k keyring) elsewhere(arn string) any {
	region, account := ofARN(arn)
	_, id, isKey := strings.Cut(arn, ":key/")
	if !isKey || region == "" || account != k.account || strings.HasPrefix(id, "mrk-") {
		return arn
	}
	return resource.Ref{Addr: arn, Type: "aws_key", Attr: "arn", Says: arn, Gap: probity.Gap{Reason: probity.Unresolved,
		Because: "the key is of " + region + ", and only a scan of that region tells whose it is", Needs: "a scan of " + region}}
}

// value is a key as the estate knows it: an alias of AWS' own, or the customer's key by its ARN.
func (k keyring) value(name key, at *probity.Origin) resource.Value {
	rest, here := strings.CutPrefix(string(name), k.home)
	if k.home == "" || strings.HasPrefix(rest, "arn:") || !here && strings.Contains(rest, ":") {
		return resource.Value{Data: k.elsewhere(string(name)), At: at}
	}
	if strings.HasPrefix(rest, "alias/") {
		id, known := k.named[rest]
		if kinds.AWSManagedAlias(rest) || !known {
			return resource.Value{Data: k.home + rest, At: at}
		}
		return resource.Value{Data: k.home + "key/" + id, At: at}
	}
	id := strings.TrimPrefix(rest, "key/")
	switch alias, own := k.own[id]; {
	case own:
		return resource.Value{Data: k.home + alias, At: at}
	case k.gap != nil:
		return resource.Value{Data: resource.Unknown{Gap: *k.gap}, At: at}
	}
	return resource.Value{Data: k.home + "key/" + id, At: at}
}
