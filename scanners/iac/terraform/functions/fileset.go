package functions

import (
	"errors"
	"fmt"
	"io/fs"
	"path"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

const (
	errPattern   = limit("the pattern of fileset is malformed")
	errLinked    = limit("fileset meets a link to a folder")
	errManyFiles = limit("fileset meets more than 20,000 files")
)

const maxListed = 20_000

// FileSet is the function fileset. Tree gives the file system and the folder in it for a path of the code.
func FileSet(tree func(name string) (fs.FS, string, error), opaque func(cty.Value) bool) function.Function {
	f := function.New(&function.Spec{
		Params: []function.Parameter{param("path", cty.String), param("pattern", cty.String)},
		Type:   function.StaticReturnType(cty.Set(cty.String)),
		Impl: func(a []cty.Value, _ cty.Type) (cty.Value, error) {
			fsys, dir, err := tree(a[0].AsString())
			if err != nil {
				return cty.NilVal, err
			}
			names, err := matching(fsys, dir, path.Clean(a[1].AsString()))
			if err != nil || len(names) == 0 {
				return cty.SetValEmpty(cty.String), err
			}
			return cty.SetVal(names), nil
		},
	})
	return bounded("fileset", f, opaque)
}

// matching are the regular files below a folder that a pattern matches, as paths from the folder.
func matching(fsys fs.FS, dir, pattern string) ([]cty.Value, error) {
	if !doublestar.ValidatePattern(pattern) {
		return nil, errPattern
	}
	var out []cty.Value
	seen := 0
	err := fs.WalkDir(fsys, dir, func(p string, d fs.DirEntry, err error) error {
		if seen++; seen > maxListed {
			return errManyFiles
		}
		if err != nil || d.IsDir() {
			return err
		}
		rel := p
		if dir != "." {
			rel = p[len(dir)+1:]
		}
		info, err := fs.Stat(fsys, p)
		switch {
		case err != nil:
			return nil //nolint:nilerr // a link to nowhere is no file
		case info.IsDir():
			return errLinked
		case info.Mode().IsRegular():
			if ok, err := doublestar.Match(pattern, rel); ok && err == nil {
				out = append(out, cty.StringVal(rel))
			}
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return out, nil
	}
	if err != nil {
		return nil, fmt.Errorf("listing files: %w", err)
	}
	return out, nil
}
