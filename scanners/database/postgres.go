package database

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"
	"github.com/jackc/pgx/v5/pgproto3"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// postgresEngine speaks to PostgreSQL, and to what speaks as it does.
type postgresEngine struct{}

// open reads PGPASSWORD, PGPASSFILE, PGSSLMODE and so on as other programs of PostgreSQL do.
func (postgresEngine) open(ctx context.Context, l Login, database string) (*sql.DB, error) {
	u := url.URL{Scheme: "postgres", User: url.User(l.User), Host: l.address(), Path: "/" + database}
	if database == "" {
		u.Path = "/" + cmp.Or(l.Start, startOf(l.Engine))
	}
	q := url.Values{}
	for k, v := range map[string]string{"sslmode": l.Mode, "sslrootcert": l.Roots} {
		if v != "" {
			q.Set(k, v)
		}
	}
	u.RawQuery = q.Encode()
	cfg, err := pgx.ParseConfig(u.String())
	if err != nil {
		return nil, err
	}
	if l.TLS != nil {
		cfg.TLSConfig, cfg.Fallbacks = l.TLS, nil
	}
	if l.Password != nil {
		if cfg.Password, err = l.Password(ctx); err != nil {
			return nil, err
		}
	}
	cfg.RuntimeParams["application_name"] = "probity"
	if l.Engine == Postgres { // Redshift is not known to take it
		cfg.RuntimeParams["default_transaction_read_only"] = "on"
	}
	cfg.BuildFrontend = func(r io.Reader, w io.Writer) *pgproto3.Frontend {
		f := pgproto3.NewFrontend(r, w)
		f.SetMaxBodyLen(longestMessage) // room is made for as much as a server announces
		return f
	}
	cfg.DefaultQueryExecMode = pgx.QueryExecModeExec // nothing is prepared on the server: a pool between would mix it up
	cfg.BuildContextWatcherHandler = func(c *pgconn.PgConn) ctxwatch.Handler {
		return &pgconn.CancelRequestContextWatcherHandler{Conn: c, DeadlineDelay: time.Second}
	}
	return stdlib.OpenDB(*cfg), nil
}

const longestMessage = 64 << 20 // bytes: a row has no more columns than can be that long

const readOnly = "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY"

// limits: hidden rows are an error, and so a gap; a table that somebody alters is not waited for.
func (postgresEngine) limits(context.Context, *sql.Conn) (string, error) {
	return fmt.Sprintf("%s; SET LOCAL statement_timeout = %d; SET LOCAL lock_timeout = 2000; SET LOCAL row_security = off", readOnly, patience.Milliseconds()), nil
}

func (postgresEngine) about(ctx context.Context, s *session) (string, probity.Fact[bool], error) {
	var version string
	var on bool
	var forced sql.NullString
	if err := s.one(ctx, "SELECT current_setting('server_version'), current_setting('ssl')::bool, current_setting('rds.force_ssl', true)", &version, &on, &forced); err != nil {
		return "", probity.Fact[bool]{}, err
	}
	version, _, _ = strings.Cut(version, " ")
	from := &probity.Origin{Query: "the settings ssl and rds.force_ssl"}
	if !on || forced.Valid {
		return "postgres " + version, probity.Known(on && (forced.String == "on" || forced.String == "1"), from), nil
	}
	return "postgres " + version, postgresTLS(ctx, s), nil
}

// postgresTLS is whether pg_hba.conf lets anybody in from a network without TLS.
func postgresTLS(ctx context.Context, s *session) probity.Fact[bool] {
	from := &probity.Origin{Query: "SELECT … FROM pg_hba_file_rules"}
	if gap := s.closed(ctx, mayEntries, needsEntry); gap != nil {
		return probity.Missing[bool](*gap, from)
	}
	refused, broken, done := true, false, false
	err := s.read(ctx, `SELECT coalesce(type, ''), coalesce(auth_method, ''), error IS NOT NULL,
		coalesce(address, '') = 'all' AND database = '{all}' AND user_name = '{all}', coalesce(address, '') IN ('127.0.0.1', '::1', 'samehost')
		FROM pg_hba_file_rules ORDER BY line_number`, func(r *sql.Rows) error {
		var kind, method string
		var wrong, everybody, here bool
		if err := r.Scan(&kind, &method, &wrong, &everybody, &here); err != nil {
			return err
		}
		broken = broken || wrong
		clear := kind == "host" || kind == "hostnossl"
		switch {
		case done || !clear || here:
		case method == "reject":
			done = everybody
		default:
			refused = false
		}
		return nil
	})
	switch {
	case err != nil:
		return probity.Missing[bool](s.refusal(err, needsEntry), from)
	case broken:
		return probity.Missing[bool](probity.Gap{Reason: probity.Unreadable, Because: "pg_hba.conf has errors, and the server runs by an older one"}, from)
	}
	return probity.Known(refused, from)
}

