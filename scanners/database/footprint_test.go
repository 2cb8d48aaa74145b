package database_test

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/database/databasetest"
)

// watched is what a server says of the scan's session whenever that is about to end a transaction: what it took is still held.
type watched struct {
	db         *sql.DB
	query      string // most locks, locks that are too strong, snapshots and numbers of transactions
	statements int
	seen       int
	locks      int // the most at once
	wrong      []string
}

// tell looks at the first transactions, which read the catalogue, and at every hundredth one.
func (w *watched) tell(ctx context.Context, statement string) {
	w.statements++
	if statement != "COMMIT" || w.statements > 200 && w.statements%300 > 2 {
		return
	}
	var locks int
	var wrong sql.NullString
	if err := w.db.QueryRowContext(ctx, w.query).Scan(&locks, &wrong); err != nil {
		w.wrong = append(w.wrong, err.Error())
	}
	if wrong.String != "" && len(w.wrong) < 10 {
		w.wrong = append(w.wrong, wrong.String)
	}
	w.seen, w.locks = w.seen+1, max(w.locks, locks)
}

const (
	postgresHeld = `SELECT (SELECT count(*) FROM pg_locks l WHERE l.pid = a.pid AND l.locktype = 'relation'),
			concat_ws(', ', 'it holds ' || (SELECT string_agg(l.mode || ' on ' || l.relation::regclass, ', ') FROM pg_locks l WHERE l.pid = a.pid AND l.locktype = 'relation' AND l.mode <> 'AccessShareLock'),
			'it has the number ' || a.backend_xid, 'its snapshot is old: ' || nullif(age(a.backend_xmin), 0), CASE WHEN a.state <> 'idle in transaction' THEN 'it is ' || a.state END)
		FROM pg_stat_activity a WHERE a.application_name = 'probity'`
	// What the server counted since all was planted. The sum over tables leaves out those of the server itself.
	postgresCounted = `SELECT (SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_user_tables), (SELECT coalesce(max(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0) FROM pg_stat_user_tables),
		d.temp_files + d.temp_bytes, d.xact_rollback, d.deadlocks + d.conflicts FROM pg_stat_database d WHERE d.datname = current_database()`
	postgresNumber = `SELECT txid_snapshot_xmax(txid_current_snapshot())`
)

