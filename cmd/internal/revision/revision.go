// Package revision reads what a git repository was at a commit, and what changed since. It asks the git program for objects
// only: no hook, filter, text conversion or fetch runs.
package revision

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Repository is the work tree of a git repository.
type Repository struct {
	Top string // its folder, absolute and without links
}

// ErrNone means that a folder is in no git repository.
var ErrNone = errors.New("not in a git repository")

// Open finds the repository around a folder.
func Open(ctx context.Context, dir string) (*Repository, error) {
	r := &Repository{Top: dir}
	out, err := r.git(ctx, nil, "rev-parse", "--show-toplevel")
	if errors.Is(err, exec.ErrNotFound) {
		return nil, errors.New("no git program is installed")
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, ErrNone)
	}
	r.Top = filepath.FromSlash(strings.TrimSuffix(string(out), "\n"))
	return r, nil
}

// Below is a path inside the repository as git names it.
func (r *Repository) Below(abs string) (string, error) {
	real, err := filepath.EvalSymlinks(abs)
	if err != nil {
		return "", fmt.Errorf("finding %s: %w", abs, err)
	}
	rel, err := filepath.Rel(r.Top, real)
	if err != nil || !filepath.IsLocal(rel) {
		return "", fmt.Errorf("%s is outside of the repository %s", abs, r.Top)
	}
	return filepath.ToSlash(rel), nil
}

// Commit gives the hash of a revision that a person named.
func (r *Repository) Commit(ctx context.Context, rev string) (string, error) {
	out, err := r.git(ctx, nil, "rev-parse", "--verify", "--quiet", "--end-of-options", rev+"^{commit}")
	if err != nil {
		return "", fmt.Errorf("no revision %q here%s", rev, r.advice(ctx))
	}
	return strings.TrimSpace(string(out)), nil
}

// MergeBase gives the last commit that HEAD and a revision have in common: what a change starts from.
func (r *Repository) MergeBase(ctx context.Context, rev string) (string, error) {
	commit, err := r.Commit(ctx, rev)
	if err != nil {
		return "", err
	}
	out, err := r.git(ctx, nil, "merge-base", "HEAD", commit)
	if err != nil {
		return "", fmt.Errorf("HEAD and %q have no commit in common here%s", rev, r.advice(ctx))
	}
	return strings.TrimSpace(string(out)), nil
}

// advice is what helps where commits are missing: runners of builds fetch the last one only.
func (r *Repository) advice(ctx context.Context) string {
	const full = ": fetch the whole history (GitHub: actions/checkout with fetch-depth: 0; GitLab: GIT_DEPTH: 0)"
	if out, err := r.git(ctx, nil, "rev-parse", "--is-shallow-repository"); err == nil && strings.TrimSpace(string(out)) == "true" {
		return ", for this clone is shallow" + full
	}
	return full
}

// git runs the program over the repository, without anything that the repository or its configuration could make it run.
func (r *Repository) git(ctx context.Context, in []byte, args ...string) ([]byte, error) {
	c := r.command(ctx, args...)
	var complaint bytes.Buffer
	c.Stdin, c.Stderr = bytes.NewReader(in), &complaint
	out, err := c.Output()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		line, _, _ := strings.Cut(strings.TrimSpace(complaint.String()), "\n")
		return nil, fmt.Errorf("git %s: %w: %s", args[0], err, line)
	}
	return out, nil
}

func (r *Repository) command(ctx context.Context, args ...string) *exec.Cmd {
	fixed := []string{"-C", r.Top, "-c", "core.fsmonitor=false", "-c", "core.hooksPath=" + os.DevNull, "-c", "protocol.allow=never", "-c", "safe.bareRepository=explicit", "-c", "core.quotePath=false"}
	c := exec.CommandContext(ctx, "git", append(fixed, args...)...) //nolint:gosec // the program is fixed, and revisions follow --end-of-options
	c.Env = append(unbound(os.Environ()), "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1", "GIT_NO_REPLACE_OBJECTS=1", "LC_ALL=C")
	return c
}

// unbound takes out what ties git to a repository: in a hook it is the one of the hook, with a work tree that is taken to begin here.
func unbound(environment []string) []string {
	return slices.DeleteFunc(environment, func(e string) bool {
		name, _, _ := strings.Cut(e, "=")
		return slices.Contains([]string{"GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE"}, name)
	})
}
