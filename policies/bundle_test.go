package policies

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"

	"github.com/probity-scan/probity"
)

// keyPair are a private key and the file of its public one.
func keyPair(t *testing.T) (private, public string) {
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
	public = filepath.Join(t.TempDir(), "key.pem")
	if err := os.WriteFile(public, pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: shown}), 0o600); err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: secret})), public
}

// writeBundle writes a bundle, signed where a key is given.
func writeBundle(t *testing.T, private string, files map[string]string, data map[string]any) string {
	t.Helper()
	return packed(t, bundled(t, private, files, data))
}

func bundled(t *testing.T, private string, files map[string]string, data map[string]any) bundle.Bundle {
	t.Helper()
	b := bundle.Bundle{Data: map[string]any{}}
	maps.Copy(b.Data, data)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		b.Modules = append(b.Modules, bundle.ModuleFile{URL: "/" + name, Path: "/" + name, Raw: []byte(files[name]), Parsed: ast.MustParseModule(files[name])})
	}
	b.Manifest.Init()
	b.Manifest.Revision = "1"
	if private != "" {
		if err := b.GenerateSignature(bundle.NewSigningConfig(private, "ES256", ""), "", false); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

func packed(t *testing.T, b bundle.Bundle) string {
	t.Helper()
	var out bytes.Buffer
	if err := bundle.NewWriter(&out).Write(b); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "rules.tar.gz")
	if err := os.WriteFile(name, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func loadBundle(t *testing.T, name string, b Bundles) (*Corpus, error) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c, err := Load(t.Context(), Options{Dirs: []string{name}, Program: program, Bundles: b})
	if err == nil {
		t.Cleanup(c.Close)
	}
	return c, err
}

// TestBundles: a bundle is taken by its signature, its rules judge with its data, and nothing in it reaches ours.
func TestBundles(t *testing.T) {
	t.Parallel()
	private, public := keyPair(t)
	files := map[string]string{
		"own/rule.rego":  ruleText("own-bundled", `not input.name in data.config.bundle.allowed; input.encryption.at_rest == false`),
		"own/_test.rego": "package user.own_test\n\ntest_nothing if true\n",
	}
	data := map[string]any{"allowed": []any{"archive"}, "trusted_accounts": []any{"999999999999"}}
	c, err := loadBundle(t, writeBundle(t, private, files, data), Bundles{Key: public})
	if err != nil || len(c.Trouble) > 0 {
		t.Fatal(err, c)
	}
	o := judgeUsers(t, c, bucket(probity.Known(false, nil)))
	if o["own-bundled"].Verdict != probity.Fail || o["encryption-at-rest"].Verdict != probity.Fail {
		t.Errorf("got %q by the bundle's rule and %q by ours, want both to fail", o["own-bundled"].Verdict, o["encryption-at-rest"].Verdict)
	}
	if len(c.options.Parameters) > 0 {
		t.Errorf("the data of a bundle reaches our rules: %v", c.options.Parameters)
	}
}

func TestBundlesRefused(t *testing.T) {
	t.Parallel()
	private, public := keyPair(t)
	_, stranger := keyPair(t)
	files := map[string]string{"own.rego": ruleText("own-bundled", "input.encryption.at_rest == false")}
	signed, unsigned := writeBundle(t, private, files, nil), writeBundle(t, "", files, nil)
	tampered := bundled(t, private, files, nil)
	tampered.Modules[0].Raw = bytes.Replace(tampered.Modules[0].Raw, []byte("== false"), []byte("== true"), 1)
	garbage := filepath.Join(t.TempDir(), "garbage.tar.gz")
	if err := os.WriteFile(garbage, []byte("no archive"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		bundle string
		how    Bundles
		want   string
	}{
		"nobody said how":     {signed, Bundles{}, "name the key with --bundle-key"},
		"unsigned, with key":  {unsigned, Bundles{Key: public}, "signature"},
		"of another key":      {signed, Bundles{Key: stranger}, "verif"},
		"changed since":       {packed(t, tampered), Bundles{Key: public}, "digest mismatch"},
		"key is no key":       {signed, Bundles{Key: garbage}, "want a public key"},
		"key is not there":    {signed, Bundles{Key: "nowhere.pem"}, "not a file that can be read"},
		"garbage":             {garbage, Bundles{Unsigned: true}, "garbage.tar.gz"},
		"not there":           {"nowhere.tar.gz", Bundles{Unsigned: true}, "not a file that can be read"},
		"no rules":            {writeBundle(t, private, nil, map[string]any{"x": 1}), Bundles{Key: public}, "holds no .rego file"},
		"unsigned, as wanted": {unsigned, Bundles{Unsigned: true}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := loadBundle(t, tc.bundle, tc.how)
			switch {
			case tc.want == "" && err != nil:
				t.Errorf("refused: %v", err)
			case tc.want != "" && (err == nil || !strings.Contains(err.Error(), tc.want) || strings.Contains(err.Error(), "\n")):
				t.Errorf("got %v, want one line with %q", err, tc.want)
			}
		})
	}
}

// TestBundlesShadowNothing: a module in a package of ours is trouble, and our rules say what they say.
func TestBundlesShadowNothing(t *testing.T) {
	t.Parallel()
	private, public := keyPair(t)
	for name, module := range map[string]string{
		"our rule":   "package probity.rules.encryption.encryption_at_rest\n\nviolation contains {\"fact\": \"x\"} if false\n",
		"our helper": "package probity.lib.personal\n\ncategories := set()\n",
		"our data":   "package config\n\ntrusted_accounts := {\"999999999999\"}\n",
		"our id":     ruleText("encryption-at-rest", "false"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := loadBundle(t, writeBundle(t, private, map[string]string{"bad.rego": module, "good.rego": ruleText("own-good", "input.encryption.at_rest == false")}, nil), Bundles{Key: public})
			if err != nil {
				t.Fatal(err)
			}
			if len(c.Trouble) != 1 || !strings.Contains(c.Trouble[0].What, "bad.rego") {
				t.Errorf("got %+v, want trouble with bad.rego", c.Trouble)
			}
			o := judgeUsers(t, c, bucket(probity.Known(false, nil)))
			if o["encryption-at-rest"].Verdict != probity.Fail || o["own-good"].Verdict != probity.Fail {
				t.Errorf("got %q and %q, want both to fail", o["encryption-at-rest"].Verdict, o["own-good"].Verdict)
			}
		})
	}
}
