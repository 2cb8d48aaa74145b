package database_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/database/databasetest"
)

// guarded tells the settings of a database: each item, the value, or the gap.
func guarded(a probity.Asset) map[string][]string {
	out := map[string][]string{}
	for name, f := range a.Settings {
		v, g := f.Value()
		switch v := v.(type) {
		case []string:
			out[name] = slices.Clone(v)
		case bool, string, probity.Optional[int]:
			if g == nil {
				out[name] = []string{fmt.Sprint(v)}
			}
		}
		if g != nil {
			out[name] = append(out[name], string(g.Reason)+": "+g.Needs)
		}
	}
	return out
}

func TestPostgresGuards(t *testing.T) {
	t.Setenv("PGPASSWORD", databasetest.Password)
	s := databasetest.Postgres(t, databasetest.Options{Entry: "host nobody nobody 10.0.0.0/8 trust\nhost nobody nobody 0.0.0.0/0 reject\nhost nobody nobody 10.0.0.0/8 ident\n"})
	login := "LOGIN PASSWORD '" + databasetest.Password + "'"
	s.Exec(t, "postgres", "CREATE DATABASE clinic", "CREATE ROLE probity "+login, "CREATE ROLE boss SUPERUSER "+login, "CREATE ROLE copier REPLICATION BYPASSRLS "+login,
		"CREATE ROLE readers IN ROLE pg_read_all_data", "CREATE ROLE analyst IN ROLE readers VALID UNTIL '2030-01-01' "+login, "CREATE ROLE group_of_bosses SUPERUSER",
		"SET password_encryption = md5", "CREATE ROLE old LOGIN PASSWORD 'md5"+fmt.Sprintf("%032x", 7)+"'",
		"ALTER DATABASE clinic SET log_statement = 'all'")
	target := fmt.Sprintf("postgres://%%s@127.0.0.1:%d/%%s", s.Port)
	seen := func(user, database string) (map[string][]string, map[string][]string, probity.Asset) {
		got := visit(t, serverUnit(fmt.Sprintf(target, user, database), 1))
		a := got.assets[fmt.Sprintf("127.0.0.1:%d", s.Port)]
		return guarded(a), guarded(got.assets[database]), a
	}
	powers := []string{"role analyst (pg_read_all_data)", "role boss (superuser)", "role copier (bypassrls, replication)"}
	lasting := []string{"boss", "copier", "old", "postgres", "probity"}
	got, inside, a := seen("postgres", "clinic")
	hides := "not-collected: a scan by one that has none"
	if d := cmp.Diff(map[string][]string{
		"passwordless": {"line 1 of pg_hba.conf (trust)"}, "weak_auth": {"role old (md5)", "line 3 of pg_hba.conf (ident)"}, "anywhere": {"line 5 of pg_hba.conf (scram-sha-256)"},
		"powerful": powers, "logs_values": {hides}, "logs_entries": {"false"}, "unnamed": {"line 5 of pg_hba.conf (scram-sha-256)"}, "lasting": lasting,
		"oldest_tls": {"not-applicable: "}, "weak_ciphers": {}, "everywhere": {"false"}, "idle_ends": {"false"}, "archived": {"false"}, "checksums": {"true"},
	}, got, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("as the administrator (-want +got):\n%s", d)
	}
	if d := cmp.Diff(map[string][]string{"weak_auth": {}, "logs_values": {"true"}, "public_create": {"false"}, "extensions": {"plpgsql"}, "open_by_default": {}, "published": {}, "published_whole": {}, "views": {}}, inside, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("its database (-want +got):\n%s", d)
	}
	if v, ok := a.Audit.Access.Get(); !ok || v {
		t.Error("nothing is audited, and that is not told")
	}
	hba := "denied: SELECT on pg_hba_file_rules and EXECUTE on pg_hba_file_rules()"
	got, inside, _ = seen("probity", "postgres")
	if d := cmp.Diff(map[string][]string{
		"passwordless": {hba}, "weak_auth": {"denied: SELECT on pg_authid"}, "anywhere": {hba},
		"powerful": powers, "logs_values": {"false"}, "logs_entries": {"false"}, "unnamed": {hba}, "lasting": lasting,
		"oldest_tls": {"not-applicable: "}, "weak_ciphers": {}, "everywhere": {"false"}, "idle_ends": {"false"}, "archived": {"false"}, "checksums": {"true"},
	}, got, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("as an account with few rights (-want +got):\n%s", d)
	}
	if d := cmp.Diff(map[string][]string{"weak_auth": {}, "logs_values": {"false"}, "public_create": {"false"}, "extensions": {"plpgsql"}, "open_by_default": {}, "published": {}, "published_whole": {}, "views": {}}, inside, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("its database (-want +got):\n%s", d)
	}
	s.Exec(t, "clinic", "GRANT CREATE ON SCHEMA public TO PUBLIC", "ALTER DATABASE clinic RESET log_statement", "ALTER DATABASE clinic SET log_parameter_max_length_on_error = 100", "ALTER DATABASE clinic SET password_encryption = md5")
	s.Exec(t, "postgres", "ALTER SYSTEM SET log_connections = on", "ALTER SYSTEM SET log_disconnections = on", "ALTER SYSTEM SET log_line_prefix = '%m %u@%d %h '", "ALTER SYSTEM SET log_min_duration_statement = 0", "SELECT pg_reload_conf()")
	got, inside, _ = seen("probity", "clinic")
	if d := cmp.Diff([][]string{{"true"}, {"true"}, {"new passwords (password_encryption = md5)"}, {"not-collected: a scan by one that has none"}, {"true"}},
		[][]string{inside["public_create"], inside["logs_values"], inside["weak_auth"], got["weak_auth"], got["logs_entries"]}); d != "" {
		t.Errorf("settings of the database (-want +got):\n%s", d)
	}
	if got, _, _ = seen("probity", "postgres"); got["logs_values"][0] != "true" {
		t.Errorf("got %q, want that the server logs values", got["logs_values"])
	}
}

