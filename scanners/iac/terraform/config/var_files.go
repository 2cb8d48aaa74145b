package config

import (
	"cmp"
	"io/fs"
	"path"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// ValueFile is a file of values that somebody named. It lies in the code if FS is nil: then what it says stands in code.
type ValueFile struct {
	Name string // as people know it
	FS   fs.FS
	Path string // in FS
}

// values is a file of values for variables; attrs is nil when it is lost.
type values struct {
	name    string
	attrs   map[string]*hcl.Attribute
	outside bool // of the code
}

// tfvars reads the files of values that Terraform loads by itself, in its order, and then those that were named.
func (l *loader) tfvars(m *module, named []ValueFile) {
	entries, err := fs.ReadDir(l.fsys, m.dir)
	if err != nil {
		return // the caller has read this directory just before
	}
	var plain, auto []string
	for _, e := range entries {
		switch n := e.Name(); {
		case e.IsDir():
		case n == "terraform.tfvars" || n == "terraform.tfvars.json":
			plain = append(plain, n)
		case strings.HasSuffix(n, ".auto.tfvars") || strings.HasSuffix(n, ".auto.tfvars.json"):
			auto = append(auto, n)
		}
	}
	for _, n := range append(plain, auto...) {
		m.values = append(m.values, l.values(n, false, l.one(path.Join(m.dir, n))))
	}
	for _, f := range named {
		if f.FS == nil {
			m.values = append(m.values, l.values(f.Name, false, l.one(f.Path)))
			continue
		}
		src, err := l.readFrom(f.FS, f.Path)
		m.values = append(m.values, l.values(f.Name, true, l.given(f.Name, src, err)))
	}
}

func (l *loader) values(name string, outside bool, f *hcl.File) values {
	out := values{name: name, outside: outside}
	if f != nil {
		attrs, diags := f.Body.JustAttributes()
		l.diagnose(diags)
		if out.attrs = attrs; attrs == nil {
			out.attrs = map[string]*hcl.Attribute{}
		}
	}
	return out
}

// tfvar is what a file of values says of a variable. A file that is lost may have said it.
func (m *instance) tfvar(name string) (*hcl.Attribute, values) {
	for i := len(m.mod.values) - 1; i >= 0; i-- {
		v := m.mod.values[i]
		if v.attrs == nil {
			return nil, v
		}
		if a := v.attrs[name]; a != nil {
			return a, v
		}
	}
	return nil, values{}
}

// selected is the workspace that terraform itself keeps beside the code, as it is used without another choice.
func (l *loader) selected(root string) string {
	src, err := l.read(path.Join(root, ".terraform/environment"))
	if err != nil {
		return "default"
	}
	return cmp.Or(strings.TrimSpace(string(src)), "default")
}
