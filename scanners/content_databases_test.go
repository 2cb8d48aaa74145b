package scanners_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners"
	"github.com/probity-scan/probity/scanners/aws"
	"github.com/probity-scan/probity/scanners/aws/awstest"
	"github.com/probity-scan/probity/scanners/database/databasetest"
	"github.com/probity-scan/probity/scanners/resolve"
)

// lived is what the scan of a live account comes to.
type lived struct {
	assets map[string]probity.Asset
	reads  []probity.Read
	all    string // everything that was found, as text
}

func live(t *testing.T, targets []string, asks probity.Asks) lived {
	t.Helper()
	all := scanners.All(scanners.Options{})
	var todo []probity.Unit
	for _, target := range targets {
		name, _, err := scanners.Source(target)
		if err != nil {
			t.Fatal(err)
		}
		u := probity.Unit{Scanner: name, Target: target, Asks: asks}
		u.Supplies = scanners.Supplies(u)
		todo = append(todo, u)
	}
	out := lived{assets: map[string]probity.Asset{}}
	var fragments []*probity.Asset
	var coverage []probity.Coverage
	var text strings.Builder
	for ; len(todo) > 0; todo = todo[1:] {
		for f, err := range all[todo[0].Scanner].Scan(t.Context(), todo[0]) {
			if err != nil {
				t.Fatalf("%s %s: %v", todo[0].Target, todo[0].Part, err)
			}
			b, err := json.Marshal(f)
			if err != nil {
				t.Fatal(err)
			}
			text.Write(b)
			switch f := f.(type) {
			case probity.Unit:
				todo = append(todo, f)
			case probity.Asset:
				fragments = append(fragments, &f)
			case probity.Coverage:
				coverage = append(coverage, f)
			case probity.Read:
				out.reads = append(out.reads, f)
			}
		}
	}
	inv := resolve.NewSlice(fragments, coverage)
	if err := resolve.Run(t.Context(), inv); err != nil {
		t.Fatal(err)
	}
	assets, _ := inv.All()
	for _, a := range assets {
		out.assets[a.ID] = *a
	}
	out.all = text.String()
	return out
}

// held are the places of labels that an asset bears, and why there may be more.
func held(a probity.Asset) (string, *probity.Gap) {
	var out []string
	for _, l := range a.Labels.Items {
		out = append(out, l.On)
	}
	slices.Sort(out)
	_, gap := a.Labels.Value()
	return strings.Join(out, " "), gap
}

