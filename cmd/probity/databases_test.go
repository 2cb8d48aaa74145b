//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws/awstest"
	"github.com/probity-scan/probity/scanners/database/databasetest"
)

const publicData = "public-personal-data"

// TestPublicDatabaseOfAccount: an instance that anybody reaches fails as soon as somebody read personal data in its tables: its
// content, the same scan in either order, or an earlier one. The emulator lists it, and a real server answers at its endpoint. No
// value that was read is in any file that is left.
func TestPublicDatabaseOfAccount(t *testing.T) {
	t.Setenv("PGPASSWORD", databasetest.Password)
	server := databasetest.Postgres(t, databasetest.Options{TLS: true})
	server.Exec(t, "postgres", "CREATE DATABASE clinic")
	server.Exec(t, "clinic", "CREATE TABLE patients (email text)", "INSERT INTO patients SELECT 'canary' || i || '@example.org' FROM generate_series(1, 50) i")
	emulator := awstest.Emulator(t)
	guard, subnets := awstest.Public(t, emulator)
	id, engine, class, user, yes, size := "clinic", "postgres", "db.t3.medium", "postgres", true, int32(20)
	password := databasetest.Password
	if _, err := rds.NewFromConfig(awstest.Config(t, emulator, awstest.Region)).CreateDBInstance(t.Context(), &rds.CreateDBInstanceInput{DBInstanceIdentifier: &id, Engine: &engine, DBInstanceClass: &class,
		MasterUsername: &user, MasterUserPassword: &password, AllocatedStorage: &size, PubliclyAccessible: &yes, VpcSecurityGroupIds: []string{guard}, DBSubnetGroupName: &subnets}); err != nil {
		t.Fatal(err)
	}
	value := fmt.Sprintf(`{"username":"postgres","password":%q}`, password)
	made, err := secretsmanager.NewFromConfig(awstest.Config(t, emulator, awstest.Region)).CreateSecret(t.Context(), &secretsmanager.CreateSecretInput{Name: &id, SecretString: &value})
	if err != nil {
		t.Fatal(err)
	}
	program, err := exec.LookPath("probity") // this binary: see TestMain
	if err != nil {
		t.Fatal(err)
	}
	l := live{t, t.TempDir(), program, awstest.NewProxy(t, emulator)}
	address, port := regexp.MustCompile(`<Address>[^<]*</Address>`), regexp.MustCompile(`<Port>\d+</Port>`)
	l.proxy.Rewrite(func(r awstest.Request, body string) string {
		if r.Operation != "DescribeDBInstances" {
			return body
		}
		body = port.ReplaceAllString(address.ReplaceAllString(body, "<Address>127.0.0.1</Address>"), fmt.Sprintf("<Port>%d</Port>", server.Port))
		return strings.Replace(body, "</DBInstanceIdentifier>", "</DBInstanceIdentifier><MasterUserSecret><SecretArn>"+*made.ARN+"</SecretArn></MasterUserSecret>", 1)
	})
	const arn = "arn:aws:rds:eu-west-1:123456789012:db:clinic"
	account := "aws:region=eu-west-1,services=rds,endpoint=" + l.proxy.URL
	direct := fmt.Sprintf("postgres://postgres@127.0.0.1:%d/clinic", server.Port)
	machine := fmt.Sprintf("postgres://127.0.0.1:%d", server.Port)
	database := machine + "/clinic"
	if err := os.WriteFile(filepath.Join(l.dir, "audit.yaml"), fmt.Appendf(nil, "live: {content: [databases], databases: {secrets: [clin*], ca: %s}}\n", server.Roots), 0o600); err != nil {
		t.Fatal(err)
	}
	keep := func(name string) {
		if err := os.Rename(filepath.Join(l.dir, "scan.json"), filepath.Join(l.dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name   string
		args   []string
		asset  string
		fails  bool
		keepAs string
	}{
		{"without content", []string{account}, arn, false, "account.json"},
		{"with content", []string{"--content", "databases", "--record", "recorded", "-o", "html=report.html", "-o", "sarif=report.sarif", "-o", "markdown=report.md",
			account + ",database-secret=clinic,database-ca=" + server.Roots}, arn, true, "content.json"},
		{"with content by the configuration", []string{"--config", "audit.yaml", account}, arn, true, ""},
		{"with content, and the database itself", []string{"--config", "audit.yaml", direct, account}, arn, true, ""},
		{"the database first", []string{direct, account}, arn, true, ""},
		{"the database last", []string{account, direct}, arn, true, ""},
		{"the database alone", []string{direct}, machine, false, "direct.json"},
		{"the database in an earlier scan", []string{"--inventory", "direct.json", account}, arn, true, ""},
		{"the account in an earlier scan", []string{"--inventory", "account.json", direct}, machine, true, ""},
		{"the account in a scan of long ago", []string{"--inventory", "account.json", "--inventory-max-age", "30", "--now", "2027-11-24T00:00:00Z", direct}, machine, false, ""},
	} {
		code, said, told := l.scan(append([]string{"--rules", publicData}, c.args...)...)
		if fails := slices.ContainsFunc(told, func(o string) bool { return strings.HasPrefix(o, publicData+" "+c.asset+" fail") }); fails != c.fails || code == 2 {
			t.Errorf("%s: got fail %v, want %v; exit code %d\n%s\n%s", c.name, fails, c.fails, code, strings.Join(told, "\n"), said)
		}
		if c.keepAs != "" {
			keep(c.keepAs)
		}
	}
	b, err := os.ReadFile(filepath.Join(l.dir, "content.json"))
	if err != nil {
		t.Fatal(err)
	}
	var record struct{ Reads []probity.Read }
	if err := json.Unmarshal(b, &record); err != nil {
		t.Fatal(err)
	}
	if r := record.Reads; len(r) != 1 || !strings.HasPrefix(r[0].Identity, "arn:") || !strings.HasSuffix(r[0].Identity, " as postgres") || r[0].Store.ID != database || r[0].Objects != 50 ||
		r[0].Bytes == 0 || r[0].Purpose == "" || r[0].At.IsZero() {
		t.Errorf("got the record of reads %+v, want who read how much of the database, and what for", r)
	}
	if b, err = os.ReadFile(filepath.Join(l.dir, "direct.json")); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &record); err != nil {
		t.Fatal(err)
	}
	if r := record.Reads; len(r) != 1 || r[0].Unchanged != 1 || r[0].Bytes != 0 {
		t.Errorf("got the record of reads %+v, want that the table was not read again, which nobody wrote to", r)
	}
	l.nowhere("canary1", password)
}
