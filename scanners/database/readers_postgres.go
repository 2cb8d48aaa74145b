package database

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
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

// readers works out who reads each table, by its shown name.
func (e postgresEngine) readers(ctx context.Context, s *session) (func(table string) probity.List[probity.Grant], error) {
	w := &pgWorld{roles: map[int64]pgRole{}, in: map[int64][]int64{}, logins: map[int64]map[int64]bool{}, super: map[int64]bool{}, unbound: map[int64]bool{}, readsData: map[int64]bool{},
		usage: map[int64][]int64{}, tables: map[int64]*pgTable{}, views: map[int64][]int64{}, parents: map[int64][]int64{}, functions: map[int64]*pgFunction{}}
	if err := w.load(ctx, s); err != nil {
		return nil, err
	}
	byName := make(map[string]int64, len(w.tables))
	for id, t := range w.tables {
		byName[t.name] = id
	}
	same := map[string][]probity.Grant{}
	from := &probity.Origin{Query: "grants, owners, roles, policies, views and functions of the catalogue"}
	return func(table string) probity.List[probity.Grant] {
		id, ok := byName[table]
		if !ok {
			return probity.Open[probity.Grant](probity.Gap{Reason: probity.Unreadable, Because: "the table came while the catalogue was read", Needs: "another scan"}, from)
		}
		r := readable{}
		var names []string
		shown := w.reach(id)
		for at, columns := range shown {
			through := ""
			if at != id {
				through = "by " + w.tables[at].name
			}
			w.read(at, columns, through, r)
		}
		for at := range shown {
			names = append(names, w.lenders(at, r)...)
		}
		slices.Sort(names)
		if names = slices.Compact(names); len(names) > 0 {
			return probity.Open(probity.Gap{Reason: probity.NotCollected, Because: "functions that run with their owner's rights may give rows away: " + strings.Join(names, ", "), Needs: "a look at what they return"}, from, r.grants(same)...)
		}
		return probity.Whole(from, r.grants(same)...)
	}, nil
}

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
func columnOf(in map[int64]map[string]bool, who int64, column string) {
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

// as are those who log in and can act as a role: itself, members, members of members.
func (w *pgWorld) as(role int64) map[int64]bool {
	if known, ok := w.logins[role]; ok {
		return known
	}
	seen, out := map[int64]bool{role: true}, map[int64]bool{}
	for next := []int64{role}; len(next) > 0; {
		at := next[len(next)-1]
		next = next[:len(next)-1]
		if w.roles[at].login {
			out[at] = true
		}
		for _, m := range w.in[at] {
			if !seen[m] {
				seen[m] = true
				next = append(next, m)
			}
		}
	}
	w.logins[role] = out
	return out
}

// enters reports whether somebody who logs in may use a schema of this database; 0 is PUBLIC.
func (w *pgWorld) enters(who, schema int64) bool {
	granted := func(to int64) bool { return to == 0 || to == who || w.as(to)[who] }
	return w.super[who] || slices.ContainsFunc(w.connects, granted) && (w.readsData[who] || slices.ContainsFunc(w.usage[schema], granted))
}

// reach are the relations that show rows of a table: itself, what it is a part of, and views whose owner reads what is below; each
// with the columns of the table that it shows. nil: what is granted on it.
func (w *pgWorld) reach(id int64) map[int64]map[string]bool {
	out := map[int64]map[string]bool{id: nil}
	for next := []int64{id}; len(next) > 0; {
		at := next[0]
		next = next[1:]
		t := w.tables[at]
		for _, p := range w.parents[at] {
			if w.tables[p] != nil && widen(out, p, out[at]) {
				next = append(next, p)
			}
		}
		if len(w.views[at]) == 0 {
			continue
		}
		direct := w.direct(t)
		for _, v := range w.views[at] {
			view := w.tables[v]
			if view.invoker || len(view.shown[at]) == 0 || !w.lent(view.owner, t, direct) {
				continue
			}
			shown := out[at]
			if shown == nil {
				shown = view.shown[at]
			}
			if widen(out, v, shown) {
				next = append(next, v)
			}
		}
	}
	return out
}

// widen adds columns to those that a relation shows, and reports whether there were new ones.
func widen(in map[int64]map[string]bool, id int64, columns map[string]bool) bool {
	had, ok := in[id]
	switch {
	case !ok:
		in[id] = maps.Clone(columns)
		return true
	case had == nil:
		return false
	case columns == nil:
		in[id] = nil
		return true
	}
	before := len(had)
	maps.Copy(had, columns)
	return len(had) > before
}

// read adds who reads rows of a table by one of the relations that show them.
func (w *pgWorld) read(at int64, columns map[string]bool, through string, out readable) {
	t := w.tables[at]
	for who, granted := range w.direct(t) {
		if columns != nil {
			granted = columns
		}
		w.one(t, who, granted, through, out)
	}
}

// lent reports whether what runs with an owner's rights shows rows of a table.
func (w *pgWorld) lent(owner int64, t *pgTable, direct map[int64]map[string]bool) bool {
	_, public := direct[0]
	if !public && !w.ownerReads(owner, t, direct) {
		return false
	}
	return !t.rls || w.roles[owner].super || w.roles[owner].bypass || owner == t.owner && !t.forced ||
		slices.ContainsFunc(t.policies, func(to int64) bool { return to == 0 || to == owner || w.contains(to, owner) })
}

// direct are those who may read, as roles that log in or PUBLIC, and what.
func (w *pgWorld) direct(t *pgTable) map[int64]map[string]bool {
	out := map[int64]map[string]bool{}
	give := func(who int64, cols map[string]bool) {
		had, ok := out[who]
		switch {
		case cols == nil || ok && had == nil:
			out[who] = nil
		default:
			if !ok {
				had = map[string]bool{}
				out[who] = had
			}
			for c := range cols {
				had[c] = true
			}
		}
	}
	for to, cols := range t.grants {
		if to == 0 && w.enters(0, t.schema) {
			give(0, cols)
			continue
		}
		for who, r := range w.roles {
			if r.login && (to == 0 || w.as(to)[who]) && w.enters(who, t.schema) {
				give(who, cols)
			}
		}
	}
	for who, r := range w.roles {
		if r.login && w.readsData[who] && w.enters(who, t.schema) {
			give(who, nil)
		}
	}
	return out
}

// one adds a reader, bound to what policies of the table show unless it passes by them.
func (w *pgWorld) one(t *pgTable, who int64, cols map[string]bool, through string, out readable) {
	name := "PUBLIC"
	if who != 0 {
		name = w.roles[who].name
	}
	if t.rls && !w.passes(t, who) {
		if !slices.ContainsFunc(t.policies, func(to int64) bool { return to == 0 || w.as(to)[who] }) {
			return // without a policy nothing is shown
		}
		through = strings.TrimSpace(through + " of rows that policies show")
	}
	names := make([]string, 0, len(cols))
	for c := range cols {
		names = append(names, c)
	}
	out.add(name, through, names...)
}

// passes reports whether row-level security does not bind somebody.
func (w *pgWorld) passes(t *pgTable, who int64) bool {
	if who == 0 {
		return false
	}
	if w.unbound[who] {
		return true
	}
	return !t.forced && w.as(t.owner)[who]
}

// lenders are functions that somebody may call who does not read the table, with the rights of one who does.
func (w *pgWorld) lenders(id int64, r readable) (names []string) {
	t := w.tables[id]
	direct := w.direct(t)
	for _, f := range w.functions {
		if !w.lent(f.owner, t, direct) {
			continue
		}
		if slices.ContainsFunc(f.callers, func(to int64) bool { return w.lends(to, f, r) }) {
			names = append(names, f.name)
		}
	}
	return names
}

// ownerReads: an owner need not log in.
func (w *pgWorld) ownerReads(owner int64, t *pgTable, direct map[int64]map[string]bool) bool {
	if _, ok := direct[owner]; ok || owner == t.owner || w.roles[owner].super {
		return true
	}
	for to := range t.grants {
		if to == owner || w.contains(to, owner) {
			return true
		}
	}
	return false
}

// contains reports whether one role is a member of another, through others too.
func (w *pgWorld) contains(role, member int64) bool {
	seen := map[int64]bool{}
	var walk func(int64) bool
	walk = func(at int64) bool {
		if seen[at] {
			return false
		}
		seen[at] = true
		return slices.ContainsFunc(w.in[at], func(m int64) bool { return m == member || walk(m) })
	}
	return walk(role)
}

// lends reports whether a caller is somebody who does not read all of the table anyway.
func (w *pgWorld) lends(to int64, f *pgFunction, r readable) bool {
	if all, ok := r[reading{"PUBLIC", ""}]; ok && all == nil {
		return false
	}
	if to == 0 {
		return w.enters(0, f.schema) || slices.ContainsFunc(w.usage[f.schema], func(u int64) bool { return u != 0 && len(w.as(u)) > 0 })
	}
	for who := range w.as(to) {
		if all, ok := r[reading{w.roles[who].name, ""}]; (!ok || all != nil) && w.enters(who, f.schema) {
			return true
		}
	}
	return false
}
