package database

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// Sources: PostgreSQL 18 documentation, chapters 19 (settings), 20 (entry) and 21 (roles), read on 2026-11-28. What is secret of a
// role stays on the server: only the form of its password is told.
const (
	postgresHashes  = `SELECT 'role ' || rolname || ' (md5)' FROM pg_authid WHERE rolcanlogin AND rolpassword LIKE 'md5%' ORDER BY rolname`
	postgresEntries = `SELECT line_number, coalesce(type, ''), coalesce(auth_method, ''), coalesce(address, '') = 'all' OR coalesce(netmask, '') IN ('0.0.0.0', '::'), error IS NOT NULL,
		coalesce(database = '{all}' AND user_name = '{all}' AND type <> 'local' AND address NOT LIKE '127.%' AND address NOT IN ('::1', 'samehost', 'localhost'), false)
		FROM pg_hba_file_rules ORDER BY line_number`
	// The administrator whom initdb made has the number 10; rdsadmin and rdsrepladmin are the provider's own.
	postgresPowers = `SELECT 'role ' || r.rolname || ' (' || concat_ws(', ', CASE WHEN rolsuper THEN 'superuser' END, CASE WHEN rolbypassrls THEN 'bypassrls' END,
			CASE WHEN rolcreaterole THEN 'createrole' END, CASE WHEN rolreplication THEN 'replication' END, g.names) || ')'
		FROM pg_roles r LEFT JOIN LATERAL (SELECT string_agg(p.rolname, ', ' ORDER BY p.rolname) AS names FROM pg_roles p
			WHERE NOT r.rolsuper AND p.rolname IN ('pg_read_all_data', 'pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program') AND pg_has_role(r.oid, p.oid, 'MEMBER')) g ON true
		WHERE r.rolcanlogin AND r.oid <> 10 AND r.rolname NOT IN ('rdsadmin', 'rdsrepladmin') AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication OR g.names IS NOT NULL) ORDER BY r.rolname`
	// A session sees its own settings: those of the server may be others, where the database or the role has some.
	postgresSettings = `SELECT name, coalesce(setting, ''), source IN ('database', 'user', 'database user') FROM pg_settings WHERE name IN ('password_encryption', 'log_statement', 'log_min_duration_statement',
		'log_min_duration_sample', 'log_transaction_sample_rate', 'log_parameter_max_length', 'log_parameter_max_length_on_error', 'log_connections', 'log_disconnections', 'log_line_prefix', 'pgaudit.log', 'pgaudit.role', 'ssl', 'ssl_min_protocol_version', 'ssl_ciphers',
		'listen_addresses', 'idle_session_timeout', 'idle_in_transaction_session_timeout', 'archive_mode', 'archive_command', 'archive_library', 'data_checksums') OR name LIKE 'rds.%' OR name LIKE 'cloudsql.%' OR name LIKE 'azure.%'`
	logging            = `c ~* '^(log_statement=(mod|all)|log_min_duration_(statement|sample)=[0-9])'`
	postgresRoleLogs   = `SELECT EXISTS (SELECT FROM pg_db_role_setting d, unnest(d.setconfig) c WHERE d.setdatabase = 0 AND ` + logging + `)`
	postgresInsideLogs = `SELECT EXISTS (SELECT FROM pg_db_role_setting d JOIN pg_database b ON b.oid = d.setdatabase, unnest(d.setconfig) c WHERE b.datname = current_database() AND ` + logging + `)`
)

// setting is one that a session sees.
type setting struct {
	value string
	own   bool // of the database or the role
}

func (s *session) settings(ctx context.Context) (map[string]setting, error) {
	out := map[string]setting{}
	return out, s.read(ctx, postgresSettings, func(r *sql.Rows) error {
		var name string
		var x setting
		err := r.Scan(&name, &x.value, &x.own)
		out[name] = x
		return err
	})
}

