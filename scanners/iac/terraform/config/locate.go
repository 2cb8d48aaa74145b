package config

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/probity-scan/probity/scanners/iac/calls"
)

// Source says where on this machine modules are whose source begins with Prefix.
type Source struct {
	Prefix string
	Dir    string // in the file system
	Other  bool   // it is not of the repository: its reader cannot mend it
}

// locate gives a called module's directory, or why there is none.
func (l *loader) locate(m *module, c *call, key string) (dir, because string) {
	switch at := l.mapped(c.source); {
	case calls.IsLocal(c.source):
		dir = path.Join(m.dir, c.source)
		if from := l.pack(m.dir); !fs.ValidPath(dir) || from != "" && from != l.pack(dir) {
			return "", "its source leads out of the repository or package"
		}
	case c.source == "":
		return "", "its source is no constant text"
	case at != "":
		dir = at
	case l.installs[key] != "":
		dir = l.installs[key]
	}
	if dir == "" || !fs.ValidPath(dir) {
		return "", "its source is not on this machine"
	}
	entries, err := fs.ReadDir(l.fsys, dir)
	if err != nil || !slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return !e.IsDir() && IsConfig(e.Name()) }) {
		return "", "its source is not on this machine"
	}
	return dir, ""
}

// mapped is the directory that stands for a source.
func (l *loader) mapped(source string) string {
	prefixes := make([]string, len(l.mappings))
	for i, s := range l.mappings {
		prefixes[i] = s.Prefix
	}
	prefix, below, ok := calls.Mapped(source, prefixes)
	if !ok {
		return ""
	}
	return path.Join(l.mappings[slices.Index(prefixes, prefix)].Dir, below)
}

// pack is the package that a directory was installed with, which local sources do not leave; empty for the repository.
func (l *loader) pack(dir string) string {
	for _, s := range l.mappings {
		if s.Other && (dir == s.Dir || strings.HasPrefix(dir, s.Dir+"/")) {
			return s.Dir
		}
	}
	const at = "/.terraform/modules/"
	i := strings.Index("/"+dir, at)
	if i < 0 {
		return ""
	}
	name, _, _ := strings.Cut(dir[i+len(at)-1:], "/")
	return dir[:i+len(at)-1] + name
}
