package database

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// redshiftEngine speaks to Amazon Redshift, which came of PostgreSQL 8.0: what it lacks of later versions, and has of its own, is
// all that differs here. Sources: its Database Developer Guide, read on 2026-11-28.
type redshiftEngine struct{ postgresEngine }

// limits: there are no locks that a reader waits for, and a session's own settings.
func (redshiftEngine) limits(ctx context.Context, c *sql.Conn) (string, error) {
	_, err := c.ExecContext(ctx, fmt.Sprintf("SET statement_timeout TO %d", patience.Milliseconds()))
	return readOnly, err
}

// about: the banner is PostgreSQL's, and names the version of Redshift last.
func (redshiftEngine) about(ctx context.Context, s *session) (string, probity.Fact[bool], error) {
	var banner string
	if err := s.one(ctx, "SELECT version()", &banner); err != nil {
		return "", probity.Fact[bool]{}, err
	}
	version := "redshift"
	if _, v, ok := strings.Cut(banner, "Redshift "); ok {
		version += " " + strings.Fields(v + " ")[0]
	}
	unseen := probity.Gap{Reason: probity.NotCollected, Because: "a session does not see the parameter require_ssl", Needs: "a scan of the account that runs it"}
	return version, probity.Missing[bool](unseen, &probity.Origin{Query: "SELECT version()"}), nil
}

// databases leaves out what other warehouses share: the rows are theirs.
func (redshiftEngine) databases(ctx context.Context, s *session) (names []string, gap *probity.Gap, err error) {
	err = s.read(ctx, "SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate AND datname NOT IN ('padb_harvest', 'sys:internal') ORDER BY datname",
		func(r *sql.Rows) error {
			var name string
			err := r.Scan(&name)
			names = append(names, name)
			return err
		})
	if err != nil {
		return nil, nil, err
	}
	err = s.read(ctx, "SELECT database_name FROM svv_redshift_databases WHERE database_type = 'shared'", func(r *sql.Rows) error {
		var name string
		err := r.Scan(&name)
		names = slices.DeleteFunc(names, func(n string) bool { return n == name })
		gap = &probity.Gap{Reason: probity.NotCollected, Because: "databases that other warehouses share", Needs: "scans of those"}
		return err
	})
	return names, gap, err
}

// redshiftTables runs on the leader node: it asks catalogues alone.
const redshiftTables = `SELECT n.nspname, c.relname,
	CASE WHEN has_schema_privilege(n.nspname, 'USAGE') THEN has_table_privilege(quote_ident(n.nspname) || '.' || quote_ident(c.relname), 'SELECT') ELSE false END, a.attname, t.typname, coalesce(left(d.description, %d), '')
	FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid
	LEFT JOIN pg_description d ON d.objoid = c.oid AND d.objsubid = a.attnum AND d.classoid = (SELECT oid FROM pg_class WHERE relname = 'pg_class' AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = 'pg_catalog'))
	WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_internal', 'pg_automv', 'pg_auto_copy', 'pg_mv', 'pg_s3', 'pg_toast')
	AND n.nspname NOT LIKE 'pg_temp%%' AND a.attnum > 0 AND NOT a.attisdropped ORDER BY n.nspname, c.relname, a.attnum`

// tables: external ones lie in a lake, and whether policies hide rows is shown to superusers alone.
func (e redshiftEngine) tables(ctx context.Context, s *session, _, _ string) (out []held, _ string, gap *probity.Gap, err error) {
	out, gap, err = e.list(ctx, s)
	return out, "", gap, err
}

