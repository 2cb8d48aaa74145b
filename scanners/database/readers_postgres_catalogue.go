package database

import (
	"context"
	"database/sql"
)

// The catalogue that every account may read, one short statement each. 0 stands for PUBLIC. Lists of numbers come as text.
// Sources: PostgreSQL 18 documentation, chapters 5.8 (privileges), 5.9 (row security), 21 (roles), 52 (catalogue), read on 2026-11-28.
const (
	pgRoles   = `SELECT oid::bigint, rolname, rolcanlogin, rolsuper, rolbypassrls, rolname = 'pg_read_all_data' FROM pg_roles`
	pgMembers = `SELECT roleid::bigint, member::bigint FROM pg_auth_members`
	pgSchemas = `SELECT n.oid::bigint, a.grantee::bigint FROM pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a WHERE a.privilege_type = 'USAGE'`
	pgRead    = `SELECT c.oid::bigint, n.nspname, c.relname, c.relnamespace::bigint, c.relowner::bigint, c.relrowsecurity, c.relforcerowsecurity,
		coalesce(c.reloptions && ARRAY['security_invoker=true', 'security_invoker=on', 'security_invoker=yes', 'security_invoker=1'], false), c.relkind IN ('v', 'm')
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relkind IN ('r', 'm', 'f', 'v', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND c.relpersistence <> 't'`
	pgGrants = `SELECT c.oid::bigint, a.grantee::bigint, '' FROM pg_class c, aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a
		WHERE c.relkind IN ('r', 'm', 'f', 'v', 'p') AND c.oid >= 16384 AND a.privilege_type = 'SELECT'
		UNION ALL SELECT t.attrelid::bigint, a.grantee::bigint, t.attname FROM pg_attribute t, aclexplode(t.attacl) a
		WHERE t.attacl IS NOT NULL AND t.attrelid >= 16384 AND NOT t.attisdropped AND a.privilege_type = 'SELECT'`
	pgPolicies = `SELECT p.polrelid::bigint, r::bigint FROM pg_policy p, unnest(p.polroles) r WHERE p.polpermissive AND p.polcmd IN ('r', '*')`
	// What a view shows: the columns that its rule depends on, whole tables where it names none.
	pgViews = `SELECT r.ev_class::bigint, d.refobjid::bigint, coalesce(a.attname, '') FROM pg_rewrite r
		JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> r.ev_class
		LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid AND d.refobjsubid > 0
		WHERE r.ev_type = '1' AND r.ev_class >= 16384`
	pgParents = `SELECT inhrelid::bigint, inhparent::bigint FROM pg_inherits`
	pgConnect = `SELECT a.grantee::bigint FROM pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a WHERE d.datname = current_database() AND a.privilege_type = 'CONNECT'`
	// Who may call functions that run with their owner's rights. Extensions' own are left out.
	pgFunctions = `SELECT p.oid::bigint, n.nspname || '.' || p.proname, p.proowner::bigint, p.pronamespace::bigint, a.grantee::bigint
		FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
		WHERE p.prosecdef AND a.privilege_type = 'EXECUTE' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
		AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')`
)

type pgRole struct {
	name                            string
	login, super, bypass, readsData bool
}

type pgTable struct {
	name                 string
	schema, owner        int64
	rls, forced, invoker bool
	view                 bool
	grants               map[int64]map[string]bool // of columns; nil: all
	policies             []int64
	shown                map[int64]map[string]bool // of a view: tables below and their columns
}

type pgFunction struct {
	name          string
	owner, schema int64
	callers       []int64
}

// pgWorld is the catalogue of one database.
type pgWorld struct {
	roles     map[int64]pgRole
	in        map[int64][]int64        // members of a role
	logins    map[int64]map[int64]bool // who can act as a role, those who log in; worked out when asked
	super     map[int64]bool           // who can act as a superuser
	unbound   map[int64]bool           // who passes by row-level security
	readsData map[int64]bool           // who reads tables whatever is granted
	connects  []int64
	usage     map[int64][]int64 // of schemas
	tables    map[int64]*pgTable
	views     map[int64][]int64 // over a table
	parents   map[int64][]int64 // whose readers read a partition, or what inherits
	functions map[int64]*pgFunction
}

