// Package template evaluates a CloudFormation template, with the stacks nested in it, as far as that can be done without an
// account: what cannot be known stays an unknown value that says why.
package template

import (
	"context"
	"io/fs"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// Options say what to evaluate.
type Options struct {
	File       string            // of the template in the file system, with slashes
	Parameters map[string]string // as given on the command line; AWS::Region and the like too
	Types      []string          // resource types that are wanted
	Named      []string          // resource types of which the address is enough
	Name       func(Attribute) resource.Ref
}

// Attribute is what a Ref or a GetAtt asks of a resource.
type Attribute struct {
	Type string // "AWS::S3::Bucket"
	Name string // of the attribute; empty for Ref
	// Property is a property of that resource, if it is a plain text.
	Property func(name string) string
}

// Resource is a resource as it is declared, with CloudFormation's names.
type Resource struct {
	resource.Block        // the properties
	Addr           string // Nested.Bucket
	Type           string // AWS::S3::Bucket
	Name           string // the logical id
	Path           string // by which CDK's code knows it: Stack/Bucket/Resource
	Deletion       resource.Value
	Given          map[string]bool // properties into which a value went that was given on the command line
	Maybe          *probity.Gap    // why it may not exist
	Ignores        []probity.Ignore
}

// Result is what a template declares.
type Result struct {
	Resources []*Resource
	Losses    []resource.Loss
	Region    resource.Value
}

// Limits of what one template may unfold to.
const (
	maxFile      = 16 << 20
	maxRoot      = 64 << 20 // of all files
	maxDepth     = 100      // of values in values, and of functions that wait for each other
	maxNested    = 10       // of stacks
	maxStacks    = 1000
	maxResources = 100_000
	maxText      = 1 << 20
	maxFuel      = 4_000_000 // nodes looked at
	maxSlice     = 300_000   // of them for one resource or section
	maxLooped    = 100_000   // members that loops make
	aliasWeight  = 50        // nodes that one counts for where an alias repeats it
)

// root is an evaluation under way.
type root struct {
	Options
	fsys    fs.FS
	stopped func() error
	files   map[string]*file
	bytes   int
	fuel    int // left of the slice
	slice   int // as it began
	total   int
	weight  int // of a node
	looped  int
	twice   bool // a logical id was
	depth   int
	stacks  int
	given   int // how often a parameter from the command line was read
	out     Result
}

// Read evaluates a template and the stacks below it.
func Read(ctx context.Context, fsys fs.FS, o Options) (Result, error) {
	r := &root{Options: o, fsys: fsys, stopped: ctx.Err, files: map[string]*file{}, total: maxFuel, weight: 1}
	r.refuel()
	r.out.Region = r.region()
	f, err := r.open(o.File)
	if err != nil {
		r.lose(resource.Loss{Gap: probity.Gap{Reason: probity.Unreadable, Because: err.Error()}, Origin: f.lost(o.File), Any: true})
		return r.out, ctx.Err()
	}
	r.walk(r.stack(f, nil, ""))
	if r.spent() {
		r.lose(resource.Loss{Gap: exhausted(), Origin: &probity.Origin{File: o.File}, Any: true})
	}
	return r.out, ctx.Err()
}

func exhausted() probity.Gap {
	return probity.Gap{Reason: probity.Unresolved, Because: "the template takes too long to evaluate"}
}

func (r *root) lose(l resource.Loss) { r.out.Losses = append(r.out.Losses, l) }

// walk emits the resources of a stack and of those nested in it.
func (r *root) walk(s *stack) {
	s.macros()
	for _, e := range s.resources {
		if r.stopped() != nil || r.spent() {
			return
		}
		r.refuel()
		s.emit(e)
	}
}

// refuel begins a slice: what takes too long costs one resource, and only all together the rest of the template.
func (r *root) refuel() {
	r.total -= r.slice - r.fuel
	r.slice = min(maxSlice, r.total)
	r.fuel = r.slice
}

// spent reports whether nothing is left beyond this slice either.
func (r *root) spent() bool { return r.total-(r.slice-r.fuel) <= 0 }

// limited says once that a limit was met.
func (r *root) limited(because string, at *probity.Origin) {
	r.lose(resource.Loss{Gap: probity.Gap{Reason: probity.Unresolved, Because: because}, Origin: at, Any: true})
}
