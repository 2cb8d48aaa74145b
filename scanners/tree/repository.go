package tree

import (
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// repository gives a path without links, and the repository that it lies in; empty: in none.
func repository(target string) (abs, root string) {
	abs, err := filepath.Abs(target)
	if err != nil {
		return "", ""
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		abs = real
	}
	for root = abs; ; root = filepath.Dir(root) {
		if _, err := os.Lstat(filepath.Join(root, ".git")); err == nil {
			return abs, root
		}
		if root == filepath.Dir(root) {
			return abs, ""
		}
	}
}

// outside gives the ignore files that stand above a target, and where the target is in its repository. Outside a repository
// there are none. Where the target is itself ignored they do not count: somebody named it.
func outside(target string) (s stack, prefix string) {
	abs, root := repository(target)
	if root == "" {
		return nil, ""
	}
	rel, err := filepath.Rel(root, abs)
	if err != nil || rel == "." {
		return nil, ""
	}
	prefix = filepath.ToSlash(rel)
	at := ""
	for _, name := range strings.Split(prefix, "/") {
		s = inside(os.DirFS(filepath.Join(root, filepath.FromSlash(at))), ".", at, s)
		at = path.Join(at, name)
	}
	if s.matchAny(prefix, true) {
		return nil, prefix
	}
	return s, prefix
}

// inside is s with the ignore files that stand in a folder; base is the folder's path in the repository.
func inside(fsys fs.FS, dir, base string, s stack) stack {
	for _, name := range []string{".git/info/exclude", ".gitignore"} {
		if b, err := small(fsys, path.Join(dir, name)); err == nil {
			s = s.with(parse(base, b))
		}
	}
	return s
}

const smallest = 1 << 20

// small reads at most the first MiB of a regular file. It looks before it opens: opening a pipe would wait for a writer.
func small(fsys fs.FS, name string) ([]byte, error) {
	st, err := fs.Lstat(fsys, name)
	if err != nil {
		return nil, err
	}
	if !st.Mode().IsRegular() {
		return nil, fs.ErrInvalid
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // only read
	return io.ReadAll(io.LimitReader(f, smallest))
}
