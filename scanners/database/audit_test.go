package database

import (
	"testing"

	"github.com/probity-scan/probity"
)

// TestAuditSettings: plugins that no server here has.
func TestAuditSettings(t *testing.T) {
	t.Parallel()
	say := func(f probity.Fact[bool]) string {
		v, ok := f.Get()
		switch {
		case !ok:
			return "unknown"
		case v:
			return "on"
		}
		return "off"
	}
	for _, c := range []struct{ what, role, want string }{
		{"", "", "off"}, {"none", "", "off"}, {"read, write", "", "on"}, {"all", "", "on"}, {"all, -read", "", "off"}, {"ddl", "", "off"}, {"ddl", "auditor", "unknown"}, {"ALL,-misc", "auditor", "on"},
	} {
		if got := say(pgaudit(c.what, c.role, nil)); got != c.want {
			t.Errorf("pgaudit %q, role %q: got %s, want %s", c.what, c.role, got, c.want)
		}
	}
	for _, c := range []struct{ name, value, want string }{
		{"audit_log_policy", "ALL", "on"}, {"audit_log_policy", "LOGINS", "off"}, {"audit_log_filter_id", "1", "unknown"}, {"local_infile", "ON", "off"}, {"server_audit_logging", "1", "on"},
	} {
		if got := say(mysqlAudit(map[string]string{c.name: c.value}, nil)); got != c.want {
			t.Errorf("%s=%s: got %s, want %s", c.name, c.value, got, c.want)
		}
	}
}