// hidden is the gap of a server's setting where the session has one of its own; none of the names has: nil.
func hidden(has map[string]setting, names ...string) *probity.Gap {
	for _, n := range names {
		if has[n].own {
			return &probity.Gap{Reason: probity.NotCollected, Because: "the database or the role that is asked by has a setting of its own: " + n, Needs: "a scan by one that has none"}
		}
	}
	return nil
}

func (postgresEngine) guards(ctx context.Context, s *session) (any, probity.Fact[bool]) {
	var out kinds.PostgresEngine
	var audit probity.Fact[bool]
	var weak, powerful, lasting guard
	from := &probity.Origin{Query: "settings of log, password_encryption and pgaudit, and pg_db_role_setting"}
	has, err := s.settings(ctx)
	var roles bool
	if err == nil {
		err = s.one(ctx, postgresRoleLogs, &roles)
	}
	if err != nil {
		g := s.refusal(err, "pg_read_all_settings")
		gap := probity.Missing[bool](g, from)
		out.LogsValues, out.LogsEntries, out.Everywhere, out.IdleEnds, out.Checksums, out.Archived, audit = gap, gap, gap, gap, gap, gap, gap
		out.OldestTLS, out.WeakCiphers = probity.Missing[string](g, from), probity.Open[string](g, from)
		weak.lacks(g)
	} else {
		s.habits(ctx, &out, has, from)
		out.LogsValues = served(has, from, logsValues(has, roles), logNames()...)
		out.LogsEntries = served(has, from, logsEntries(has), "log_connections", "log_disconnections", "log_line_prefix")
		audit = pgaudit(has["pgaudit.log"].value, has["pgaudit.role"].value, from)
		if gap := hidden(has, "pgaudit.log", "pgaudit.role"); gap != nil {
			audit = probity.Missing[bool](*gap, from)
		}
		if gap := hidden(has, "password_encryption"); gap != nil {
			weak.lacks(*gap)
		} else {
			weak.encryption(has)
		}
	}
	if gap := s.closed(ctx, mayHashes, "SELECT on pg_authid"); gap != nil {
		weak.lacks(*gap)
	} else {
		s.named(ctx, postgresHashes, "SELECT on pg_authid", &weak)
	}
	s.named(ctx, postgresPowers, "SELECT on pg_roles", &powerful)
	s.named(ctx, postgresLasting, "SELECT on pg_roles", &lasting)
	d := doors{weak: &weak}
	s.entries(ctx, &d)
	out.Passwordless, out.Anywhere, out.Unnamed = d.open.list(entered), d.anywhere.list(entered), d.unnamed.list(entered)
	out.WeakAuth = weak.list("SELECT … FROM pg_authid; SELECT … FROM pg_hba_file_rules; the setting password_encryption")
	out.Powerful, out.Lasting = powerful.list("SELECT … FROM pg_roles"), lasting.list("SELECT … FROM pg_roles")
	return out, audit
}

// served is a fact of the server, unless the session does not see its settings.
func served(has map[string]setting, from *probity.Origin, is bool, names ...string) probity.Fact[bool] {
	if gap := hidden(has, names...); gap != nil {
		return probity.Missing[bool](*gap, from)
	}
	return probity.Known(is, from)
}

// encryption adds that new passwords are kept as MD5.
func (g *guard) encryption(has map[string]setting) {
	if how := has["password_encryption"].value; how == "md5" || how == "on" || how == "off" {
		g.add("new passwords (password_encryption = " + how + ")")
	}
}

// logNames are the settings that decide which values are in the log.
func logNames() []string {
	return []string{"log_statement", "log_min_duration_statement", "log_min_duration_sample", "log_transaction_sample_rate", "log_parameter_max_length", "log_parameter_max_length_on_error"}
}

// logsValues: a statement in the log holds values, by parameters that are bound to it.
func logsValues(has map[string]setting, roles bool) bool {
	is := func(name, none string) bool { v, ok := has[name]; return ok && v.value != none }
	what := has["log_statement"].value
	logged := roles || what == "mod" || what == "all" || is("log_min_duration_statement", "-1") || is("log_min_duration_sample", "-1") || is("log_transaction_sample_rate", "0")
	bound, ok := has["log_parameter_max_length"] // before version 13 they were always told
	return logged && (!ok || bound.value != "0") || is("log_parameter_max_length_on_error", "0")
}

