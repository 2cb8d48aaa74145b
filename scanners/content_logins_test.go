package scanners_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/rds"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws/awstest"
	"github.com/probity-scan/probity/scanners/database/databasetest"
)

// endpoint is where a database of the emulator is said to answer.
type endpoint struct {
	reader, writer string // hosts; of an instance there is the writer alone
	port           int
}

// answering makes the emulator name the endpoints of databases that really answer.
func answering(p *awstest.Proxy, at map[string]endpoint) {
	address, port := regexp.MustCompile(`<Address>[^<]*</Address>`), regexp.MustCompile(`<Port>\d+</Port>`)
	writer, reader := regexp.MustCompile(`<Endpoint>[^<]*</Endpoint>`), regexp.MustCompile(`<ReaderEndpoint>[^<]*</ReaderEndpoint>`)
	p.Rewrite(func(r awstest.Request, body string) string {
		if r.Operation != "DescribeDBInstances" && r.Operation != "DescribeDBClusters" {
			return body
		}
		end := map[string]string{"DescribeDBInstances": "</DBInstance>", "DescribeDBClusters": "</DBCluster>"}[r.Operation]
		parts := strings.SplitAfter(body, end)
		for i, part := range parts {
			for id, e := range at {
				if !strings.Contains(part, "Identifier>"+id+"</") {
					continue
				}
				part = port.ReplaceAllString(address.ReplaceAllString(part, "<Address>"+e.writer+"</Address>"), fmt.Sprintf("<Port>%d</Port>", e.port))
				part = writer.ReplaceAllString(part, "<Endpoint>"+e.writer+"</Endpoint>")
				said := "<ReaderEndpoint>" + e.reader + "</ReaderEndpoint>"
				if e.reader == "" {
					said = ""
				}
				parts[i] = reader.ReplaceAllString(part, said)
			}
		}
		return strings.Join(parts, "")
	})
}

