package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/sirupsen/logrus"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/cmd/internal/revision"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/gate"
	"github.com/probity-scan/probity/scanners/iac/cloudformation"
	"github.com/probity-scan/probity/scanners/iac/terraform"
)

// change is what --since compares: the base's files and the units that read them.
type change struct {
	base       *revision.Snapshot
	left       int               // modules of the work tree that the base calls otherwise
	parameters map[string]string // of CloudFormation, as files said them at the base
	others     bool              // they are others now
	was, is    map[string]bool   // roots and templates judged for themselves, at the base and now, by their paths in the repository
}

// startOf takes the snapshot that --since begins from; nil without it. Targets are in one repository, or plans, which say
// themselves what was. From here on the base's configuration counts.
func (f *scanFlags) startOf(ctx context.Context, targets []string) (*change, error) {
	if f.since == "" {
		return nil, nil
	}
	if f.inventory == "-" {
		return nil, errors.New("--inventory - and --since: two scans cannot both read stdin; name a file")
	}
	base, err := snapshotOf(ctx, f.since, targets)
	if err != nil {
		return nil, err
	}
	f.base = base
	c := &change{base: base, was: map[string]bool{}, is: map[string]bool{}}
	if err := c.compareParameters(f.paramFiles, f.parameters); err != nil {
		c.close()
		return nil, err
	}
	for _, t := range targets {
		if isFolder(t) {
			n, err := base.InstallModules(t)
			if err != nil {
				c.close()
				return nil, fmt.Errorf("--since %s: taking over installed modules: %w", f.since, err)
			}
			c.left += n
		}
	}
	return c, nil
}

// compareParameters reads the files of parameters as they were; one that was not there, or malformed, said nothing then.
func (c *change) compareParameters(files, flags []string) error {
	now, err := parameters(files, flags)
	if err != nil {
		return err
	}
	var then []string
	for _, name := range files {
		if _, err := parameterFile(c.base.Of(name)); err == nil {
			then = append(then, c.base.Of(name))
		}
	}
	c.parameters, err = parameters(then, flags)
	c.others = !maps.Equal(c.parameters, now)
	return err
}

// snapshotOf takes the snapshot of what a change begins from.
func snapshotOf(ctx context.Context, since string, targets []string) (*revision.Snapshot, error) {
	repo, err := repositoryOf(ctx, targets)
	if err != nil {
		return nil, fmt.Errorf("--since: %w", err)
	}
	base, err := repo.Since(ctx, since)
	if err != nil {
		return nil, fmt.Errorf("--since %s: %w", since, err)
	}
	return base, nil
}

func (c *change) close() {
	if c != nil {
		c.base.Close()
	}
}

// repositoryOf is the one repository that the targets are in; of plans alone, the one around the current directory.
func repositoryOf(ctx context.Context, targets []string) (*revision.Repository, error) {
	var repo *revision.Repository
	for _, t := range targets {
		if isPlan(t) {
			continue
		}
		dir := t
		for !isFolder(dir) && dir != filepath.Dir(dir) {
			dir = filepath.Dir(dir)
		}
		r, err := revision.Open(ctx, dir)
		switch {
		case errors.Is(err, revision.ErrNone):
			return nil, fmt.Errorf("%s is %w", redacted(t), revision.ErrNone)
		case err != nil:
			return nil, err
		case repo != nil && repo.Top != r.Top:
			return nil, errors.New("the targets are in more than one repository")
		}
		repo = r
	}
	if repo == nil {
		return revision.Open(ctx, ".")
	}
	return repo, nil
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

func isPlan(name string) bool {
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return false
	}
	head := make([]byte, 4096)
	n, _ := f.Read(head)
	return terraform.IsPlan(head[:n])
}

// leave says why a unit of the change needs no scan. Plans are always read: they tell of a change themselves.
func (c *change) leave(u probity.Unit) string {
	c.is[path.Join(u.Base, u.Part)] = true
	if u.Scanner == terraform.PlanFile || c.touches(u) {
		return ""
	}
	return reports.Unchanged + c.base.Name
}

func (c *change) touches(u probity.Unit) bool {
	return c.others && u.Scanner == cloudformation.Name || c.base.Touches(u)
}

