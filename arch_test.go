package probity_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/probity-scan/probity"

// Changing what is allowed here needs an ADR in docs/adr.

// trees are the branches that import the root and themselves, never each other.
var trees = []string{"scanners", "policies", "reports"}

// known says which folders alone may know a library. What is not listed may be used by any tree, but not by the root.
var known = map[string][]string{
	"github.com/aws/":                 {"scanners"},
	"github.com/hashicorp/hcl":        {"scanners/iac"},
	"github.com/zclconf/go-cty":       {"scanners/iac"},
	"github.com/open-policy-agent/":   {"policies"},
	"database/sql":                    {"scanners/database", "scanners/content", "reports/history", "cmd/internal/serve", "examples"},
	"modernc.org/sqlite":              {"scanners/database", "scanners/content", "reports/history", "examples"},
	"github.com/jackc/pgx":            {"scanners/database", "reports/history"},
	"github.com/go-sql-driver/mysql":  {"scanners/database"},
	"github.com/gomodule/redigo":      {"scanners/redis", "scanners/database/databasetest"},
	"github.com/riverqueue/":          {"reports/history", "cmd/internal/serve"},
	"github.com/spf13/":               {"cmd"},
	"golang.org/x/term":               {"cmd"},
	"net/http":                        {"scanners/aws", "scanners/opensearch", "scanners/database/databasetest", "reports/dashboard", "cmd"},
	"os/exec":                         {"policies/child", "scanners/aws/awstest", "scanners/database/databasetest", "cmd"},
	"github.com/danielgtaylor/huma":   {"reports/dashboard"},
	"github.com/coreos/go-oidc":       {"cmd/internal/signin"},
	"github.com/zitadel/oidc":         {}, // the provider of tests
	"html/template":                   {"reports"},
	"github.com/santhosh-tekuri/":     {"reports", "cmd"},
	"github.com/rogpeppe/go-internal": {"cmd"},
}

// alone are folders that ask nothing of the outside: what they need is handed to them.
var alone = map[string][]string{
	".":                     {"os", "net", "net/http", "io/fs", "log"},
	"scanners/resolve":      {"os", "net", "net/http", "database/sql"},
	"scanners/access":       {"os", "net", "net/http", "database/sql"},
	"scanners/kinds":        {"os", "net", "net/http", "database/sql"},
	"scanners/personaldata": {"os", "net", "net/http", "database/sql"},
	"scanners/content":      {"os", "net", "net/http"},
	"scanners/iac":          {"net", "net/http", "os/exec"},
	"policies/verdict":      {"os", "net", "net/http", "database/sql"},
	"reports/gate":          {"os", "net", "net/http", "database/sql"},
}

// source is one Go file, read as far as its imports.
type source struct {
	path, folder string
	test         bool
	lines        int
	doc          bool
	generated    bool
	imports      []string
}

func TestImports(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		for _, i := range s.imports {
			if why := s.forbids(i); why != "" {
				t.Errorf("%s imports %s: %s", s.path, i, why)
			}
		}
	}
}

func TestForbids(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		folder, path string
		test, want   bool
	}{
		"root and standard library":       {".", "fmt", false, false},
		"root and a library":              {".", "github.com/sirupsen/logrus", false, true},
		"root and a tree":                 {".", module + "/scanners", false, true},
		"tree and root":                   {"scanners/tree", module, false, false},
		"tree and its own branch":         {"scanners/tree", module + "/scanners/kinds", false, false},
		"tree and another tree":           {"scanners/tree", module + "/policies", false, true},
		"tree's test and another tree":    {"reports", module + "/scanners/kinds", true, true},
		"tree and command":                {"reports", module + "/cmd/internal/config", false, true},
		"command and all":                 {"cmd/probity", module + "/policies", false, false},
		"OPA outside policies":            {"reports", "github.com/open-policy-agent/opa/v1/ast", false, true},
		"OPA inside policies":             {"policies/verdict", "github.com/open-policy-agent/opa/v1/ast", false, false},
		"SQL driver in databases":         {"scanners/database", "modernc.org/sqlite", false, false},
		"SQL driver in a list of kinds":   {"scanners/kinds", "modernc.org/sqlite", false, true},
		"resolve and the file system":     {"scanners/resolve", "os", false, true},
		"resolve's test and files":        {"scanners/resolve", "os", true, false},
		"folder of a longer name is none": {"scanners/iactest", "github.com/hashicorp/hcl/v2", false, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := source{folder: c.folder, test: c.test}
			if why := s.forbids(c.path); (why != "") != c.want {
				t.Errorf("got %q, want forbidden %v", why, c.want)
			}
		})
	}
}