func TestMariaDBGuards(t *testing.T) {
	t.Setenv("MYSQL_PWD", databasetest.Password)
	s := databasetest.MariaDB(t, databasetest.Options{TLS: true, Args: []string{"--tls-version=TLSv1.1,TLSv1.2,TLSv1.3", "--ssl-cipher=ECDHE-RSA-AES128-GCM-SHA256:RC4-SHA", "--log-bin", "--innodb-encrypt-tables=ON"}})
	by := " IDENTIFIED BY '" + databasetest.Password + "'"
	s.Exec(t, "", "CREATE DATABASE clinic", "CREATE DATABASE test", "CREATE USER probity@127.0.0.1"+by, "CREATE USER few@127.0.0.1"+by, "GRANT SELECT ON `open_%`.* TO PUBLIC",
		"GRANT SELECT ON mysql.* TO probity@127.0.0.1", "GRANT SELECT ON clinic.* TO probity@127.0.0.1, few@127.0.0.1",
		"CREATE USER reader@'10.0.0.1'"+by, "GRANT SELECT ON *.* TO reader@'10.0.0.1'",
		"CREATE USER ''@'10.0.0.1'"+by, "CREATE USER open@'10.0.0.1'", "CREATE USER shut@'10.0.0.1' ACCOUNT LOCK", "CREATE USER app@'%'"+by, "GRANT FILE ON *.* TO app@'%'",
		"CREATE ROLE staff", "GRANT SUPER ON *.* TO staff", "CREATE ROLE leads", "GRANT staff TO leads", "CREATE USER lead@'10.0.0.%'"+by, "GRANT leads TO lead@'10.0.0.%'", "CREATE USER lead@localhost"+by, "GRANT leads TO lead@localhost",
		"CREATE USER root@'10.0.0.2'"+by, "SET GLOBAL local_infile = ON", "SET GLOBAL general_log = ON")
	server := fmt.Sprintf("127.0.0.1:%d", s.Port)
	at := "@" + server + "/clinic"
	a := visit(t, serverUnit("mysql://probity"+at, 1)).assets[server]
	if d := cmp.Diff(map[string][]string{
		"passwordless": {"''@'10.0.0.1'", "'open'@'10.0.0.1'"}, "anywhere": {"'app'@'%'"}, "powerful": {"'app'@'%'", "'lead'@'10.0.0.%'", "'lead'@'localhost'", "'reader'@'10.0.0.1'"},
		"weak_auth":   {"''@'10.0.0.1'", "'app'@'%'", "'few'@'127.0.0.1'", "'lead'@'10.0.0.%'", "'lead'@'localhost'", "'probity'@'127.0.0.1'", "'reader'@'10.0.0.1'", "'root'@'10.0.0.2'", "'root'@'localhost'"},
		"logs_values": {"true"}, "local_infile": {"true"}, "remote_admins": {"'lead'@'10.0.0.%'", "'root'@'10.0.0.2'"}, "open_databases": {"rights of everybody on open_%", "denied: SHOW DATABASES on *.*"},
		"oldest_tls": {"1.1"}, "weak_ciphers": {"RC4-SHA"}, "everywhere": {"false"}, "binlog_days": {"{true 0}"}, "clear_logs": {"binary log", "redo log"}, "files_anywhere": {"true"},
		"free_passwords": {"twelve characters of several sorts", "an end after some days", "a lock after wrong ones"},
	}, guarded(a)); d != "" {
		t.Errorf("as a reader of all (-want +got):\n%s", d)
	}
	if v, ok := a.Audit.Access.Get(); !ok || v {
		t.Error("nothing is audited, and that is not told")
	}
	s.Exec(t, "", "SET GLOBAL binlog_expire_logs_seconds = 604800", "INSTALL SONAME 'simple_password_check'", "SET GLOBAL simple_password_check_minimal_length = 12", "SET GLOBAL max_password_errors = 10", "SET GLOBAL default_password_lifetime = 90",
		"GRANT SHOW DATABASES ON *.* TO few@127.0.0.1", "GRANT SELECT ON mysql.db TO few@127.0.0.1", "SET GLOBAL local_infile = OFF", "SET GLOBAL general_log = OFF", "INSTALL SONAME 'server_audit'", "SET GLOBAL server_audit_logging = ON")
	a = visit(t, serverUnit("mysql://few"+at, 1)).assets[server]
	users, roles := []string{"denied: SELECT on mysql.user and mysql.global_priv"}, []string{"denied: SELECT on mysql.user and mysql.global_priv, and on the grants of roles"}
	if d := cmp.Diff(map[string][]string{"passwordless": users, "anywhere": users, "powerful": roles, "remote_admins": roles, "weak_auth": users,
		"logs_values": {"false"}, "local_infile": {"false"}, "open_databases": {"rights of everybody on open_%", "database test"}, "oldest_tls": {"1.1"}, "weak_ciphers": {"RC4-SHA"}, "everywhere": {"false"},
		"binlog_days": {"{true 7}"}, "clear_logs": {"binary log", "redo log"}, "files_anywhere": {"true"}, "free_passwords": {}}, guarded(a), cmpopts.EquateEmpty()); d != "" {
		t.Errorf("as an account with few rights (-want +got):\n%s", d)
	}
	if v, ok := a.Audit.Access.Get(); !ok || !v {
		t.Error("statements are audited, and that is not told")
	}
	s.Exec(t, "", "SET GLOBAL server_audit_events = 'CONNECT,QUERY_DDL'")
	if v, ok := visit(t, serverUnit("mysql://few"+at, 1)).assets[server].Audit.Access.Get(); !ok || v {
		t.Error("reads are not audited, and that is not told")
	}
}
