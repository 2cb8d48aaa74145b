package database

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// Sources: PostgreSQL 18 documentation, chapters 36.17 (extensions) and "Writing SECURITY DEFINER Functions Safely" of CREATE
// FUNCTION, read on 2026-11-28. What an extension brought is its makers' to mend.
const (
	postgresCreate     = `SELECT coalesce(has_schema_privilege('public', to_regnamespace('public')::oid, 'CREATE'), false)`
	postgresExtensions = `SELECT extname FROM pg_extension ORDER BY extname`
	postgresDefiners   = `SELECT p.oid::regprocedure::text, EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a WHERE a.grantee = 0 AND a.privilege_type = 'EXECUTE'),
			EXISTS (SELECT FROM unnest(p.proconfig) c WHERE c LIKE 'search\_path=%')
		FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
		WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
		ORDER BY 1`
)

// inside are the settings of the session's database, and whether reads of it leave a trace by a setting of its own.
func (s *session) inside(ctx context.Context) (out kinds.Inside, audit probity.Fact[bool], links probity.List[probity.Link]) {
	var weak, extensions, published, whole, defaults guard
	from := &probity.Origin{Query: "settings of the database"}
	var create, logs bool
	has, err := s.settings(ctx)
	if err == nil {
		err = s.one(ctx, postgresInsideLogs, &logs)
	}
	if err == nil {
		err = s.one(ctx, postgresCreate, &create)
	}
	if err != nil {
		g := s.refusal(err, "pg_read_all_settings")
		out.LogsValues, out.PublicCreate = probity.Missing[bool](g, from), probity.Missing[bool](g, from)
		weak.lacks(g)
	} else {
		here := logs || hidden(has, logNames()...) != nil
		out.LogsValues, out.PublicCreate = probity.Known(here && logsValues(has, logs), from), probity.Known(create, from)
		if has["password_encryption"].own {
			weak.encryption(has)
		}
		if has["pgaudit.log"].own || has["pgaudit.role"].own {
			audit = pgaudit(has["pgaudit.log"].value, has["pgaudit.role"].value, from)
		}
	}
	s.named(ctx, postgresExtensions, "SELECT on pg_extension", &extensions)
	out.WeakAuth, out.Extensions = weak.list("the setting password_encryption"), extensions.list("SELECT … FROM pg_extension")
	s.named(ctx, postgresPublications, "SELECT on pg_publication", &published)
	s.named(ctx, postgresAllTables, "SELECT on pg_publication", &whole)
	out.Whole = whole.list("SELECT … FROM pg_publication")
	s.named(ctx, postgresDefaults, "SELECT on pg_default_acl", &defaults)
	out.Published, out.OpenDefaults = published.list("SELECT … FROM pg_publication"), defaults.list("SELECT … FROM pg_default_acl")
	out.Definers, out.Views = s.definers(ctx), s.views(ctx)
	out.Remotes, links = s.remotes(ctx)
	return out, audit, links
}

func (s *session) definers(ctx context.Context) probity.List[kinds.Definer] {
	from := &probity.Origin{Query: "SELECT … FROM pg_proc"}
	var found []kinds.Definer
	err := s.read(ctx, postgresDefiners, func(r *sql.Rows) error {
		var d kinds.Definer
		err := r.Scan(&d.Name, &d.Public, &d.Pinned)
		found = append(found, d)
		return err
	})
	if err != nil {
		return probity.Open[kinds.Definer](s.refusal(err, "SELECT on pg_proc"), from)
	}
	return probity.Whole(from, found...)
}

// tenant reports whether a column's name says that it tells whose row it is: tenant_id, organisation, orgUuid, client_no. A client alone
// may be a person's name.
func tenant(column string) bool {
	name := strings.ReplaceAll(strings.ToLower(column), "_", "")
	if slices.Contains([]string{"tenant", "organisation", "organization", "org", "workspace"}, name) {
		return true
	}
	for _, end := range []string{"id", "uuid", "key", "no", "number", "code", "ref"} {
		if short, ok := strings.CutSuffix(name, end); ok {
			return slices.Contains([]string{"tenant", "organisation", "organization", "org", "workspace", "company", "customer", "client", "practice"}, short)
		}
	}
	return false
}
