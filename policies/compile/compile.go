// Package compile turns Rego sources into a compiler that rules can be asked of: pure built-ins only, paths checked against
// the schema of what rules see.
package compile

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// impure are built-ins whose answer depends on more than their arguments: network, files, clock, environment, chance. A schema may
// refer to others by http: and file:, and signing draws by chance.
func impure() []string {
	return []string{"http.send", "net.lookup_ip_addr", "opa.runtime", "time.now_ns", "rand.intn", "uuid.rfc4122", "trace",
		"io.jwt.decode_verify", "io.jwt.encode_sign", "io.jwt.encode_sign_raw", "json.match_schema", "json.verify_schema",
		"crypto.x509.parse_and_verify_certificates", "crypto.x509.parse_and_verify_certificates_with_options", "providers.aws.sign_req", "rego.parse_module"}
}

// capabilities are what rules may call.
func capabilities() *ast.Capabilities {
	c := ast.CapabilitiesForThisVersion()
	c.Builtins = slices.DeleteFunc(c.Builtins, func(b *ast.Builtin) bool { return b.Nondeterministic || slices.Contains(impure(), b.Name) })
	c.AllowNet = []string{}
	return c
}

// Sources makes one compiler of Rego sources by file name. With a schema the paths that rules read are checked against it.
func Sources(sources map[string][]byte, schema any) (*ast.Compiler, error) {
	mods := make(map[string]*ast.Module, len(sources))
	for file, src := range sources {
		m, err := Parse(file, src)
		if err != nil {
			return nil, err
		}
		mods[file] = m
	}
	c := ast.NewCompiler().WithCapabilities(capabilities()).WithStrict(true)
	if schema != nil {
		set := ast.NewSchemaSet()
		set.Put(ast.SchemaRootRef, schema)
		c = c.WithSchemas(set)
	}
	if c.Compile(mods); c.Failed() {
		return nil, OneLine(c.Errors)
	}
	return c, nil
}

// Read reads a file of rules, which may be a stranger's: whoever parses it holds several times its size.
func Read(file string) ([]byte, error) {
	const most = 1 << 20
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	src, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && len(src) > most {
		return nil, errors.New("is larger than 1 MiB, as no rule is")
	}
	return src, err
}

// Parse reads one module.
func Parse(file string, src []byte) (*ast.Module, error) {
	m, err := ast.ParseModuleWithOpts(file, string(src), ast.ParserOptions{Capabilities: capabilities()})
	if err != nil {
		return nil, OneLine(err)
	}
	return m, nil
}

// OneLine gives the first of OPA's errors as "file:line: what".
func OneLine(err error) error {
	var errs ast.Errors
	if !errors.As(err, &errs) || len(errs) == 0 {
		return fmt.Errorf("%s", strings.ReplaceAll(err.Error(), "\n", " "))
	}
	e := errs[0]
	at := ""
	if e.Location != nil {
		at = fmt.Sprintf("%s:%d:%d: ", e.Location.File, e.Location.Row, e.Location.Col)
	}
	text := strings.ReplaceAll(e.Message, "\n", " ")
	if strings.Contains(text, "undefined function") {
		name := "" // the longest: some begin as others do
		for _, b := range impure() {
			if strings.Contains(text, b) && len(b) > len(name) {
				name = b
			}
		}
		if name != "" {
			text = name + " is not allowed in rules: they see their input only"
		}
	}
	return fmt.Errorf("%s%s", at, text)
}

// Tests is a compiler for tests: with the same built-in functions as rules have, and no others.
func Tests() *ast.Compiler { return ast.NewCompiler().WithCapabilities(capabilities()) }