// TestPostgresFootprint scans 20,000 tables and one of 2,000 partitions, and asks the server what that did to it.
func TestPostgresFootprint(t *testing.T) {
	t.Setenv("PGPASSWORD", databasetest.Password)
	const tables, partitions, budget = 20_000, 2_000, 10 // rows, as many as an eighth of the tables has
	s := databasetest.Postgres(t, databasetest.Options{Quiet: true, Locks: 400})
	s.Exec(t, "postgres", "CREATE DATABASE wide", "CREATE ROLE probity LOGIN IN ROLE pg_read_all_data PASSWORD '"+databasetest.Password+"'")
	for from := 0; from < tables; from += 1000 { // short texts have no table of their own beside
		s.Exec(t, "wide", fmt.Sprintf(`DO $$ BEGIN FOR i IN %d..%d LOOP EXECUTE format('CREATE TABLE t_%%s AS SELECT ''a@example.org''::varchar(30) AS mail FROM generate_series(1, %%s)', i, 3 + i %% 8); END LOOP; END $$`, from, from+999))
	}
	s.Exec(t, "wide", "CREATE TABLE parts (at int, mail varchar(30)) PARTITION BY LIST (at)",
		fmt.Sprintf("DO $$ BEGIN FOR i IN 1..%d LOOP EXECUTE format('CREATE TABLE parts_%%s PARTITION OF parts FOR VALUES IN (%%s)', i, i); END LOOP; END $$", partitions),
		"INSERT INTO parts VALUES (1, 'a@example.org')",
		"CREATE TABLE large AS SELECT i || '@example.org' AS mail FROM generate_series(1, 5000) i", "ANALYZE large")
	db := s.DB(t, "wide")
	db.SetMaxIdleConns(0) // a session that ended has told all that it counted
	w := &watched{db: db, query: postgresHeld}
	target := fmt.Sprintf("postgres://probity@127.0.0.1:%d/wide?sslmode=disable", s.Relay(t, w.tell))
	ends(t, db, "backend_type = 'client backend'") // the sessions that planted count what they did when they end
	ask(t, db, "SELECT pg_stat_reset()", new(any))
	var before, after, altered, n, read int
	var units []probity.Unit
	ask(t, db, postgresNumber, &before)
	for f := range foundBy(t, serverUnit(target, budget)) {
		switch f := f.(type) {
		case probity.Asset:
			if n++; n%2500 == 0 || strings.HasPrefix(f.Name, "public.parts_") && n%500 == 0 {
				altered++
				alter(t, db, f.Name)
			}
		case probity.Read:
			read += f.Objects
		case probity.Unit:
			units = append(units, f)
		}
	}
	if len(units) != (tables+partitions)/1000 {
		t.Fatalf("got %d units behind the first, want one for a thousand tables", len(units))
	}
	ends(t, db, "application_name = 'probity'")
	ask(t, db, postgresNumber, &after)
	var wrote, most, spilled, undone, fought int
	ask(t, db, postgresCounted, &wrote, &most, &spilled, &undone, &fought)
	if d := cmp.Diff([]int{0, 0, 0, 0, altered}, []int{wrote, spilled, undone, fought, after - before}); d != "" {
		t.Errorf("rows written, files spilled, transactions undone, conflicts, transactions that wrote (-want +got):\n%s", d)
	}
	if n != tables+partitions+3 || altered < 12 || read > tables*budget || most > 2*budget+1 {
		t.Errorf("got %d assets, %d altered, %d rows, up to %d of one table; want all tables, each within the budget of %d and the count that tells whether there are more", n, altered, read, most, budget)
	}
	if len(w.wrong) > 0 || w.seen < 300 || w.locks == 0 || w.locks > 16 || w.statements > 4*(n+tables/8) {
		t.Errorf("%d statements; looked at %d times, the session held up to %d locks, and %q; want fewer locks than a session keeps to itself", w.statements, w.seen, w.locks, w.wrong)
	}
	if again := visit(t, units[len(units)-3]); len(again.words) != 2001 || again.words["public.large"] == "" {
		t.Errorf("got %d tables by the last three units, want those that are left", len(again.words))
	}
}

// ask selects one row as the administrator.
func ask(t *testing.T, db *sql.DB, query string, into ...any) {
	t.Helper()
	if err := db.QueryRowContext(t.Context(), query).Scan(into...); err != nil {
		t.Fatalf("%.60s: %v", query, err)
	}
}

// ends waits for the end of other sessions.
func ends(t *testing.T, db *sql.DB, which string) {
	t.Helper()
	for left := 1; left > 0; {
		ask(t, db, "SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND "+which, &left)
	}
}

// alter changes a table that was just read, and all that is above and below it. It waits for nobody, since the scan holds nothing
// between two transactions.
func alter(t *testing.T, db *sql.DB, table string) {
	t.Helper()
	var begun int
	ask(t, db, "SELECT count(coalesce(xact_start::text, backend_xmin::text)) FROM pg_stat_activity WHERE application_name = 'probity'", &begun)
	if begun > 0 {
		t.Errorf("a transaction is open behind %s", table)
	}
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(table, "public.parts_") {
		table = "public.parts"
	}
	for _, q := range []string{"LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE NOWAIT", "ALTER TABLE " + table + " ADD COLUMN IF NOT EXISTS other int"} {
		if _, err := tx.ExecContext(t.Context(), q); err != nil {
			t.Errorf("%.60s: %v", q, err)
		}
	}
	if err := tx.Commit(); err != nil {
		t.Error(err)
	}
}

