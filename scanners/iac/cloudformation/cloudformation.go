// Package cloudformation scans CloudFormation and SAM templates. A table for each service translates its types to those of
// Terraform's provider, which package estate maps to assets.
package cloudformation

import (
	"context"
	"fmt"
	"iter"
	"path"
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/cloudformation/template"
	"github.com/probity-scan/probity/scanners/iac/estate"
	"github.com/probity-scan/probity/scanners/iac/repository"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// Name is the name of the scanner's units: one a template, with the stacks nested in it.
const Name = "cloudformation"

// Scanner reads templates.
type Scanner struct{}

// New is a scanner; it has no options.
func New() *Scanner { return &Scanner{} }

// Scan implements [probity.Scanner]. The unit's target is a folder, its part the template in it.
func (s *Scanner) Scan(ctx context.Context, u probity.Unit) iter.Seq2[probity.Found, error] {
	return func(yield func(probity.Found, error) bool) {
		repo, err := repository.Open(u)
		if err != nil {
			yield(nil, err)
			return
		}
		defer repo.Close()
		file := path.Join(".", repo.Base, u.Part)
		d := newDictionary()
		read, err := template.Read(ctx, repo.FS, template.Options{File: file, Parameters: u.Asks.Code.Parameters, Types: d.types(), Named: unread(), Name: d.called})
		if err != nil {
			yield(nil, fmt.Errorf("reading %s: %w", path.Join(u.Base, u.Part), err))
			return
		}
		var all []*resource.Resource
		paths := map[string]string{}
		for _, r := range read.Resources {
			if r.Path != "" {
				paths[r.Addr] = r.Path
			}
			all = append(all, d.translate(r, read.Region)...)
		}
		for f := range estate.Found(estate.Code(file), all, read.Losses) {
			if ctx.Err() != nil {
				yield(nil, ctx.Err())
				return
			}
			if a, ok := f.(probity.Asset); ok && a.Name == "" {
				a.Name = paths[a.ID] // the logical id of CDK's resources ends in a digest
				f = a
			}
			if !yield(f, nil) {
				return
			}
		}
		if c, ok := d.untold(file, read.Resources); ok {
			yield(c, nil)
		}
	}
}

// Supplies is what a unit lists: every kind, on its template.
func Supplies(u probity.Unit) []probity.Supply {
	return estate.Supplies(estate.Code(path.Join(u.Base, u.Part)))
}

const maxNamed = 5

// untold is the coverage of resources that hold data and that no table translates: one, however many there are.
func (d dictionary) untold(root string, all []*template.Resource) (probity.Coverage, bool) {
	n, types := 0, []string{}
	for _, r := range all {
		if _, ok := d[r.Type]; !ok {
			n++
			types = append(types, r.Type)
		}
	}
	if n == 0 {
		return probity.Coverage{}, false
	}
	slices.Sort(types)
	types = slices.Compact(types)
	named := strings.Join(types[:min(len(types), maxNamed)], ", ")
	if len(types) > maxNamed {
		named += ", …"
	}
	gap := probity.Gap{Reason: probity.NotCollected, Because: "types not read: " + named}
	return probity.Coverage{Supply: probity.Supply{On: probity.Ref{Root: root, ID: "."}}, Gap: &gap, Count: n}, true
}
