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
	postgresEntries = `SELECT line_number, coalesce(type, ''), coalesce(auth_method, ''), coalesce(address, '') = 'all' OR coalesce(netmask, '') IN ('0.0.0.0', '::'), error IS NOT NULL
		FROM pg_hba_file_rules ORDER BY line_number`
	// The administrator whom initdb made has the number 10; rdsadmin and rdsrepladmin are the provider's own.
	postgresPowers = `SELECT 'role ' || r.rolname || ' (' || concat_ws(', ', CASE WHEN rolsuper THEN 'superuser' END, CASE WHEN rolbypassrls THEN 'bypassrls' END,
			CASE WHEN rolcreaterole THEN 'createrole' END, CASE WHEN rolreplication THEN 'replication' END, g.names) || ')'
		FROM pg_roles r LEFT JOIN LATERAL (SELECT string_agg(p.rolname, ', ' ORDER BY p.rolname) AS names FROM pg_roles p
			WHERE NOT r.rolsuper AND p.rolname IN ('pg_read_all_data', 'pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program') AND pg_has_role(r.oid, p.oid, 'MEMBER')) g ON true
		WHERE r.rolcanlogin AND r.oid <> 10 AND r.rolname NOT IN ('rdsadmin', 'rdsrepladmin') AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication OR g.names IS NOT NULL) ORDER BY r.rolname`
	// A setting of the session may be another's for other roles, and for this database.
	postgresLogs = `SELECT current_setting('password_encryption'),
		current_setting('log_statement') IN ('mod', 'all') OR current_setting('log_min_duration_statement') <> '-1'
			OR coalesce(current_setting('log_min_duration_sample', true), '-1') <> '-1' OR coalesce(current_setting('log_transaction_sample_rate', true), '0')::float > 0
			OR EXISTS (SELECT FROM pg_db_role_setting d, unnest(d.setconfig) c WHERE d.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
				AND (c ~* '^log_statement=(mod|all)$' OR c ~* '^log_min_duration_(statement|sample)=[0-9]')),
		coalesce(current_setting('log_parameter_max_length', true), '-1') <> '0', coalesce(current_setting('log_parameter_max_length_on_error', true), '0') <> '0',
		coalesce(has_schema_privilege('public', to_regnamespace('public')::oid, 'CREATE'), false),
		(SELECT setting FROM pg_settings WHERE name = 'pgaudit.log'), (SELECT setting FROM pg_settings WHERE name = 'pgaudit.role')`
)

func (postgresEngine) guards(ctx context.Context, s *session) (out kinds.Engine, audit probity.Fact[bool]) {
	var weak, open, anywhere, powerful guard
	from := &probity.Origin{Query: "settings of log, password_encryption, pgaudit, and pg_db_role_setting"}
	var encryption string
	var logged, bound, failed, create bool
	var what, role sql.NullString
	if err := s.one(ctx, postgresLogs, &encryption, &logged, &bound, &failed, &create, &what, &role); err != nil {
		g := s.refusal(err, "pg_read_all_settings")
		out.LogsValues, out.PublicCreate, audit = probity.Missing[bool](g, from), probity.Missing[bool](g, from), probity.Missing[bool](g, from)
		weak.lacks(g)
	} else {
		out.LogsValues, out.PublicCreate, audit = probity.Known(logged && bound || failed, from), probity.Known(create, from), pgaudit(what.String, role.String, from)
		if encryption == "md5" || encryption == "on" || encryption == "off" {
			weak.add("new passwords (password_encryption = " + encryption + ")")
		}
	}
	if gap := s.closed(ctx, mayHashes, "SELECT on pg_authid"); gap != nil {
		weak.lacks(*gap)
	} else {
		s.named(ctx, postgresHashes, "SELECT on pg_authid", &weak)
	}
	s.named(ctx, postgresPowers, "SELECT on pg_roles", &powerful)
	s.entries(ctx, &open, &weak, &anywhere)
	out.Passwordless, out.Anywhere = open.list("SELECT … FROM pg_hba_file_rules"), anywhere.list("SELECT … FROM pg_hba_file_rules")
	out.WeakAuth = weak.list("SELECT … FROM pg_authid; SELECT … FROM pg_hba_file_rules; the setting password_encryption")
	out.Powerful = powerful.list("SELECT … FROM pg_roles")
	return out, audit
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

// entries reads the lines of pg_hba.conf that let somebody in.
func (s *session) entries(ctx context.Context, open, weak, anywhere *guard) {
	if gap := s.closed(ctx, mayEntries, needsEntry); gap != nil {
		for _, g := range []*guard{open, weak, anywhere} {
			g.lacks(*gap)
		}
		return
	}
	err := s.read(ctx, postgresEntries, func(r *sql.Rows) error {
		var line sql.NullInt64
		var kind, method string
		var world, wrong bool
		if err := r.Scan(&line, &kind, &method, &world, &wrong); err != nil {
			return err
		}
		if wrong {
			for _, g := range []*guard{open, weak, anywhere} {
				g.lacks(probity.Gap{Reason: probity.Unreadable, Because: "pg_hba.conf has errors, and the server runs by an older one"})
			}
			return nil
		}
		at := fmt.Sprintf("line %d of pg_hba.conf (%s)", line.Int64, method)
		switch method {
		case "reject":
			return nil
		case "trust":
			open.add(at)
		case "md5", "password", "ident":
			weak.add(at)
		}
		if world && kind != "local" {
			anywhere.add(at)
		}
		return nil
	})
	if err != nil {
		for _, g := range []*guard{open, weak, anywhere} {
			g.lacks(s.refusal(err, needsEntry))
		}
	}
}