func (redshiftEngine) list(ctx context.Context, s *session) (out []held, gap *probity.Gap, err error) {
	var all bool
	if err := s.one(ctx, "SELECT usesuper FROM pg_user WHERE usename = current_user", &all); err != nil {
		return nil, nil, err
	}
	err = s.read(ctx, fmt.Sprintf(redshiftTables, told), func(r *sql.Rows) error {
		var schema, name, comment string
		var may bool
		var c column
		if err := r.Scan(&schema, &name, &may, &c.name, &c.kind, &comment); err != nil {
			return err
		}
		if n := len(out); n == 0 || out[n-1].name[0] != schema || out[n-1].name[1] != name {
			t := held{name: []string{schema, name}, shown: schema + "." + name, about: math.MaxInt64, closed: !may, schema: schema, form: kinds.Ordinary, estimate: -1, size: -1}
			switch {
			case !may:
				t.gap = denied("SELECT on table " + t.shown + ", and USAGE on its schema")
			case !all:
				t.gap = &probity.Gap{Reason: probity.NotCollected, Because: "whether row-level security hides rows is not told to this user", Needs: "a superuser"}
			}
			out = append(out, t)
		}
		t := &out[len(out)-1]
		t.column(c.name, c.kind, comment)
		switch {
		case t.closed:
		case isText(c.kind) || castable(c.kind):
			t.columns = append(t.columns, c)
		default:
			t.binary++
		}
		return nil
	})
	if err != nil {
		return out, nil, err
	}
	var outside int
	if err := s.one(ctx, "SELECT count(*) FROM svv_external_schemas", &outside); err != nil {
		return out, nil, err
	}
	if outside > 0 {
		gap = &probity.Gap{Reason: probity.NotCollected, Because: "tables of external schemas", Needs: "a scan of where their rows lie"}
	}
	return out, gap, nil
}

const scanned = 1_000_000 // rows that a draw goes through at most, so that it ends in time

// draws gives each row its chance: there is no TABLESAMPLE, and nothing to seek by. Counting is cheap, since blocks know their rows.
func (e redshiftEngine) draws(ctx context.Context, s *session, t held, limit, widened int) ([]string, string, error) {
	var n int64
	if err := s.one(ctx, "SELECT count(*) FROM "+e.quote(t.name...), &n); err != nil {
		return nil, "", err
	}
	method := random
	if n > scanned {
		n, method = scanned, spread // over the first rows of each slice
	}
	return []string{fmt.Sprintf(" FROM %s WHERE random() < %f LIMIT %d", e.quote(t.name...), min(1, aim(limit, random)/float64(n)*math.Pow(10, float64(widened))), limit)}, method, nil
}

// quote: no table inherits.
func (redshiftEngine) quote(name ...string) string { return pgx.Identifier(name).Sanitize() }

func isText(kind string) bool {
	return slices.Contains([]string{"varchar", "bpchar", "text", "name", "char"}, kind)
}

// castable are the types that can be told as text: one that cannot would lose the whole table.
func castable(kind string) bool {
	return slices.Contains([]string{"int2", "int4", "int8", "float4", "float8", "numeric", "date", "time", "timetz", "timestamp", "timestamptz", "bool", "super"}, kind)
}

const longText = 65_535 // bytes of a text that anything may be cast to; without a length a cast cuts at 256

func (e redshiftEngine) cell(c column) string {
	q := e.quote(c.name)
	switch {
	case c.kind == "super": // the text of a missing value would be null
		return fmt.Sprintf("CASE WHEN %[1]s IS NOT NULL AND json_size(%[1]s) <= %[2]d THEN left(json_serialize(%[1]s), %[3]d) END, CASE WHEN json_size(%[1]s) > %[2]d THEN %[4]d ELSE 0 END",
			q, longText, cut, huge+1)
	case c.kind == "bool": // which has no cast to text
		return fmt.Sprintf("CASE WHEN %[1]s THEN 'true' WHEN NOT %[1]s THEN 'false' END, 1", q)
	case isText(c.kind):
		return fmt.Sprintf("left(%[1]s, %[2]d), octet_length(%[1]s)", q, cut)
	}
	return fmt.Sprintf("CAST(%[1]s AS varchar(%[2]d)), 1", q, longText)
}
