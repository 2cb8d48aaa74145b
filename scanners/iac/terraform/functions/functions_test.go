package functions_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"

	"github.com/probity-scan/probity/scanners/iac/terraform/functions"
)

type mark string

const hidden = mark("computed")

// context has the long values only for those who name them: they take time to make.
func context(expr string) *hcl.EvalContext {
	open := func(name string) ([]byte, error) {
		switch name {
		case "f.txt":
			return []byte("content\n"), nil
		case "latin1":
			return []byte{0xe9}, nil
		}
		return nil, fs.ErrNotExist
	}
	render := func(_ string, text []byte, vars map[string]cty.Value) (cty.Value, error) {
		e, diags := hclsyntax.ParseTemplate(text, "", hcl.InitialPos)
		if diags.HasErrors() {
			return cty.NilVal, diags
		}
		v, diags := e.Value(&hcl.EvalContext{Variables: vars})
		if diags.HasErrors() {
			return cty.NilVal, diags
		}
		return v, nil
	}
	opaque := func(v cty.Value) bool {
		_, marks := v.UnmarkDeep()
		_, ok := marks[hidden]
		return ok
	}
	ctx := &hcl.EvalContext{
		Functions: functions.All(open, render, opaque),
		Variables: map[string]cty.Value{
			"computed": cty.StringVal("\ue0000\ue001").Mark(hidden), "unknown": cty.UnknownVal(cty.String), "secret": cty.StringVal("x"),
		},
	}
	for name, value := range map[string]func() cty.Value{
		"big":  func() cty.Value { return cty.StringVal(strings.Repeat("a", 1<<20)) },
		"many": func() cty.Value { return many(90_000) },
		"bomb": func() cty.Value { return cty.StringVal(bomb()) },
	} {
		if strings.Contains(expr, name) {
			ctx.Variables[name] = value()
		}
	}
	return ctx
}

// bomb is a YAML document of a few lines whose aliases unfold to a billion elements.
func bomb() string {
	var b strings.Builder
	b.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x]\n")
	for i := range 9 {
		fmt.Fprintf(&b, "a%d: &a%d [%s]\n", i+1, i+1, strings.Repeat(fmt.Sprintf("*a%d, ", i), 9))
	}
	return b.String()
}

func many(n int) cty.Value {
	items := make([]cty.Value, n)
	for i := range items {
		items[i] = cty.NumberIntVal(int64(i))
	}
	return cty.ListVal(items)
}

func eval(t *testing.T, text string) (cty.Value, hcl.Diagnostics) {
	t.Helper()
	e, diags := hclsyntax.ParseExpression([]byte(text), "", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatalf("parsing %s: %v", text, diags)
	}
	return e.Value(context(text))
}

// The file holds expressions, each with the value that terraform 1.11 gave in its plan.
func TestLikeTerraform(t *testing.T) {
	t.Parallel()
	src, err := os.ReadFile("testdata/expressions.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(src)), "\n")
	for i := 0; i+1 < len(lines); i += 2 {
		t.Run(lines[i], func(t *testing.T) {
			t.Parallel()
			v, diags := eval(t, lines[i])
			if diags.HasErrors() {
				t.Fatalf("got %v, want %s", diags, lines[i+1])
			}
			b, err := ctyjson.Marshal(v, v.Type())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(decode(t, lines[i+1]), decode(t, string(b))); diff != "" {
				t.Errorf("differs (-want +got):\n%s", diff)
			}
		})
	}
}

func decode(t *testing.T, text string) (v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("reading %s: %v", text, err)
	}
	return v
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		`format("%999999999d", 1)`, `format("%*d", 999999999, 1)`, `indent(1000000000, "a\nb")`, `pow(10, 1000000000)`,
		`setproduct(range(1000), range(1000), range(1000))`, `replace(big, "a", big)`, `join(big, many)`, `concat(many, many)`,
		`formatlist("%s-%s", many, big)`, `jsonencode([big, big, big, big, big, big, big, big, big])`,
		`file("../secret")`, `file("latin1")`, `cidrsubnet("10.0.0.0/30", 8, 1)`, `cidrsubnet("10.0.0.0/8", 2, 4)`, `cidrhost("x", 1)`,
		`cidrnetmask("fd00::/8")`, `cidrsubnets("10.0.0.0/31", 1, 1, 1)`, `one([1, 2])`, `lookup({}, "a")`, `coalesce("", null)`,
		`index(["a"], "b")`, `base64decode("%")`, `toset({ a = 1 }, 2)`, `sum(["x"])`, `timecmp("a", "b")`, `pathexpand("~/x")`,
		`matchkeys(["a"], ["b", "c"], ["b"])`, `length(5)`,
		`textencodebase64("é", "nope")`, `textencodebase64("日", "ISO-8859-1")`, `textdecodebase64("%%", "UTF-8")`,
		`textdecodebase64("/w==", "UTF-8")`, `uuidv5("x", "y")`, `yamldecode("")`, `yamldecode("a: [")`, `yamldecode("!own x")`, `yamldecode("a: .inf")`, `yamldecode("? [x]\n: y")`, `yamldecode("<<: 1")`,
		`yamldecode("a: &a [*a]")`, `yamldecode(bomb)`, `urldecode("%zz")`, `templatefile("gone", {})`, `templatestring("$${", {})`,
		`templatestring("x", [1])`, `abs("x")`, `ceil("x")`, `chunklist(["a"], -1)`, `cidrhost("10.0.0.0/30", 5)`, `cidrsubnet("10.0.0.0", 1, 1)`,
		`coalescelist([], [])`, `contains("abc", "a")`, `csvdecode("a,a\n1,2")`, `csvdecode("a,b\n1")`, `element([], 0)`, `formatdate("x", "2018")`,
		`format("%d", "x")`, `format("%s")`, `jsondecode("{")`, `log(1, "x")`, `lookup(5, "a")`, `max()`, `merge([1])`, `parseint("z", 10)`, `parseint("1", 70)`,
		`range(1, 2, 0)`, `range(100000)`, `regex("[", "x")`, `regex("z", "a")`, `replace("a", "/[/", "")`, `setproduct(["a"])`, `slice(["a"], 1, 3)`,
		`substr("a", "x", 1)`, `sum([])`, `timeadd("x", "1h")`, `timeadd("2017-11-22T00:00:00Z", "1 day")`, `tobool("yes")`, `tonumber("x")`, `tomap(["a"])`,
		`toset("a")`, `transpose({ a = "b" })`, `values("x")`, `zipmap(["a"], [])`, `nosuch()`, `upper()`, `upper("a", "b")`,
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			if v, diags := eval(t, text); !diags.HasErrors() {
				t.Errorf("got %#v, want an error", v)
			}
		})
	}
}

