package database

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/go-sql-driver/mysql"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// mysqlEngine speaks to MySQL and MariaDB.
type mysqlEngine struct {
	maria   bool
	service bool            // a cloud runs the server, and keeps its disks
	crypts  map[string]bool // by engine of tables, in lower case: those that nobody decided on are encrypted
}

// open takes the password of MYSQL_PWD or of an option file, as other programs of MySQL do.
func (*mysqlEngine) open(ctx context.Context, l Login, database string) (*sql.DB, error) {
	cfg := mysql.NewConfig()
	cfg.Net, cfg.Addr, cfg.User, cfg.DBName, cfg.Timeout = "tcp", l.address(), l.User, database, connects
	cfg.Passwd = cmp.Or(os.Getenv("MYSQL_PWD"), optionPassword(l.User))
	cfg.ConnectionAttributes = "program_name:probity"
	cfg.DialFunc = answers{limit: longestAnswer}.dial
	cfg.Logger = log.New(io.Discard, "", 0) // what it would tell may quote the server
	if err := mysqlTLS(cfg, l); err != nil {
		return nil, err
	}
	if l.Password != nil {
		var err error
		if cfg.Passwd, err = l.Password(ctx); err != nil {
			return nil, err
		}
	}
	c, err := mysql.NewConnector(cfg)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(c), nil
}

func mysqlTLS(cfg *mysql.Config, l Login) error {
	blind := &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS12} //nolint:gosec // what prefer and require mean everywhere
	switch {
	case l.TLS != nil:
		cfg.TLS, cfg.AllowCleartextPasswords = l.TLS, true // tokens of IAM are sent as they are, to a server that is known
	case l.Mode == "disable":
	case l.Mode == "require":
		cfg.TLS = blind
	case l.Mode == "verify-full":
		cfg.TLS = &tls.Config{ServerName: l.Host, MinVersion: tls.VersionTLS12}
		if l.Roots == "" {
			break
		}
		pem, err := os.ReadFile(l.Roots)
		if err != nil {
			return cause(err)
		}
		cfg.TLS.RootCAs = x509.NewCertPool()
		cfg.TLS.RootCAs.AppendCertsFromPEM(pem)
	default:
		cfg.TLS, cfg.AllowFallbackToPlaintext = blind, true
	}
	return nil
}

func (e *mysqlEngine) limits(ctx context.Context, c *sql.Conn) (string, error) {
	var version string
	if err := c.QueryRowContext(ctx, "SELECT version()").Scan(&version); err != nil {
		return "", err
	}
	e.maria = strings.Contains(strings.ToLower(version), "mariadb")
	set := fmt.Sprintf("SET SESSION max_execution_time = %d, SESSION lock_wait_timeout = 2", patience.Milliseconds())
	if e.maria {
		set = fmt.Sprintf("SET SESSION max_statement_time = %d, SESSION lock_wait_timeout = 2", int(patience.Seconds()))
	}
	for _, q := range []string{set, "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED, READ ONLY"} {
		if _, err := c.ExecContext(ctx, q); err != nil {
			return "", err
		}
	}
	return "START TRANSACTION READ ONLY", nil
}

func (e *mysqlEngine) about(ctx context.Context, s *session) (string, probity.Fact[bool], error) {
	var version string
	var required sql.NullBool
	from := &probity.Origin{Query: "the setting require_secure_transport, and ssl_type of mysql.user"}
	if err := s.one(ctx, "SELECT version(), @@require_secure_transport", &version, &required); err != nil {
		return "", probity.Fact[bool]{}, err
	}
	version, _, _ = strings.Cut(version, "-")
	name := "mysql "
	if e.maria {
		name = "mariadb "
	}
	if required.Bool {
		return name + version, probity.Known(true, from), nil
	}
	var free int
	if err := s.one(ctx, "SELECT count(*) FROM mysql.user WHERE ssl_type = '' AND host NOT IN ('', 'localhost', '127.0.0.1', '::1')", &free); err != nil {
		return name + version, probity.Missing[bool](e.lost(err, "mysql.user"), from), nil
	}
	return name + version, probity.Known(free == 0, from), nil
}

// original asks the replication of this server, which takes a privilege to see. It says master or source by its version.
func (e *mysqlEngine) original(ctx context.Context, s *session) probity.List[probity.Link] {
	query := "SHOW REPLICA STATUS"
	if e.maria {
		query = "SHOW ALL SLAVES STATUS"
	}
	var links []probity.Link
	err := s.read(ctx, query, func(r *sql.Rows) error {
		names, err := r.Columns()
		if err != nil {
			return err
		}
		values, into := make([]sql.NullString, len(names)), make([]any, len(names))
		for i := range values {
			into[i] = &values[i]
		}
		if err := r.Scan(into...); err != nil {
			return err
		}
		l := Login{Engine: MySQL, Port: 3306}
		for i, n := range names {
			switch strings.ToLower(n) {
			case "master_host", "source_host":
				l.Host = strings.ToLower(values[i].String)
			case "master_port", "source_port":
				l.Port, _ = strconv.Atoi(values[i].String)
			}
		}
		links = append(links, probity.Link{Kind: probity.ReplicaOf, To: l.server()})
		return nil
	})
	from := &probity.Origin{Query: query}
	if err != nil {
		return probity.Open[probity.Link](s.refusal(err, "REPLICA MONITOR, or REPLICATION CLIENT before MariaDB 10.5 and in MySQL"), from)
	}
	return probity.Whole(from, links...)
}