// TestFiles: no file is longer than a person reads at once, and every package says what it is.
func TestFiles(t *testing.T) {
	t.Parallel()
	const longest = 400
	described, packages := map[string]bool{}, map[string]bool{}
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		packages[s.folder] = true
		described[s.folder] = described[s.folder] || s.doc
		if s.lines > longest && !s.generated {
			t.Errorf("%s has %d lines, want at most %d: split it by idea", s.path, s.lines, longest)
		}
	}
	for folder := range packages {
		if !described[folder] {
			t.Errorf("package in %s has no comment: say what it is and where it sits", folder)
		}
	}
}

// forbids says why a file may not import a path, or nothing.
func (s source) forbids(imported string) string {
	if allowed, ok := keeper(imported); ok && !s.test && !slices.ContainsFunc(allowed, func(a string) bool { return within(s.folder, a) }) {
		return "only " + strings.Join(allowed, ", ") + " may"
	}
	for folder, outside := range alone {
		if !s.test && within(s.folder, folder) && (folder != "." || s.folder == ".") && slices.Contains(outside, imported) {
			return folder + " asks nothing of the outside"
		}
	}
	own, ours := strings.CutPrefix(imported, module)
	own = strings.TrimPrefix(own, "/")
	switch {
	case !ours && s.folder == "." && strings.Contains(strings.Split(imported, "/")[0], "."):
		return "the root imports the standard library only"
	case !ours, own == "", within(s.folder, "cmd"):
		return ""
	case s.folder == ".":
		return "the root imports no tree"
	}
	if tree := strings.Split(s.folder, "/")[0]; !slices.Contains(trees, tree) || !within(own, tree) {
		return "a tree imports the root and its own branch"
	}
	return ""
}

// keeper finds the folders that alone may know a library.
func keeper(imported string) ([]string, bool) {
	for prefix, folders := range known {
		if imported == strings.TrimSuffix(prefix, "/") || strings.HasPrefix(imported, strings.TrimSuffix(prefix, "/")+"/") {
			return folders, true
		}
	}
	return nil, false
}

func within(p, folder string) bool {
	return folder == "." || p == folder || strings.HasPrefix(p, folder+"/")
}

// sources reads every Go file of the module.
func sources(t *testing.T) []source {
	t.Helper()
	var out []source
	fset := token.NewFileSet()
	err := filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := d.Name(); d.IsDir() && name != "." && (strings.HasPrefix(name, ".") || name == "testdata" || name == "vendor") {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(p, ".go") {
			return nil
		}
		f, err := parser.ParseFile(fset, p, nil, parser.ImportsOnly|parser.ParseComments)
		if err != nil {
			return err
		}
		s := source{path: filepath.ToSlash(p), folder: path.Dir(filepath.ToSlash(p)), test: strings.HasSuffix(p, "_test.go"),
			lines: fset.File(f.Pos()).LineCount(), doc: f.Doc != nil, generated: ast.IsGenerated(f)}
		for _, i := range f.Imports {
			s.imports = append(s.imports, strings.Trim(i.Path.Value, `"`))
		}
		out = append(out, s)
		return nil
	})
	if err != nil {
		t.Fatalf("reading the module: %v", err)
	}
	if len(out) < 10 {
		t.Fatalf("got %d files, want the module's", len(out))
	}
	return out
}
