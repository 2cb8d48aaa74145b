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

// setup are the statements with which an example sets up a server: those of <engine>/setup.sql or <engine>/setup.redis. Who scans it is
// named in <engine>/user.
func (c *example) setup() (engine, statements string) {
	for f, text := range c.files {
		if engine, file := path.Split(f); file == "setup.sql" || file == "setup.redis" {
			return strings.TrimSuffix(engine, "/"), strings.TrimSpace(string(text))
		}
	}
	return "", ""
}

// engine is that of the server which an example asks; empty: it asks none.
func (c *example) engine() string {
	name, _ := c.setup()
	return name
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
	t.Setenv("REDISCLI_AUTH", databasetest.Password)
	redis := databasetest.Redis(t, databasetest.Options{})
	all := map[string]string{"redis": "all", "postgres": "postgres", "mysql": "probity"}
	for _, file := range ruleFiles(t, ".txtar") {
		id, cases := strings.TrimSuffix(path.Base(file), ".txtar"), casesOf(t, file)
		for _, name := range slices.Sorted(maps.Keys(cases)) {
			c := cases[name]
			engine, setup := c.setup()
			if engine == "" {
				continue
			}
			t.Run(id+"/"+name, func(t *testing.T) {
				port := redis.Port
				if engine == "redis" {
					redis.Set(t, setup)
				} else {
					port = servers[engine].Port
					servers[engine].Exec(t, "clinic", strings.Split(setup, ";\n")...)
				}
				user := cmp.Or(strings.TrimSpace(string(c.files[engine+"/user"])), all[engine])
				at := fmt.Sprintf("127.0.0.1:%d", port)
				for i, x := range c.expect {
					c.expect[i].asset = strings.Replace(x.asset, "SERVER", at, 1)
				}
				c.compare(t, job{dir: fmt.Sprintf("%s://%s@%s/%s", engine, user, at, cmp.Or(map[string]string{"redis": "0"}[engine], "clinic")), rules: []string{id}})
			})
		}
	}
}
