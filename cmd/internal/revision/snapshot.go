package revision

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/probity-scan/probity"
)

// Snapshot is a revision's files in a folder of their own, and what is different from them in the work tree.
type Snapshot struct {
	Name    string // as a person says it: "origin/main (1a2b3c4)"
	Commit  string
	repo    *Repository
	dir     string
	changed []string
}

// Since takes a snapshot of the last commit that HEAD and a revision have in common.
func (r *Repository) Since(ctx context.Context, rev string) (*Snapshot, error) {
	commit, err := r.MergeBase(ctx, rev)
	if err != nil {
		return nil, err
	}
	s, err := r.at(ctx, rev, commit)
	if err != nil {
		return nil, err
	}
	if s.changed, err = r.Changed(ctx, commit); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
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
	dir, err := os.MkdirTemp("", "probity-revision-")
	if err != nil {
		return nil, fmt.Errorf("making a folder for %s: %w", rev, err)
	}
	s := &Snapshot{Name: rev + " (" + commit[:7] + ")", Commit: commit, repo: r, dir: dir}
	if err := r.Export(ctx, commit, dir); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// Close takes the folder away.
func (s *Snapshot) Close() { _ = os.RemoveAll(s.dir) }

// Of is where a path of the work tree is in the snapshot; one outside of the repository is itself. A nil snapshot is the work
// tree.
func (s *Snapshot) Of(name string) string {
	if s == nil {
		return name
	}
	if abs, err := filepath.Abs(name); err == nil {
		if real, err := filepath.EvalSymlinks(filepath.Dir(abs)); err == nil {
			abs = filepath.Join(real, filepath.Base(abs))
		}
		if rel, err := filepath.Rel(s.repo.Top, abs); err == nil && filepath.IsLocal(rel) {
			return filepath.Join(s.dir, rel)
		}
	}
	return name
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

// Writes reports whether a file is another in the work tree, by its path in the repository.
func (s *Snapshot) Writes(file string) bool {
	return s.differs(func(f string) bool { return f == file })
}

// Touches reports whether a unit reads anything that is different in the work tree.
func (s *Snapshot) Touches(u probity.Unit) bool {
	if len(u.Asks.Code.Roots) > 0 && s.differs(func(f string) bool { return strings.HasSuffix(f, ".tfvars") || strings.HasSuffix(f, ".tfvars.json") }) {
		return true
	}
	for _, name := range u.Asks.Code.VarFiles {
		if abs, err := filepath.Abs(name); err == nil {
			if rel, err := s.repo.Below(abs); err == nil && s.differs(func(f string) bool { return f == rel }) {
				return true
			}
		}
	}
	switch u.Scanner {
	case "kubernetes": // what a rendering reads is not told
		return s.differs(func(f string) bool {
			switch path.Ext(f) {
			case ".yaml", ".yml", ".json", ".tpl", ".tgz", ".env", ".properties":
				return true
			}
			return below(f, path.Join(u.Base, u.Part))
		})
	}
	for _, dir := range append([]string{path.Join(u.Base, u.Part)}, u.Reads...) {
		if s.differs(func(f string) bool { return below(f, dir) }) {
			return true
		}
	}
	return false
}

func (s *Snapshot) differs(is func(string) bool) bool {
	for _, f := range s.changed {
		if is(f) {
			return true
		}
	}
	return false
}

func below(p, dir string) bool {
	return dir == "." || dir == "" || p == dir || strings.HasPrefix(p, dir+"/")
}
