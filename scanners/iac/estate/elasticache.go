package estate

import (
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	cacheGroup      = "aws_elasticache_replication_group"
	cacheCluster    = "aws_elasticache_cluster"
	cacheServerless = "aws_elasticache_serverless_cache"
	cacheUser       = "aws_elasticache_user"
	cacheUsers      = "aws_elasticache_user_group"
	// Terraform has no types of these: accounts list them.
	cacheSnapshot           = "aws_elasticache_snapshot"
	cacheServerlessSnapshot = "aws_elasticache_serverless_cache_snapshot"
)

func elastiCache() service {
	return service{
		kinds: map[probity.Kind][]string{kinds.CacheGroup: {cacheGroup}, kinds.CacheCluster: {cacheCluster}, kinds.CacheServerless: {cacheServerless},
			kinds.CacheSnapshot: {cacheSnapshot, cacheServerlessSnapshot}},
		types: []string{cacheGroup, cacheCluster, cacheServerless, cacheUser, cacheUsers, cacheSnapshot, cacheServerlessSnapshot}, read: (*estate).caches}
}

func (e *estate) caches() []probity.Asset {
	redis, valkey := kinds.NewCache(), kinds.NewValkey()
	out := e.cacheSnapshots()
	for _, r := range e.byType[cacheGroup] {
		if fresh := redis; r.Get("engine").String() == "valkey" {
			out = append(out, e.cacheGroup(r, valkey))
		} else {
			out = append(out, e.cacheGroup(r, fresh))
		}
	}
	single := kinds.NewCacheCluster()
	for _, r := range e.byType[cacheCluster] {
		if !r.Get("replication_group_id").Set() { // else it is a node of a group, which says all of it
			out = append(out, e.cacheCluster(r, single))
		}
	}
	serverless := kinds.NewCacheServerless()
	for _, r := range e.byType[cacheServerless] {
		out = append(out, e.cacheServerless(r, serverless))
	}
	return out
}

func (e *estate) cacheGroup(r *resource.Resource, fresh kinds.Fresh[kinds.Cache]) probity.Asset {
	a := e.fresh(r, kinds.CacheGroup, r.Get("replication_group_id").String(), &fresh.Asset)
	from := restored(r, "global_replication_group_id")
	engine := r.Get("engine")
	if g := engine.Gap(); g != nil {
		a.Encryption.AtRest, a.Encryption.InTransit = probity.Missing[bool](*g, engine.At), probity.Missing[bool](*g, engine.At)
	}
	a.Lifecycle.Version = versioned(engine.Text(unless(from, probity.Known("redis", r.At))), r.Get("engine_version"))
	a.Encryption.AtRest = r.Get("at_rest_encryption_enabled").Bool(unless(from, a.Encryption.AtRest))
	e.storageKey(&a, r.Get("kms_key_id"), from, probity.ProviderOwned)
	a.Encryption.InTransit = r.Get("transit_encryption_enabled").Bool(unless(from, a.Encryption.InTransit))
	if mode := r.Get("transit_encryption_mode"); mode.Set() && a.Encryption.InTransit.Is(func(on bool) bool { return on }) {
		a.Encryption.InTransit = resource.Map(mode.Text(probity.Fact[string]{}), func(s string) bool { return s == "required" })
	}
	a.Exposure.Declared.Guards = e.guards(r.Get("security_group_ids"), r.At)
	a.Resilience.MultiZone = r.Get("multi_az_enabled").Bool(a.Resilience.MultiZone)
	own := fresh.Own
	own.Unauthenticated, own.Port = unless(from, own.Unauthenticated), unless(from, own.Port)
	e.cacheCommon(r, &a, own)
	return a
}

func (e *estate) cacheCluster(r *resource.Resource, fresh kinds.Fresh[kinds.Cache]) probity.Asset {
	a := e.fresh(r, kinds.CacheCluster, r.Get("cluster_id").String(), &fresh.Asset)
	engine := r.Get("engine")
	a.Lifecycle.Version = versioned(engine.Text(probity.Fact[string]{}), r.Get("engine_version"))
	a.Encryption.AtRest = r.Get("at_rest_encryption_enabled").Bool(a.Encryption.AtRest)
	e.storageKey(&a, resource.Value{}, nil, probity.ProviderOwned)
	a.Encryption.InTransit = r.Get("transit_encryption_enabled").Bool(a.Encryption.InTransit)
	a.Exposure.Declared.Guards = e.guards(r.Get("security_group_ids"), r.At)
	own := fresh.Own
	switch name := engine.String(); {
	case name == "memcached":
		own.Port = kinds.MemcachedPort()
	case name == "":
		own.Port = probity.Missing[int](engine.Why(), engine.At)
	}
	a.Resilience.MultiZone = resource.Map(r.Get("az_mode").Text(probity.Known("single-az", r.At)), func(s string) bool { return s == "cross-az" })
	e.cacheCommon(r, &a, own)
	return a
}

