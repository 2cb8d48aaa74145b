package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
)

const bundledRule = `# METADATA
# title: Buckets say whose they are
# description: Says which bucket has no owner.
# custom:
#   id: own-buckets-are-tagged
#   message: "{name} has no owner"
#   severity: low
#   behaviour: 1
#   classes: [bucket]
#   obligations: [own]
#   remediation:
#     any: Tag it.
package user.tagged

violation contains {"fact": "tags"} if not input.tags.owner
`

// TestBundleKeyInConfiguration: the key that a named file gives is that of the command line; one that was changed after signing is
// refused, and a file that is found names neither bundles nor keys.
func TestBundleKeyInConfiguration(t *testing.T) {
	t.Parallel()
	program, err := exec.LookPath("probity") // this binary: see TestMain
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	write := func(name string, text []byte) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(at(name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at(name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	private := signingKey(t, write)
	pack := func(name, signed, held string) {
		t.Helper()
		b := bundle.Bundle{Data: map[string]any{}, Modules: []bundle.ModuleFile{{URL: "/own.rego", Path: "/own.rego", Raw: []byte(signed), Parsed: ast.MustParseModule(signed)}}}
		b.Manifest.Init()
		if err := b.GenerateSignature(bundle.NewSigningConfig(private, "ES256", ""), "", false); err != nil {
			t.Fatal(err)
		}
		b.Modules[0].Raw, b.Modules[0].Parsed = []byte(held), ast.MustParseModule(held)
		var out bytes.Buffer
		if err := bundle.NewWriter(&out).Write(b); err != nil {
			t.Fatal(err)
		}
		write(name, out.Bytes())
	}
	pack("good.tar.gz", bundledRule, bundledRule)
	pack("changed.tar.gz", bundledRule, strings.Replace(bundledRule, "not input.tags.owner", "input.tags.nobody", 1))
	said := func(rules string) []byte {
		return []byte("policies: [" + at(rules) + "]\nbundle_key: " + at("key.pem") + "\n")
	}
	write("good.yaml", said("good.tar.gz"))
	write("changed.yaml", said("changed.tar.gz"))
	write("tree/main.tf", []byte("resource \"aws_s3_bucket\" \"reports\" {\n  bucket = \"clinic-reports\"\n}\n"))
	write("found/main.tf", []byte("resource \"aws_s3_bucket\" \"reports\" {\n  bucket = \"clinic-reports\"\n}\n"))
	write("found/probity.yaml", said("good.tar.gz"))
	for name, c := range map[string]struct {
		args []string
		code int
		says string
	}{
		"named":                   {[]string{"scan", "--rules", "own-buckets-are-tagged", "--config", at("good.yaml"), "--fail-on", "low", at("tree")}, 1, "clinic-reports has no owner"},
		"changed":                 {[]string{"scan", "--config", at("changed.yaml"), at("tree")}, 2, "digest mismatch"},
		"changed, unsigned taken": {[]string{"scan", "--config", at("changed.yaml"), "--unsigned-bundles", at("tree")}, 2, "digest mismatch"},
		"the flag wins":           {[]string{"scan", "--config", at("good.yaml"), "--bundle-key", at("none.pem"), at("tree")}, 2, "bundle key " + at("none.pem") + ": not a file that can be read"},
		"found":                   {[]string{"scan", "--rules", "encryption-at-rest", at("found")}, 3, "bundle_key is taken only from a file given by --config"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out, err := exec.CommandContext(t.Context(), program, c.args...).CombinedOutput()
			if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) || exit.ExitCode() != c.code || !strings.Contains(string(out), c.says) {
				t.Errorf("got %v and %s, want %d and %q", err, out, c.code, c.says)
			}
		})
	}
}

// signingKey writes key.pem, and gives the private key of it.
func signingKey(t *testing.T, write func(string, []byte)) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	shown, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	write("key.pem", pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: shown}))
	return string(pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: secret}))
}