// A text that is known only after apply goes through what passes it on, and makes unknown what looks into it.
func TestComputedTexts(t *testing.T) {
	t.Parallel()
	for _, text := range []string{`upper(computed)`, `split("-", computed)`, `contains(["a"], computed)`, `sha256(computed)`, `file(computed)`, `replace(computed, "a", "b")`,
		`yamldecode(computed)`, `jsondecode(computed)`, `regex("a", computed)`, `base64encode(computed)`, `cidrhost(computed, 1)`, `timeadd(computed, "1h")`, `sort([computed])`,
		`templatestring(computed, {})`, `csvdecode(computed)`, `startswith(computed, "a")`, `index(["a"], computed)`, `lower("x${computed}")`} {
		v, diags := eval(t, text)
		plain, marks := v.Unmark()
		if _, kept := marks[hidden]; diags.HasErrors() || plain.IsKnown() || !kept {
			t.Errorf("%s: got %#v, %v; want an unknown that bears the mark", text, v, diags)
		}
	}
	for _, text := range []string{`join("", [computed])`, `coalesce("", computed)`, `format("%s", computed)`, `try(computed, "")`, `one([computed])`, `element([computed], 0)`, `lookup({ a = computed }, "a", "")`, `nonsensitive(sensitive(computed))`} {
		v, diags := eval(t, text)
		plain, _ := v.Unmark()
		if diags.HasErrors() || !plain.IsKnown() || plain.AsString() != "\ue0000\ue001" {
			t.Errorf("%s: got %#v, %v; want the text itself", text, v, diags)
		}
	}
}

func TestUnknown(t *testing.T) {
	t.Parallel()
	for _, text := range []string{`timestamp()`, `uuid()`, `bcrypt("x")`, `upper(unknown)`, `alltrue([unknown == "a", true])`, `lookup({ a = 1 }, unknown, 2)`} {
		if v, diags := eval(t, text); diags.HasErrors() || v.IsKnown() {
			t.Errorf("%s: got %#v, %v; want unknown", text, v, diags)
		}
	}
	if v, diags := eval(t, `anytrue([unknown == "a", true])`); diags.HasErrors() || !v.RawEquals(cty.True) {
		t.Errorf("got %#v, %v; want true, whatever the unknown is", v, diags)
	}
}

func TestFiles(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{`file("f.txt")`: "content\n", `filebase64("f.txt")`: "Y29udGVudAo=", `filemd5("f.txt")`: "f75b8179e4bbe7e2b4a074dcef62de95",
		`templatefile("f.txt", {})`: "content\n", `templatestring("a $${x}", { x = 1 })`: "a 1", `filesha1("f.txt")`: "7fe70820e08a1aac0ef224d9c66ab66831cc4ab1", `urldecode("a%20b%26")`: "a b&", `fileexists("f.txt") ? "y" : "n"`: "y", `fileexists("g") ? "y" : "n"`: "n"} {
		if v, diags := eval(t, text); diags.HasErrors() || v.AsString() != want {
			t.Errorf("%s: got %#v, %v; want %q", text, v, diags, want)
		}
	}
}