// logsEntries: of a connection the log tells that it came and went, and user, database and address. From version 18 on
// log_connections is a list of what is told of it.
func logsEntries(has map[string]setting) bool {
	come := has["log_connections"].value
	prefix := has["log_line_prefix"].value
	all := strings.Contains(prefix, "%u") && strings.Contains(prefix, "%d") && (strings.Contains(prefix, "%h") || strings.Contains(prefix, "%r"))
	return come != "" && come != "off" && has["log_disconnections"].value == "on" && all
}

// pgaudit tells by its settings whether reads and writes are recorded. Where the extension is not loaded there are none.
func pgaudit(what, role string, from *probity.Origin) probity.Fact[bool] {
	on := map[string]bool{}
	for class := range strings.SplitSeq(strings.ToLower(what), ",") {
		name, not := strings.CutPrefix(strings.TrimSpace(class), "-")
		if name == "all" {
			on["read"], on["write"] = !not, !not
		}
		on[name] = !not
	}
	if !(on["read"] && on["write"]) && role != "" {
		return probity.Missing[bool](probity.Gap{Reason: probity.NotCollected, Because: "pgaudit records what one role was granted, table by table", Needs: "a look at the grants of pgaudit.role"}, from)
	}
	return probity.Known(on["read"] && on["write"], from)
}

const (
	mayHashes  = "has_table_privilege('pg_authid', 'SELECT')"
	mayEntries = "has_table_privilege('pg_hba_file_rules', 'SELECT') AND has_function_privilege('pg_hba_file_rules()', 'EXECUTE')"
	needsEntry = "SELECT on pg_hba_file_rules and EXECUTE on pg_hba_file_rules()"
)

// closed is the gap of what the account may not see: asked for all the same, it would be an error in the server's log.
func (s *session) closed(ctx context.Context, may, needs string) *probity.Gap {
	var ok bool
	if err := s.one(ctx, "SELECT "+may, &ok); err != nil {
		g := s.refusal(err, needs)
		return &g
	}
	if !ok {
		return denied(needs)
	}
	return nil
}

// entered is how lines of pg_hba.conf are asked for.
const entered = "SELECT … FROM pg_hba_file_rules"

// doors are the lines of pg_hba.conf that let somebody in: without a secret, with a weak one, from every address, anybody into anything.
type doors struct {
	open, anywhere, unnamed guard
	weak                    *guard
}

func (d *doors) lack(gap probity.Gap) {
	for _, g := range []*guard{&d.open, &d.anywhere, &d.unnamed, d.weak} {
		g.lacks(gap)
	}
}

// entries reads the lines of pg_hba.conf that let somebody in.
func (s *session) entries(ctx context.Context, d *doors) {
	if gap := s.closed(ctx, mayEntries, needsEntry); gap != nil {
		d.lack(*gap)
		return
	}
	err := s.read(ctx, postgresEntries, func(r *sql.Rows) error {
		var line sql.NullInt64
		var kind, method string
		var world, wrong, unnamed bool
		if err := r.Scan(&line, &kind, &method, &world, &wrong, &unnamed); err != nil {
			return err
		}
		if wrong {
			d.lack(probity.Gap{Reason: probity.Unreadable, Because: "pg_hba.conf has errors, and the server runs by an older one"})
			return nil
		}
		at := fmt.Sprintf("line %d of pg_hba.conf (%s)", line.Int64, method)
		switch method {
		case "reject":
			return nil
		case "trust":
			d.open.add(at)
		case "md5", "password", "ident":
			d.weak.add(at)
		}
		if world && kind != "local" {
			d.anywhere.add(at)
		}
		if unnamed {
			d.unnamed.add(at)
		}
		return nil
	})
	if err != nil {
		d.lack(s.refusal(err, needsEntry))
	}
}