func (postgresEngine) databases(ctx context.Context, s *session) (names []string, gap *probity.Gap, err error) {
	// rdsadmin is the provider's own, closed to its customers.
	err = s.read(ctx, "SELECT datname, has_database_privilege(datname, 'CONNECT') FROM pg_database WHERE datallowconn AND NOT datistemplate AND datname <> 'rdsadmin' ORDER BY datname",
		func(r *sql.Rows) error {
			var name string
			var may bool
			if err := r.Scan(&name, &may); err != nil {
				return err
			}
			if may {
				names = append(names, name)
			} else {
				gap = denied("CONNECT on database " + name)
			}
			return nil
		})
	return names, gap, err
}

// postgresTables goes by the number of each table, so that nothing is sorted but the columns of one.
// What tells one state of its rows from another are counts that the server keeps of what writes them, as long as it runs and nobody resets them:
// a replica counts nothing.
// Sizes are those that the server wrote down: asking for others would lock a thousand tables and their indexes at once.
const postgresTables = `SELECT c.oid::bigint, n.nspname, c.relname,
	CASE WHEN c.relkind = 'f' THEN 'foreign table' WHEN c.relkind = 'm' THEN 'materialized view' WHEN to_jsonb(c) ->> 'relispartition' = 'true' THEN 'partition' ELSE 'table' END,
	CASE WHEN c.reltuples < 0 OR c.relkind = 'f' OR c.relpages = 0 AND current_setting('server_version_num')::int < 140000 THEN -1 ELSE c.reltuples END::bigint,
	(c.relpages::bigint + coalesce((SELECT t.relpages FROM pg_class t WHERE t.oid = c.reltoastrelid), 0)
		+ coalesce((SELECT sum(i.relpages) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid WHERE x.indrelid = c.oid), 0))::bigint * current_setting('block_size')::int,
	has_schema_privilege(n.oid, 'USAGE'), c.relrowsecurity, c.relforcerowsecurity, coalesce(left(col_description(c.oid, 0), %[1]d), ''),
	CASE WHEN c.relkind <> 'f' AND c.relfilenode <> 0 AND NOT pg_is_in_recovery() AND current_setting('track_counts')::bool THEN concat_ws(' ', c.relfilenode, c.reltoastrelid,
		pg_stat_get_tuples_inserted(c.oid), pg_stat_get_tuples_updated(c.oid), pg_stat_get_tuples_deleted(c.oid), pg_postmaster_start_time(), 'since',
		(SELECT pg_stat_get_db_stat_reset_time(pg_stat_get_backend_dbid(b)) FROM pg_stat_get_backend_idset() b WHERE pg_stat_get_backend_pid(b) = pg_backend_pid())) ELSE '' END,
	(SELECT coalesce(json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'binary', a.atttypid = 'bytea'::regtype,
		'may', has_column_privilege(c.oid, a.attnum, 'SELECT'), 'comment', left(col_description(c.oid, a.attnum), %[1]d)) ORDER BY a.attnum), '[]')::text
		FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)
	FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
	WHERE c.relkind IN ('r', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND c.relpersistence <> 't' AND c.oid > %[2]d
	ORDER BY c.oid LIMIT %[3]d`

const portion = 1000 // tables that are listed at once

// tables lists what holds rows: leaf partitions, not their parents, and materialised views.
func (postgresEngine) tables(ctx context.Context, s *session, _, after string) (out []held, next string, _ *probity.Gap, err error) {
	last, err := strconv.ParseUint(cmp.Or(after, "0"), 10, 32)
	if err != nil {
		return nil, "", nil, err
	}
	var ids []int64
	err = s.read(ctx, fmt.Sprintf(postgresTables, told, last, portion), func(r *sql.Rows) error {
		var id, estimate, size int64
		var schema, name, remark, version, listed string
		var form kinds.Form
		var usage, rls, forced bool
		if err := r.Scan(&id, &schema, &name, &form, &estimate, &size, &usage, &rls, &forced, &remark, &version, &listed); err != nil {
			return err
		}
		var columns []pgColumn
		if err := json.Unmarshal([]byte(listed), &columns); err != nil {
			return err
		}
		t := held{name: []string{schema, name}, shown: schema + "." + name, about: max(estimate, 0), schema: schema, form: form, estimate: estimate, size: size, rls: rls, forced: forced, version: version}
		if estimate < 0 {
			t.size = -1
		}
		t.remark(remark)
		t.postgres(usage, columns)
		out, ids, next = append(out, t), append(ids, id), strconv.FormatInt(id, 10)
		return nil
	})
	if err == nil {
		err = s.givenAway(ctx, ids, out)
	}
	if len(out) < portion {
		next = ""
	}
	return out, next, nil, err
}

