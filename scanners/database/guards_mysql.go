package database

import (
	"context"
	"database/sql"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// Sources: MySQL 8.4 and MariaDB 11 manuals on accounts, the general log and audit plugins, read on 2026-11-28. What is secret of an
// account stays on the server: only the form of its password is told.
const (
	mysqlShown    = `concat('''', u.User, '''@''', u.Host, '''')`
	mysqlAccounts = ` FROM mysql.user u WHERE u.account_locked = 'N' AND u.User NOT IN ('mysql.sys', 'mysql.session', 'mysql.infoschema') AND `
	mariaAccounts = ` FROM mysql.user u JOIN mysql.global_priv g ON g.User = u.User AND g.Host = u.Host
		WHERE u.is_role = 'N' AND coalesce(json_value(g.Priv, '$.account_locked'), '0') NOT IN ('1', 'true') AND u.User <> 'mariadb.sys' AND `
	mysqlBlank = `(u.User = '' OR u.plugin IN ('', 'mysql_native_password', 'mysql_old_password', 'caching_sha2_password', 'sha256_password', 'ed25519', 'parsec') AND coalesce(u.authentication_string, '') = '') ORDER BY 1`
	mysqlWeak  = `u.plugin IN ('', 'mysql_native_password', 'mysql_old_password') AND (u.authentication_string LIKE '*%' OR length(u.authentication_string) = 16) ORDER BY 1`
	mysqlWorld = `u.Host IN ('%', '%.%', '%.%.%.%', '0.0.0.0', '0.0.0.0/0.0.0.0', '::', '') ORDER BY 1`
)

func (e *mysqlEngine) guards(ctx context.Context, s *session) (any, probity.Fact[bool]) {
	var out kinds.MySQLEngine
	var audit probity.Fact[bool]
	from := &probity.Origin{Query: "SHOW GLOBAL VARIABLES"}
	if has, err := s.variables(ctx); err != nil {
		gap := s.lost(err, "global variables")
		unread := probity.Missing[bool](gap, from)
		out.LogsValues, out.LocalInfile, out.FilesAnywhere, out.Everywhere, audit = unread, unread, unread, unread, unread
		out.OldestTLS, out.BinlogDays = probity.Missing[string](gap, from), probity.Missing[probity.Optional[int]](gap, from)
		out.WeakCiphers, out.ClearLogs, out.FreePasswords = probity.Open[string](gap, from), probity.Open[string](gap, from), probity.Open[string](gap, from)
	} else {
		has.habits(&out, from)
		out.ClearLogs, out.FreePasswords = e.clearLogs(ctx, s, has, from), e.freePasswords(ctx, s, has, from)
		audit = mysqlAudit(has, from)
	}
	those, needs := mysqlAccounts, "SELECT on mysql.user"
	if e.maria {
		those, needs = mariaAccounts, "SELECT on mysql.user and mysql.global_priv"
	}
	for where, into := range map[string]*probity.List[string]{mysqlBlank: &out.Passwordless, mysqlWeak: &out.WeakAuth, mysqlWorld: &out.Anywhere} {
		var g guard
		s.named(ctx, "SELECT "+mysqlShown+those+where, needs, &g)
		*into = g.list("SELECT … FROM mysql.user")
	}
	powerful, remote := e.powers(ctx, s, needs+", and on the grants of roles")
	out.Powerful, out.RemoteAdmins = powerful.list("SELECT … FROM mysql.user, and roles"), remote.list("SELECT … FROM mysql.user, and roles")
	out.OpenDatabases = e.openDatabases(ctx, s)
	return out, audit
}

func (s *session) variables(ctx context.Context) (variables, error) {
	out := variables{}
	return out, s.read(ctx, mysqlVariables, func(r *sql.Rows) error {
		var name string
		var value sql.NullString
		err := r.Scan(&name, &value)
		if value.Valid {
			out[strings.ToLower(name)] = strings.ToUpper(value.String)
		}
		return err
	})
}

// mysqlAudit tells by the settings of the known plugins whether statements are recorded. Where none is loaded there are none.
func mysqlAudit(has variables, from *probity.Origin) probity.Fact[bool] {
	filtered := false
	for name := range has {
		filtered = filtered || strings.HasPrefix(name, "audit_log")
	}
	events := has["server_audit_events"]
	switch policy := has["audit_log_policy"]; {
	case has["server_audit_logging"] == "ON" || has["server_audit_logging"] == "1":
		return probity.Known(events == "" || strings.Contains(events, "TABLE") || strings.Contains(events, "QUERY,") || strings.HasSuffix(events, "QUERY"), from)
	case policy != "":
		return probity.Known(policy == "ALL" || policy == "QUERIES", from)
	case filtered:
		return probity.Missing[bool](probity.Gap{Reason: probity.NotCollected, Because: "filters of the audit log decide", Needs: "a look at mysql.audit_log_filter"}, from)
	}
	return probity.Known(false, from)
}
