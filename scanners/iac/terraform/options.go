package terraform

import (
	"cmp"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/estate"
	"github.com/probity-scan/probity/scanners/iac/terraform/config"
)

// options say how the root in dir is evaluated.
func (r checkout) options(u probity.Unit, dir string) (config.Options, error) {
	c := u.Asks.Code
	o := config.Options{Dir: dir, Variables: c.Variables, Environment: c.Environment, Workspace: c.Workspace, Types: estate.Types(), Named: estate.Unread()}
	if len(c.Roots) == 1 {
		root := c.Roots[0]
		for _, name := range root.VarFiles {
			p := path.Join(dir, name)
			if below, ok := strings.CutPrefix(name, "/"); ok {
				p = path.Join(".", r.Base, below)
			}
			o.VarFiles = append(o.VarFiles, config.ValueFile{Name: p, Path: p})
		}
		o.Variables = maps.Clone(root.Variables)
		if o.Variables == nil {
			o.Variables = map[string]string{}
		}
		maps.Copy(o.Variables, c.Variables)
		o.Workspace = cmp.Or(root.Workspace, c.Workspace)
	}
	for _, name := range c.VarFiles {
		o.VarFiles = append(o.VarFiles, r.valueFile(name))
	}
	for _, prefix := range slices.Sorted(maps.Keys(c.Modules)) {
		s, err := r.source(prefix, c.Modules[prefix])
		if err != nil {
			return o, err
		}
		o.Modules = append(o.Modules, s)
	}
	return o, nil
}

// valueFile is a file that a person named, which may lie anywhere.
func (r checkout) valueFile(name string) config.ValueFile {
	if p, ok := r.Find(name); ok {
		return config.ValueFile{Name: p, Path: p}
	}
	return config.ValueFile{Name: filepath.ToSlash(name), FS: os.DirFS(filepath.Dir(name)), Path: filepath.Base(name)}
}