// pgColumn is one as the catalogue tells it.
type pgColumn struct {
	Name, Type, Comment string
	Binary, May         bool
}

// postgres adds the columns of a table, and what can be read of them.
func (t *held) postgres(usage bool, columns []pgColumn) {
	for _, c := range columns {
		t.column(c.Name, c.Type, c.Comment)
	}
	switch {
	case t.form == kinds.Foreign:
		t.closed, t.gap = true, &probity.Gap{Reason: probity.NotCollected, Because: "a foreign table, whose rows another server holds", Needs: "a scan of that server"}
		return
	case !usage:
		t.closed, t.gap = true, denied("USAGE on schema "+t.schema)
		return
	}
	for _, c := range columns {
		if tenant(c.Name) {
			t.tenants = append(t.tenants, c.Name)
		}
		switch {
		case !c.May:
			t.gap = denied("SELECT on table " + t.shown)
		case c.Binary:
			t.binary++
		default:
			t.columns = append(t.columns, column{name: c.Name})
		}
	}
	t.closed = t.gap != nil && len(t.columns) == 0
}

const smallTable = 100_000 // rows up to which each is given its chance; of larger tables blocks are drawn

func (e postgresEngine) draws(_ context.Context, _ *session, t held, limit, widened int) ([]string, string, error) {
	if t.about <= int64(limit) {
		return nil, "", nil // nobody has counted since it was small
	}
	how, method := "BERNOULLI", random
	if t.about > smallTable {
		how, method = "SYSTEM", drawn // rows of one block are alike
	}
	share := min(100, 100*aim(limit, method)/float64(t.about)*math.Pow(10, float64(widened)))
	return []string{fmt.Sprintf(" FROM %s TABLESAMPLE %s (%g) LIMIT %d", e.quote(t.name...), how, share, limit)}, method, nil
}

// quote: ONLY leaves out tables that inherit, which are listed themselves. A column has one name alone.
func (postgresEngine) quote(name ...string) string {
	if len(name) > 1 {
		return "ONLY " + pgx.Identifier(name).Sanitize()
	}
	return pgx.Identifier(name).Sanitize()
}

// cell: the size on disk is known without the value, so that a huge one is never put together.
func (e postgresEngine) cell(c column) string {
	return fmt.Sprintf("CASE WHEN pg_column_size(%[1]s) <= %[2]d THEN left(%[1]s::text, %[3]d) END, pg_column_size(%[1]s)", e.quote(c.name), huge, cut)
}

func (postgresEngine) unlucky(error) bool { return false }

// passing: what a replica replays goes before those who read it, and two who wait for each other are parted.
func (postgresEngine) passing(err error) (passing, server bool) {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return false, false
	}
	return slices.Contains([]string{"40001", "40P01", "57P01"}, e.Code), true
}

// lost is the gap of an error, in our words: those of the server may quote values.
func (postgresEngine) lost(err error, what string) probity.Gap {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return unlike(err)
	}
	switch {
	case e.Code == "42501" && strings.Contains(e.Message, "row-level security"):
		return probity.Gap{Reason: probity.Denied, Because: "rows are hidden by row-level security", Needs: "a role with BYPASSRLS for " + what}
	case e.Code == "42501":
		return *denied(strings.Replace("SELECT on "+what, "SELECT on database", "CONNECT on database", 1))
	case strings.HasPrefix(e.Code, "28"):
		return probity.Gap{Reason: probity.Denied, Because: refused, Needs: "its password in " + passwordOf(Postgres) + ", and a line of pg_hba.conf"}
	case e.Code == "57014":
		return probity.Gap{Reason: probity.Timeout, Because: "the statement took too long"}
	case e.Code == "55P03":
		return probity.Gap{Reason: probity.Timeout, Because: "another session has locked " + what, Needs: "another scan"}
	case e.Code == "40001" || e.Code == "40P01":
		return probity.Gap{Reason: probity.Timeout, Because: fmt.Sprintf("what a replica replays cut the statement off, %d times", tries), Needs: "another scan, or one of the primary"}
	case e.Code == "42704":
		return probity.Gap{Reason: probity.Unreadable, Because: "the server lacks what PostgreSQL has from 9.5 on", Needs: "redshift:// as the target's scheme, if it is Amazon Redshift"}
	case e.Code == "3D000":
		return probity.Gap{Reason: probity.Unreadable, Because: "there is no such database"}
	case strings.HasPrefix(e.Code, "53"), strings.HasPrefix(e.Code, "57"):
		return probity.Gap{Reason: probity.Unreachable, Because: "the server takes no connections now (" + e.Code + ")"}
	}
	return probity.Gap{Reason: probity.Unreadable, Because: "the server refused the statement (" + e.Code + ")"}
}
