package cloudformation_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/cloudformation"
	"github.com/probity-scan/probity/scanners/iac/estate"
	"github.com/probity-scan/probity/scanners/scannertest"
)

// TestContract counts goroutines, which tests beside it start too.
func TestContract(t *testing.T) { //nolint:paralleltest // see above
	dir := t.TempDir()
	write(t, dir, "infra/app.yaml", `Resources:
  Kept: {Type: 'AWS::S3::Bucket'}
  Disk: {Type: 'AWS::EC2::Volume', Properties: {Encrypted: true}}
  Gone: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: 'https://example.com/x'}}
  Unread: {Type: 'AWS::QLDB::Ledger'}
`)
	write(t, dir, "lost.yaml", "Resources: {")
	u := func(part string) probity.Unit {
		return probity.Unit{Scanner: cloudformation.Name, Target: dir, Part: part, Supplies: cloudformation.Supplies(probity.Unit{Part: part})}
	}
	scannertest.Run(t, func() probity.Scanner { return cloudformation.New() }, u("infra/app.yaml"))
	scannertest.Loss(t, cloudformation.New(), u("lost.yaml"), probity.Unreadable)
	scannertest.Loss(t, cloudformation.New(), u("gone.yaml"), probity.Unreadable)
}

// Nothing outside of the repository is read, whatever a template names.
func TestConfined(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "outside.yaml", "Resources: {Bucket: {Type: 'AWS::S3::Bucket'}}")
	write(t, dir, "inside/app.yaml", "Resources: {Up: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: ../outside.yaml}}, Link: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: link.yaml}}}")
	if err := os.Symlink(filepath.Join("..", "outside.yaml"), filepath.Join(dir, "inside", "link.yaml")); err != nil {
		t.Fatal(err)
	}
	for _, f := range scan(t, probity.Unit{Target: filepath.Join(dir, "inside"), Part: "app.yaml"}) {
		if a, ok := f.(probity.Asset); ok {
			t.Errorf("got %s, want nothing from outside", a.ID)
		}
	}
}

// No value of a parameter that is not echoed, and none of a password, is in what is found.
func TestSecretsStay(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	const secret = "Tr0ub4dor"
	write(t, dir, "app.yaml", strings.ReplaceAll(`Parameters:
  Hidden: {Type: String, NoEcho: true, Default: SECRET}
Resources:
  Bucket: {Type: 'AWS::S3::Bucket', Properties: {BucketName: !Ref Hidden, Tags: [{Key: a, Value: !Sub 'x-${Hidden}'}]}}
  Policy: {Type: 'AWS::S3::BucketPolicy', Properties: {Bucket: !Ref Bucket, PolicyDocument: {Statement: [{Condition: {StringEquals: {aws:UserAgent: !Ref Hidden}}}]}}}
  Database: {Type: 'AWS::RDS::DBInstance', Properties: {Engine: mysql, MasterUserPassword: SECRET}}
  Joined: {Type: 'AWS::RDS::DBInstance', Properties: {Engine: mysql, MasterUserPassword: !Join ['', [SEC, RET, SECRET]]}}
`, "SECRET", secret))
	for _, f := range scan(t, probity.Unit{Target: dir, Part: "app.yaml"}) {
		if s := text(t, f); strings.Contains(s, secret) {
			t.Errorf("got a secret in %T", f)
		}
		a, ok := f.(probity.Asset)
		if !ok || a.Kind != "aws.rds.instance" {
			continue
		}
		if v, gap := a.Settings["password_in_code"].Value(); v != true {
			t.Errorf("%s: got password in code %v %v, want true", a.ID, v, gap)
		}
	}
}

func FuzzTemplate(f *testing.F) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range archives {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range a.Files {
			if file.Name != "facts" {
				f.Add(file.Data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		dir := t.TempDir()
		write(t, dir, "template.yaml", string(data))
		answered := 0
		for _, found := range scan(t, probity.Unit{Target: dir, Part: "template.yaml"}) {
			if _, ok := found.(probity.Coverage); ok {
				answered++
			}
			text(t, found)
		}
		if answered < len(estate.Supplies(estate.Code("."))) {
			t.Errorf("got %d answers, want one a kind", answered)
		}
	})
}

func text(t testing.TB, f probity.Found) string {
	t.Helper()
	b, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func write(t testing.TB, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
