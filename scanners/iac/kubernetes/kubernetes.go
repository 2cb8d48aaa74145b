// Package kubernetes scans Kubernetes: manifests, Helm charts and kustomizations. All become objects, of which one mapping
// makes assets.
package kubernetes

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path"
	"slices"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/kubernetes/kustomization"
	"github.com/probity-scan/probity/scanners/iac/kubernetes/render"
	"github.com/probity-scan/probity/scanners/iac/repository"
	"github.com/probity-scan/probity/scanners/kinds"
	"github.com/probity-scan/probity/scanners/tree"
)

// The names of the scanner's units.
const (
	Manifests     = "kubernetes" // a folder with those below, or one file
	Chart         = "kubernetes-chart"
	Kustomization = "kubernetes-kustomization"
)

// Options wire the scanner.
type Options struct {
	Render render.Func // renders charts and kustomizations, within limits
}

// Scanner reads objects of Kubernetes.
type Scanner struct{ opts Options }

// New is a scanner.
func New(o Options) *Scanner { return &Scanner{o} }

// Scan implements [probity.Scanner].
func (s *Scanner) Scan(ctx context.Context, u probity.Unit) iter.Seq2[probity.Found, error] {
	return func(yield func(probity.Found, error) bool) {
		src, err := s.read(ctx, u)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			yield(nil, err)
			return
		}
		for f := range src.found() {
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

func (s *Scanner) read(ctx context.Context, u probity.Unit) (*source, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if u.Scanner == Manifests {
		return manifests(ctx, u)
	}
	if s.opts.Render == nil {
		return nil, errors.New("charts and kustomizations are not rendered here")
	}
	r, err := repository.Open(u)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	dir := path.Join(".", r.Base, u.Part)
	if u.Scanner == Chart {
		return s.chart(ctx, r.FS, dir, u.Asks.Code.HelmValues)
	}
	return s.kustomization(ctx, r.FS, dir)
}

// manifests reads the files of a folder and of those below, as far as the unit does not exclude them.
func manifests(ctx context.Context, u probity.Unit) (*source, error) {
	site, err := tree.Open(u, tree.Formats{IsManifest: IsManifest})
	if err != nil {
		return nil, err
	}
	defer site.Close()
	src := newSource(Root(u))
	one := func(p string) {
		src.apart = isBuilt(site.FS, path.Dir(p))
		shown := tree.Shown(path.Join(u.Base, p))
		b, err := file(site.FS, p)
		if err != nil {
			src.lose(shown, 0, lost(err))
			return
		}
		src.stream(shown, b)
	}
	if isFile(u) {
		one(u.Part)
		return src, nil
	}
	_, err = site.Walk(ctx, path.Clean(u.Part), func(f tree.Folder) error {
		for _, x := range f.Files {
			if x.Role == tree.Kubernetes {
				one(path.Join(f.Path, x.Name))
			}
		}
		return ctx.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path.Join(u.Base, u.Part), err)
	}
	return src, nil
}

// isBuilt reports whether a folder is also a chart or a kustomization, whose objects may bear the same names.
func isBuilt(fsys fs.FS, dir string) bool {
	return slices.ContainsFunc(append(kustomization.Names(), "Chart.yaml"), func(name string) bool {
		_, err := fs.Stat(fsys, path.Join(dir, name))
		return err == nil
	})
}

// isFile reports whether a unit is one file of a folder.
func isFile(u probity.Unit) bool { return u.Scanner == Manifests && isText(u.Part) }

// Root is what tells a unit's objects from those of the same name elsewhere: its folder in the repository.
func Root(u probity.Unit) string {
	if isFile(u) {
		return path.Join(".", u.Base, path.Dir(u.Part))
	}
	return path.Join(".", u.Base, u.Part)
}

// Supplies tells what a unit lists: every kind, on its root.
func Supplies(u probity.Unit) []probity.Supply {
	var out []probity.Supply
	for _, k := range kinds.Kubernetes() {
		out = append(out, probity.Supply{Kind: k.Kind, Class: k.Class, Scope: probity.Scope{Provider: provider}, On: probity.Ref{Root: Root(u), ID: "."}})
	}
	return out
}

const provider = "kubernetes"

// found maps the objects: the assets, and one coverage for each kind and loss.
func (s *source) found() iter.Seq[probity.Found] {
	return func(yield func(probity.Found) bool) {
		for _, a := range s.assets() {
			if !yield(a) {
				return
			}
		}
		for _, c := range s.coverage() {
			if !yield(c) {
				return
			}
		}
	}
}

func (s *source) assets() []probity.Asset {
	var out []probity.Asset
	for _, read := range []func(*source) []probity.Asset{workloads, volumes, secrets, configMaps, entrances, roles, planes} {
		out = append(out, read(s)...)
	}
	slices.SortStableFunc(out, func(a, b probity.Asset) int { return a.Compare(b.Ref) })
	return out
}

// asset is what all assets have in common.
func (s *source) asset(o *object, kind probity.Kind) probity.Asset {
	a := probity.Asset{Ref: o.ref(), Name: o.name, Kind: kind, Class: kinds.ClassOf(kind), Origin: o.At, Ignores: o.ignores,
		Scope: probity.Scope{Provider: provider}, Tags: probity.Known(o.labels(), o.At), Links: probity.Whole[probity.Link](o.At)}
	if at := o.Get("metadata", "labels"); at.Set() {
		a.Tags = probity.Known(o.labels(), at.At)
	}
	return a
}

func (s *source) coverage() []probity.Coverage {
	var out []probity.Coverage
	for _, k := range kinds.Kubernetes() {
		supply := probity.Supply{Kind: k.Kind, Class: k.Class, Scope: probity.Scope{Provider: provider}, On: probity.Ref{Root: s.root, ID: "."}}
		told := map[string]bool{}
		for _, l := range s.losses {
			if key := l.Gap.String() + l.Origin.String(); !told[key] {
				told[key] = true
				out = append(out, probity.Coverage{Supply: supply, Gap: &l.Gap, Origin: l.Origin})
			}
		}
		if len(told) == 0 {
			out = append(out, probity.Coverage{Supply: supply})
		}
	}
	return append(out, s.untold()...)
}