// load reads the catalogue.
func (w *pgWorld) load(ctx context.Context, s *session) error {
	var a, b int64
	var text string
	for _, q := range []struct {
		query string
		row   func(*sql.Rows) error
	}{
		{pgRoles, func(r *sql.Rows) error {
			var x pgRole
			err := r.Scan(&a, &x.name, &x.login, &x.super, &x.bypass, &x.readsData)
			w.roles[a] = x
			return err
		}},
		{pgMembers, func(r *sql.Rows) error {
			err := r.Scan(&a, &b)
			w.in[a] = append(w.in[a], b)
			return err
		}},
		{pgSchemas, func(r *sql.Rows) error {
			err := r.Scan(&a, &b)
			w.usage[a] = append(w.usage[a], b)
			return err
		}},
		{pgRead, func(r *sql.Rows) error {
			t := &pgTable{grants: map[int64]map[string]bool{}, shown: map[int64]map[string]bool{}}
			err := r.Scan(&a, &text, &t.name, &t.schema, &t.owner, &t.rls, &t.forced, &t.invoker, &t.view)
			t.name = text + "." + t.name
			w.tables[a] = t
			t.grants[t.owner] = nil
			return err
		}},
		{pgGrants, func(r *sql.Rows) error {
			err := r.Scan(&a, &b, &text)
			if t := w.tables[a]; t != nil {
				columnOf(t.grants, b, text)
			}
			return err
		}},
		{pgPolicies, func(r *sql.Rows) error {
			err := r.Scan(&a, &b)
			if t := w.tables[a]; t != nil {
				t.policies = append(t.policies, b)
			}
			return err
		}},
		{pgViews, func(r *sql.Rows) error {
			err := r.Scan(&a, &b, &text)
			if t := w.tables[a]; t != nil {
				if _, ok := t.shown[b]; !ok {
					w.views[b] = append(w.views[b], a)
				}
				shows(t.shown, b, text)
			}
			return err
		}},
		{pgParents, func(r *sql.Rows) error {
			err := r.Scan(&a, &b)
			w.parents[a] = append(w.parents[a], b)
			return err
		}},
		{pgConnect, func(r *sql.Rows) error {
			err := r.Scan(&a)
			w.connects = append(w.connects, a)
			return err
		}},
		{pgFunctions, func(r *sql.Rows) error {
			var f pgFunction
			err := r.Scan(&a, &f.name, &f.owner, &f.schema, &b)
			if w.functions[a] == nil {
				w.functions[a] = &f
			}
			w.functions[a].callers = append(w.functions[a].callers, b)
			return err
		}},
	} {
		if err := s.read(ctx, q.query, q.row); err != nil {
			return err
		}
	}
	for id, r := range w.roles {
		for who := range w.as(id) {
			w.super[who] = w.super[who] || r.super
			w.unbound[who] = w.unbound[who] || r.super || r.bypass
			w.readsData[who] = w.readsData[who] || r.super || r.readsData
		}
	}
	return nil
}

// columnOf adds a column to what somebody has; an empty one is all.
func columnOf[T comparable](in map[T]map[string]bool, who T, column string) {
	had, ok := in[who]
	switch {
	case column == "":
		in[who] = nil
	case !ok:
		in[who] = map[string]bool{column: true}
	case had != nil:
		had[column] = true
	}
}

// shows adds a column that a view shows; a table without columns is shown for its rows' number alone.
func shows(in map[int64]map[string]bool, table int64, column string) {
	if in[table] == nil {
		in[table] = map[string]bool{}
	}
	if column != "" {
		in[table][column] = true
	}
}
