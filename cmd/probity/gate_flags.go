package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/cmd/internal/revision"
	"github.com/probity-scan/probity/reports/gate"
	"github.com/probity-scan/probity/reports/language"
)

// gateFlags are the flags by which scan and gate decide and report.
type gateFlags struct {
	outputs        []string
	categories     bool
	evidenceKey    string
	failOn         string
	failRules      []string
	failFrameworks []string
	failUnknown    []string
	baseline       string
	config         string
	audit          bool
	exitZero       bool
	quiet          bool
	now            string
	lang           string

	elsewhere bool // files among the targets are scanned by another machine: nothing is looked for among them here

	base *revision.Snapshot // whose files of configuration count; nil: those that are here
}

// add declares what scan and gate share.
func (g *gateFlags) add(fs *pflag.FlagSet) {
	g.addBasic(fs)
	fs.StringArrayVarP(&g.outputs, "output", "o", nil, "write a report: `FORMAT=FILE` with one of "+strings.Join(formats(), ", ")+"; - is stdout (repeatable)")
	fs.BoolVar(&g.categories, "name-categories", false, "name categories of personal data in reports for pull requests, which every reader of the repository reads")
	fs.StringVar(&g.lang, "lang", "", langHelp())
	fs.StringVar(&g.evidenceKey, "evidence-key", "", "private key (PEM, PKCS #8, Ed25519) that signs -o evidence=FILE")
	fs.StringVar(&g.failOn, "fail-on", "", "exit 1 at findings of this severity or worse: critical, high, medium, low, none (default low)")
	fs.StringArrayVar(&g.failRules, "fail-on-rule", nil, "the same for one rule, in place of --fail-on: RULE=SEVERITY, by ID or glob (repeatable)")
	fs.StringArrayVar(&g.failFrameworks, "fail-on-framework", nil, "the same for what gives evidence for a framework, besides --fail-on: ID=SEVERITY (repeatable)")
	fs.StringSliceVar(&g.failUnknown, "fail-on-unknown", nil, "exit 1 where verdicts are unknown, for any reason by nature or for those named: =computed,unresolved (repeatable)")
	fs.Lookup("fail-on-unknown").NoOptDefVal = config.All
	fs.StringVar(&g.baseline, "baseline", "", "file or folder that probity baseline write made: its findings do not fail (default "+baselineFolder+" beside probity.yaml)")
	fs.BoolVar(&g.audit, "audit", false, "show all: no waiver, ignore, baseline or rules.as_of counts")
	fs.BoolVar(&g.exitZero, "exit-zero", false, "exit 0 whatever is found; wrong usage still exits 2")
}

// addBasic declares what every command takes that reads configuration.
func (g *gateFlags) addBasic(fs *pflag.FlagSet) {
	fs.StringVar(&g.config, "config", "", "configuration that may also choose rules, and that probity.yaml here or in a target only makes stricter")
	fs.StringVar(&g.now, "now", "", "the time that counts as now, RFC 3339; also SOURCE_DATE_EPOCH")
	fs.BoolVarP(&g.quiet, "quiet", "q", false, "no summary and no progress")
}

// misplaced tells a reason that was meant for --fail-on-unknown, which takes its reasons behind =.
func (g *gateFlags) misplaced(first string) error {
	if slices.Contains(g.failUnknown, config.All) && first != "" && !strings.ContainsAny(first, "./") {
		if _, unknown := config.Reasons(strings.Split(first, ",")); unknown == "" {
			return fmt.Errorf("--fail-on-unknown takes reasons behind =: write --fail-on-unknown=%s", first)
		}
	}
	return nil
}

// weighed is what flags and configuration say of the gate.
type weighed struct {
	gate       gate.Options
	outputs    []spec
	categories bool // texts for pull requests may name categories of personal data
	language   *language.Language
	trouble    []probity.Trouble
}

// weigh merges the flags, the file of --config and those found: a flag wins, and a found file only tightens what a person set.
func (g *gateFlags) weigh(files []config.Loaded, targets []string) (weighed, error) {
	w := weighed{categories: g.categories}
	var err error
	if w.gate.Now, err = g.clock(); err != nil {
		return w, err
	}
	if w.language, err = g.language(files); err != nil {
		return w, err
	}
	w.gate.Audit = g.audit
	if w.gate.Thresholds, err = g.thresholds(files); err != nil {
		return w, err
	}
	reasons, unknown := config.Reasons(g.failUnknown)
	if unknown != "" {
		return w, fmt.Errorf("--fail-on-unknown has no reason %q: use %s", unknown, strings.Join(append([]string{config.All}, words(probity.Reasons())...), ", "))
	}
	w.gate.Unknown = reasons
	for _, o := range g.outputs {
		w.outputs = append(w.outputs, spec{text: o})
	}
	for _, l := range files {
		w.categories = w.categories || l.Named() && l.File.Reports.NameCategories
		r, _ := config.Reasons(l.File.FailOnUnknown)
		w.gate.Unknown = append(w.gate.Unknown, r...)
		for _, x := range l.Waivers() {
			w.gate.Waivers = append(w.gate.Waivers, gate.Waiver{Waiver: x, Central: l.Named()})
		}
		w.gate.Limits.InChange = lower(w.gate.Limits.InChange, probity.Severity(l.File.Gate.AcceptInChange))
		w.gate.Limits.InRepository = lower(w.gate.Limits.InRepository, probity.Severity(l.File.Gate.AcceptInRepository))
		if v := l.File.Rules.AsOf; v != "" && (w.gate.AsOf == "" || gate.After(v, w.gate.AsOf)) {
			w.gate.AsOf = v
		}
		if len(g.outputs) == 0 {
			for _, name := range slices.Sorted(maps.Keys(l.File.Outputs)) {
				w.outputs = append(w.outputs, spec{text: name + "=" + l.File.Outputs[name], confined: !l.Named()})
			}
		}
	}
	w.gate.Baseline, w.trouble, err = g.findBaseline(files, targets)
	return w, err
}

