package revision

import (
	"context"
	"fmt"
	"path"
	"path/filepath"
	"strings"
)

// Changed lists what differs between a commit and the work tree: files, those that git does not know yet, and repositories
// inside of this one that the commit does not have.
func (r *Repository) Changed(ctx context.Context, commit string) ([]string, error) {
	return r.changed(ctx, commit, 0)
}

func (r *Repository) changed(ctx context.Context, commit string, depth int) ([]string, error) {
	tracked, err := r.git(ctx, nil, "diff-index", "--name-only", "--no-renames", "--ignore-submodules=dirty", "-z", commit, "--")
	if err != nil {
		return nil, fmt.Errorf("comparing with %s: %w", commit, err)
	}
	added, err := r.git(ctx, nil, "ls-files", "--others", "--exclude-standard", "-z")
	if err != nil {
		return nil, fmt.Errorf("listing new files: %w", err)
	}
	_, subs, err := r.blobs(ctx, commit)
	if err != nil {
		return nil, err
	}
	var out []string
	known := map[string]bool{"": true} // submodules that tell file by file
	for _, s := range subs {
		sub := r.submodule(ctx, s, depth)
		if sub == nil {
			continue
		}
		of, err := sub.changed(ctx, s.hash, depth+1)
		if err != nil {
			return nil, err
		}
		for _, name := range of {
			out = append(out, path.Join(s.name, name))
		}
		known[s.name] = true
	}
	for _, name := range strings.Split(string(tracked)+string(added), "\x00") {
		if name = strings.TrimSuffix(name, "/"); !known[name] {
			out = append(out, name)
		}
	}
	return out, nil
}

const maxNested = 8 // submodules in submodules

// submodule is the repository of a submodule, if it is checked out and has the commit; else nil.
func (r *Repository) submodule(ctx context.Context, s blob, depth int) *Repository {
	if depth >= maxNested {
		return nil
	}
	at := filepath.Join(r.Top, filepath.FromSlash(s.name))
	sub, err := Open(ctx, at)
	if err != nil || !same(sub.Top, at) {
		return nil
	}
	if _, err := sub.git(ctx, nil, "cat-file", "-e", s.hash+"^{commit}"); err != nil {
		return nil
	}
	return sub
}

// same reports whether two paths are one folder, reached without a link in the last name.
func same(top, at string) bool {
	parent, err := filepath.EvalSymlinks(filepath.Dir(at))
	return err == nil && filepath.Join(parent, filepath.Base(at)) == top
}
