package revision

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Snapshot is a revision's files in a folder of their own, and what is different from them in the work tree.
type Snapshot struct {
	Name    string // as a person says it: "origin/main (1a2b3c4)"
	Commit  string
	repo    *Repository
	temp    string // all that is made for it
	dir     string // the files, in temp
	changed []string
	code    map[string]code // by folder, for Touches
}

// Since takes a snapshot of the last commit that HEAD and a revision have in common.
func (r *Repository) Since(ctx context.Context, rev string) (*Snapshot, error) {
	commit, err := r.MergeBase(ctx, rev)
	if err != nil {
		return nil, err
	}
	changed, err := r.Changed(ctx, commit) // before there is a snapshot, which may be made inside of the repository
	if err != nil {
		return nil, err
	}
	s, err := r.at(ctx, rev, commit)
	if err != nil {
		return nil, err
	}
	s.changed = changed
	if err := s.values(ctx); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// values takes over the files of values that git is told to ignore: no change holds them, so they are the same on both sides.
func (s *Snapshot) values(ctx context.Context) error {
	out, err := s.repo.git(ctx, nil, "ls-files", "--others", "--ignored", "--exclude-standard", "-z", "--", "*.tfvars", "*.tfvars.json")
	if err != nil {
		return fmt.Errorf("listing ignored files of values: %w", err)
	}
	for _, name := range strings.Split(string(out), "\x00") {
		from := filepath.Join(s.repo.Top, filepath.FromSlash(name))
		to := filepath.Join(s.dir, filepath.FromSlash(name))
		if info, err := os.Lstat(from); name == "" || !filepath.IsLocal(filepath.FromSlash(name)) || err != nil || !info.Mode().IsRegular() || info.Size() > maxModule {
			continue
		}
		if _, err := os.Lstat(filepath.Dir(to)); err != nil {
			continue // the folder is new
		}
		if err := copyFile(from, to); err != nil && !errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("taking over %s: %w", name, err)
		}
	}
	return nil
}

// At takes a snapshot of a revision itself.
func (r *Repository) At(ctx context.Context, rev string) (*Snapshot, error) {
	commit, err := r.Commit(ctx, rev)
	if err != nil {
		return nil, err
	}
	return r.at(ctx, rev, commit)
}

func (r *Repository) at(ctx context.Context, rev, commit string) (*Snapshot, error) {
	temp, err := os.MkdirTemp("", "probity-revision-")
	if err == nil {
		temp, err = filepath.EvalSymlinks(temp)
	}
	if err != nil {
		return nil, fmt.Errorf("making a folder for %s: %w", rev, err)
	}
	// No scan looks into .probity, should the folder lie in the repository. The repository ends at .git, as the work tree does.
	s := &Snapshot{Name: rev + " (" + commit[:7] + ")", Commit: commit, repo: r, temp: temp, dir: filepath.Join(temp, ".probity"), code: map[string]code{}}
	err = os.MkdirAll(filepath.Join(s.dir, ".git"), 0o700)
	if err == nil {
		err = r.Export(ctx, commit, s.dir)
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// Close takes the folder away.
func (s *Snapshot) Close() { _ = os.RemoveAll(s.temp) }

// Of is where a path of the work tree is in the snapshot; one outside of the repository is itself. A nil snapshot is the work
// tree.
func (s *Snapshot) Of(name string) string {
	if s == nil {
		return name
	}
	if rel, ok := s.rel(name); ok {
		return filepath.Join(s.dir, rel)
	}
	return name
}

// rel is a path of the work tree, or of the snapshot, below the repository.
func (s *Snapshot) rel(name string) (string, bool) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return "", false
	}
	names := []string{abs}
	if real, err := filepath.EvalSymlinks(filepath.Dir(abs)); err == nil {
		names = append(names, filepath.Join(real, filepath.Base(abs)))
	}
	for _, top := range []string{s.dir, s.repo.Top} { // the first may lie in the second
		for _, n := range names {
			if rel, err := filepath.Rel(top, n); err == nil && filepath.IsLocal(rel) {
				return rel, true
			}
		}
	}
	return "", false
}

// Changed reports whether a file of the work tree is another than in the snapshot.
func (s *Snapshot) Changed(name string) bool {
	abs, err := filepath.Abs(name)
	if err != nil {
		return false
	}
	rel, err := s.repo.Below(abs)
	return err == nil && s.Writes(rel)
}

// Stands reports whether a path in the repository is still code in the work tree: a file, or a folder that holds some of Terraform.
func (s *Snapshot) Stands(name string) bool {
	at := filepath.Join(s.repo.Top, filepath.FromSlash(name))
	entries, err := os.ReadDir(at)
	if err != nil {
		info, err := os.Lstat(at)
		return err == nil && !info.IsDir()
	}
	return slices.ContainsFunc(entries, func(e os.DirEntry) bool { return isCode(e.Name()) })
}

// Writes reports whether a file is another in the work tree, by its path in the repository.
func (s *Snapshot) Writes(file string) bool {
	return s.differs(func(f string) bool { return f == file })
}

func (s *Snapshot) differs(is func(string) bool) bool {
	for _, f := range s.changed {
		if is(f) {
			return true
		}
	}
	return false
}
