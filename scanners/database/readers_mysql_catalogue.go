package database

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
)

// What the server keeps of grants, one short statement each. Sources: the manuals of MariaDB 11 and MySQL 8.4 on grant tables, roles and
// stored programs, read on 2026-11-28.
const (
	mariaWho     = `SELECT u.User, u.Host, u.is_role = 'Y', coalesce(json_value(g.Priv, '$.account_locked'), '0') IN ('1', 'true'), u.Select_priv = 'Y', u.Execute_priv = 'Y' FROM mysql.user u JOIN mysql.global_priv g ON g.User = u.User AND g.Host = u.Host`
	mysqlWho     = `SELECT User, Host, false, account_locked = 'Y', Select_priv = 'Y', Execute_priv = 'Y' FROM mysql.user`
	mariaMembers = `SELECT Role, '', User, Host FROM mysql.roles_mapping`
	mysqlMembers = `SELECT FROM_USER, FROM_HOST, TO_USER, TO_HOST FROM mysql.role_edges`
	mysqlInDB    = `SELECT User, Host, Db, Select_priv = 'Y', Execute_priv = 'Y' FROM mysql.db`
	mysqlOnTable = `SELECT User, Host, Db, Table_name, '' FROM mysql.tables_priv WHERE find_in_set('Select', Table_priv) > 0 AND Db IN (%[1]s)
		UNION ALL SELECT User, Host, Db, Table_name, Column_name FROM mysql.columns_priv WHERE find_in_set('Select', Column_priv) > 0 AND Db IN (%[1]s)`
	mysqlViews  = `SELECT table_schema, table_name, definer, coalesce(view_definition, '') FROM information_schema.views WHERE security_type = 'DEFINER' AND table_schema NOT IN ` + systemSchemas
	mariaCalls  = `SELECT db, name, definer, coalesce(body_utf8, '') FROM mysql.proc WHERE security_type = 'DEFINER' AND db NOT IN ` + systemSchemas
	mysqlCalls  = `SELECT routine_schema, routine_name, definer, coalesce(routine_definition, '') FROM information_schema.routines WHERE security_type = 'DEFINER' AND routine_schema NOT IN ` + systemSchemas
	mysqlCaller = `SELECT User, Host, Db, Routine_name FROM mysql.procs_priv WHERE find_in_set('Execute', Proc_priv) > 0`
)

// myAccount is a user or a role: its name and host. A role of MariaDB has no host.
type myAccount struct{ user, host string }

// String is the account as people write it.
func (a myAccount) String() string {
	if a.host == "" && a.user == "PUBLIC" {
		return a.user
	}
	return "'" + a.user + "'@'" + a.host + "'"
}

// myThing is a table, a view or a routine, by its database and name.
type myThing struct{ db, name string }

func (t myThing) String() string { return t.db + "." + t.name }

// myRights are what an account has everywhere.
type myRights struct{ role, locked, reads, calls bool }

// myInDB is what an account has in databases of a name.
type myInDB struct {
	who          myAccount
	pattern      string
	reads, calls bool
}

// myProgram is a view or a routine that runs with the rights of its definer.
type myProgram struct {
	myThing
	definer myAccount
	text    string // empty: not shown to us
}

// myWorld is what a server of MySQL or MariaDB tells of who reads a database.
type myWorld struct {
	db       string
	who      map[myAccount]myRights
	in       map[myAccount][]myAccount // roles of an account
	inDB     []myInDB
	onTable  map[myThing]map[myAccount]map[string]bool // columns; nil: all
	onCall   map[myThing][]myAccount
	views    []myProgram
	routines []myProgram

	within map[string]map[myAccount]myInDB // rights by the name of a database, worked out once
	over   map[myThing][]int               // views whose text names a table
	words  map[string][]int                // routines whose text has a word; the empty word: whose text is hidden, or made up as it runs
	dark   []string                        // views whose text is hidden
}

// load reads the catalogue.
func (w *myWorld) load(ctx context.Context, s *session, maria bool) error {
	who, members, calls := mysqlWho, mysqlMembers, mysqlCalls
	if maria {
		who, members, calls = mariaWho, mariaMembers, mariaCalls
	}
	if err := s.read(ctx, who, func(r *sql.Rows) error {
		var a myAccount
		var x myRights
		err := r.Scan(&a.user, &a.host, &x.role, &x.locked, &x.reads, &x.calls)
		w.who[a] = x
		return err
	}); err != nil {
		return err
	}
	if err := s.read(ctx, members, func(r *sql.Rows) error {
		var role, member myAccount
		err := r.Scan(&role.user, &role.host, &member.user, &member.host)
		w.in[member] = append(w.in[member], role)
		return err
	}); err != nil {
		return err
	}
	if err := s.read(ctx, mysqlInDB, func(r *sql.Rows) error {
		var x myInDB
		err := r.Scan(&x.who.user, &x.who.host, &x.pattern, &x.reads, &x.calls)
		w.inDB = append(w.inDB, x)
		return err
	}); err != nil {
		return err
	}
	if err := s.read(ctx, mysqlViews, programs(&w.views)); err != nil {
		return err
	}
	if err := s.read(ctx, calls, programs(&w.routines)); err != nil {
		return err
	}
	if err := s.read(ctx, mysqlCaller, func(r *sql.Rows) error {
		var a myAccount
		var t myThing
		err := r.Scan(&a.user, &a.host, &t.db, &t.name)
		w.onCall[t] = append(w.onCall[t], a)
		return err
	}); err != nil {
		return err
	}
	return s.read(ctx, fmt.Sprintf(mysqlOnTable, w.places()), func(r *sql.Rows) error {
		var a myAccount
		var t myThing
		var column string
		err := r.Scan(&a.user, &a.host, &t.db, &t.name, &column)
		if w.onTable[t] == nil {
			w.onTable[t] = map[myAccount]map[string]bool{}
		}
		columnOf(w.onTable[t], a, column)
		return err
	})
}

// programs keeps views or routines.
func programs(into *[]myProgram) func(*sql.Rows) error {
	return func(r *sql.Rows) error {
		var p myProgram
		var definer string
		err := r.Scan(&p.db, &p.name, &definer, &p.text)
		at := strings.LastIndex(definer, "@")
		if at < 0 {
			at = len(definer)
			definer += "@"
		}
		p.definer = myAccount{definer[:at], definer[at+1:]}
		*into = append(*into, p)
		return err
	}
}

// places are the databases whose grants on tables matter: this one, and those with views.
func (w *myWorld) places() string {
	out := []string{text(w.db)}
	for _, v := range w.views {
		out = append(out, text(v.db))
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), ", ")
}

// readers works out who reads each table of a database.
func (e *mysqlEngine) readers(ctx context.Context, s *session) (readers, error) {
	w := &myWorld{db: s.name, who: map[myAccount]myRights{}, in: map[myAccount][]myAccount{}, onTable: map[myThing]map[myAccount]map[string]bool{}, onCall: map[myThing][]myAccount{}}
	from := &probity.Origin{Query: "grant tables, roles, views and routines"}
	if err := w.load(ctx, s, e.maria); err != nil {
		g := e.lost(err, "the catalogue")
		if g.Reason == probity.Denied {
			g.Needs = "SELECT on mysql.*"
		}
		return func(string) probity.List[probity.Grant] { return probity.Open[probity.Grant](g, from) }, nil
	}
	w.index()
	same := map[string][]probity.Grant{}
	return func(table string) probity.List[probity.Grant] { return w.list(myThing{w.db, table}, same, from) }, nil
}
