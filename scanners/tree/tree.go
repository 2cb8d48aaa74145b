// Package tree finds what is under a folder: Terraform roots and plans, CloudFormation templates, Kubernetes' manifests, charts and
// kustomizations, SQLite files, folders of data files. It yields units for the scanners of those, and says what it left out.
package tree

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/kubernetes/kustomization"
)

// Options wire the scanner to the others; the zero value finds all but plans and templates, and its units supply nothing.
type Options struct {
	Formats
	Supplies func(probity.Unit) []probity.Supply // what the unit will supply
}

// Scanner implements [probity.Scanner] for folders and single files.
type Scanner struct{ opts Options }

// New is the scanner with its options.
func New(o Options) *Scanner { return &Scanner{o} }

// Supplies is what a unit of this scanner supplies: the listing of what is under its target.
func Supplies(u probity.Unit) []probity.Supply {
	return []probity.Supply{{Scope: probity.Scope{Provider: "files"}, On: probity.Ref{ID: "files:" + path.Join(u.Base, u.Part, ".")}}}
}

var errStop = errors.New("stopped by the reader")

// Scan implements [probity.Scanner].
func (s *Scanner) Scan(ctx context.Context, u probity.Unit) iter.Seq2[probity.Found, error] {
	return func(yield func(probity.Found, error) bool) {
		site, err := Open(u, s.opts.Formats)
		if err != nil {
			yield(nil, err)
			return
		}
		defer site.Close()
		f := &finder{site: site, unit: u, opts: s.opts, yield: yield, modules: modules{}, mapped: mapped(u)}
		if err := f.find(ctx); err != nil && !errors.Is(err, errStop) {
			yield(nil, err)
		}
	}
}

type finder struct {
	site    *Site
	unit    probity.Unit
	opts    Options
	yield   func(probity.Found, error) bool
	modules modules
	mapped  map[string]string // folders of the target by the prefix of a module's source
	within  string            // the folder of objects that the walk is in
	inside  bool
	found   bool   // something that is read
	unread  Unread // outside of folders of objects
	states  int
	cluster clusters
	units   []string // files of Terragrunt's units
	plans   []string // folders that hold plans
	odd     []Loss   // what needs a unit of its own, and has a name that none can bear
}

func (f *finder) find(ctx context.Context) error {
	if f.site.File != "" {
		return f.file(ctx)
	}
	left, err := f.site.Walk(ctx, path.Clean(f.unit.Part), f.folder)
	if err != nil {
		return err
	}
	if err := f.roots(&left); err != nil {
		return err
	}
	for _, name := range modules(f.site.nested).roots() {
		if err := f.child("cloudformation", name); err != nil {
			return err
		}
	}
	if err := f.cluster.units(f.apart); err != nil {
		return err
	}
	if !f.found && f.site.apart && f.unread.Count > 0 { // in no repository, and all there is: pages, settings, notes of somebody
		f.unread = Unread{}
		if err := f.child("objects", path.Clean(f.unit.Part)); err != nil {
			return err
		}
	}
	return f.cover(left)
}

func (f *finder) folder(d Folder) error {
	f.cluster.add(f.site, d)
	if d.Has(Terraform) && hasModule(d) {
		f.modules.add(f.site, d, f.mapped)
	}
	f.terragrunt(d)
	if f.inside && !below(d.Path, f.within) {
		f.inside = false
	}
	if !f.inside && !d.Tool && d.Has(Data) {
		f.within, f.inside = d.Path, true
		if err := f.child("objects", d.Path); err != nil {
			return err
		}
	}
	for _, file := range d.Files {
		name := ""
		switch file.Role {
		case Data, Other:
			if !f.inside && !f.cluster.inChart(d.Path) {
				f.unread.Add(file.Name)
			}
			continue
		case State:
			f.states++
			continue
		case Plan:
			name = "terraform-plan"
		case SQLite:
			name = "sqlite"
		default:
			continue
		}
		if err := f.child(name, path.Join(d.Path, file.Name)); err != nil {
			return err
		}
	}
	return nil
}

func hasModule(d Folder) bool {
	for _, f := range d.Files {
		if isModule(f.Name) {
			return true
		}
	}
	return false
}

func below(p, dir string) bool {
	return dir == "." || p == dir || len(p) > len(dir) && p[:len(dir)] == dir && p[len(dir)] == '/'
}

