package revision

import (
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/calls"
)

// code is what a folder of Terraform reads from elsewhere.
type code struct {
	modules []string // sources of modules
	links   []string // of its files
	files   bool     // it asks for files by a function
	doubt   bool     // not all of it can be read here
}

// reads finds the functions by which Terraform reads files, which may lie anywhere.
var reads = regexp.MustCompile(`\b(file\w*|templatefile)\s*\(`)

// Touches reports whether a unit reads anything that is different in the work tree, as its code is now or as it was. When in
// doubt it does: evaluating a unit for nothing costs time, leaving one out would be a pass that nobody looked at.
func (s *Snapshot) Touches(u probity.Unit) bool {
	target, ok := s.rel(u.Target)
	if !ok {
		return true
	}
	for _, top := range []string{s.repo.Top, s.dir} {
		if s.touchedIn(top, filepath.Join(top, target), u) {
			return true
		}
	}
	return false
}

func (s *Snapshot) touchedIn(top, target string, u probity.Unit) bool {
	part := filepath.Join(target, filepath.FromSlash(u.Part))
	if s.touched(top, part) {
		return true
	}
	for _, r := range u.Reads {
		if s.touched(top, filepath.Join(home(target, u.Base), filepath.FromSlash(r))) {
			return true
		}
	}
	switch u.Scanner {
	case "kubernetes-chart":
		return s.given(top, u.Asks.Code.HelmValues)
	case "cloudformation":
		return beyond(u) && len(s.changed) > 0
	case "kubernetes-kustomization":
		return (beyond(u) || len(u.Reads) == 0) && (s.differs(rendered) || s.touchedKustomizations(top, part))
	case "terraform":
		return s.given(top, u.Asks.Code.VarFiles) || s.touchedRoots(top, target, u.Asks.Code.Roots) || s.touchedModules(top, part, u.Asks.Code.Modules)
	}
	return false
}

// beyond reports whether a unit reads what lies beyond its target, or anything: that may read more than is told.
func beyond(u probity.Unit) bool {
	return slices.ContainsFunc(u.Reads, func(r string) bool { return r == path.Join(u.Base, ".") || u.Base != "" && !below(r, u.Base) })
}

// rendered reports whether manifests may be made of a file: of any but what is surely of another tool.
func rendered(name string) bool {
	switch path.Ext(name) {
	case ".tf", ".tofu", ".tfvars", ".hcl", ".md", ".go":
		return false
	}
	return true
}

// home is the folder from which a unit's names are told: target is home and base.
func home(target, base string) string {
	if base == "" || base == "." {
		return target
	}
	return strings.TrimSuffix(strings.TrimSuffix(target, filepath.FromSlash(base)), string(filepath.Separator))
}

// given reports whether a file that a person named is different.
func (s *Snapshot) given(top string, names []string) bool {
	for _, name := range names {
		if rel, ok := s.rel(name); ok && s.touched(top, filepath.Join(top, rel)) {
			return true
		}
	}
	return false
}

// touchedRoots reports whether values that declared roots name are different.
func (s *Snapshot) touchedRoots(top, target string, roots []probity.Root) bool {
	for _, r := range roots {
		for _, name := range r.VarFiles {
			at := filepath.Join(target, filepath.FromSlash(r.Path), filepath.FromSlash(name))
			if strings.HasPrefix(name, "/") {
				at = filepath.Join(target, filepath.FromSlash(name))
			}
			if s.touched(top, at) {
				return true
			}
		}
	}
	return false
}

// touchedModules follows the code of a root to local modules, links and files, wherever they lie in the repository.
func (s *Snapshot) touchedModules(top, root string, mapped map[string]string) bool {
	for _, dir := range mapped {
		if rel, ok := s.rel(dir); ok && s.touched(top, filepath.Join(top, rel)) {
			return true
		}
	}
	seen := map[string]bool{root: true}
	queue := []string{root}
	if real, err := filepath.EvalSymlinks(root); err == nil && real != root { // what lies above a link is what lies above its end
		queue = append(queue, real)
	}
	for ; len(queue) > 0; queue = queue[1:] {
		c := s.codeOf(queue[0])
		if c.doubt {
			return true
		}
		if c.files && s.differs(func(f string) bool { return !strings.HasSuffix(f, ".tf") && !strings.HasSuffix(f, ".tofu") }) {
			return true
		}
		for _, link := range c.links {
			if s.touched(top, link) {
				return true
			}
		}
		for _, source := range c.modules {
			if dir := s.moduleOf(top, queue[0], source, mapped); dir != "" && !seen[dir] {
				seen[dir] = true
				if s.touched(top, dir) {
					return true
				}
				queue = append(queue, dir)
			}
		}
	}
	return false
}

// moduleOf is the folder of a module that code in dir calls; empty where it lies outside of the repository.
func (s *Snapshot) moduleOf(top, dir, source string, mapped map[string]string) string {
	if calls.IsLocal(source) {
		return filepath.Join(dir, filepath.FromSlash(source))
	}
	prefix, below, ok := calls.Mapped(source, slices.Collect(maps.Keys(mapped)))
	if !ok {
		return ""
	}
	rel, ok := s.rel(mapped[prefix])
	if !ok {
		return ""
	}
	return filepath.Join(top, rel, filepath.FromSlash(below))
}

// codeOf looks at the files of a folder, once.
func (s *Snapshot) codeOf(dir string) code {
	if c, ok := s.code[dir]; ok {
		return c
	}
	var c code
	entries, _ := os.ReadDir(dir) // one that cannot be read reads nothing
	for _, e := range entries {
		name := filepath.Join(dir, e.Name())
		if e.Type()&os.ModeSymlink != 0 {
			c.links = append(c.links, name)
		}
		if !isCode(e.Name()) {
			continue
		}
		info, err := os.Stat(name)
		if err != nil || !info.Mode().IsRegular() {
			continue // nor does Terraform read it
		}
		if info.Size() > maxModule {
			c.doubt = true
			continue
		}
		b, err := os.ReadFile(name)
		if err != nil {
			c.doubt = true
			continue
		}
		c.files = c.files || reads.Match(b)
		for _, call := range calls.Of(e.Name(), b) {
			c.modules = append(c.modules, call.Source)
		}
	}
	s.code[dir] = c
	return c
}

// touched reports whether anything at or below a path is different, by its own name or by what a link in it names; or
// something above that is no folder: a submodule, or a link.
func (s *Snapshot) touched(top, name string) bool {
	names := []string{name}
	if real, err := filepath.EvalSymlinks(name); err == nil && real != name {
		names = append(names, real)
	}
	for _, n := range names {
		rel, err := filepath.Rel(top, n)
		if err != nil || !filepath.IsLocal(rel) {
			continue
		}
		p := filepath.ToSlash(rel)
		if s.differs(func(f string) bool { return below(f, p) || below(p, f) }) {
			return true
		}
	}
	return false
}

func below(p, dir string) bool {
	return dir == "." || p == dir || strings.HasPrefix(p, dir+"/")
}
