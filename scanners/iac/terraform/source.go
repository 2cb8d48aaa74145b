package terraform

import (
	"context"
	"os"
	"path"
	"path/filepath"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/repository"
	"github.com/probity-scan/probity/scanners/iac/terraform/config"
	"github.com/probity-scan/probity/scanners/iac/terraform/plan"
)

// source finds the code that a plan was made from: a person named it, or it lies beside the plan.
type source struct {
	ctx     context.Context
	unit    probity.Unit
	strange bool // a person named it, and it is another plan's
}

// of gives the code if it is the plan's, as far as what both declare tells.
func (s *source) of(d plan.Declared) *config.Places {
	u, named := s.unit, s.unit.Asks.Code.Source != ""
	if named {
		u = given(u)
	} else {
		u = beside(u)
	}
	p, err := s.locate(u)
	if err != nil || !fits(p.Root(), d, named) {
		s.strange = named
		return nil
	}
	return p
}

func (s *source) locate(u probity.Unit) (*config.Places, error) {
	opened, err := repository.Open(u)
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	r := checkout{opened}
	o, err := r.options(u, path.Join(".", r.Base, u.Part))
	if err != nil {
		return nil, err
	}
	return config.Locate(s.ctx, r.FS, o)
}

// fits reports whether code declares what a plan does: anything of it where a person says so, else half of it.
func fits(m *config.Module, d plan.Declared, named bool) bool {
	all, same := len(d.Resources)+len(d.Calls), 0
	for _, r := range d.Resources {
		if m.Resource(r[0], r[1]) != nil {
			same++
		}
	}
	for _, name := range d.Calls {
		if m.Calls(name) {
			same++
		}
	}
	return same > 0 && 2*same >= all || named && (same > 0 || all == 0)
}

// beside is the directory that a plan lies in.
func beside(u probity.Unit) probity.Unit {
	if u.Part != "" {
		u.Part = path.Dir(u.Part)
		return u
	}
	u.Target, u.Base = filepath.Dir(u.Target), path.Dir(filepath.ToSlash(u.Base))
	return u
}

// given is the directory that a person named, under its path in the plan's repository or else in its own.
func given(u probity.Unit) probity.Unit {
	dir := u.Asks.Code.Source
	out := probity.Unit{Target: dir, Asks: u.Asks}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return out
	}
	for _, home := range []string{homeOf(u), repositoryAround(abs), here()} {
		if rel, err := filepath.Rel(home, abs); home != "" && err == nil && filepath.IsLocal(rel) {
			out.Base = filepath.ToSlash(rel)
			return out
		}
	}
	out.Base = filepath.Base(abs)
	return out
}

// homeOf is the directory that a unit's paths are told from.
func homeOf(u probity.Unit) string {
	abs, err := filepath.Abs(u.Target)
	if err != nil {
		return ""
	}
	home, ok := strings.CutSuffix(filepath.ToSlash(abs), "/"+path.Clean(filepath.ToSlash(u.Base)))
	if !ok {
		return ""
	}
	return filepath.FromSlash(home)
}

func repositoryAround(dir string) string {
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
}

func here() string {
	dir, err := os.Getwd()
	if err != nil {
		return ""
	}
	return dir
}
