package policies

import (
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/bundle"
)

// Bundles say which bundles of OPA are taken among the sources of users' rules.
type Bundles struct {
	Key      string // a file with the public key, as PEM, by which bundles are signed; empty: none
	Unsigned bool   // take those that nobody signed
}

// largest bounds each file of a bundle.
const largest = 4 << 20

// bundleData is below data.config, where what bundles hold besides rules can be read; no built-in rule reads there.
const bundleData = "bundle"

func isBundle(name string) bool { return strings.HasSuffix(name, ".tar.gz") }

// readBundle gives the rules and data of a bundle; its name is what was asked for, at where it lies.
func (b Bundles) readBundle(name, at string) (files []userFile, data map[string]any, err error) {
	f, err := os.Open(at)
	if err != nil {
		return nil, nil, fmt.Errorf("--policies %s: not a file that can be read", name)
	}
	defer f.Close()
	r := bundle.NewReader(f).WithSizeLimitBytes(largest).WithProcessAnnotations(false)
	switch {
	case b.Key != "":
		keys, err := b.verification()
		if err != nil {
			return nil, nil, err
		}
		r = r.WithBundleVerificationConfig(keys)
	case b.Unsigned:
		r = r.WithSkipBundleVerification(true)
	default:
		return nil, nil, fmt.Errorf("--policies %s: a bundle is taken by its signature: name the key with --bundle-key, or bundle_key in the file of --config, or give --unsigned-bundles", name)
	}
	read, err := r.Read()
	if err != nil {
		return nil, nil, fmt.Errorf("--policies %s: %s", name, strings.ReplaceAll(err.Error(), "\n", " "))
	}
	for _, m := range read.Modules {
		if !strings.HasSuffix(m.Path, "_test.rego") {
			files = append(files, userFile{name + "/" + strings.TrimPrefix(m.Path, "/"), m.Raw})
		}
	}
	if len(files) == 0 {
		return nil, nil, fmt.Errorf("--policies %s: holds no .rego file", name)
	}
	slices.SortFunc(files, func(a, b userFile) int { return strings.Compare(a.name, b.name) })
	return files, read.Data, nil
}

// verification is by the one key, whatever a signature calls its own.
func (b Bundles) verification() (*bundle.VerificationConfig, error) {
	text, err := os.ReadFile(b.Key)
	if err != nil {
		return nil, fmt.Errorf("bundle key %s: not a file that can be read", b.Key)
	}
	algorithm, err := algorithmOf(text)
	if err != nil {
		return nil, fmt.Errorf("bundle key %s: %w", b.Key, err)
	}
	const id = "given"
	return bundle.NewVerificationConfig(map[string]*bundle.KeyConfig{id: {Key: string(text), Algorithm: algorithm}}, id, "", nil), nil
}

var errKey = errors.New("want a public key of RSA or ECDSA as PEM (BEGIN PUBLIC KEY)")

// algorithmOf is how a bundle has to be signed for a key: a signature does not choose for itself.
func algorithmOf(text []byte) (string, error) {
	block, _ := pem.Decode(text)
	if block == nil {
		return "", errKey
	}
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return "", errKey
	}
	switch key := key.(type) {
	case *rsa.PublicKey:
		return "RS256", nil
	case *ecdsa.PublicKey:
		switch key.Curve.Params().BitSize {
		case 256:
			return "ES256", nil
		case 384:
			return "ES384", nil
		case 521:
			return "ES512", nil
		}
	}
	return "", errKey
}