// file answers a target that is one file: whatever its name, somebody wants it read.
func (f *finder) file(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return context.Cause(ctx)
	}
	switch {
	case f.site.File == "Chart.yaml":
		return f.around("kubernetes-chart", ".")
	case kustomization.Is(f.site.File):
		return f.around("kubernetes-kustomization", ".")
	case f.site.isChart(f.site.File):
		return f.around("kubernetes-chart", f.site.File)
	}
	name := "objects"
	switch f.site.role(".", f.site.File, nil) {
	case Kubernetes:
		return f.around("kubernetes", f.site.File)
	case Terraform: // a module is a folder: one file of it means nothing alone
		return f.around("terraform", ".")
	case Template: // what it nests lies beside it, and nobody looked at what that nests
		if nested := f.site.nested[f.site.File]; len(nested) > 0 {
			f.site.nested[f.site.File] = append(nested, ".")
		}
		return f.around("cloudformation", f.site.File)
	case Plan:
		name = "terraform-plan"
	case State:
		f.states++
		return f.cover(Left{})
	case SQLite:
		name = "sqlite"
	}
	if err := f.child(name, "."); err != nil {
		return err
	}
	return f.cover(Left{})
}

// around has a part of the folder scanned in which the target lies.
func (f *finder) around(scanner, part string) error {
	u := f.unit
	f.unit.Target, f.unit.Base = filepath.Dir(u.Target), strings.TrimPrefix(path.Dir(u.Base), ".")
	err := f.child(scanner, part)
	f.unit = u
	if err != nil {
		return err
	}
	return f.cover(Left{})
}

func (f *finder) child(scanner, part string) error {
	if !utf8.ValidString(part) {
		f.odd = append(f.odd, Loss{Shown(part), probity.Gap{Reason: probity.Unreadable, Because: "its name is not UTF-8", Needs: "another name"}})
		return nil // units and identities are written as text
	}
	return f.unitOf(scanner, part, nil)
}

func (f *finder) unitOf(scanner, part string, roots []probity.Root) error {
	f.found = true
	u := probity.Unit{Scanner: scanner, Target: f.unit.Target, Base: f.unit.Base, Place: f.unit.Place, Asks: f.unit.Asks}
	u.Asks.Code.Roots = roots
	if part != "." {
		u.Part = part
	}
	switch scanner {
	case "terraform":
		u.Reads = f.modules.reads(part, u.Base)
	case "cloudformation":
		u.Reads = modules(f.site.nested).reads(part, u.Base)
	case "kubernetes-kustomization":
		u.Reads = f.cluster.reads(part, u.Base)
	}
	if f.opts.Supplies != nil {
		u.Supplies = f.opts.Supplies(u)
	}
	return f.give(u)
}

func (f *finder) give(x probity.Found) error {
	if !f.yield(x, nil) {
		return errStop
	}
	return nil
}

// cover answers what the unit supplies: whole, or with each gap.
func (f *finder) cover(l Left) error {
	gaps := l.gaps()
	if f.unread.Count > 0 {
		gaps = append(gaps, probity.Coverage{Gap: &probity.Gap{Reason: probity.NotCollected, Because: "files that no scanner reads" + f.unread.kinds()}, Count: f.unread.Count})
	}
	if f.states > 0 {
		gaps = append(gaps, probity.Coverage{Gap: &probity.Gap{Reason: probity.NotCollected, Because: States}, Count: f.states})
	}
	slices.SortFunc(gaps, func(a, b probity.Coverage) int { return cmp.Compare(a.Gap.Because, b.Gap.Because) })
	for _, x := range slices.Concat(l.Lost, f.odd) {
		gaps = append(gaps, probity.Coverage{Gap: &x.Gap, Count: 1, Origin: &probity.Origin{File: path.Join(f.unit.Base, x.Path)}})
	}
	gaps = append(gaps, f.unrendered()...)
	if l.More > 0 {
		gaps = append(gaps, probity.Coverage{Gap: &probity.Gap{Reason: probity.Unreadable, Because: "more folders that could not be read"}, Count: l.More})
	}
	if len(gaps) == 0 {
		gaps = []probity.Coverage{{}}
	}
	supplies := f.unit.Supplies
	if len(supplies) == 0 {
		supplies = Supplies(f.unit)
	}
	for _, s := range supplies {
		for _, g := range gaps {
			g.Supply = s
			if err := f.give(g); err != nil {
				return err
			}
		}
	}
	return nil
}
