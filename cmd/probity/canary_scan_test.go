//go:build unix

package main

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	ssmtypes "github.com/aws/aws-sdk-go-v2/service/ssm/types"
	_ "modernc.org/sqlite" // the engine of the database that is planted

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/scanners/aws/awstest"
	"github.com/probity-scan/probity/scanners/database/databasetest"
)

// TestCanaries: of values that stand in each kind of source none is in anything that the program writes: no report of any format, no log,
// no error, no state of a scan that was cut off, no baseline, no recording, no file that was to be temporary.
func TestCanaries(t *testing.T) {
	var c canaries
	endpoint := awstest.Emulator(t)
	c.account(t, endpoint)
	t.Setenv("PGPASSWORD", databasetest.Password)
	t.Setenv("MYSQL_PWD", databasetest.Password)
	c.keep(databasetest.Password)
	t.Setenv("TF_VAR_token", c.note("environment"))
	t.Setenv("AWS_SECRET_ACCESS_KEY", c.keep("Kanari7zq4secretaccesskey"))
	c.keep("Kanari7zq4env")

	source := t.TempDir()
	write(t, filepath.Join(source, "data"), c.files(t))
	write(t, filepath.Join(source, "code"), c.code())
	c.database(t, filepath.Join(source, "data", "people.db"))
	write(t, source, map[string]string{"wrong.yaml": "fail_on_unknown: " + c.note("config") + "\nwaiverz: [" + c.mail("config") + "]\n",
		"custom.yaml": "detectors:\n  custom:\n    - {id: staff-no, category: identifier, words: [staff no], pattern: \"AA-9{5}\", examples: [" + c.keep("QK-2041kanari") + "]}\n"})

	program, err := exec.LookPath("probity") // this binary: see TestMain
	if err != nil {
		t.Fatal(err)
	}
	l := live{t, t.TempDir(), program, awstest.NewProxy(t, endpoint)}
	r := runs{live: l, source: source}
	if err := os.Mkdir(filepath.Join(l.dir, "temporary"), 0o700); err != nil {
		t.Fatal(err)
	}
	targets := []string{filepath.Join(source, "data"), filepath.Join(source, "code"), "aws:region=eu-west-1,services=s3;ec2;ssm;secretsmanager;rds,endpoint=" + l.proxy.URL}
	targets = append(targets, c.servers(t, filepath.Join(source, "data"))...)
	formats := []string{}
	for _, f := range reports.Formats() {
		formats = append(formats, "-o", f.Name+"=scan."+f.Name)
	}
	common := []string{"scan", "--now", "2026-11-24T00:00:00Z", "--content", "s3"}
	all := append(append(append([]string{}, common...), "--log-level", "debug", "--record", "recorded", "--history", "past", "--state", "state/probity"), formats...)
	r.run(1, append(all, targets...)...)
	r.whole()
	r.run(1, append(append(common, "--log-level", "debug", "--log-format", "json", "-o", "json=again.json"), targets...)...)
	r.run(1, "gate", "--fail-on", "low", "-o", "html=gated.html", "scan.json")
	r.run(0, "baseline", "write", "scan.json")
	// The history's documents are compressed: what they hold is looked at as it comes out.
	r.run(0, "history", "export", "--history", "past", "-o", "past.json", "last")
	r.run(0, "history", "findings", "--history", "past", "--limit", "100000", "--json")
	r.run(0, "history", "list", "--history", "past", "--json")
	r.run(0, "history", "import", "--history", "imported", "again.json")
	r.run(0, "diff", "scan.json", "again.json")
	r.run(0, "inventory", "export", "--labels", "--store", "*", "-o", "labels.json", "scan.json")
	r.run(3, "scan", "--inventory", "labels.json", filepath.Join(source, "code"))
	r.run(0, "explain", r.finding(), "--scan", "scan.json")
	for _, paper := range []string{"record", "transfers", "retention", "dpia"} {
		r.run(0, "privacy", paper, "--exit-zero", "--scan", "scan.json", "-o", "html="+paper+".html", "-o", "csv="+paper+".csv", "--json")
	}
	r.run(0, "erasure", "--exit-zero", "--scan", "scan.json", "-o", "html=erasure.html", "-o", "markdown=-")
	r.run(0, "breach", "*people.db", "--exit-zero", "--scan", "scan.json", "-o", "html=breach.html", "-o", "markdown=-")
	if err := os.Remove(filepath.Join(source, "data", c.mail("filename")+".csv")); err != nil { // who names files is told them by name
		t.Fatal(err)
	}
	r.run(3, "detect", filepath.Join(source, "data"))
	r.run(3, "detect", "--spans", filepath.Join(source, "data"))
	r.run(3, "scan", "--fail-on", "none", "--config", filepath.Join(source, "wrong.yaml"), filepath.Join(source, "code", "cfn"))
	r.run(2, "scan", "--config", filepath.Join(source, "custom.yaml"), filepath.Join(source, "code", "cfn"))
	r.run(3, "scan", "postgres://app:"+c.keep("Kanari7zq4target")+"@127.0.0.1/clinic")

	// Cut off: what was read stays for --resume.
	l.proxy.Set(awstest.Answer(func(q awstest.Request) bool { return q.Service == "rds" }, 400, "ExpiredToken", "The token is of "+c.mail("answer")))
	r.run(3, append(append(common, "--log-level", "debug"), targets...)...)
	if kept, _ := filepath.Glob(filepath.Join(l.dir, "state/probity/checkpoints/*/*.jsonl")); len(kept) == 0 {
		t.Error("the scan that was cut off left nothing to go on with")
	}
	if left, _ := os.ReadDir(filepath.Join(l.dir, "temporary")); len(left) > 0 {
		t.Errorf("files that were to be temporary are still there: %v", left)
	}
	l.nowhere(c.planted...)
}

