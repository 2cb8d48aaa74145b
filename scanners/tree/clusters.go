package tree

import (
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/probity-scan/probity/scanners/iac/kubernetes/kustomization"
)

// clusters is what of Kubernetes lies below a target: charts, kustomizations, and manifests, some of which belong to these.
type clusters struct {
	charts         []string
	kustomizations map[string]*kustomization.File // nil: one that cannot be read
	manifests      []string
}

func (c *clusters) add(s *Site, f Folder) {
	for _, file := range f.Files {
		switch {
		case file.Name == "Chart.yaml":
			if !slices.ContainsFunc(c.charts, func(chart string) bool { return below(f.Path, path.Join(chart, "charts")) }) { // else a part of that one
				c.charts = append(c.charts, f.Path)
			}
		case kustomization.Is(file.Name):
			if c.kustomizations == nil {
				c.kustomizations = map[string]*kustomization.File{}
			}
			c.kustomizations[f.Path] = nil // whoever builds it tells what is wrong
			if b, err := small(s.FS, path.Join(f.Path, file.Name)); err == nil {
				c.kustomizations[f.Path], _ = kustomization.Read(b)
			}
		case file.Role == Kubernetes:
			c.manifests = append(c.manifests, path.Join(f.Path, file.Name))
		}
	}
}

// roots are the kustomizations that no other one is made of. A component is none: it changes what another one makes.
func (c *clusters) roots() []string {
	calls := modules{}
	for dir, k := range c.kustomizations {
		calls[dir] = []string{}
		if k != nil {
			for _, p := range k.Parts {
				calls[dir] = append(calls[dir], path.Join(dir, p.Name))
			}
		}
	}
	return slices.DeleteFunc(calls.roots(), func(dir string) bool { k := c.kustomizations[dir]; return k != nil && k.Component })
}

// listed are the files that the kustomizations name which are built.
func (c *clusters) listed(roots []string) map[string]bool {
	out := map[string]bool{}
	for _, k := range c.reached(roots) {
		for _, p := range k.Built {
			out[p] = true
		}
	}
	return out
}

// reads are the files and folders that a kustomization is built from, near and far, sorted.
func (c *clusters) reads(root, base string) []string {
	out := map[string]bool{}
	for dir, k := range c.reached([]string{root}) {
		out[path.Join(base, dir)] = true
		for _, p := range k.Paths {
			out[path.Join(base, p)] = true
		}
	}
	delete(out, path.Join(base, root))
	return slices.Sorted(maps.Keys(out))
}

// local are the files among texts that a kustomization in a folder holds, from the target.
func local(texts []string, dir string) []string {
	var out []string
	for _, p := range texts {
		if !kustomization.IsRemote(p) {
			out = append(out, path.Join(dir, p))
		}
	}
	return out
}

// reached are the kustomizations that some are made of, and these; their paths from the target.
func (c *clusters) reached(roots []string) map[string]kustomization.File {
	out := map[string]kustomization.File{}
	var reach func(string)
	reach = func(dir string) {
		k := c.kustomizations[dir]
		if _, seen := out[dir]; k == nil || seen {
			return
		}
		out[dir] = kustomization.File{Component: k.Component, Paths: local(k.Paths, dir), Built: local(k.Built, dir)}
		for _, p := range k.Parts {
			reach(path.Join(dir, p.Name))
		}
	}
	for _, r := range roots {
		reach(r)
	}
	return out
}

// units gives the charts, the kustomizations, and the topmost folders of manifests that belong to neither.
func (c *clusters) units(give func(scanner, part string, exclude []string) error) error {
	for _, dir := range c.charts {
		if err := give("kubernetes-chart", dir, nil); err != nil {
			return err
		}
	}
	roots := c.roots()
	for _, dir := range roots {
		if err := give("kubernetes-kustomization", dir, nil); err != nil {
			return err
		}
	}
	taken := c.listed(roots)
	folders := map[string]bool{}
	left := map[string]bool{}
	for _, m := range c.manifests {
		part, of := c.ofChart(m)
		switch {
		case of:
			left[part] = true
		case taken[m]:
			left[m] = true
		default:
			folders[path.Dir(m)] = true
		}
	}
	for _, dir := range slices.Sorted(maps.Keys(folders)) {
		if within(folders, dir) {
			continue
		}
		var exclude []string
		for _, p := range slices.Sorted(maps.Keys(left)) {
			if below(p, dir) {
				exclude = append(exclude, quoted(p))
			}
		}
		if err := give("kubernetes", dir, exclude); err != nil {
			return err
		}
	}
	return nil
}

// within reports whether a folder lies below another one of them.
func within(folders map[string]bool, dir string) bool {
	for dir != "." {
		if dir = path.Dir(dir); folders[dir] {
			return true
		}
	}
	return false
}

// inChart reports whether a folder is a chart's or lies in it: its files are read with it, whatever they are.
func (c *clusters) inChart(dir string) bool {
	return slices.ContainsFunc(c.charts, func(chart string) bool { return below(dir, chart) })
}

// ofChart finds the folder of a chart that a manifest belongs to.
func (c *clusters) ofChart(manifest string) (string, bool) {
	for _, chart := range c.charts {
		for _, sub := range []string{"templates", "charts", "crds"} {
			if dir := path.Join(chart, sub); below(manifest, dir) {
				return dir, true
			}
		}
	}
	return "", false
}

// quoted is a glob that matches a path alone.
func quoted(p string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`, `]`, `\]`, `{`, `\{`, `}`, `\}`).Replace(p)
}

// apart gives a unit of Kubernetes, which reads its folder without what others read.
func (f *finder) apart(scanner, part string, exclude []string) error {
	asks := f.unit.Asks
	f.unit.Asks.Exclude = slices.Concat(asks.Exclude, exclude)
	err := f.child(scanner, part)
	f.unit.Asks = asks
	return err
}
