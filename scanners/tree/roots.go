package tree

import (
	"maps"
	"path"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/probity-scan/probity/scanners/iac/calls"
)

// modules maps a folder with Terraform to the folders it calls as local modules.
type modules map[string][]string

// mapped are folders of the target by the prefix of a source.
func (m modules) add(s *Site, f Folder, mapped map[string]string) {
	called := map[string]calls.Call{} // of each module by its name: an override file's stands for the other
	for _, override := range []bool{false, true} {
		for _, found := range f.calls(s, override) {
			maps.Copy(called, found)
		}
	}
	m[f.Path] = []string{}
	prefixes := slices.Collect(maps.Keys(mapped))
	for _, call := range called {
		src := call.Source
		if calls.IsLocal(src) {
			m[f.Path] = append(m[f.Path], path.Join(f.Path, src))
		} else if prefix, below, ok := calls.Mapped(src, prefixes); ok {
			m[f.Path] = append(m[f.Path], path.Join(mapped[prefix], below))
		}
	}
}

// calls are those of the files of a folder, which are parsed side by side.
func (f Folder) calls(s *Site, override bool) []map[string]calls.Call {
	out := make([]map[string]calls.Call, len(f.Files))
	var side errgroup.Group
	side.SetLimit(runtime.GOMAXPROCS(0))
	for i, file := range f.Files {
		if !isModule(file.Name) || isOverride(file.Name) != override || f.replaced(file.Name) {
			continue
		}
		// What cannot be read calls nothing here; the Terraform scanner reads it again and tells.
		if b, err := small(s.FS, path.Join(f.Path, file.Name)); err == nil {
			side.Go(func() error {
				defer func() { _ = recover() }() // who reads the file tells
				out[i] = calls.Of(file.Name, b)
				return nil
			})
		}
	}
	_ = side.Wait() // none gives an error
	return out
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
	for _, d := range dirs {
		if !called[d] {
			roots = append(roots, d)
			m.reach(d, reached)
		}
	}
	for _, d := range dirs {
		if !reached[d] {
			roots = append(roots, d)
			m.reach(d, reached)
		}
	}
	slices.Sort(roots)
	return roots
}

// reach marks a folder and all that it calls, near and far.
func (m modules) reach(from string, reached map[string]bool) {
	for todo := []string{from}; len(todo) > 0; {
		d := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if _, ok := m[d]; ok && !reached[d] {
			reached[d] = true
			todo = append(todo, m[d]...)
		}
	}
}

// reads are what a root calls, near and far, be it outside of the target, sorted.
func (m modules) reads(root, base string) []string {
	reached := map[string]bool{}
	m.reach(root, reached)
	called := map[string]bool{}
	for d := range reached {
		for _, c := range m[d] {
			called[path.Join(base, c)] = true
		}
	}
	delete(called, path.Join(base, root))
	return slices.Sorted(maps.Keys(called))
}

// beyond counts the folders that none of these calls.
func (m modules) beyond(roots []string) int {
	reached := map[string]bool{}
	for _, d := range roots {
		m.reach(d, reached)
	}
	return len(m) - len(reached)
}
