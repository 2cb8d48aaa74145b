package pipeline_test

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/database/databasetest"
)

// engine is that of the server which an example sets up by SQL: the file <engine>/setup.sql, and who scans in <engine>/user.
func (c *example) engine() string {
	for name := range c.files {
		if engine, file := path.Split(name); file == "setup.sql" {
			return strings.TrimSuffix(engine, "/")
		}
	}
	return ""
}

// TestExamplesOfServers sets up one server of each engine after another as the examples say, and scans it: as the account all, which
// may read the catalogue, or as few, which may not.
func TestExamplesOfServers(t *testing.T) {
	t.Setenv("PGPASSWORD", databasetest.Password)
	t.Setenv("MYSQL_PWD", databasetest.Password)
	secret := "'" + databasetest.Password + "'"
	servers := map[string]*databasetest.Server{"postgres": databasetest.Postgres(t, databasetest.Options{}), "mysql": databasetest.MariaDB(t, databasetest.Options{})}
	servers["postgres"].Exec(t, "postgres", "CREATE DATABASE clinic", "CREATE ROLE few LOGIN PASSWORD '"+databasetest.Password+"'")
	servers["mysql"].Exec(t, "", "CREATE DATABASE clinic", "CREATE USER few@127.0.0.1 IDENTIFIED BY "+secret, "GRANT SELECT ON clinic.* TO few@127.0.0.1",
		"CREATE USER probity@127.0.0.1 IDENTIFIED BY "+secret, "GRANT SELECT ON *.* TO probity@127.0.0.1")
	all := map[string]string{"postgres": "postgres", "mysql": "probity"}
	for _, file := range ruleFiles(t, ".txtar") {
		id, cases := strings.TrimSuffix(path.Base(file), ".txtar"), casesOf(t, file)
		for _, name := range slices.Sorted(maps.Keys(cases)) {
			c := cases[name]
			engine := c.engine()
			if engine == "" {
				continue
			}
			t.Run(id+"/"+name, func(t *testing.T) {
				s := servers[engine]
				s.Exec(t, "clinic", strings.Split(strings.TrimSpace(string(c.files[engine+"/setup.sql"])), ";\n")...)
				user := cmp.Or(strings.TrimSpace(string(c.files[engine+"/user"])), all[engine])
				at := fmt.Sprintf("127.0.0.1:%d", s.Port)
				for i, x := range c.expect {
					c.expect[i].asset = strings.Replace(x.asset, "SERVER", at, 1)
				}
				c.compare(t, job{dir: fmt.Sprintf("%s://%s@%s/clinic", engine, user, at), rules: []string{id}})
			})
		}
	}
}
