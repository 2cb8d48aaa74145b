// Package config evaluates a directory of Terraform configuration as far as that can be done without a provider, a state
// or a network: what cannot be known stays an unknown value that says why.
package config

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty/function"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/iac/terraform/functions"
)

// Options say what to evaluate.
type Options struct {
	Dir       string            // of the root module in the file system, with slashes
	Variables map[string]string // as given on the command line
	// Environment holds what TF_VAR_name says, by name; VarFiles are given on the command line, later ones win.
	Environment map[string]string
	VarFiles    []ValueFile
	Workspace   string // empty: the one that terraform selected here, or else "default"
	Modules     []Source
	Types       []string // resource types that are wanted
	Named       []string // resource types of which the address is enough
}

// Root is an evaluation under way.
type Root struct {
	Options
	loader
	stopped   func() error // the context's error
	sources   map[string][]byte
	names     []string // of computed attributes, see mentions
	funcs     map[string]function.Function
	refs      []resource.Ref // what placeholders stand for
	refIndex  map[resource.Ref]int
	converted map[hcl.Expression]hclsyntax.Expression
	fuel      int
	limits    int   // how often a limit of ours was met
	met       error // the last one
	depth     int
	count     int // of module instances
	resources int
	out       []*resource.Resource
}

// Limits of what one root may unfold to.
const (
	maxInstances = 10_000 // of one block
	maxModules   = 10_000
	maxResources = 200_000
	maxEval      = 300 // values that wait for each other
)

// Read evaluates a root. The error is for a root that cannot be read at all.
func Read(ctx context.Context, fsys fs.FS, o Options) ([]*resource.Resource, []resource.Loss, error) {
	o.Dir = path.Clean(o.Dir)
	r := &Root{Options: o, stopped: ctx.Err, sources: map[string][]byte{}, refIndex: map[resource.Ref]int{}, converted: map[hcl.Expression]hclsyntax.Expression{}, fuel: maxFuel}
	r.loader = loader{fsys: fsys, mappings: o.Modules, modules: map[string]*module{}, sources: r.sources, spend: r.spend}
	r.loader.installs = r.loader.installed(o.Dir)
	top, err := r.loader.module(o.Dir)
	if err != nil {
		return nil, nil, err
	}
	r.loader.follow(top, "", nil, standing{sources: r.sources})
	r.loader.tfvars(top, o.VarFiles)
	if r.Workspace == "" {
		r.Workspace = r.loader.selected(o.Dir)
	}
	r.names = r.seen.names()
	r.funcs = functions.All(r.open, r.render, r.opaque)
	r.funcs["fileset"] = functions.FileSet(r.tree, r.opaque)
	for name, f := range r.funcs {
		if name != "try" && name != "can" { // which take expressions, not values
			r.funcs[name] = functions.Watched(f, r.limit)
		}
	}
	for _, name := range functions.Unforeseen() {
		r.funcs[name] = functions.Unknown(computed(name))
	}
	r.funcs["sensitive"], r.funcs["nonsensitive"], r.funcs["issensitive"] = hide(), show(), conceals()
	for name := range r.seen.functions {
		if f, ok := r.funcs[strings.TrimPrefix(name, "core::")]; ok {
			r.funcs[name] = f
		} else {
			r.funcs[name] = functions.Unknown(unresolved("function " + name))
		}
	}
	root := r.instance(top, nil, nil, "", standing{sources: r.sources})
	r.walk(root)
	r.state(root)
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	if r.fuel <= 0 {
		r.losses = append(r.losses, resource.Loss{Gap: probity.Gap{Reason: probity.Unresolved, Because: errFuel.Error()}, Origin: &probity.Origin{File: o.Dir}, Any: true})
	}
	return r.out, r.losses, nil
}

// walk emits the resources of a module instance and of those below it.
func (r *Root) walk(m *instance) {
	for _, b := range m.mod.resources {
		if r.stopped() != nil {
			return
		}
		if !b.data && (slices.Contains(r.Types, b.typ) || slices.Contains(r.Named, b.typ)) {
			r.emit(m, b)
		}
	}
	for _, name := range sortedKeys(m.mod.calls) {
		c := m.mod.calls[name]
		if c.gap != nil {
			r.losses = append(r.losses, resource.Loss{Gap: *c.gap, Origin: m.origin(c.at), Module: true, Providers: m.handed(c), Given: m.given(c), Any: c.deep})
			continue
		}
		kids := m.children(c)
		if kids.gap != nil {
			r.losses = append(r.losses, resource.Loss{Gap: *kids.gap, Origin: m.origin(c.at), Any: kids.capped})
		}
		for _, k := range kids.instances {
			r.walk(k)
		}
	}
}

func (r *Root) emit(m *instance, b *resourceBlock) {
	x := m.expand(b)
	if x.gap != nil {
		lost := resource.Loss{Gap: *x.gap, Origin: m.origin(b.at), Type: b.typ, Any: x.capped}
		if x.capped {
			lost.Type = ""
		}
		r.losses = append(r.losses, lost)
	}
	for _, k := range x.keys {
		if r.resources++; r.resources > maxResources {
			if r.resources == maxResources+1 {
				r.losses = append(r.losses, resource.Loss{Gap: probity.Gap{Reason: probity.Unresolved, Because: "the root has more than 200,000 resources"}, Origin: m.origin(b.at), Any: true})
			}
			return
		}
		s := m.scope(k)
		s.each = b.body.attrs["for_each"]
		res := &resource.Resource{Addr: m.address(b, k), Former: m.former(b, k), Ignores: m.ignores(b), Type: b.typ, Name: b.name, Maybe: first(x.maybe(), m.maybe)}
		if slices.Contains(r.Types, b.typ) {
			res.Block = *r.evaluated(b.body, s, m.origin(b.at), true)
			res.Provider = m.providerOf(b.body)
		}
		r.out = append(r.out, res)
	}
}

func first(gaps ...*probity.Gap) *probity.Gap {
	for _, g := range gaps {
		if g != nil {
			return g
		}
	}
	return nil
}

var errOutside = errors.New("the file is outside of the root and its modules")

// open reads a file for a function; its name is relative to the root module, where Terraform runs.
func (r *Root) open(name string) ([]byte, error) {
	p := path.Join(r.Dir, name)
	if path.IsAbs(name) || !r.within(p) {
		r.limit(errOutside)
		return nil, errOutside
	}
	src, err := r.loader.read(p)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		r.limit(err)
	}
	return src, err
}

// tree is where fileset looks: the folder is relative to the root module.
func (r *Root) tree(name string) (fs.FS, string, error) {
	p := path.Join(r.Dir, name)
	if path.IsAbs(name) || !fs.ValidPath(p) || !r.within(p) && r.modules[p] == nil {
		r.limit(errOutside)
		return nil, "", errOutside
	}
	return r.fsys, p, nil
}

// limit notes an error that Terraform would not have met, so that no try or can makes a value of it.
func (r *Root) limit(err error) {
	r.limits++
	r.met = err
}

func (r *Root) within(p string) bool {
	for dir := range r.loader.modules {
		if dir == "." && fs.ValidPath(p) || len(p) > len(dir) && p[:len(dir)+1] == dir+"/" {
			return true
		}
	}
	return false
}
