package estate

import (
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/access"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

const (
	lakeSettings = "aws_lakeformation_data_lake_settings"
	lakeGrant    = "aws_lakeformation_permissions"
)

// lakeGrants are the permissions of Lake Formation that may let others in to the catalogue: to accounts and organisations, and
// to principals by ARN. Those of the account's own people, which most are, say nothing of exposure.
func (e *estate) lakeGrants() []*resource.Resource {
	var out []*resource.Resource
	for _, r := range e.byType[lakeGrant] {
		who := r.Get("principal").String()
		if access.Account(who) == who && who != "" || strings.Contains(who, ":organizations:") || e.place.listed() {
			out = append(out, r)
		}
	}
	return out
}

// lend fills whom the permissions let in, and to what of the catalogue.
func (e *estate) lend(a *probity.Asset, permissions []*resource.Resource) {
	var gap *probity.Gap
	if l := e.unlisted(lakeGrant); l != nil {
		gap = &l.Gap
	}
	if len(permissions) == 0 && gap == nil {
		return
	}
	at := a.Origin
	out := []probity.Grant{}
	for _, p := range permissions {
		if p.Maybe != nil {
			gap = p.Maybe
			continue
		}
		at = p.At
		var actions []string
		for _, may := range texts(p.Get("permissions"), probity.List[string]{}).Items {
			actions = append(actions, "lakeformation:"+may)
		}
		g := grant(p.Get("principal").String(), actions)
		for _, attr := range []string{"database", "table", "table_with_columns"} {
			name := p.Get(attr, "name").String()
			if in := p.Get(attr, "database_name").String(); in != "" {
				name = strings.TrimSuffix(in+"/"+name, "/")
			}
			if name != "" {
				g.On = append(g.On, name)
			}
		}
		out = append(out, g)
	}
	slices.SortFunc(out, func(a, b probity.Grant) int {
		return strings.Compare(a.Principal+" "+strings.Join(a.On, " "), b.Principal+" "+strings.Join(b.On, " "))
	})
	a.Exposure.Declared.ACL = probity.Whole(at, out...)
	if gap != nil {
		a.Exposure.Declared.ACL = probity.Open(*gap, at, out...)
	}
}

// lakeOpen is whether new databases or tables are open to whom policies of IAM let in.
func (e *estate) lakeOpen(of *resource.Resource) probity.Fact[bool] {
	set := byProvider(e.byType[lakeSettings])[of.Provider.Name]
	if len(set) == 0 {
		return probity.Fact[bool]{}
	}
	return agreed(set, func(r *resource.Resource) probity.Fact[bool] {
		out := probity.Known(false, r.At)
		for _, name := range []string{"create_database_default_permissions", "create_table_default_permissions"} {
			blocks, gap := r.Get(name).Blocks()
			if !r.Get(name).Set() && !e.place.listed() {
				gap = &probity.Gap{Reason: probity.Unresolved, Because: name + " is left as it was"}
			}
			for _, b := range blocks {
				who := b.Get("principal")
				out = either(out, resource.Map(who.Text(probity.Known("", r.At)), func(s string) bool { return s == "IAM_ALLOWED_PRINCIPALS" }))
			}
			if gap != nil {
				out = either(out, probity.Missing[bool](*gap, r.At))
			}
		}
		return out
	})
}

// lakeEngines is whether engines of others read whole tables.
func (e *estate) lakeEngines(of *resource.Resource) probity.Fact[bool] {
	set := byProvider(e.byType[lakeSettings])[of.Provider.Name]
	if len(set) == 0 {
		return probity.Fact[bool]{}
	}
	return agreed(set, func(r *resource.Resource) probity.Fact[bool] {
		return r.Get("allow_full_table_external_data_access").Bool(probity.Known(false, r.At))
	})
}
