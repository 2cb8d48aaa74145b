package terraform

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path"
	"path/filepath"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/estate"
	"github.com/probity-scan/probity/scanners/iac/terraform/plan"
)

// scanPlan reads a plan file. Its root is the file: the directory it was made from may be scanned beside it.
func scanPlan(ctx context.Context, u probity.Unit) (iter.Seq[probity.Found], error) {
	name := path.Join(u.Base, u.Part)
	if name == "" || name == "." {
		name = filepath.Base(u.Target)
	}
	f, err := openPlan(u)
	if err != nil {
		return nil, fmt.Errorf("opening plan %s: %w", name, err)
	}
	defer f.Close()
	code := source{ctx: ctx, unit: u}
	resources, losses := plan.Read(ctx, f, plan.Options{File: name, Types: estate.Types(), Named: estate.Unread(), Before: u.Asks.Code.Before, Source: code.of})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	found := estate.Found(estate.Code(name), resources, losses)
	if !code.strange {
		return found, nil
	}
	gap := probity.Gap{Reason: probity.Unresolved, Because: "the source given is not the plan's: findings point to the plan", Needs: "--source with the directory in which the plan was made"}
	return func(yield func(probity.Found) bool) {
		found(yield)
		yield(probity.Coverage{Supply: probity.Supply{On: probity.Ref{Root: name, ID: "."}}, Gap: &gap})
	}, nil
}

var errNotRegular = errors.New("not a regular file")

// openPlan opens the file that a person named, or one found below what was named, which no link leads out of.
func openPlan(u probity.Unit) (*os.File, error) {
	stat, open := os.Stat, os.Open
	name := u.Target
	if u.Part != "" {
		root, err := os.OpenRoot(u.Target)
		if err != nil {
			return nil, err
		}
		defer root.Close()
		stat, open, name = root.Stat, root.Open, filepath.FromSlash(u.Part)
	}
	info, err := stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() { // to open a pipe waits for somebody to write to it
		return nil, errNotRegular
	}
	return open(name)
}