const (
	mariaHeld = `SELECT count(*), concat_ws(', ', group_concat(CASE WHEN m.lock_mode NOT IN ('MDL_SHARED_READ', 'MDL_SHARED_HIGH_PRIO') THEN concat('it holds ', m.lock_mode, ' on ', m.table_name) END),
			(SELECT concat('it is ', x.trx_isolation_level, ', read only: ', x.trx_is_read_only, ', locks ', x.trx_rows_locked, ' rows of ', x.trx_tables_locked, ' tables and wrote ', x.trx_rows_modified)
				FROM information_schema.innodb_trx x WHERE x.trx_mysql_thread_id = max(p.id) AND (x.trx_isolation_level <> 'READ COMMITTED' OR NOT x.trx_is_read_only OR x.trx_rows_locked + x.trx_tables_locked + x.trx_rows_modified > 0)))
		FROM information_schema.processlist p LEFT JOIN information_schema.metadata_lock_info m ON m.thread_id = p.id WHERE p.user = 'probity'`
	mariaCounted = `SELECT rows_inserted + rows_updated + rows_deleted + update_commands, rollback_transactions, rows_sent,
		(SELECT max(rows_read) FROM information_schema.table_statistics WHERE table_schema = 'wide'), (SELECT sum(rows_changed) FROM information_schema.table_statistics WHERE table_schema = 'wide')
		FROM information_schema.user_statistics WHERE user = 'probity'`
)

// TestMariaDBFootprint does the same with fewer tables: each is a file that takes its time to be made.
func TestMariaDBFootprint(t *testing.T) {
	t.Setenv("MYSQL_PWD", databasetest.Password)
	const tables, partitions, budget = 300, 60, 10
	s := databasetest.MariaDB(t, databasetest.Options{})
	s.Exec(t, "", "INSTALL SONAME 'metadata_lock_info'", "CREATE DATABASE wide", "CREATE USER probity@127.0.0.1 IDENTIFIED BY '"+databasetest.Password+"'", "GRANT SELECT ON wide.* TO probity@127.0.0.1",
		"SET GLOBAL innodb_file_per_table = OFF", "SET GLOBAL innodb_stats_persistent = OFF")
	s.Exec(t, "wide", "CREATE TABLE parts (id INT PRIMARY KEY, mail VARCHAR(30)) PARTITION BY HASH (id) PARTITIONS "+fmt.Sprint(partitions), "INSERT INTO parts SELECT seq, 'a@example.org' FROM seq_1_to_500",
		fmt.Sprintf("BEGIN NOT ATOMIC FOR i IN 1..%d DO EXECUTE IMMEDIATE concat('CREATE TABLE t_', i, ' SELECT seq AS id, ''a@example.org'' AS mail FROM seq_1_to_', 3 + i %% 8); END FOR; END", tables))
	db := s.DB(t, "wide")
	w := &watched{db: db, query: mariaHeld}
	var wrote, undone, sent, most, changed, n int
	s.Exec(t, "", "SET GLOBAL userstat = ON")
	for f := range foundBy(t, serverUnit(fmt.Sprintf("mysql://probity@127.0.0.1:%d/wide?sslmode=disable", s.Relay(t, w.tell)), budget)) {
		if a, ok := f.(probity.Asset); ok && a.Class == probity.Table {
			if n++; n%50 == 0 || a.Name == "parts" {
				s.Exec(t, "wide", "ALTER TABLE "+a.Name+" NOWAIT ADD COLUMN other INT, ALGORITHM = INSTANT")
			}
		}
	}
	ask(t, db, mariaCounted, &wrote, &undone, &sent, &most, &changed)
	if d := cmp.Diff([]int{0, 0, 0}, []int{wrote, undone, changed}); d != "" {
		t.Errorf("rows written, transactions undone, rows changed by anybody (-want +got):\n%s", d)
	}
	if n != tables+1 || most < budget || most > 2*budget+1 || sent > n*2*budget {
		t.Errorf("got %d tables, up to %d rows read of one, and %d sent", n, most, sent)
	}
	if len(w.wrong) > 0 || w.seen < 50 || w.locks > 8 {
		t.Errorf("looked at %d times, the session held up to %d locks, and %q", w.seen, w.locks, w.wrong)
	}
}