const systemSchemas = "('mysql', 'information_schema', 'performance_schema', 'sys')"

func (e *mysqlEngine) databases(ctx context.Context, s *session) (names []string, gap *probity.Gap, err error) {
	err = s.read(ctx, "SELECT schema_name FROM information_schema.schemata WHERE schema_name NOT IN "+systemSchemas+" ORDER BY schema_name", func(r *sql.Rows) error {
		var name string
		err := r.Scan(&name)
		names = append(names, name)
		return err
	})
	if err == nil && !e.may(ctx, s, "") {
		gap = denied("SELECT on *.*")
	}
	return names, gap, err
}

// may reports whether the user is let read all of a database, or of the server: what it may not see is not listed to it.
func (*mysqlEngine) may(ctx context.Context, s *session, database string) bool {
	mine := "privilege_type = 'SELECT' AND grantee = concat('''', substring_index(current_user(), '@', 1), '''@''', substring_index(current_user(), '@', -1), '''')"
	query := "SELECT count(*) FROM information_schema.user_privileges WHERE " + mine
	if database != "" {
		query = "SELECT (" + query + ") + (SELECT count(*) FROM information_schema.schema_privileges WHERE " + mine + " AND " + text(database) + " LIKE table_schema)"
	}
	var n int
	return s.one(ctx, query, &n) == nil && n > 0
}

// tables lists names first, for which no table is opened, and then looks at each one by itself.
func (e *mysqlEngine) tables(ctx context.Context, s *session, database, after string) (out []held, next string, gap *probity.Gap, err error) {
	all := e.may(ctx, s, database)
	if !all {
		gap = denied("SELECT on " + database + ".*")
	}
	if err := e.disks(ctx, s); err != nil {
		return nil, "", gap, err
	}
	var names []string
	err = s.read(ctx, "SELECT table_name FROM information_schema.tables WHERE table_schema = "+text(database), func(r *sql.Rows) error {
		var name string
		err := r.Scan(&name)
		if name > after {
			names = append(names, name)
		}
		return err
	})
	slices.Sort(names)
	if len(names) > portion {
		names = names[:portion]
		next = names[portion-1]
	}
	for _, name := range names {
		t, err := e.table(ctx, s, database, name, all)
		if err != nil {
			return out, next, gap, err
		}
		if t != nil {
			out = append(out, *t)
		}
	}
	return out, next, gap, err
}

// mysqlTable: InnoDB knows when rows were written last, to the second and until the server ends. A time of right now would be that of
// what is written next, too.
const mysqlTable = `SELECT coalesce(t.table_rows, -1), coalesce(t.data_length + t.index_length, -1), coalesce(t.engine, ''), coalesce(t.create_options, ''), left(t.table_comment, %[3]d), c.column_name,
	CASE WHEN c.data_type IN ('enum', 'set') THEN c.data_type ELSE c.column_type END, left(c.column_comment, %[3]d), c.data_type IN ('binary', 'varbinary', 'tinyblob', 'blob', 'mediumblob', 'longblob', 'bit',
	'geometry', 'point', 'linestring', 'polygon', 'multipoint', 'multilinestring', 'multipolygon', 'geometrycollection', 'vector'), find_in_set('select', c.privileges) > 0,
	CASE WHEN t.engine = 'InnoDB' AND t.create_options NOT LIKE '%%partitioned%%' AND t.update_time < now() - INTERVAL 2 SECOND THEN concat_ws(' ', @@hostname, t.create_time, t.update_time) ELSE '' END
	FROM information_schema.tables t JOIN information_schema.columns c ON c.table_schema = t.table_schema AND c.table_name = t.table_name
	WHERE t.table_schema = %[1]s AND t.table_name = %[2]s AND c.table_schema = %[1]s AND c.table_name = %[2]s AND t.table_type IN ('BASE TABLE', 'SYSTEM VERSIONED') ORDER BY c.ordinal_position`