// before is the state that the change begins from: its units over the base's files, and plans as what is there before them.
func (c *change) before(s settled) settled {
	now := s.units
	s.units, s.targets, s.trouble = nil, nil, nil
	for _, u := range now {
		plan := u
		plan.Asks.Code.Before = true
		s.units, s.targets = append(s.units, plan), append(s.targets, u.Target)
		if at := c.base.Of(u.Target); at != u.Target && !isPlan(u.Target) {
			if _, err := os.Stat(at); err == nil {
				then := moved(u, c.base)
				then.Asks.Code.Parameters = c.parameters
				s.units, s.targets = append(s.units, then), append(s.targets, u.Target)
			}
		}
	}
	s.leave = func(u probity.Unit) string {
		if u.Scanner == terraform.Directory || u.Scanner == cloudformation.Name {
			c.was[path.Join(u.Base, u.Part)] = true
		}
		if before := u.Asks.Code.Before; before != (u.Scanner == terraform.PlanFile) || !before && !c.touches(u) {
			return "not of the base"
		}
		return ""
	}
	return s
}

// moved is a unit over the files of a snapshot, under the same names.
func moved(u probity.Unit, to *revision.Snapshot) probity.Unit {
	u.Target = to.Of(u.Target)
	code := &u.Asks.Code
	code.VarFiles, code.HelmValues = mapped(code.VarFiles, to), mapped(code.HelmValues, to)
	if code.Source != "" {
		code.Source = to.Of(code.Source)
	}
	modules := map[string]string{}
	for prefix, dir := range code.Modules {
		modules[prefix] = to.Of(dir)
	}
	code.Modules = modules
	return u
}

func mapped(files []string, to *revision.Snapshot) []string {
	out := make([]string, len(files))
	for i, f := range files {
		out[i] = to.Of(f)
	}
	return out
}

// propose adds the waivers that the change itself brings to those of the base, whose configuration counts.
func (g *gateFlags) propose(w *weighed, targets []string) error {
	var known []probity.Waiver
	for _, x := range w.gate.Waivers {
		if !x.Central {
			known = append(known, x.Waiver)
		}
	}
	here := *g
	here.base, here.config = nil, ""
	files, err := here.files(targets)
	if err != nil {
		return err
	}
	for _, l := range files {
		for _, x := range l.Waivers() {
			if !gate.Said(known, x) {
				w.gate.Waivers = append(w.gate.Waivers, gate.Waiver{Waiver: x})
			}
		}
	}
	w.gate.Base = &gate.Base{Name: g.base.Name, Waivers: known, Writes: g.base.Writes}
	return nil
}

// compare scans the state that the change begins from, and gives the gate what it is to compare with.
func (f *scanFlags) compare(ctx context.Context, c *change, s *settled, targets []string, log logrus.FieldLogger, stderr io.Writer) error {
	if err := f.propose(&s.weighed, targets); err != nil {
		return err
	}
	var err error
	if s.gate.Base.Scan, err = f.scan(ctx, c.before(*s), log, stderr); err != nil {
		return fmt.Errorf("--since %s: %w", f.since, err)
	}
	s.leave = c.leave
	return nil
}

// notice says what a person should know of how the change is judged.
func (c *change) notice(g *gateFlags, targets []string, say func(string)) {
	g.countsAsItWas(targets, say)
	switch {
	case c.left == 1:
		say("1 installed module is called otherwise at " + c.base.Name + ", or not at all, so that what it holds counts as new")
	case c.left > 1:
		say(fmt.Sprintf("%d installed modules are called otherwise at %s, or not at all, so that what they hold counts as new", c.left, c.base.Name))
	}
}

// hidden tells of roots and templates that are judged through their callers alone since the change: one that calls them for
// nothing takes them out of the scan.
func (c *change) hidden(say func(string)) {
	for _, p := range slices.Sorted(maps.Keys(c.was)) {
		if !c.is[p] && c.base.Stands(p) {
			say(printable(p + " was judged for itself at " + c.base.Name + ", and now only as far as other code calls it"))
		}
	}
}

// countsAsItWas tells which files of configuration the change writes, and that they do not count yet.
func (g *gateFlags) countsAsItWas(targets []string, say func(string)) {
	told := map[string]bool{}
	tell := func(name string) {
		if name = filepath.ToSlash(name); g.base.Changed(name) && !told[name] {
			told[name] = true
			say(printable(name + " counts as it was at " + g.base.Name + ": what this change says in it counts once it is merged"))
		}
	}
	if g.config != "" && g.asItWas(g.config) != g.config {
		tell(g.config)
	}
	for _, dir := range append([]string{"."}, targets...) {
		tell(filepath.Join(dir, config.Name))
	}
}