// TestDatabasesOpenedByTokens: databases of PostgreSQL and of MariaDB, and a cluster of Aurora by its reader, let in by a token of
// IAM for the user that the scope names. The emulator lists them; a door that judges tokens as RDS does stands before real servers.
func TestDatabasesOpenedByTokens(t *testing.T) {
	const user = "probity"
	one := databasetest.Postgres(t, databasetest.Options{})
	one.Exec(t, "postgres", "CREATE ROLE probity LOGIN PASSWORD '"+databasetest.Password+"'", "CREATE DATABASE clinic")
	one.Exec(t, "clinic", "CREATE TABLE patients (email text)", "INSERT INTO patients SELECT 'p' || i || '@example.org' FROM generate_series(1, 20) i", "GRANT SELECT ON patients TO probity")
	two := databasetest.MariaDB(t, databasetest.Options{TLS: true})
	two.Exec(t, "", "CREATE DATABASE ward", "CREATE USER probity@'%' IDENTIFIED BY '"+databasetest.Password+"'", "GRANT SELECT ON *.* TO probity@'%'")
	two.Exec(t, "ward", "CREATE TABLE visitors (email TEXT)", "INSERT INTO visitors SELECT concat('p', seq, '@example.org') FROM seq_1_to_20")

	at := map[string]endpoint{}
	lets := func(port int, u, password string) bool { return u == user && token(t, port, u, password) }
	postgres, mariadb := one.PostgresFront(t, lets), two.MySQLFront(t, lets)
	at["clinic"], at["ward"] = endpoint{"", "127.0.0.1", postgres.Port}, endpoint{"", "127.0.0.1", mariadb.Port}
	at["aurora"], at["closed"] = endpoint{"127.0.0.1", "localhost", postgres.Port}, endpoint{"", "127.0.0.1", postgres.Port}

	emulator := awstest.Emulator(t)
	api := rds.NewFromConfig(awstest.Config(t, emulator, awstest.Region))
	word, class, size, on := strings.Repeat("p", 12), "db.t3.medium", int32(20), true
	for id, kind := range map[string]string{"clinic": "postgres 16.3", "ward": "mariadb 10.11.8", "closed": "postgres 16.3"} {
		engine, version, _ := strings.Cut(kind, " ")
		iam := id != "closed"
		if _, err := api.CreateDBInstance(t.Context(), &rds.CreateDBInstanceInput{DBInstanceIdentifier: &id, Engine: &engine, EngineVersion: &version, DBInstanceClass: &class, MasterUsername: &word, MasterUserPassword: &word,
			AllocatedStorage: &size, EnableIAMDatabaseAuthentication: &iam}); err != nil {
			t.Fatal(err)
		}
	}
	id, engine := "aurora", "aurora-postgresql"
	if _, err := api.CreateDBCluster(t.Context(), &rds.CreateDBClusterInput{DBClusterIdentifier: &id, Engine: &engine, MasterUsername: &word, MasterUserPassword: &word,
		EnableIAMDatabaseAuthentication: &on}); err != nil {
		t.Fatal(err)
	}
	p := awstest.NewProxy(t, emulator)
	answering(p, at)
	target := "aws:region=eu-west-1,services=rds,endpoint=" + p.URL
	asks := probity.Asks{Content: &probity.Budget{}, Live: probity.Live{Content: []string{"databases"}}}
	asks.Live.Databases = probity.Databases{User: user, CA: databasetest.Authorities(t, postgres.Roots, mariadb.Roots)}
	arn := func(rest string) string { return "arn:aws:rds:eu-west-1:123456789012:" + rest }
	opened := map[string]string{arn("db:clinic"): "clinic.public.patients.email", arn("db:ward"): "ward.visitors.email", arn("cluster:aurora"): "clinic.public.patients.email"}

	t.Run("let in", func(t *testing.T) {
		got := live(t, []string{target}, asks)
		for id, want := range opened {
			if on, gap := held(got.assets[id]); on != want || gap != nil {
				t.Errorf("%s: got %q and %v, want all that is in it", id, on, gap)
			}
		}
		if on, gap := held(got.assets[arn("db:closed")]); on != "" || gap == nil || gap.Because != "nothing opens it" {
			t.Errorf("got %q and %v of a database that takes no tokens", on, gap)
		}
		if len(got.reads) != len(opened) {
			t.Errorf("got the reads %+v, want one a database", got.reads)
		}
		for _, r := range got.reads {
			if !strings.HasPrefix(r.Identity, "arn:") || !strings.HasSuffix(r.Identity, " as "+user) || r.Bytes == 0 || r.Purpose == "" || r.Store.ID == "" {
				t.Errorf("got the read %+v, want who read what for what", r)
			}
		}
		if strings.Contains(got.all, "X-Amz-Signature") || strings.Contains(got.all, "@example.org") {
			t.Error("what was found tells a token or a value")
		}
	})
	t.Run("the target goes before the configuration", func(t *testing.T) {
		got := live(t, []string{target + ",database-user=stranger"}, asks)
		_, gap := held(got.assets[arn("db:clinic")])
		if gap == nil || gap.Reason != probity.Denied || !strings.Contains(gap.Needs, "rds-db:connect for stranger") || len(got.reads) > 0 {
			t.Errorf("got %v, want that the server lets no stranger in", gap)
		}
		if _, gap := held(got.assets[arn("db:ward")]); gap == nil || gap.Reason != probity.Denied || !strings.Contains(gap.Needs, "AWSAuthenticationPlugin") {
			t.Errorf("got %v, want that the server lets no stranger in", gap)
		}
	})
	t.Run("scanned directly, at any of its endpoints and in either order", func(t *testing.T) {
		t.Setenv("PGPASSWORD", databasetest.Password)
		at["aurora"] = endpoint{"127.0.0.1", "localhost", one.Port}
		plain := probity.Asks{Content: &probity.Budget{}}
		for _, host := range []string{"127.0.0.1", "localhost"} {
			direct := fmt.Sprintf("postgres://%s@%s:%d/clinic", user, host, one.Port)
			for _, targets := range [][]string{{target, direct}, {direct, target}} {
				if on, _ := held(live(t, targets, plain).assets[arn("cluster:aurora")]); on != "clinic.public.patients.email" {
					t.Errorf("%v: got %q", targets, on)
				}
			}
		}
	})
	t.Run("a reader is preferred, and its database is the cluster's", func(t *testing.T) {
		delete(at, "clinic")
		delete(at, "closed")
		for want, e := range map[string]endpoint{"127.0.0.1": {"127.0.0.1", "localhost", postgres.Port}, "localhost": {"", "localhost", postgres.Port}} {
			at["aurora"] = e
			got := live(t, []string{target}, asks)
			db, ok := got.assets[fmt.Sprintf("postgres://%s:%d", want, postgres.Port)]
			if !ok || !slices.ContainsFunc(db.Links.Items, func(l probity.Link) bool { return l.Kind == probity.ContainedIn && l.To.ID == arn("cluster:aurora") }) {
				t.Errorf("reader %q: nothing was read at %s, or it is not in the cluster: %+v", e.reader, want, db.Links)
			}
		}
	})
}
