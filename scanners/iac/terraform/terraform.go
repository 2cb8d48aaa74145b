// Package terraform scans Terraform: a directory of configuration, or a plan as JSON. Both become resources, which one
// mapping for each service turns into assets.
package terraform

import (
	"context"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/estate"
	"github.com/probity-scan/probity/scanners/iac/terraform/config"
)

// The names of the scanner's units.
const (
	Directory = "terraform"
	PlanFile  = "terraform-plan"
)

// Scanner reads Terraform roots and plans.
type Scanner struct{}

// New is a scanner; it has no options.
func New() *Scanner { return &Scanner{} }

// Scan implements [probity.Scanner].
func (s *Scanner) Scan(ctx context.Context, u probity.Unit) iter.Seq2[probity.Found, error] {
	return func(yield func(probity.Found, error) bool) {
		var found iter.Seq[probity.Found]
		var err error
		if u.Scanner == PlanFile {
			found, err = scanPlan(ctx, u)
		} else {
			found, err = scanDirectory(ctx, u)
		}
		if err != nil {
			yield(nil, err)
			return
		}
		for f := range found {
			if ctx.Err() != nil {
				yield(nil, ctx.Err())
				return
			}
			if !yield(f, nil) {
				return
			}
		}
	}
}

func scanDirectory(ctx context.Context, u probity.Unit) (iter.Seq[probity.Found], error) {
	fsys, dir, shut, err := repository(u)
	if err != nil {
		return nil, err
	}
	defer shut()
	resources, losses, err := config.Read(ctx, fsys, config.Options{Dir: dir, Variables: u.Asks.Code.Variables, Types: estate.Types(), Named: estate.Unread()})
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path.Join(u.Base, u.Part), err)
	}
	return estate.Found(dir, resources, losses), nil
}

// repository opens the file system that modules are looked up in: the repository, as far as the unit's paths tell where
// it starts, so that "../modules" is found and nothing beyond is read. Else it is the target alone, under its name.
func repository(u probity.Unit) (fs.FS, string, func(), error) {
	base := path.Clean("/" + filepath.ToSlash(u.Base))[1:]
	target, err := filepath.Abs(u.Target)
	if err != nil {
		return nil, "", nil, fmt.Errorf("finding %s: %w", u.Target, err)
	}
	if _, err := os.Stat(target); err != nil {
		return nil, "", nil, fmt.Errorf("opening %s: %w", u.Target, err)
	}
	top, whole := strings.CutSuffix(filepath.ToSlash(target), "/"+base)
	if base == "" || !whole {
		top = target
	}
	root, err := os.OpenRoot(filepath.FromSlash(top))
	if err != nil {
		return nil, "", nil, fmt.Errorf("opening %s: %w", u.Target, err)
	}
	fsys := root.FS()
	if base != "" && !whole {
		fsys = below{fsys, base}
	}
	shut := func() { root.Close() }
	return fsys, path.Join(".", base, u.Part), shut, nil
}

// below shows a file system under a path.
type below struct {
	fs.FS
	base string
}

// Open implements [fs.FS].
func (b below) Open(name string) (fs.File, error) {
	rest, err := b.rest(name)
	if err != nil {
		return nil, err
	}
	return b.FS.Open(rest)
}

// Stat implements [fs.StatFS], which does not open the file.
func (b below) Stat(name string) (fs.FileInfo, error) {
	rest, err := b.rest(name)
	if err != nil {
		return nil, err
	}
	return fs.Stat(b.FS, rest)
}

func (b below) rest(name string) (string, error) {
	if name == b.base {
		return ".", nil
	}
	rest, ok := strings.CutPrefix(name, b.base+"/")
	if !ok {
		return "", &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return rest, nil
}
