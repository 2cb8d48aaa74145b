package config

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// Modules are the directories that stand for modules, as paths to open. Those of a file that was found lie below it.
func (l *Loaded) Modules() map[string]string {
	out := map[string]string{}
	for prefix, dir := range l.File.Modules {
		if !l.trusted {
			dir = filepath.Join(filepath.Dir(l.Path), dir)
		}
		out[prefix] = dir
	}
	return out
}

// modules takes out directories that are not there, or lie outside of what a found file may speak of: not by a link either.
func (l *Loaded) modules() {
	for _, prefix := range slices.Sorted(maps.Keys(l.File.Modules)) {
		dir := l.File.Modules[prefix]
		switch {
		case prefix == "":
			l.bad("modules", -1, "modules: a prefix is empty")
		case !l.trusted && !filepath.IsLocal(dir):
			l.bad("modules", -1, "modules: %s lies outside of the folder of this file: that needs --config or --module", prefix)
		case !l.directory(dir):
			l.bad("modules", -1, "modules: the directory of %s is not there", prefix)
		default:
			continue
		}
		delete(l.File.Modules, prefix)
	}
}

func (l *Loaded) directory(dir string) bool {
	if l.trusted {
		info, err := os.Stat(dir)
		return err == nil && info.IsDir()
	}
	root, err := os.OpenRoot(filepath.Dir(l.Path))
	if err != nil {
		return false
	}
	defer root.Close()
	info, err := root.Stat(dir)
	return err == nil && info.IsDir()
}
