package plan

import (
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/iac/terraform/config"
)

// listed gives the resources that an unknown list names. A plan tells of an expression what it refers to and not what else it
// holds: only the code can close the list.
func (o overlay) listed(name string, conf any, p *config.Place, at *probity.Origin) (resource.List, bool) {
	if !strings.HasSuffix(name, "_ids") && name != "security_groups" {
		return resource.List{}, false
	}
	e, _ := conf.(map[string]any)
	refs := texts(e["references"])
	var out resource.List
	for i, ref := range refs {
		if isPrefix(ref, i, refs) {
			continue
		}
		r, ok := o.follow([]string{ref}, o.module, o.change.index, 0)
		if !ok {
			return resource.List{}, false
		}
		out.Items = append(out.Items, resource.Value{Data: r, At: at})
	}
	if len(out.Items) == 0 {
		return out, false
	}
	if !p.Lists(name) {
		out.Rest = &probity.Gap{Reason: probity.Computed, Because: o.change.address + "." + name}
	}
	return out, true
}

// isPrefix: a plan lists a.b beside a.b.c.
func isPrefix(ref string, at int, refs []string) bool {
	for i, other := range refs {
		if i != at && (strings.HasPrefix(other, ref+".") || strings.HasPrefix(other, ref+"[")) {
			return true
		}
	}
	return false
}
