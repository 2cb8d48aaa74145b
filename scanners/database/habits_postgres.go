package database

import (
	"context"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// What a server of PostgreSQL lets in, ends and keeps. Sources: PostgreSQL 18 documentation, chapters 19 (settings), 25 (archiving) and
// 27 (pg_stat_archiver), read on 2026-11-28.
const (
	postgresLasting = `SELECT rolname FROM pg_roles WHERE rolcanlogin AND coalesce(rolvaliduntil, 'infinity') = 'infinity' AND rolname NOT IN ('rdsadmin', 'rdsrepladmin') ORDER BY rolname`
	// Where an archive did not take what it was given last, it has not got what came after.
	postgresArchiver = `SELECT pg_is_in_recovery(), coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false) FROM pg_stat_archiver`
)

// habits fills what settings alone tell.
func (s *session) habits(ctx context.Context, out *kinds.PostgresEngine, has map[string]setting, from *probity.Origin) {
	value := func(name string) string { return has[name].value }
	if value("ssl") == "on" {
		oldest, told := has["ssl_min_protocol_version"]
		if !told {
			oldest.value = "TLSv1" // version 11 and before have no such setting
		}
		out.OldestTLS = probity.Known(kinds.OldestTLS(oldest.value), from)
	} else {
		out.OldestTLS = probity.Missing[string](probity.Gap{Reason: probity.NotApplicable, Because: "the server has no TLS"}, from)
	}
	out.WeakCiphers = probity.Whole(from, kinds.WeakCiphers(value("ssl_ciphers"))...)
	out.IdleEnds = served(has, from, value("idle_in_transaction_session_timeout") != "0" || !slices.Contains([]string{"", "0"}, value("idle_session_timeout")),
		"idle_in_transaction_session_timeout", "idle_session_timeout")
	out.Checksums = probity.Known(value("data_checksums") == "on", from)
	managed := false
	for name := range has {
		managed = managed || strings.HasPrefix(name, "rds.") || strings.HasPrefix(name, "cloudsql.") || strings.HasPrefix(name, "azure.")
	}
	out.Everywhere = probity.Known(value("listen_addresses") != "" && everywhere(value("listen_addresses")), from)
	if managed {
		out.Everywhere = probity.Missing[bool](provided("where it listens"), from)
	}
	out.Archived = s.archived(ctx, has)
}

// archived: there is an archive, and it took what it was given last.
func (s *session) archived(ctx context.Context, has map[string]setting) probity.Fact[bool] {
	from := &probity.Origin{Query: "the settings archive_mode, archive_command and archive_library, and pg_stat_archiver"}
	mode := has["archive_mode"].value
	command, told := has["archive_command"]
	var replica, failing bool
	err := s.one(ctx, postgresArchiver, &replica, &failing)
	switch {
	case err != nil:
		return probity.Missing[bool](s.refusal(err, "SELECT on pg_stat_archiver"), from)
	case replica && mode != "always":
		return probity.Missing[bool](probity.Gap{Reason: probity.NotApplicable, Because: "a replica keeps no archive: its primary does"}, from)
	case mode != "off" && !told:
		return probity.Missing[bool](*denied("pg_read_all_settings"), from)
	}
	return probity.Known(mode != "off" && (command.value != "" || has["archive_library"].value != "") && !failing, from)
}
