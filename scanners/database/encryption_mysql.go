package database

import (
	"context"
	"database/sql"
	"strings"

	"github.com/probity-scan/probity"
)

// disks asks how tables are kept about which nobody decided. Sources: the manuals of MariaDB 11 on encryption of data at rest, and of MySQL
// 8.4 on that of InnoDB, read on 2026-11-28.
func (e *mysqlEngine) disks(ctx context.Context, s *session) error {
	e.crypts = map[string]bool{}
	return s.read(ctx, "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('innodb_encrypt_tables', 'aria_encrypt_tables', 'basedir')", func(r *sql.Rows) error {
		var name, value string
		if err := r.Scan(&name, &value); err != nil {
			return err
		}
		engine, ours := strings.CutSuffix(strings.ToLower(name), "_encrypt_tables")
		if ours {
			e.crypts[engine] = !strings.EqualFold(value, "OFF")
		}
		e.service = e.service || strings.HasPrefix(value, "/rdsdbbin")
		return nil
	})
}

// encrypted tells by its options whether the server encrypts a table's file. A service encrypts disks below, and is asked itself.
func (e *mysqlEngine) encrypted(kind, options string) probity.Fact[bool] {
	from := &probity.Origin{Query: "create_options of information_schema.tables, and the settings innodb_encrypt_tables and aria_encrypt_tables"}
	if e.service {
		return probity.Missing[bool](probity.Gap{Reason: probity.NotApplicable, Because: "the service that runs it encrypts its disks, or does not"}, from)
	}
	words := strings.FieldsFunc(strings.ToLower(options), func(r rune) bool { return strings.ContainsRune(" =`'\"", r) })
	for i, w := range words[:max(0, len(words)-1)] {
		if w == "encryption" || w == "encrypted" {
			return probity.Known(words[i+1] == "y" || words[i+1] == "yes", from)
		}
	}
	return probity.Known(e.crypts[strings.ToLower(kind)], from)
}
