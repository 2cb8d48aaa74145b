package kinds

import (
	"slices"
	"strconv"
	"strings"

	probity "github.com/probity-scan/probity"
)

// DefaultAdmin reports whether an administrator is called as engines, consoles and guides call theirs.
func DefaultAdmin(name string) bool {
	return slices.Contains([]string{"admin", "administrator", "root", "sa", "postgres", "mysql", "mariadb", "oracle", "sqlserver", "awsuser", "rdsadmin", "master", "dbadmin"}, strings.ToLower(name))
}

// RDSOldestTLS is the oldest version of TLS that an engine takes with its default parameters. Sources: RDS and Aurora User Guides on
// SSL/TLS, release notes of MySQL 8.0.28, which dropped TLS 1.0 and 1.1; read on 2026-11-28. Of others the guides say nothing.
func RDSOldestTLS(engine, version string) probity.Fact[string] {
	numbers := strings.Split(version, ".")
	at := func(i int) int {
		if i >= len(numbers) {
			return -1
		}
		n, err := strconv.Atoi(numbers[i])
		if err != nil {
			return -1
		}
		return n
	}
	switch {
	case engine == "postgres" || engine == "aurora-postgresql":
		if at(0) >= 12 {
			return byDefault("1.2", "ssl_min_protocol_version is TLSv1.2 from PostgreSQL 12 on")
		}
	case engine == "mysql":
		if at(0) > 8 || at(0) == 8 && (at(1) > 0 || at(1) == 0 && at(2) >= 28) {
			return byDefault("1.2", "MySQL takes TLS 1.2 and 1.3 alone from 8.0.28 on")
		}
	case !strings.HasPrefix(engine, "aurora") && engine != "mariadb":
		return probity.Missing[string](probity.Gap{Reason: probity.NotCollected, Because: "its parameters are not read for this engine"}, nil)
	}
	return probity.Missing[string](probity.Gap{Reason: probity.Computed, Because: "the default depends on the engine's version"}, nil)
}

// RDSCiphers are no weak ones: the engines' own lists hold none.
func RDSCiphers() probity.Fact[string] {
	return byDefault("", "the lists of ciphers of the engines' default parameters hold none that is broken")
}
