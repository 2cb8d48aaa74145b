// Package terraform scans Terraform: a directory of configuration, or a plan as JSON. Both become resources, which one
// mapping for each service turns into assets.
package terraform

import (
	"context"
	"fmt"
	"iter"
	"path"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/estate"
	"github.com/probity-scan/probity/scanners/iac/repository"
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
	opened, err := repository.Open(u)
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	r := checkout{opened}
	dir := path.Join(".", r.Base, u.Part)
	o, err := r.options(u, dir)
	if err != nil {
		return nil, err
	}
	resources, losses, err := config.Read(ctx, r.FS, o)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path.Join(u.Base, u.Part), err)
	}
	return estate.Found(estate.Code(Root(u)), resources, losses), nil
}

// Root is what a unit of code calls the root that it reads.
func Root(u probity.Unit) string {
	if len(u.Asks.Code.Roots) == 1 {
		r := u.Asks.Code.Roots[0]
		r.Path = path.Join(".", u.Base, u.Part)
		return r.Name()
	}
	return path.Join(".", u.Base, u.Part)
}
