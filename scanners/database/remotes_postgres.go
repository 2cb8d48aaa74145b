package database

import (
	"cmp"
	"context"
	"database/sql"
	"net"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// Sources: PostgreSQL 18 documentation, chapters 29 (logical replication), 5.13 (foreign data) and 27.2 (statistics), read on 2026-11-28.
// A connection string may hold a password: what is told of it is picked out on the server.
const (
	postgresForeign = `SELECT s.srvname, w.fdwname, coalesce((SELECT option_value FROM pg_options_to_table(s.srvoptions) WHERE option_name IN ('host', 'hostaddr', 'server', 'address', 'servername') LIMIT 1), ''),
			coalesce((SELECT option_value FROM pg_options_to_table(s.srvoptions) WHERE option_name = 'port'), ''), coalesce((SELECT option_value FROM pg_options_to_table(s.srvoptions) WHERE option_name IN ('dbname', 'database') LIMIT 1), '')
		FROM pg_foreign_server s JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw ORDER BY 1`
	postgresSubscriptions = `SELECT s.subname, 'subscription', coalesce(substring(s.subconninfo FROM '(?:^|\s)host(?:addr)?\s*=\s*''?([^''\s]+)'), ''), coalesce(substring(s.subconninfo FROM '(?:^|\s)port\s*=\s*''?([0-9]+)'), ''),
			coalesce(substring(s.subconninfo FROM '(?:^|\s)dbname\s*=\s*''?([^''\s]+)'), '')
		FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid WHERE d.datname = current_database() ORDER BY 1`
	postgresSubscribed   = `SELECT subname FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid WHERE d.datname = current_database() ORDER BY 1`
	postgresPublications = `SELECT pubname || CASE WHEN puballtables THEN ' (all tables)' ELSE '' END FROM pg_publication ORDER BY 1`
	postgresAllTables    = `SELECT pubname FROM pg_publication WHERE puballtables ORDER BY 1`
	postgresDefaults     = `SELECT coalesce(n.nspname, 'any schema') || ', made by ' || pg_get_userbyid(d.defaclrole) FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace, aclexplode(d.defaclacl) a
		WHERE d.defaclobjtype = 'r' AND a.grantee = 0 AND a.privilege_type = 'SELECT' ORDER BY 1`
	postgresPrimary = `SELECT pg_is_in_recovery(), coalesce((SELECT sender_host FROM pg_stat_wal_receiver), ''), coalesce((SELECT sender_port FROM pg_stat_wal_receiver), 0)`
	mayConninfo     = "has_column_privilege('pg_subscription', 'subconninfo', 'SELECT')"
)

// remotes are the servers that a database reads from, and how it hangs together with them.
func (s *session) remotes(ctx context.Context) (probity.List[kinds.Remote], probity.List[probity.Link]) {
	from := &probity.Origin{Query: "SELECT … FROM pg_foreign_server; SELECT … FROM pg_subscription"}
	var found []kinds.Remote
	var links []probity.Link
	row := func(kind probity.LinkKind) func(*sql.Rows) error {
		return func(r *sql.Rows) error {
			var x kinds.Remote
			var port, database string
			if err := r.Scan(&x.Name, &x.By, &x.Host, &port, &database); err != nil {
				return err
			}
			x.Host = strings.ToLower(x.Host)
			if x.Host != "" && (x.By == "postgres_fdw" || kind == probity.CopyOf) {
				at := net.JoinHostPort(x.Host, cmp.Or(port, "5432"))
				links = append(links, probity.Link{Kind: kind, To: probity.Ref{ID: Postgres + "://" + at + "/" + cmp.Or(database, s.name)}})
			}
			found = append(found, x)
			return nil
		}
	}
	gap := (*probity.Gap)(nil)
	if err := s.read(ctx, postgresForeign, row(probity.ReadsFrom)); err != nil {
		g := s.refusal(err, "SELECT on pg_foreign_server")
		gap = &g
	}
	if closed := s.closed(ctx, mayConninfo, "SELECT (subconninfo) on pg_subscription"); closed != nil {
		var names guard
		s.named(ctx, postgresSubscribed, "SELECT on pg_subscription", &names)
		if len(names.items) > 0 || names.gap != nil {
			gap = closed
		}
	} else if err := s.read(ctx, postgresSubscriptions, row(probity.CopyOf)); err != nil {
		g := s.refusal(err, "SELECT on pg_subscription")
		gap = &g
	}
	if gap != nil {
		return probity.Open(*gap, from, found...), probity.Open(*gap, from, links...)
	}
	return probity.Whole(from, found...), probity.Whole(from, links...)
}

// original is the link from a replica to what it copies.
func (postgresEngine) original(ctx context.Context, s *session) probity.List[probity.Link] {
	from := &probity.Origin{Query: "SELECT … FROM pg_stat_wal_receiver"}
	var replica bool
	var host string
	var port int
	err := s.one(ctx, postgresPrimary, &replica, &host, &port)
	switch {
	case err != nil:
		return probity.Open[probity.Link](s.refusal(err, "pg_read_all_stats"), from)
	case !replica:
		return probity.Whole[probity.Link](from)
	case host == "" || strings.HasPrefix(host, "/"):
		return probity.Open[probity.Link](*denied("pg_read_all_stats, and a primary that is known by its address"), from)
	}
	return probity.Whole(from, probity.Link{Kind: probity.ReplicaOf, To: Login{Engine: Postgres, Host: strings.ToLower(host), Port: port}.server()})
}
