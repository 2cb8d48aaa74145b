package tree

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/probity-scan/probity"
)

// Site is an opened target: a folder, or one file.
type Site struct {
	FS   fs.FS  // of the folder; nothing outside can be opened through it
	File string // the name in FS, where the target is one file

	exclude []string
	formats Formats
	nested  map[string][]string // what each template nests
	ignore  stack
	prefix  string // of the target in its repository
	apart   bool   // the target lies in no repository: documents and archives in it are somebody's data, and belong to no program
	root    *os.Root
	buf     [4096]byte
}

// Formats tell the files that scanners of code read; one that is nil knows none.
type Formats struct {
	IsPlan   func(head []byte) bool                                   // of Terraform, by the first bytes of a JSON file
	Template func(fsys fs.FS, name string) (nested []string, is bool) // of CloudFormation, and the files that it nests

	IsManifest func(fsys fs.FS, name string) bool // of Kubernetes
}

// Open opens the target of a unit.
func Open(u probity.Unit, known Formats) (*Site, error) {
	st, err := os.Stat(u.Target)
	if err != nil {
		return nil, fmt.Errorf("opening target %s: %w", u.Target, cause(err))
	}
	for _, g := range u.Asks.Exclude {
		if !doublestar.ValidatePattern(g) {
			return nil, fmt.Errorf("exclude pattern %q is malformed", g)
		}
	}
	dir, file := u.Target, ""
	switch {
	case st.Mode().IsRegular():
		dir, file = filepath.Split(filepath.Clean(u.Target))
		if dir == "" {
			dir = "."
		}
	case !st.IsDir():
		return nil, fmt.Errorf("target %s is neither a folder nor a regular file", u.Target)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("opening target %s: %w", u.Target, cause(err))
	}
	s := &Site{FS: rooted{root}, File: file, exclude: u.Asks.Exclude, formats: known, nested: map[string][]string{}, root: root}
	if file == "" {
		_, root := repository(dir)
		s.apart = root == ""
		s.ignore, s.prefix = outside(dir)
	}
	return s, nil
}

// Close lets go of the target.
func (s *Site) Close() { s.root.Close() }

// Folder is one folder that is not left out, and its regular files, sorted.
type Folder struct {
	Path  string // below the target; "." for itself
	Files []File
	Tool  bool // inside a folder of a tool, such as .vscode
}

// File is a name in a folder and its role.
type File struct {
	Name string
	Role Role
}

// Has reports whether one of the files has the role.
func (f Folder) Has(r Role) bool {
	return slices.ContainsFunc(f.Files, func(g File) bool { return g.Role == r })
}

// Walk visits the folders at and below from, parents first, in the order of their names, and says what it left out. Links
// are not followed: what they point to inside the target is found where it is.
func (s *Site) Walk(ctx context.Context, from string, visit func(Folder) error) (Left, error) {
	w := &walk{Site: s, ctx: ctx, visit: visit}
	from = path.Clean(from)
	ignore, tool := s.ignore, false
	for i, c := range from + "/" {
		if c == '/' && from != "." {
			up := path.Dir(from[:i])
			ignore = inside(s.FS, up, s.inRepository(up), ignore)
		}
	}
	for _, name := range strings.Split(from, "/") {
		tool = tool || isTool(name)
	}
	err := w.folder(from, ignore, tool)
	return w.left, err
}

// inRepository is a path below the target as the repository knows it; empty for the repository itself.
func (s *Site) inRepository(p string) string {
	if p = path.Join(s.prefix, p); p == "." {
		return ""
	}
	return p
}

type walk struct {
	*Site
	ctx   context.Context
	visit func(Folder) error
	left  Left
}

func (w *walk) folder(dir string, ignore stack, tool bool) error {
	if err := w.ctx.Err(); err != nil {
		return context.Cause(w.ctx)
	}
	entries, err := fs.ReadDir(w.FS, dir)
	if err != nil {
		w.left.lose(dir, err)
	}
	base := w.inRepository(dir)
	if slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == ".gitignore" || e.Name() == ".git" }) {
		ignore = inside(w.FS, dir, base, ignore)
	}
	packages := slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return isPackaged(e.Name()) })
	assembly := slices.ContainsFunc(entries, isAssembly)
	var subs []string
	files := entries[:0]
	for _, e := range entries {
		switch p := path.Join(dir, e.Name()); {
		case e.IsDir() && e.Name() == "vendor" && packages:
			w.left.Tools++
		case assembly && strings.HasPrefix(e.Name(), "asset."):
			w.left.Copies++ // templates among them stand beside, under their own names
		case w.skip(e, p, path.Join(base, e.Name()), ignore):
		case e.IsDir():
			subs = append(subs, e.Name())
		default:
			files = append(files, e)
		}
	}
	f := Folder{Path: dir, Tool: tool, Files: make([]File, len(files))}
	beside := func(name string) bool {
		return slices.ContainsFunc(files, func(e fs.DirEntry) bool { return e.Name() == name })
	}
	for i, e := range files {
		if i%256 == 255 && w.ctx.Err() != nil {
			return context.Cause(w.ctx)
		}
		f.Files[i] = File{Name: e.Name(), Role: w.role(dir, e.Name(), beside)}
		if assembly && f.Files[i].Role != Template { // CDK's own lists of what it wrote
			f.Files[i].Role = Code
		}
	}
	if err := w.visit(f); err != nil {
		return err
	}
	for _, name := range subs {
		if err := w.folder(path.Join(dir, name), ignore, tool || isTool(name)); err != nil {
			return err
		}
	}
	return nil
}

// skip reports whether an entry is left out, and counts it.
func (w *walk) skip(e fs.DirEntry, p, repo string, ignore stack) bool {
	switch {
	case e.Name() == ".git", e.IsDir() && (e.Name() == "node_modules" || e.Name() == ".terraform" || e.Name() == ".terragrunt-cache" || e.Name() == ".probity"):
		w.left.Tools++ // .probity holds waivers and baseline; modules in .terraform are read with the root that calls them
	case w.excluded(p):
		w.left.Excluded++
		w.unseen(e)
	case ignore.match(repo, e.IsDir()):
		w.left.Ignored++
		w.unseen(e)
	case e.Type()&fs.ModeSymlink != 0:
		w.left.Links++
	case !e.IsDir() && !isRegular(e):
		w.left.Special++
	default:
		return false
	}
	return true
}

func (w *walk) unseen(e fs.DirEntry) {
	low := strings.TrimPrefix(strings.ToLower(e.Name()), ".")
	if e.IsDir() && !isTool(e.Name()) || !e.IsDir() && !isCode(low) && !isManifest(low) && !isTerraform(e.Name()) && (low == e.Name() || !isDotfile(low)) {
		w.left.Unseen++
	}
}

// isAssembly knows the file by which CDK marks a folder as its output.
func isAssembly(e fs.DirEntry) bool { return e.Name() == "cdk.out" && isRegular(e) }

// isPackaged knows the files that say what a package manager puts into a folder "vendor" beside.
func isPackaged(name string) bool {
	switch name {
	case "go.mod", "go.work", "composer.json", "Gemfile", "Cargo.toml", "package.json", "bower.json":
		return true
	}
	return false
}

func (w *walk) excluded(p string) bool {
	for _, g := range w.exclude {
		if ok, err := doublestar.Match(strings.TrimSuffix(g, "/"), p); ok && err == nil {
			return true
		}
	}
	return false
}

// cause is the error below a path error: the path is told once, by whoever wraps it.
func cause(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
