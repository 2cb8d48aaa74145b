package tree

import (
	"bytes"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/json"
	"github.com/zclconf/go-cty/cty"
)

// modules maps a folder with Terraform to the folders it calls as local modules.
type modules map[string][]string

func (m modules) add(s *Site, f Folder) {
	calls := map[string]string{} // the source of each module by its name: an override file's stands for the other
	for _, override := range []bool{false, true} {
		for _, file := range f.Files {
			if isModule(file.Name) && isOverride(file.Name) == override && !f.replaced(file.Name) {
				// What cannot be read calls nothing here; the Terraform scanner reads it again and tells.
				if b, err := small(s.FS, path.Join(f.Path, file.Name)); err == nil {
					maps.Copy(calls, sources(file.Name, b))
				}
			}
		}
	}
	m[f.Path] = []string{}
	for _, src := range calls {
		if isLocal(src) {
			m[f.Path] = append(m[f.Path], path.Join(f.Path, src))
		}
	}
}

func isOverride(name string) bool {
	stem, _, _ := strings.Cut(name, ".")
	return stem == "override" || strings.HasSuffix(stem, "_override")
}

// replaced reports whether OpenTofu's file of the same stem is read instead.
func (f Folder) replaced(name string) bool {
	for old, tofu := range map[string]string{".tf": ".tofu", ".tf.json": ".tofu.json"} {
		if stem, ok := strings.CutSuffix(name, old); ok && slices.ContainsFunc(f.Files, func(g File) bool { return g.Name == stem+tofu }) {
			return true
		}
	}
	return false
}

// sources gives the source of each module that a file calls. A file that is malformed, or longer than what is looked at, calls
// none: what only it calls is then a root, since nobody else would read it.
func sources(name string, b []byte) map[string]string {
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	if !bytes.Contains(b, []byte("module")) {
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
	out := map[string]string{}
	for _, call := range top.Blocks {
		if src := source(call.Body); src != "" {
			out[call.Labels[0]] = src
		}
	}
	return out
}

// source is the constant source of a call; empty where there is none.
func source(call hcl.Body) string {
	body, _, _ := call.PartialContent(&hcl.BodySchema{Attributes: []hcl.AttributeSchema{{Name: "source"}}})
	if body == nil || body.Attributes["source"] == nil {
		return ""
	}
	v, bad := body.Attributes["source"].Expr.Value(nil)
	if bad.HasErrors() || v.IsNull() || !v.IsKnown() || v.Type() != cty.String {
		return ""
	}
	return v.AsString()
}

func isLocal(src string) bool {
	return src == "." || src == ".." || strings.HasPrefix(src, "./") || strings.HasPrefix(src, "../")
}

// roots are the folders that no other one calls, sorted. Modules that call each other in a circle have no such folder: then
// the first of them is taken, so that all are read.
func (m modules) roots() []string {
	dirs := make([]string, 0, len(m))
	called := map[string]bool{}
	for d, calls := range m {
		dirs = append(dirs, d)
		for _, c := range calls {
			if c != d {
				called[c] = true
			}
		}
	}
	slices.Sort(dirs)
	var roots []string
	reached := map[string]bool{}
	var reach func(string)
	reach = func(d string) {
		if _, ok := m[d]; !ok || reached[d] {
			return
		}
		reached[d] = true
		for _, c := range m[d] {
			reach(c)
		}
	}
	for _, d := range dirs {
		if !called[d] {
			roots = append(roots, d)
			reach(d)
		}
	}
	for _, d := range dirs {
		if !reached[d] {
			roots = append(roots, d)
			reach(d)
		}
	}
	slices.Sort(roots)
	return roots
}
