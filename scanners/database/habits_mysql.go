package database

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// What a server of MySQL or MariaDB keeps, lets in and asks for, by its settings. Sources: the manuals of MySQL 8.4 and MariaDB 11 on
// server variables, the plugins simple_password_check and validate_password, read on 2026-11-28.
const mysqlVariables = `SHOW GLOBAL VARIABLES WHERE Variable_name IN ('local_infile', 'general_log', 'log_raw', 'log_bin', 'binlog_expire_logs_seconds', 'binlog_expire_logs_auto_purge', 'expire_logs_days',
	'encrypt_binlog', 'binlog_encryption', 'innodb_encrypt_log', 'innodb_redo_log_encrypt', 'innodb_undo_log_encrypt', 'innodb_encrypt_tables', 'default_table_encryption', 'secure_file_priv', 'tls_version',
	'have_ssl', 'ssl_cipher', 'bind_address', 'skip_networking', 'basedir', 'max_password_errors', 'default_password_lifetime', 'connection_control_failed_connections_threshold')
	OR Variable_name LIKE 'server\_audit%' OR Variable_name LIKE 'audit\_log%' OR Variable_name LIKE 'simple\_password\_check%' OR Variable_name LIKE 'validate\_password%'`

// variables are settings of the server, in capitals. One that is NULL is not there.
type variables map[string]string

func (v variables) on(name string) bool { return v[name] == "ON" || v[name] == "1" }

// service reports whether a cloud runs the server, and decides what it does by itself.
func (v variables) service() bool { return strings.HasPrefix(v["basedir"], "/RDSDBBIN") }

func (v variables) number(name string) int {
	n, _ := strconv.Atoi(v[name])
	return n
}

func provided(what string) probity.Gap {
	return probity.Gap{Reason: probity.NotApplicable, Because: "the service that runs the server decides " + what}
}

// habits fills what settings alone tell.
func (v variables) habits(out *kinds.MySQLEngine, from *probity.Origin) {
	out.LogsValues = probity.Known(v.on("general_log") || v.on("log_raw"), from)
	out.LocalInfile = probity.Known(v.on("local_infile"), from)
	folder, set := v["secure_file_priv"] // NULL: no statement reads or writes a file
	out.FilesAnywhere = probity.Known(set && strings.Trim(folder, "/ ") == "", from)
	out.WeakCiphers = probity.Whole(from, kinds.WeakCiphers(v["ssl_cipher"])...)
	if oldest := kinds.OldestTLS(v["tls_version"]); oldest != "" && v["have_ssl"] != "DISABLED" {
		out.OldestTLS = probity.Known(oldest, from)
	} else {
		out.OldestTLS = probity.Missing[string](probity.Gap{Reason: probity.NotApplicable, Because: "the server has no TLS"}, from)
	}
	if v.service() {
		out.Everywhere = probity.Missing[bool](provided("where it listens"), from)
		out.BinlogDays = probity.Missing[probity.Optional[int]](probity.Gap{Reason: probity.NotCollected, Because: "mysql.rds_configuration decides", Needs: "a look at its binlog retention hours"}, from)
		return
	}
	out.Everywhere = probity.Known(!v.on("skip_networking") && everywhere(v["bind_address"]), from)
	out.BinlogDays = probity.Known(v.binlog(), from)
}

// everywhere reports whether a list of addresses to listen on has one that stands for all. MariaDB takes none for all of them.
func everywhere(addresses string) bool {
	return addresses == "" || slices.ContainsFunc(strings.Split(addresses, ","), func(a string) bool {
		return slices.Contains([]string{"*", "0.0.0.0", "::"}, strings.TrimSpace(a))
	})
}

// binlog is for how many days the log of changes is kept.
func (v variables) binlog() probity.Optional[int] {
	if !v.on("log_bin") {
		return probity.Optional[int]{}
	}
	days := (v.number("binlog_expire_logs_seconds") + 86399) / 86400
	if f, err := strconv.ParseFloat(v["expire_logs_days"], 64); err == nil && days == 0 && f > 0 {
		days = max(1, int(f))
	}
	if v["binlog_expire_logs_auto_purge"] == "OFF" {
		days = 0
	}
	return probity.Some(days)
}

// clearLogs are the logs of changes that are not encrypted, of a server that encrypts tables.
func (e *mysqlEngine) clearLogs(ctx context.Context, s *session, v variables, from *probity.Origin) probity.List[string] {
	if v.service() {
		return probity.Open[string](provided("how its disks are kept"), from)
	}
	var open []string
	for name, log := range map[string]string{"encrypt_binlog": "binary log", "binlog_encryption": "binary log", "innodb_encrypt_log": "redo log", "innodb_redo_log_encrypt": "redo log", "innodb_undo_log_encrypt": "undo log"} {
		if is, ok := v[name]; ok && is == "OFF" && (log != "binary log" || v.on("log_bin")) {
			open = append(open, log)
		}
	}
	slices.Sort(open)
	encrypts := v.on("default_table_encryption") || v["innodb_encrypt_tables"] != "" && v["innodb_encrypt_tables"] != "OFF"
	if len(open) == 0 || encrypts {
		return probity.Whole(from, open...)
	}
	query := "SELECT EXISTS (SELECT 1 FROM information_schema.innodb_tablespaces WHERE encryption = 'Y')"
	if e.maria {
		query = "SELECT EXISTS (SELECT 1 FROM information_schema.innodb_tablespaces_encryption WHERE min_key_version > 0)"
	}
	if err := s.one(ctx, query, &encrypts); err != nil {
		return probity.Open[string](s.refusal(err, "PROCESS on *.*"), from)
	}
	if !encrypts {
		open = nil
	}
	return probity.Whole(from, open...)
}

// freePasswords is what nothing asks of passwords: twelve characters of several sorts, a lock after wrong ones, an end.
func (e *mysqlEngine) freePasswords(ctx context.Context, s *session, v variables, from *probity.Origin) probity.List[string] {
	var g guard
	if !v.strong() {
		g.add("twelve characters of several sorts")
	}
	if v.number("default_password_lifetime") == 0 {
		g.add("an end after some days")
	}
	switch {
	case e.maria:
		if n := v.number("max_password_errors"); n == 0 || n >= 1<<31 {
			g.add("a lock after wrong ones")
		}
	case v.number("connection_control_failed_connections_threshold") == 0:
		var unlocked int
		if err := s.one(ctx, `SELECT count(*) FROM mysql.user WHERE account_locked = 'N' AND coalesce(json_extract(User_attributes, '$.Password_locking.failed_login_attempts'), 0) = 0`, &unlocked); err != nil {
			g.lacks(s.refusal(err, "SELECT on mysql.user"))
		} else if unlocked > 0 {
			g.add("a lock after wrong ones")
		}
	}
	if g.gap != nil {
		return probity.Open(*g.gap, from, g.items...)
	}
	return probity.Whole(from, g.items...)
}

// strong reports whether a plugin asks twelve characters of several sorts of each password.
func (v variables) strong() bool {
	simple := func(name string) int { return v.number("simple_password_check_" + name) }
	if simple("minimal_length") >= 12 && simple("digits") > 0 && simple("letters_same_case") > 0 && simple("other_characters") > 0 {
		return true
	}
	for _, mark := range []string{".", "_"} { // the component, and the plugin before it
		policy := v["validate_password"+mark+"policy"]
		if slices.Contains([]string{"MEDIUM", "STRONG", "1", "2"}, policy) && v.number("validate_password"+mark+"length") >= 12 {
			return true
		}
	}
	return false
}