// table is what can be read of one; nil: it is none, or gone.
func (e *mysqlEngine) table(ctx context.Context, s *session, database, name string, all bool) (t *held, err error) {
	err = s.read(ctx, fmt.Sprintf(mysqlTable, text(database), text(name), told), func(r *sql.Rows) error {
		var col, kind, options, remark, typed, comment, version string
		var estimate, size int64
		var binary, may bool
		if err := r.Scan(&estimate, &size, &kind, &options, &remark, &col, &typed, &comment, &binary, &may, &version); err != nil {
			return err
		}
		if t == nil {
			t = &held{name: []string{name}, shown: name, about: max(estimate, 0), schema: database, form: kinds.Ordinary, estimate: estimate, size: size, encrypted: e.encrypted(kind, options)}
			t.remark(remark)
			if e.maria { // MySQL tells what it knew up to a day ago
				t.version = version
			}
			if !all { // columns that may not be read are not shown
				t.gap = denied("SELECT on " + database + ".*")
			}
		}
		t.column(col, typed, comment)
		switch {
		case !may:
			t.gap = denied("SELECT on " + database + "." + name)
		case binary:
			t.binary++
		default:
			t.columns = append(t.columns, column{name: col})
		}
		return nil
	})
	if t != nil {
		t.closed = t.gap != nil && len(t.columns) == 0
	}
	return t, err
}

// draws takes rows from places spread over the whole numbers of a primary key; without one, the first rows are all there is.
func (e *mysqlEngine) draws(ctx context.Context, s *session, t held, limit, _ int) ([]string, string, error) {
	var keys int
	var key, kind sql.NullString
	err := s.one(ctx, "SELECT count(*), min(column_name), min(data_type) FROM information_schema.columns WHERE column_key = 'PRI' AND table_schema = "+text(s.name)+" AND table_name = "+text(t.name[0]), &keys, &key, &kind)
	if err != nil || keys != 1 || !strings.HasSuffix(kind.String, "int") {
		return nil, "", err
	}
	var low, high float64
	k, table := e.quote(key.String), e.quote(t.name...)
	if err := s.one(ctx, fmt.Sprintf("SELECT min(%[1]s), max(%[1]s) FROM %[2]s", k, table), &low, &high); err != nil {
		return nil, "", err
	}
	var out []string
	places := min(blocks, limit)
	step := (high - low + 1) / float64(places)
	for i := range places {
		end := fmt.Sprintf(" FROM %s WHERE %s >= %.0f", table, k, low+step*float64(i))
		if i < places-1 {
			end += fmt.Sprintf(" AND %s < %.0f", k, low+step*float64(i+1))
		}
		out = append(out, fmt.Sprintf("%s ORDER BY %s LIMIT %d", end, k, limit/places))
	}
	return out, spread, nil
}

// quote quotes each name: that of a table, or of a column.
func (*mysqlEngine) quote(name ...string) string {
	out := make([]string, len(name))
	for i, n := range name {
		out[i] = "`" + strings.ReplaceAll(n, "`", "``") + "`"
	}
	return strings.Join(out, ".")
}

func (e *mysqlEngine) cell(c column) string {
	return fmt.Sprintf("CASE WHEN octet_length(%[1]s) <= %[2]d THEN left(CAST(%[1]s AS CHAR), %[3]d) END, octet_length(%[1]s)", e.quote(c.name), huge, cut)
}

// text is a string of SQL, whatever the server takes a backslash for.
func text(s string) string { return fmt.Sprintf("_utf8mb4 0x%x", s) }

// unlucky: the driver drops a zero at the end of what the server gives to sign, so that one of 256 logins by ed25519 fails.
func (*mysqlEngine) unlucky(err error) bool {
	var e *mysql.MySQLError
	return errors.As(err, &e) && e.Number == 1045
}

// passing: two who wait for each other are parted.
func (*mysqlEngine) passing(err error) (passing, server bool) {
	var e *mysql.MySQLError
	return errors.As(err, &e) && e.Number == 1213, e != nil
}

// lost is the gap of an error, in our words: those of the server may quote values.
func (*mysqlEngine) lost(err error, what string) probity.Gap {
	var e *mysql.MySQLError
	if !errors.As(err, &e) {
		return unlike(err)
	}
	switch e.Number {
	case 1045, 1698, 1130, 1862:
		return probity.Gap{Reason: probity.Denied, Because: refused, Needs: "its password in " + passwordOf(MySQL)}
	case 1044, 1142, 1143, 1227, 1370:
		return *denied("SELECT on " + what)
	case 1205, 1969, 3024, 1317:
		return probity.Gap{Reason: probity.Timeout, Because: "the statement took too long, or another session has locked " + what, Needs: "another scan"}
	case 1049:
		return probity.Gap{Reason: probity.Unreadable, Because: "there is no such database"}
	case 1040, 1053, 1203, 1226:
		return probity.Gap{Reason: probity.Unreachable, Because: fmt.Sprintf("the server takes no connections now (%d)", e.Number)}
	}
	return probity.Gap{Reason: probity.Unreadable, Because: fmt.Sprintf("the server refused the statement (%d)", e.Number)}
}
