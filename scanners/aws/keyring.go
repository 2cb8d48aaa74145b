package aws

import (
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/kms"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// keyring tells the keys of AWS from those of the customer: AWS' own bear aliases that nobody else may give.
type keyring struct {
	alias map[string]string // alias/aws/… by the key's ID
	gap   *probity.Gap
}

func (r *reader) readKeyring() {
	ring := keyring{alias: map[string]string{}}
	pages := kms.NewListAliasesPaginator(kms.NewFromConfig(r.cfg), &kms.ListAliasesInput{})
	for pages.HasMorePages() {
		page, err := pages.NextPage(r.ctx)
		if err != nil {
			gap := r.permits.gap(err)
			ring.gap = &gap
			break
		}
		for _, a := range page.Aliases {
			if name := value(a.AliasName); strings.HasPrefix(name, "alias/aws/") && a.TargetKeyId != nil {
				ring.alias[*a.TargetKeyId] = name
			}
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.keys = ring
}

// value is a key as the estate knows it: an alias of AWS' own, or the customer's key by its ARN.
func (k keyring) value(name key, account string, at *probity.Origin) resource.Value {
	id := string(name)
	if strings.HasPrefix(id, "alias/") || strings.Contains(id, ":alias/") {
		return resource.Value{Data: id, At: at}
	}
	if i := strings.LastIndex(id, "/"); i >= 0 {
		id = id[i+1:]
	}
	switch alias, own := k.alias[id]; {
	case own:
		return resource.Value{Data: alias, At: at}
	case k.gap != nil && (!strings.HasPrefix(string(name), "arn:") || strings.Contains(string(name), ":"+account+":")):
		return resource.Value{Data: resource.Unknown{Gap: *k.gap}, At: at}
	}
	return resource.Value{Data: string(name), At: at}
}
