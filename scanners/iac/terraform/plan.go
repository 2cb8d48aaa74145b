package terraform

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/terraform/config"
	"github.com/probity-scan/probity/scanners/iac/terraform/plan"
)

// scanPlan reads a plan file. Its root is the file: the directory it was made from may be scanned beside it.
func scanPlan(ctx context.Context, u probity.Unit) ([]probity.Found, error) {
	name := path.Join(u.Base, u.Part)
	if name == "" || name == "." {
		name = filepath.Base(u.Target)
	}
	f, err := os.Open(filepath.Join(u.Target, filepath.FromSlash(u.Part)))
	if err != nil {
		return nil, fmt.Errorf("opening plan %s: %w", name, err)
	}
	defer f.Close()
	resources, lost := plan.Read(ctx, f, plan.Options{File: name, Types: types()})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	losses := make([]config.Loss, len(lost))
	for i, l := range lost {
		losses[i] = config.Loss{Gap: l.Gap, Origin: l.Origin, Any: true}
	}
	return results(newEstate(name, resources, losses)), nil
}