// runs are calls of the program, and what each said.
type runs struct {
	live
	source string
	said   int
}

func (r *runs) run(want int, args ...string) {
	r.t.Helper()
	r.said++
	cmd := exec.CommandContext(r.t.Context(), r.program, args...)
	cmd.Dir = r.dir
	home := filepath.Join(r.dir, "home")
	cmd.Env = append(os.Environ(), "XDG_STATE_HOME="+filepath.Join(r.dir, "state"), "PROBITY_KEY_FILE="+filepath.Join(r.dir, "key"), "HOME="+home, "XDG_CONFIG_HOME="+home,
		"TMPDIR="+filepath.Join(r.dir, "temporary"), "CI=")
	said, err := cmd.CombinedOutput()
	if err := os.WriteFile(filepath.Join(r.dir, fmt.Sprintf("said-%d.txt", r.said)), said, 0o600); err != nil {
		r.t.Fatal(err)
	}
	code := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		r.t.Fatal(err)
	}
	if code != want {
		r.t.Errorf("%s: exit %d, want %d: %s", args, code, want, said[max(0, len(said)-1500):])
	}
}

// scanned is as much of the scan as these tests look at.
func (r *runs) scanned() (doc struct {
	Assets   []probity.Asset
	Outcomes []probity.Outcome
}) {
	r.t.Helper()
	b, err := os.ReadFile(filepath.Join(r.dir, "scan.json"))
	if err != nil {
		r.t.Fatal(err)
	}
	if err := json.Unmarshal(b, &doc); err != nil {
		r.t.Fatal(err)
	}
	return doc
}

// whole holds the scan against what is planted: a scan that read nothing would leak nothing.
func (r *runs) whole() {
	r.t.Helper()
	found := map[string]bool{}
	for _, a := range r.scanned().Assets {
		for _, l := range a.Labels.Items {
			if l.Detector == "email" || l.Detector == "iban" {
				found[a.Scope.Provider] = true
				file, _, _ := strings.Cut(l.On, ":")
				found[file] = true
			}
		}
	}
	for _, source := range []string{"postgres", "mysql", "sqlite", "redis", "opensearch", "aws", "people.csv", "people.tsv", "people.json", "people.ndjson", "people.xml", "people.yaml", "people.sql", "app.log", "notes.txt", "page.html",
		"letter.eml", "box.mbox", "wide.txt", "people.parquet", "people.avro", "people.dump", "page.pdf", "packed.csv.gz", "nested.zip", "packed.zip", "packed.tar", "people.xlsx", "letter.docx"} {
		if !found[source] {
			r.t.Errorf("nothing was found in %s", source)
		}
	}
}

