package opensearch

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

const security = "/_plugins/_security/"

// cluster tells what guards it. Its port speaks TLS or does not; none speaks both, unless the plugin is told to.
func (v *visit) cluster(ctx context.Context, c *client, hello about) probity.Asset {
	from := v.From("GET / and " + security)
	a := probity.Asset{Ref: v.ref(), Name: v.Address(), Kind: kinds.SearchCluster, Class: probity.Search, Scope: probity.Scope{Provider: Name}, Origin: from, Aliases: []string{v.Address()}}
	a.Lifecycle.Version = probity.Known(Name+" "+hello.Version.Number, from)
	a.Encryption.InTransit = probity.Known(v.TLS, from)
	a.Encryption.AtRest = probity.Missing[bool](probity.Gap{Reason: probity.NotCollected, Because: "a connection does not see how the server's disks are kept",
		Needs: "a scan of the account that runs it"}, nil)
	var s kinds.Search
	s.Passwordless = v.passwordless(ctx, c)
	if len(s.Passwordless.Items) > 0 && v.open(ctx, c) {
		s.Powerful, a.Audit.Access = probity.Whole(from, "everybody"), probity.Known(false, from)
	} else {
		s.Powerful, a.Audit.Access = v.powerful(ctx, c), v.audit(ctx, c)
	}
	a.Settings = probity.SettingsOf(s)
	return a
}

// passwordless asks as nobody.
func (v *visit) passwordless(ctx context.Context, c *client) probity.List[string] {
	from := v.From("GET / without a user")
	err := c.get(ctx, "", "/", nil, &about{})
	var said *refused
	switch {
	case err == nil:
		return probity.Whole(from, "everybody")
	case errors.As(err, &said) && (said.status == http.StatusUnauthorized || said.status == http.StatusForbidden):
		return probity.Whole[string](from)
	}
	return probity.Open[string](lost(err, ""), from)
}

// open reports whether the cluster has no plugin that asks who comes.
func (v *visit) open(ctx context.Context, c *client) bool {
	var said *refused
	err := c.get(ctx, v.User, security+"authinfo", nil, &struct{}{})
	return errors.As(err, &said) && (said.status == http.StatusBadRequest || said.status == http.StatusNotFound)
}

type user struct {
	Reserved bool     `json:"reserved"`
	Backend  []string `json:"backend_roles"`
	Roles    []string `json:"opendistro_security_roles"`
}

type mapping struct {
	Users   []string `json:"users"`
	Backend []string `json:"backend_roles"`
}

// powerful are the users with the role all_access, beside the cluster's own administrator. Digests of passwords are not in the answer.
func (v *visit) powerful(ctx context.Context, c *client) probity.List[string] {
	const all = "all_access"
	from := v.From(security + "api/internalusers and rolesmapping")
	var users map[string]user
	var roles map[string]mapping
	err := c.get(ctx, v.User, security+"api/internalusers", nil, &users)
	if err == nil {
		err = c.get(ctx, v.User, security+"api/rolesmapping/"+all, nil, &roles)
	}
	if err != nil {
		return probity.Open[string](lost(err, "a role of plugins.security.restapi.roles_enabled"), from)
	}
	found := map[string]bool{}
	for _, name := range roles[all].Users {
		found["user "+name] = !users[name].Reserved
	}
	for name, u := range users {
		mapped := slices.ContainsFunc(u.Backend, func(r string) bool { return slices.Contains(roles[all].Backend, r) })
		if !u.Reserved && (mapped || slices.Contains(u.Roles, all)) {
			found["user "+name] = true
		}
	}
	maps.DeleteFunc(found, func(_ string, power bool) bool { return !power })
	return probity.Whole(from, slices.Sorted(maps.Keys(found))...)
}

// audited is the setting of the audit log.
type audited struct {
	Config struct {
		Enabled bool `json:"enabled"`
		Audit   struct {
			Rest      bool     `json:"enable_rest"`
			Transport bool     `json:"enable_transport"`
			NoRest    []string `json:"disabled_rest_categories"`
			NoInner   []string `json:"disabled_transport_categories"`
		} `json:"audit"`
		Compliance struct {
			Enabled bool           `json:"enabled"`
			Read    map[string]any `json:"read_watched_fields"`
		} `json:"compliance"`
	} `json:"config"`
}

// audit is whether reads of documents leave a trace.
func (v *visit) audit(ctx context.Context, c *client) probity.Fact[bool] {
	const granted = "GRANTED_PRIVILEGES"
	from := v.From(security + "api/audit")
	var got audited
	if err := c.get(ctx, v.User, security+"api/audit", nil, &got); err != nil {
		return probity.Missing[bool](lost(err, "a role of plugins.security.restapi.roles_enabled"), from)
	}
	a, watched := got.Config.Audit, got.Config.Compliance
	requests := a.Rest && !slices.Contains(a.NoRest, granted) || a.Transport && !slices.Contains(a.NoInner, granted)
	return probity.Known(got.Config.Enabled && (requests || watched.Enabled && len(watched.Read) > 0), from)
}