func (e *estate) cacheServerless(r *resource.Resource, fresh kinds.Fresh[kinds.Cache]) probity.Asset {
	a := e.fresh(r, kinds.CacheServerless, r.Get("name").String(), &fresh.Asset)
	e.ownKey(&a, r.Get("kms_key_id"))
	a.Lifecycle.Version = versioned(r.Get("engine").Text(probity.Fact[string]{}), r.Get("major_engine_version"))
	a.Exposure.Declared.Guards = e.guards(r.Get("security_group_ids"), r.At)
	own := fresh.Own
	if r.Get("engine").String() == "memcached" {
		own.Port = kinds.MemcachedPort()
	}
	e.cacheCommon(r, &a, own)
	return a
}

// cacheCommon is what all caches spell alike.
func (e *estate) cacheCommon(r *resource.Resource, a *probity.Asset, own kinds.Cache) {
	a.Resilience.BackupDays = r.Get("snapshot_retention_limit").Int(a.Resilience.BackupDays)
	a.Audit.Exports = delivered(r, a.Audit.Exports)
	own.Unauthenticated = opposite(e.cacheAuth(r, opposite(own.Unauthenticated)))
	own.PasswordInCode = literal(r, "auth_token")
	own.MinorUpgrades = r.Get("auto_minor_version_upgrade").Bool(own.MinorUpgrades)
	own.Port = r.Get("port").Int(own.Port)
	a.Settings = probity.SettingsOf(own)
}

// cacheAuth: a token, or a group of users none of whom comes in without a password.
func (e *estate) cacheAuth(r *resource.Resource, def probity.Fact[bool]) probity.Fact[bool] {
	told := r.Get("auth_token_enabled") // of listed caches: a token itself is never told
	on, known := told.Bool(probity.Fact[bool]{}).Get()
	if known {
		def = probity.Known(on, told.At)
	}
	if token := r.Get("auth_token"); !known && token.Set() {
		if _, secret := token.Data.(resource.Secret); secret {
			return probity.Known(true, token.At)
		}
		return probity.Missing[bool](token.Why(), token.At)
	}
	for _, attr := range []string{"user_group_ids", "user_group_id"} {
		if on {
			break
		}
		v := r.Get(attr)
		groups, rest := v.Each()
		for _, g := range groups {
			return e.usersAuth(g, v.At)
		}
		if ref, ok := v.Data.(resource.Ref); ok {
			return e.usersAuth(resource.Value{Data: ref, At: v.At}, v.At)
		}
		if rest != nil {
			return probity.Missing[bool](*rest, v.At)
		}
	}
	return def
}

func (e *estate) usersAuth(group resource.Value, at *probity.Origin) probity.Fact[bool] {
	g := e.named(group, cacheUsers)
	if g == nil {
		return probity.Missing[bool](*first(group.Gap(), &probity.Gap{Reason: probity.Unresolved, Because: "its group of users is not in this root"}), at)
	}
	items, rest := g.Get("user_ids").Each()
	for _, i := range items {
		u := e.named(i, cacheUser)
		if u == nil {
			rest = first(rest, &probity.Gap{Reason: probity.Unresolved, Because: "a user of its group is not in this root"})
			continue
		}
		switch open := openUser(u); {
		case open.Is(func(is bool) bool { return is }):
			return probity.Known(false, open.From())
		case !open.Is(func(bool) bool { return true }):
			_, g := open.Value()
			rest = first(rest, g)
		}
	}
	if rest != nil {
		return probity.Missing[bool](*rest, at)
	}
	return probity.Known(true, at)
}

// openUser is a user that is on and needs no password.
func openUser(u *resource.Resource) probity.Fact[bool] {
	if s, ok := u.Get("access_string").Text(probity.Fact[string]{}).Get(); ok && strings.HasPrefix(s, "off") {
		return probity.Known(false, u.At)
	}
	if _, secret := u.Get("passwords").Data.(resource.Secret); secret {
		return probity.Known(false, u.At)
	}
	if kind := u.Get("authentication_mode", "type"); kind.Set() {
		return resource.Map(kind.Text(probity.Fact[string]{}), func(s string) bool { return s == "no-password-required" })
	}
	return u.Get("no_password_required").Bool(probity.Known(false, u.At))
}

// delivered are the kinds of log that leave a cache.
func delivered(r *resource.Resource, def probity.List[string]) probity.List[string] {
	v := r.Get("log_delivery_configuration")
	blocks, rest := v.Blocks()
	if len(blocks) == 0 && rest == nil {
		return def
	}
	var out []string
	for _, b := range blocks {
		if kind := b.Get("log_type"); kind.String() != "" {
			out = append(out, kind.String())
		} else {
			rest = first(kind.Gap(), rest)
		}
	}
	if rest != nil {
		return probity.Open(*rest, v.At, out...)
	}
	return probity.Whole(v.At, out...)
}