// TestDatabasesOfAccounts: an instance that an account lists holds what its tables do, be it that the scan asks its server itself,
// or that --content opens it by the secret that the account names. The emulator lists it, and a real server answers.
func TestDatabasesOfAccounts(t *testing.T) {
	t.Setenv("PGPASSWORD", databasetest.Password)
	server := databasetest.Postgres(t, databasetest.Options{TLS: true, Forced: true})
	server.Exec(t, "postgres", "CREATE DATABASE clinic")
	server.Exec(t, "clinic", "CREATE TABLE patients (id int, email text)", "INSERT INTO patients SELECT i, 'p' || i || '@example.org' FROM generate_series(1, 20) i")
	emulator := awstest.Emulator(t)
	id, kind, class, user, secret := "clinic", "postgres", "db.t3.medium", "postgres", "rds-clinic"
	size, private := int32(20), false
	if _, err := rds.NewFromConfig(awstest.Config(t, emulator, awstest.Region)).CreateDBInstance(t.Context(), &rds.CreateDBInstanceInput{DBInstanceIdentifier: &id, Engine: &kind,
		DBInstanceClass: &class, MasterUsername: &user, MasterUserPassword: &secret, AllocatedStorage: &size, PubliclyAccessible: &private}); err != nil {
		t.Fatal(err)
	}
	value := fmt.Sprintf(`{"username":"postgres","password":%q}`, databasetest.Password)
	made, err := secretsmanager.NewFromConfig(awstest.Config(t, emulator, awstest.Region)).CreateSecret(t.Context(), &secretsmanager.CreateSecretInput{Name: &secret, SecretString: &value})
	if err != nil {
		t.Fatal(err)
	}
	p := awstest.NewProxy(t, emulator)
	address, port := regexp.MustCompile(`<Address>[^<]*</Address>`), regexp.MustCompile(`<Port>\d+</Port>`)
	at := server.Port
	p.Rewrite(func(r awstest.Request, body string) string {
		if r.Operation != "DescribeDBInstances" {
			return body
		}
		body = port.ReplaceAllString(address.ReplaceAllString(body, "<Address>127.0.0.1</Address>"), fmt.Sprintf("<Port>%d</Port>", at))
		return strings.Replace(body, "</DBInstanceIdentifier>", "</DBInstanceIdentifier><MasterUserSecret><SecretArn>"+*made.ARN+"</SecretArn></MasterUserSecret>", 1)
	})
	account := "aws:region=eu-west-1,services=rds,endpoint=" + p.URL
	direct := fmt.Sprintf("postgres://postgres@127.0.0.1:%d/clinic", server.Port)
	const arn = "arn:aws:rds:eu-west-1:123456789012:db:clinic"
	plain := probity.Asks{Content: &probity.Budget{}}
	opened := plain
	opened.Live.Content = []string{"databases"}

	t.Run("asked itself, in either order", func(t *testing.T) {
		for _, targets := range [][]string{{account, direct}, {direct, account}} {
			got := live(t, targets, plain)
			if on, gap := held(got.assets[arn]); on != "clinic.public.patients.email" || gap == nil || gap.Because != "nobody listed what is in it" {
				t.Errorf("%v: got %q and %v", targets, on, gap)
			}
		}
	})
	t.Run("not opened unless asked for", func(t *testing.T) {
		p.Set()
		got := live(t, []string{account}, plain)
		if on, _ := held(got.assets[arn]); on != "" || len(got.reads) > 0 || slices.ContainsFunc(p.Seen(), func(r awstest.Request) bool { return r.Operation == "GetSecretValue" }) {
			t.Errorf("got %q and the reads %v", on, got.reads)
		}
	})
	t.Run("opened by its secret", func(t *testing.T) {
		got := live(t, []string{account + ",database-secret=clin*,database-ca=" + server.Roots}, opened)
		on, gap := held(got.assets[arn])
		if on != "clinic.public.patients.email" || gap != nil {
			t.Errorf("got %q and %v, want all that is in it", on, gap)
		}
		if len(got.reads) != 1 || !strings.HasPrefix(got.reads[0].Identity, "arn:") || !strings.HasSuffix(got.reads[0].Identity, " as postgres") || got.reads[0].Bytes == 0 {
			t.Errorf("got the reads %+v, want who read what", got.reads)
		}
		if strings.Contains(got.all, databasetest.Password) || strings.Contains(got.all, "@example.org") {
			t.Error("what was found tells a password or a value")
		}
	})
	for name, c := range map[string]struct {
		target string
		asks   func(*probity.Asks)
		before func()
		reason probity.Reason
		says   string
	}{
		"a stranger's certificate": {account + ",database-secret=*", nil, nil, probity.Unreachable, "its certificate"},
		"out of reach":             {account + ",database-secret=*,database-ca=" + server.Roots, nil, func() { at = 1 }, probity.Unreachable, "no connection"},
		"the secret is denied": {account + ",database-secret=" + arn + ",database-ca=" + server.Roots, nil,
			func() { p.Set(awstest.Deny(func(r awstest.Request) bool { return r.Operation == "GetSecretValue" })) }, probity.Denied, "secretsmanager:GetSecretValue"},
		"the scope does not name its secret": {account + ",database-secret=ward,database-ca=" + server.Roots, nil, nil, probity.NotCollected, "database-secret= that names it"},
		"it may not be taken here": {account, func(a *probity.Asks) {
			a.Live.Country, a.Live.Residence = "US", []probity.Residence{{Stores: []string{"clinic"}, Countries: []string{"DE"}}}
		}, nil, probity.Filtered, "DE only"},
	} {
		t.Run(name, func(t *testing.T) {
			asks := opened
			if c.asks != nil {
				c.asks(&asks)
			}
			if c.before != nil {
				c.before()
			}
			got := live(t, []string{c.target}, asks)
			at = server.Port
			p.Set()
			if on, gap := held(got.assets[arn]); on != "" || gap == nil || gap.Reason != c.reason || !strings.Contains(gap.Because+gap.Needs, c.says) || len(got.reads) > 0 {
				t.Errorf("got %q and %v", on, gap)
			}
		})
	}
}

// TestContentsAreNamedOnce: two kinds of databases go by one name.
func TestContentsAreNamedOnce(t *testing.T) {
	t.Parallel()
	if got := aws.Contents(); !slices.Contains(got, "databases") || len(slices.Compact(slices.Clone(got))) != len(got) {
		t.Errorf("got %v", got)
	}
}