// lower is the stricter of two limits; an empty one says nothing.
func lower(a, b probity.Severity) probity.Severity {
	switch {
	case a == "" || b == gate.None:
		return b
	case b == "" || a == gate.None || b.AtLeast(a):
		return a
	}
	return b
}

// thresholds are layers, each of which may only add what fails: first what a person named, then what was found.
func (g *gateFlags) thresholds(files []config.Loaded) ([]gate.Thresholds, error) {
	general, err := severity("--fail-on", g.failOn)
	if err != nil {
		return nil, err
	}
	floor := gate.Thresholds{FailOn: general, Rules: map[string]probity.Severity{}, Frameworks: map[string]probity.Severity{}}
	var found []gate.Thresholds
	for _, l := range files {
		t := l.File.Thresholds()
		if l.Named() {
			if general == "" {
				floor.FailOn = t.FailOn
			}
			maps.Copy(floor.Rules, t.Rules)
			maps.Copy(floor.Frameworks, t.Frameworks)
		} else if t.FailOn != "" || len(t.Rules)+len(t.Frameworks) > 0 {
			found = append(found, t)
		}
	}
	if err := errors.Join(overlay("--fail-on-rule", floor.Rules, g.failRules), overlay("--fail-on-framework", floor.Frameworks, g.failFrameworks)); err != nil {
		return nil, err
	}
	lowest := gate.None // of what was found
	for _, t := range found {
		if t.FailOn != "" && gate.Stricter(t.FailOn, lowest) {
			lowest = t.FailOn
		}
	}
	said := slices.ContainsFunc(found, func(t gate.Thresholds) bool { return t.FailOn != "" })
	var out []gate.Thresholds
	if floor.FailOn != "" || len(floor.Rules)+len(floor.Frameworks) > 0 {
		firm := floor.FailOn != ""
		if !firm && said {
			floor.FailOn = lowest
		}
		out = append(out, floor)
		for _, t := range found {
			if t.FailOn == "" || general != "" || !firm {
				t.FailOn = gate.None
			}
			out = append(out, t)
		}
		return out, nil
	}
	for _, t := range found {
		if t.FailOn == "" && said {
			t.FailOn = lowest
		}
		out = append(out, t)
	}
	return out, nil
}

// overlay puts what a repeated flag says over what a file said.
func overlay(flag string, on map[string]probity.Severity, said []string) error {
	by, err := pairs(flag, said)
	if err != nil {
		return err
	}
	for k, v := range by {
		if on[k], err = severity(flag+" "+k, v); err != nil {
			return err
		}
	}
	return nil
}

// files loads the configuration: the named one first, then those found here and in the targets, with their waivers.
func (g *gateFlags) files(targets []string) ([]config.Loaded, error) {
	var out []config.Loaded
	seen := map[string]bool{}
	add := func(path string, load func(string) (config.Loaded, error), trusted bool) error {
		abs, err := filepath.Abs(path)
		if err != nil || seen[abs] {
			return err
		}
		seen[abs] = true
		l, err := load(path)
		if err != nil && !trusted { // nobody asked for it: the scan goes on without
			l, err = config.Loaded{Path: path, Trouble: []string{path + ": " + brief(err)}}, nil
		}
		if err == nil {
			out = append(out, l)
		}
		return err
	}
	if g.config != "" {
		load := func(p string) (config.Loaded, error) {
			l, err := config.Load(g.asItWas(p), true)
			return l.As(p), err
		}
		if err := add(g.config, load, true); err != nil {
			return nil, err
		}
	}
	if g.elsewhere { // what lies on one machine alone would set others apart from it
		return out, nil
	}
	for _, dir := range places(targets) {
		for _, x := range []struct {
			name string
			load func(string) (config.Loaded, error)
		}{{config.Name, func(p string) (config.Loaded, error) { return config.Load(p, false) }}, {config.WaiversName, config.LoadWaivers}} {
			path := filepath.Join(dir, filepath.FromSlash(x.name))
			there := g.base.Of(path)
			info, err := os.Lstat(there)
			if err != nil {
				continue
			}
			load := func(string) (config.Loaded, error) {
				if !info.Mode().IsRegular() { // a link would lead anywhere
					return config.Loaded{}, errors.New("it is no regular file, and so does not count")
				}
				l, err := x.load(there)
				return l.As(path), err
			}
			if err := add(path, load, false); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// asItWas is a file or folder that a person named, as the base has it; where it has none of that name, what is here: nobody
// names in a base's build what only the change brings.
func (g *gateFlags) asItWas(name string) string {
	if at := g.base.Of(name); at != name {
		if _, err := os.Lstat(at); err == nil {
			return at
		}
	}
	return name
}

// places are the folders in which configuration is found: this one and the targets.
func places(targets []string) []string {
	dirs := []string{"."}
	for _, t := range targets {
		if info, err := os.Stat(t); err == nil && info.IsDir() && !slices.Contains(dirs, filepath.Clean(t)) {
			dirs = append(dirs, filepath.Clean(t))
		}
	}
	return dirs
}

func severity(flag, s string) (probity.Severity, error) {
	all := append(probity.Severity("").Values(), string(gate.None))
	if s != "" && !slices.Contains(all, s) {
		return "", fmt.Errorf("%s %q: use %s", flag, s, strings.Join(all, ", "))
	}
	return probity.Severity(s), nil
}
