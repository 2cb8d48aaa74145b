package terraform

import (
	"maps"
	"os"
	"path/filepath"
	"slices"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/estate"
	"github.com/probity-scan/probity/scanners/iac/terraform/config"
)

// options say how the root in dir is evaluated.
func (r checkout) options(u probity.Unit, dir string) (config.Options, error) {
	c := u.Asks.Code
	o := config.Options{Dir: dir, Variables: c.Variables, Environment: c.Environment, Workspace: c.Workspace, Types: estate.Types(), Named: estate.Unread()}
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
