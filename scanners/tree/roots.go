package tree

import (
	"encoding/json"
	"path"
	"regexp"
	"slices"
	"strings"
)

// modules maps a folder with Terraform to the folders it calls as local modules.
type modules map[string][]string

func (m modules) add(s *Site, f Folder) {
	calls := []string{}
	for _, file := range f.Files {
		if file.Role != Terraform {
			continue
		}
		b, err := small(s.FS, path.Join(f.Path, file.Name))
		if err != nil {
			continue // the Terraform scanner reads it again and tells
		}
		for _, src := range sources(file.Name, b) {
			calls = append(calls, path.Join(f.Path, src))
		}
	}
	m[f.Path] = calls
}

// sources gives the local paths that a file calls modules from: a cheap look, which may take another "source" for one.
func sources(name string, b []byte) []string {
	var out []string
	if strings.HasSuffix(name, ".json") {
		var doc struct {
			Module map[string]struct{ Source string }
		}
		if json.Unmarshal(b, &doc) == nil {
			for _, m := range doc.Module {
				if isLocal(m.Source) {
					out = append(out, m.Source)
				}
			}
		}
		return out
	}
	for _, m := range regexp.MustCompile(`(?m)^\s*source\s*=\s*"(\.\.?/[^"$]*)"`).FindAllSubmatch(b, -1) {
		out = append(out, string(m[1]))
	}
	return out
}

func isLocal(src string) bool { return strings.HasPrefix(src, "./") || strings.HasPrefix(src, "../") }

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
