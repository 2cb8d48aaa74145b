package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// target is something to scan, and where it stands in a repository.
type target struct {
	shown   string // as the person wrote it, without a password
	scanner string
	path    string
	abs     string
	home    string // the repository around it, or the folder that paths are told from
	base    string // path below home, with slashes
}

func newTarget(shown, scanner, path string) target {
	t := target{shown: shown, scanner: scanner, path: path}
	abs, err := filepath.Abs(path)
	if err != nil {
		t.abs, t.base = path, filepath.ToSlash(path)
		return t
	}
	t.abs = abs
	t.home = home(abs)
	if rel, err := filepath.Rel(t.home, abs); err == nil && rel != "." {
		t.base = filepath.ToSlash(rel)
	}
	return t
}

// elsewhere is a target that another machine reads: its path tells it, and nothing is asked of the disk here.
func elsewhere(shown, scanner, path string) target {
	t := target{shown: shown, scanner: scanner, path: path, abs: filepath.Clean(path)}
	t.home = filepath.Dir(t.abs)
	if name := filepath.Base(t.abs); filepath.IsLocal(name) && name != "." {
		t.base = name
	}
	return t
}

// home is the repository around a path; without one the current directory, or the folder that holds the path.
func home(abs string) string {
	for dir := abs; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			break
		}
	}
	if wd, err := os.Getwd(); err == nil {
		if rel, err := filepath.Rel(wd, abs); err == nil && filepath.IsLocal(rel) {
			return wd
		}
	}
	return filepath.Dir(abs)
}

// apart scans each target once, and tells those of several repositories apart by the names of these: identities are made of
// paths, and two stores must never become one.
func apart(ts []target, elsewhere bool) []target {
	var out []target
	homes := map[string]bool{}
	for _, t := range ts {
		if !slices.ContainsFunc(out, func(o target) bool { return o.abs == t.abs && o.scanner == t.scanner }) {
			out = append(out, t)
			homes[t.home] = true
		}
	}
	if len(homes) < 2 || !elsewhere && (fromHere(out) || besides(out, homes)) {
		return out
	}
	for depth := 1; ; depth++ {
		names, whole := map[string]bool{}, true
		for h := range homes {
			name, all := lastParts(h, depth)
			names[name], whole = true, whole && all
		}
		if len(names) < len(homes) && !whole {
			continue
		}
		for i, t := range out {
			name, _ := lastParts(t.home, depth)
			out[i].base = strings.TrimSuffix(name+"/"+t.base, "/")
		}
		return out
	}
}

// fromHere tells all targets from the current directory, where all of them lie below it.
func fromHere(ts []target) bool {
	wd, err := os.Getwd()
	if err != nil {
		return false
	}
	bases := make([]string, len(ts))
	for i, t := range ts {
		rel, err := filepath.Rel(wd, t.abs)
		if err != nil || !filepath.IsLocal(rel) {
			return false
		}
		bases[i] = strings.TrimSuffix(filepath.ToSlash(rel), ".")
	}
	for i := range ts {
		ts[i].base = bases[i]
	}
	return true
}

// besides leaves the paths of the only repository among the homes as they are: hosts of code show findings at them, and
// baselines and waivers know them. A plan that lies in a folder for temporary files takes a name that nothing in it bears.
func besides(ts []target, homes map[string]bool) bool {
	repository := ""
	for h := range homes {
		if _, err := os.Stat(filepath.Join(h, ".git")); err != nil {
			continue
		}
		if repository != "" {
			return false
		}
		repository = h
	}
	if repository == "" {
		return false
	}
	for depth := 1; ; depth++ {
		names, free, whole := map[string]bool{}, true, true
		for h := range homes {
			if h == repository {
				continue
			}
			name, all := lastParts(h, depth)
			_, err := os.Lstat(filepath.Join(repository, filepath.FromSlash(name)))
			free, whole = free && err != nil && !names[name], whole && all
			names[name] = true
		}
		if !free && !whole {
			continue
		}
		for i, t := range ts {
			if name, _ := lastParts(t.home, depth); t.home != repository {
				ts[i].base = strings.TrimSuffix(name+"/"+t.base, "/")
			}
		}
		return free
	}
}

// lastParts gives the last n names of a path, and whether that is all of it.
func lastParts(path string, n int) (string, bool) {
	parts := strings.Split(strings.Trim(filepath.ToSlash(path), "/"), "/")
	if n >= len(parts) {
		return strings.Join(parts, "/"), true
	}
	return strings.Join(parts[len(parts)-n:], "/"), false
}

var (
	password  = regexp.MustCompile(`(://[^/@:]*):.*@`) // between a user and the host of a URL
	parameter = regexp.MustCompile(`(?i)((?:password|passwd|pwd|secret|token|key)=)[^&]*`)
)

// redacted takes passwords out of a target: reports and logs repeat what the person wrote.
func redacted(target string) string {
	return parameter.ReplaceAllString(password.ReplaceAllString(target, "$1:***@"), "$1***")
}
