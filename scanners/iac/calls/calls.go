// Package calls tells which modules a Terraform file calls, without reading what they are: the walk over a folder needs no more to
// know which folders are roots.
package calls

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/json"
	"github.com/zclconf/go-cty/cty"
)

// Call is what a module block says of where the module is; empty where it says nothing constant.
type Call struct{ Source, Version string }

// begins finds where a module block may begin: nothing but space or a comment stands before it on its line.
var begins = regexp.MustCompile(`(?m)(?:^|\*/)[ \t]*module[ \t"]`)

// Of gives the calls of a file by name. A file that is malformed, or longer than what is looked at, calls none: what only it
// calls is then a root, since nobody else would read it. It tells of no error: whoever reads the module does.
func Of(name string, b []byte) map[string]Call {
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	if !bytes.Contains(b, []byte("module")) || !strings.HasSuffix(name, ".json") && !begins.Match(b) || deep(b) {
		return nil
	}
	var f *hcl.File
	var bad hcl.Diagnostics
	if strings.HasSuffix(name, ".json") {
		f, bad = json.Parse(b, name)
	} else {
		f, bad = hclsyntax.ParseConfig(b, name, hcl.InitialPos)
	}
	if f == nil || bad.HasErrors() || !utf8.Valid(b) {
		return nil
	}
	top, _, bad := f.Body.PartialContent(&hcl.BodySchema{Blocks: []hcl.BlockHeaderSchema{{Type: "module", LabelNames: []string{"name"}}}})
	if bad.HasErrors() {
		return nil
	}
	out := map[string]Call{}
	for _, call := range top.Blocks {
		if src := constant(call.Body, "source"); src != "" {
			out[call.Labels[0]] = Call{src, constant(call.Body, "version")}
		}
	}
	return out
}

// constant is an attribute's text; empty where there is none.
func constant(call hcl.Body, name string) string {
	body, _, _ := call.PartialContent(&hcl.BodySchema{Attributes: []hcl.AttributeSchema{{Name: name}}})
	if body == nil || body.Attributes[name] == nil {
		return ""
	}
	v, bad := body.Attributes[name].Expr.Value(nil)
	if bad.HasErrors() || v.IsNull() || !v.IsKnown() || v.Type() != cty.String {
		return ""
	}
	return v.AsString()
}

// deep keeps from the parser, which recurses, what would exhaust its stack: brackets in brackets, and long chains of operators. It
// counts those in texts too, so its limits are far beyond what people write.
func deep(b []byte) bool {
	var open []byte
	chain := 0
	for _, c := range b {
		switch c {
		case '{', '[', '(':
			open = append(open, c)
		case '}', ']', ')':
			open = open[:max(0, len(open)-1)]
		case ',':
			chain = 0
		case '\n':
			if len(open) == 0 || open[len(open)-1] == '{' { // in other brackets an expression goes on
				chain = 0
			}
		case '!', '-', '+', '*', '/', '%', '?', '<', '>', '=', '&', '|', '.':
			chain++
		}
		if len(open) > 1000 || chain > 50000 {
			return true
		}
	}
	return false
}
