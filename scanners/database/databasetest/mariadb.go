package databasetest

import (
	"database/sql"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"

	"github.com/probity-scan/probity/scanners/scannertest"
)

// MariaDB starts MariaDB, whose administrator root comes in by a socket, from the folders that PROBITY_MARIADB names.
func MariaDB(t *testing.T, o Options) *Server {
	t.Helper()
	as := somebody(t, "mysql", "nobody")
	dir := home(t, as)
	data, socket := filepath.Join(dir, "data"), filepath.Join(dir, "s")
	// A server that starts removes temporary tables from its tmpdir, others' as well: each has its own.
	run(t, as, dir, program(t, "PROBITY_MARIADB", "mariadb-install-db"), "--no-defaults", "--datadir="+data, "--tmpdir="+dir, "--auth-root-authentication-method=normal", "--skip-test-db")
	s, first := &Server{Port: scannertest.FreePort(t), frame: mysqlFrame}, filepath.Join(dir, "first")
	write(t, as, first, []byte("INSTALL SONAME 'auth_ed25519';\nDELETE FROM mysql.global_priv WHERE User <> 'mariadb.sys' AND NOT (User = 'root' AND Host = 'localhost');\nFLUSH PRIVILEGES;\n"+
		"ALTER USER root@localhost IDENTIFIED BY '"+Password+"';\n"))
	keys := filepath.Join(dir, "keys") // that tables may be encrypted by
	write(t, as, keys, []byte("1;"+strings.Repeat("0123456789abcdef", 2)+"\n"))
	args := []string{"--no-defaults", "--datadir=" + data, "--tmpdir=" + dir, "--socket=" + socket, "--port=" + strconv.Itoa(s.Port), "--bind-address=127.0.0.1", "--pid-file=" + filepath.Join(dir, "pid"), "--init-file=" + first,
		"--skip-name-resolve", "--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=16M", "--performance-schema=OFF", "--plugin-load-add=file_key_management", "--file-key-management-filename=" + keys}
	if o.TLS {
		cert := certify(t, as, dir)
		s.Roots = cert.roots
		args = append(args, "--ssl-cert="+cert.cert, "--ssl-key="+cert.key, "--ssl-ca="+cert.roots)
	}
	if o.Forced {
		args = append(args, "--require-secure-transport=ON")
	}
	args = append(args, o.Args...)
	s.open = func(database string) (*sql.DB, error) {
		cfg := mysql.NewConfig()
		cfg.Net, cfg.Addr, cfg.User, cfg.Passwd, cfg.DBName = "unix", socket, "root", Password, database
		c, err := mysql.NewConnector(cfg)
		if err != nil {
			return nil, err
		}
		return sql.OpenDB(c), nil
	}
	serve(t, as, dir, s.answers(t, "mysql"), os.Kill, program(t, "PROBITY_MARIADB", "mariadbd"), args...)
	return s
}