// finding is the fingerprint of one on labels.
func (r *runs) finding() string {
	r.t.Helper()
	for _, o := range r.scanned().Outcomes {
		for _, f := range o.Findings {
			if f.Fact == "labels" && o.Verdict == probity.Fail {
				return f.Fingerprint
			}
		}
	}
	r.t.Fatal("no rule on labels fails")
	return ""
}

// database plants values in a file of SQLite, in rows that were deleted too.
func (c *canaries) database(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range []string{"CREATE TABLE people (email TEXT, iban TEXT, remark TEXT)", "INSERT INTO people VALUES ('x@sqlite.example.org', '', '-')",
		fmt.Sprintf("INSERT INTO people VALUES ('%s', '%s', '%s')", c.mail("sqlite"), c.number("sqlite"), c.note("sqlite")),
		fmt.Sprintf("INSERT INTO people VALUES ('%s', '', '')", c.mail("sqlitegone")), fmt.Sprintf("DELETE FROM people WHERE email = '%s'", c.mail("sqlitegone"))} {
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
}

// servers plants values in rows, comments, defaults and programs of databases, in keys and documents, and in a dump in a folder. It gives
// the targets.
func (c *canaries) servers(t *testing.T, folder string) []string {
	t.Helper()
	rows := func(s string) []string {
		return []string{"CREATE TABLE people (email varchar(200), iban varchar(40), remark varchar(200) DEFAULT '" + c.note(s+"default") + "')",
			fmt.Sprintf("INSERT INTO people VALUES ('%s', '%s', '%s'), ('x@%s.example.org', '', '-')", c.mail(s), c.number(s), c.note(s), s),
			"CREATE VIEW failing AS SELECT email FROM people WHERE email <> '" + c.mail(s+"view") + "'"}
	}
	pg, maria := databasetest.Postgres(t, databasetest.Options{}), databasetest.MariaDB(t, databasetest.Options{})
	pg.Exec(t, "postgres", "CREATE DATABASE clinic")
	pg.Exec(t, "clinic", append(rows("postgres"), "COMMENT ON TABLE people IS '"+c.mail("pgcomment")+"'",
		// Reading it fails, with the value in the server's own error.
		"CREATE TABLE numbers (n text)", "INSERT INTO numbers VALUES ('"+c.note("pgerror")+"')", "CREATE FUNCTION number(text) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1::int'",
		"ALTER TABLE numbers ENABLE ROW LEVEL SECURITY", "ALTER TABLE numbers FORCE ROW LEVEL SECURITY", "CREATE POLICY p ON numbers USING (number(n) > 0)")...)
	dump := string(pg.Dump(t, "clinic", "-Fc"))
	write(t, folder, map[string]string{"people.dump": dump, "broken.dump": dump[:len(dump)/2]})
	maria.Exec(t, "", "CREATE DATABASE clinic", "CREATE USER probity@127.0.0.1 IDENTIFIED BY '"+databasetest.Password+"'", "GRANT SELECT ON *.* TO probity@127.0.0.1")
	maria.Exec(t, "clinic", rows("mysql")...)
	return append(c.keyed(t), fmt.Sprintf("postgres://postgres@127.0.0.1:%d/clinic", pg.Port), fmt.Sprintf("mysql://probity@127.0.0.1:%d/clinic", maria.Port))
}

// keyed plants values in keys, fields and values of Redis, and in documents, their fields and names of indices of OpenSearch.
func (c *canaries) keyed(t *testing.T) []string {
	t.Helper()
	redis, search := databasetest.Redis(t, databasetest.Options{}), databasetest.OpenSearch(t, databasetest.Options{})
	redis.Do(t, "HSET", "user:1", "email", c.mail("redishash"), "iban", c.number("redishash"), "remark", c.note("redishash"), c.mail("redisfield"), "1")
	redis.Do(t, "SET", "session:"+c.mail("rediskey"), c.note("redisvalue"))
	redis.Do(t, "SET", c.number("rediskey"), `{"email":"`+c.mail("redisjson")+`","remark":"`+c.note("redisjson")+`"}`)
	redis.Do(t, "SET", "cart:1", `{"email":"`+c.mail("redisbroken"))
	redis.Do(t, "RPUSH", "mails", c.mail("redislist"))
	redis.Do(t, "SADD", "members", c.mail("redisset"))
	redis.Do(t, "ZADD", "scores", "1", c.mail("redisscore"))
	redis.Do(t, "XADD", "events", "*", "email", c.mail("redisstream"), c.mail("redisevent"), c.note("redisstream"))
	person := fmt.Sprintf(`{"email":%q,"iban":%q,"remark":%q,%q:{"email":%q}}`, c.mail("search"), c.number("search"), c.note("search"), c.mail("searchfield"), c.mail("searchdeep"))
	search.Do(t, http.MethodPost, "/people/_doc/"+url.PathEscape(c.mail("searchid"))+"?refresh=true", person)
	search.Do(t, http.MethodPost, "/of-"+c.mail("searchindex")+"/_doc?refresh=true", `{"email":"`+c.mail("searchother")+`"}`)
	return []string{fmt.Sprintf("redis://127.0.0.1:%d/0", redis.Port), fmt.Sprintf("opensearch://127.0.0.1:%d?sslmode=disable", search.Port)}
}

// account plants values in objects and their names, tags, user data, parameters and secrets.
func (c *canaries) account(t *testing.T, endpoint string) {
	t.Helper()
	done := func(_ any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ctx, cfg := context.WithoutCancel(t.Context()), awstest.Config(t, endpoint, awstest.Region)
	api := s3.NewFromConfig(cfg, func(o *s3.Options) { o.UsePathStyle = true })
	bucket := "exports"
	done(api.CreateBucket(ctx, &s3.CreateBucketInput{Bucket: &bucket, CreateBucketConfiguration: &types.CreateBucketConfiguration{LocationConstraint: awstest.Region}}))
	for key, text := range map[string]string{"people.csv": "email,iban,remark\n" + c.mail("s3") + "," + c.number("s3") + "," + c.note("s3") + "\n", "users/" + c.mail("s3key") + ".json": `{"email": "` + c.mail("s3json") + `"}`,
		"broken.json": `{"email": "` + c.mail("s3broken")} {
		done(api.PutObject(ctx, &s3.PutObjectInput{Bucket: &bucket, Key: &key, Body: strings.NewReader(text), Metadata: map[string]string{"owner": c.mail("s3metadata")}}))
	}
	tag, value := "contact", c.mail("s3tag")
	done(api.PutBucketTagging(ctx, &s3.PutBucketTaggingInput{Bucket: &bucket, Tagging: &types.Tagging{TagSet: []types.Tag{{Key: &tag, Value: &value}}}}))
	image, one, script := "ami-12c6146b", int32(1), base64.StdEncoding.EncodeToString([]byte("#!/bin/sh\nexport TOKEN='"+c.note("ec2userdata")+"'\n"))
	mail := c.mail("ec2tag")
	done(ec2.NewFromConfig(cfg).RunInstances(ctx, &ec2.RunInstancesInput{ImageId: &image, MinCount: &one, MaxCount: &one, UserData: &script,
		TagSpecifications: []ec2types.TagSpecification{{ResourceType: ec2types.ResourceTypeInstance, Tags: []ec2types.Tag{{Key: &tag, Value: &mail}}}}}))
	name, word := "token", c.note("ssm")
	done(ssm.NewFromConfig(cfg).PutParameter(ctx, &ssm.PutParameterInput{Name: &name, Value: &word, Type: ssmtypes.ParameterTypeString}))
	secret := c.note("secret")
	done(secretsmanager.NewFromConfig(cfg).CreateSecret(ctx, &secretsmanager.CreateSecretInput{Name: &name, SecretString: &secret}))
}
