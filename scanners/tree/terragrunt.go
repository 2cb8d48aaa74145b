package tree

import (
	"fmt"
	"path"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/calls"
)

// rendering is what writes plans of all Terragrunt units below a folder.
const rendering = "plans to scan: terragrunt run --all --json-out-dir plans -- plan"

// terragrunt keeps the Terragrunt units of a folder: only Terragrunt knows what they run with.
func (f *finder) terragrunt(d Folder) {
	for _, file := range d.Files {
		if calls.IsTerragrunt(file.Name) {
			b, _ := small(f.site.FS, path.Join(d.Path, file.Name)) // what cannot be read may be a unit
			for range calls.Units(file.Name, b, hasModule(d)) {
				f.units = append(f.units, path.Join(d.Path, file.Name))
			}
		}
		if file.Role == Plan {
			f.plans = append(f.plans, d.Path)
		}
	}
}

// unrendered is the loss of the units that no plan in the target was made of, once for all of them.
func (f *finder) unrendered() []probity.Coverage {
	left := f.rest()
	if len(left) == 0 {
		return nil
	}
	gap := probity.Gap{Reason: probity.Unreadable, Because: fmt.Sprintf("%d Terragrunt units are not rendered", len(left)), Needs: rendering}
	if len(left) == 1 {
		gap.Because = "a Terragrunt unit is not rendered"
	}
	return []probity.Coverage{{Gap: &gap, Count: len(left), Origin: &probity.Origin{File: path.Join(f.unit.Base, left[0])}}}
}

// rest takes away one unit for each plan: it lies in a folder whose path ends as the unit's, the further the better.
func (f *finder) rest() []string {
	ends := map[string][]int{}
	for i, u := range f.units {
		for _, end := range endings(path.Dir(u)) {
			ends[end] = append(ends[end], i)
		}
	}
	rendered := map[int]bool{}
	for _, plan := range f.plans {
		for _, end := range endings(plan) {
			for len(ends[end]) > 0 && rendered[ends[end][0]] {
				ends[end] = ends[end][1:]
			}
			if len(ends[end]) > 0 {
				rendered[ends[end][0]] = true
				break
			}
		}
	}
	var left []string
	for i, u := range f.units {
		if !rendered[i] {
			left = append(left, u)
		}
	}
	return left
}

const maxEndings = 50

// endings are a path and its ends: a/b/c, b/c, c.
func endings(p string) []string {
	out := []string{p}
	for len(out) < maxEndings {
		_, rest, ok := strings.Cut(p, "/")
		if !ok {
			break
		}
		p = rest
		out = append(out, p)
	}
	return out
}
