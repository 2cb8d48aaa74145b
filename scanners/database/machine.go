package database

import (
	"context"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// machine tells of the server itself: what guards all that it holds.
func (v *visit) machine(ctx context.Context, s *session) error {
	from := v.From("version and settings of the server")
	a := probity.Asset{Ref: v.login.server(), Name: v.login.address(), Class: probity.Database, Scope: probity.Scope{Provider: v.login.Engine}, Origin: from, Aliases: []string{v.login.address()}}
	a.Kind, _, _ = kindsOf(v.login.Engine)
	a.Links = s.original(ctx, s)
	if v.login.Server.ID != "" {
		a.Links = a.Links.With(probity.Link{Kind: probity.ContainedIn, To: v.login.Server})
	}
	unseen := probity.Gap{Reason: probity.NotCollected, Because: "a session does not see how the server's disks are kept", Needs: "a scan of the account that runs it"}
	a.Encryption.AtRest = probity.Missing[bool](unseen, from)
	version, forced, err := s.about(ctx, s)
	if err != nil {
		g := v.engine.lost(err, "settings of the server")
		a.Lifecycle.Version, a.Encryption.InTransit = probity.Missing[string](g, from), probity.Missing[bool](g, from)
		return v.Give(a)
	}
	a.Lifecycle.Version = probity.Known(version, from)
	a.Encryption.InTransit = forced
	if a.Kind != kinds.RedshiftServer {
		var settings any
		settings, a.Audit.Access = s.guards(ctx, s)
		a.Settings = probity.SettingsOf(settings)
	}
	return v.Give(a)
}

// asset is a database of the server.
func (v *visit) asset(ctx context.Context, s *session, l Login) probity.Asset {
	from := v.From("settings of the database")
	a := probity.Asset{Ref: l.ref(l.Database), Name: l.Database, Class: probity.Database, Scope: probity.Scope{Provider: l.Engine}, Origin: from,
		Aliases: []string{l.address() + "/" + l.Database}, Links: probity.Whole[probity.Link](from)}
	_, a.Kind, _ = kindsOf(l.Engine)
	if a.Kind == kinds.PostgresDatabase {
		var inside kinds.Inside
		inside, a.Audit.Access, a.Links = s.inside(ctx)
		a.Settings = probity.SettingsOf(inside)
	} else {
		a.Settings = probity.SettingsOf(kinds.Holding{Views: s.views(ctx)})
	}
	a.Links = a.Links.With(probity.Link{Kind: probity.ContainedIn, To: l.server()})
	return a
}

// settingsOf are what is told of a table beside its content.
func settingsOf(k probity.Kind, t held, rows probity.Fact[int], from *probity.Origin) probity.Settings {
	listed := t.inventory(rows)
	switch k {
	case kinds.MySQLTable:
		return probity.SettingsOf(kinds.Kept{Listed: listed, Encrypted: t.encrypted})
	case kinds.RedshiftTable:
		return probity.SettingsOf(listed)
	}
	return probity.SettingsOf(kinds.Guarded{Listed: listed, RowSecurity: probity.Known(t.rls, from), Forced: probity.Known(t.forced, from), Tenants: probity.Whole(from, t.tenants...),
		Allowing: probity.Whole(from, t.allowing...), Whole: probity.Whole(from, t.published...)})
}
