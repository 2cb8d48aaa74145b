package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/cmd/internal/pipeline"
	"github.com/probity-scan/probity/reports/gate"
	"github.com/probity-scan/probity/scanners"
)

// settled is what flags and configuration files come to.
type settled struct {
	targets       []string
	units         []probity.Unit
	outputs       []spec
	failOn        probity.Severity
	failOnUnknown []probity.Reason
	rules         []string
	frameworks    []string
	policies      []string
	trustRules    bool
	parameters    map[string]any
	declarations  pipeline.Declarations
	inputs        map[string]string
	trouble       []probity.Trouble
}

// settle merges the flags, the file of --config and those found: a flag wins, and a found file only tightens what a person set.
func (f *scanFlags) settle(targets []string) (settled, error) {
	s := settled{rules: f.rules, frameworks: f.frameworks, policies: f.policies, trustRules: f.trustRules, parameters: map[string]any{}, inputs: map[string]string{}}
	files, err := f.files(targets)
	if err != nil {
		return s, err
	}
	threshold, err := severity(f.failOn)
	if err != nil {
		return s, err
	}
	s.failOn = threshold
	for _, r := range f.failUnknown {
		if !slices.Contains(probity.Reasons(), probity.Reason(r)) {
			return s, fmt.Errorf("--fail-on-unknown has no reason %q: use %s", r, strings.Join(words(probity.Reasons()), ", "))
		}
		s.failOnUnknown = append(s.failOnUnknown, probity.Reason(r))
	}
	for _, o := range f.outputs {
		s.outputs = append(s.outputs, spec{text: o})
	}
	exclude := f.exclude
	for _, glob := range exclude {
		if !doublestar.ValidatePattern(glob) {
			return s, fmt.Errorf("--exclude %q: the pattern is malformed", glob)
		}
	}
	set := f.failOn != ""
	for i, l := range files {
		named := i == 0 && f.config != ""
		s.take(l, named, f, &set)
		exclude = append(exclude, l.File.Exclude...)
	}
	code, err := f.code(files, os.Environ())
	if err != nil {
		return s, err
	}
	asks := probity.Asks{Content: &probity.Budget{Bytes: f.bytes, Objects: f.objects, Rows: f.rows}, Exclude: exclude, Code: code}
	if f.noContent {
		asks.Content = nil
	}
	s.aim(targets, asks)
	s.root(files, f.config != "")
	return s, nil
}

// take merges one file; the named one comes first.
func (s *settled) take(l config.Loaded, named bool, f *scanFlags, set *bool) {
	sum := sha256.Sum256(l.Bytes)
	s.inputs["configuration "+filepath.ToSlash(l.Path)] = hex.EncodeToString(sum[:])
	for _, t := range l.Trouble {
		s.trouble = append(s.trouble, probity.Trouble{What: "configuration", Gap: probity.Gap{Reason: probity.Unreadable, Because: t, Needs: "a mended " + config.Name}})
	}
	d := l.Declarations()
	s.declarations.Activities = append(s.declarations.Activities, d.Activities...)
	s.declarations.Labels = append(s.declarations.Labels, d.Labels...)
	s.declarations.Waivers = append(s.declarations.Waivers, d.Waivers...)
	for k, v := range l.File.Parameters {
		if _, taken := s.parameters[k]; !taken {
			s.parameters[k] = v
		}
	}
	if l.File.FailOn != "" && f.failOn == "" {
		t := probity.Severity(l.File.FailOn)
		if !*set || named || stricter(t, s.failOn) {
			s.failOn = t
		}
		*set = true
	}
	for _, r := range l.File.FailOnUnknown {
		s.failOnUnknown = append(s.failOnUnknown, probity.Reason(r))
	}
	if len(f.outputs) == 0 {
		for _, name := range slices.Sorted(maps.Keys(l.File.Outputs)) {
			s.outputs = append(s.outputs, spec{text: name + "=" + l.File.Outputs[name], confined: !named})
		}
	}
	if named {
		s.rules, s.frameworks = or(s.rules, l.File.Rules), or(s.frameworks, l.File.Frameworks)
		s.policies = append(s.policies, l.File.Policies...)
		s.trustRules = s.trustRules || l.File.TrustRules
	}
}

// aim makes a first unit of each target. One that no scanner reads is trouble: the others go on.
func (s *settled) aim(targets []string, asks probity.Asks) {
	var found []target
	for _, t := range targets {
		name, path, err := scanners.Source(t)
		if err == nil {
			_, err = os.Stat(path)
		}
		shown := redacted(t)
		if err != nil {
			because := strings.ReplaceAll(brief(err), t, shown)
			s.trouble = append(s.trouble, probity.Trouble{What: "target " + shown, Gap: probity.Gap{Reason: probity.Unreachable, Because: because, Needs: "a folder, a file or sqlite:FILE"}})
			continue
		}
		found = append(found, newTarget(shown, name, path))
	}
	for _, t := range apart(found) {
		u := probity.Unit{Scanner: t.scanner, Target: t.path, Base: t.base, Asks: asks}
		u.Supplies = scanners.Supplies(u)
		s.targets, s.units = append(s.targets, t.shown), append(s.units, u)
	}
}

// files loads the configuration: the named one first, then those found here and in the targets.
func (f *scanFlags) files(targets []string) ([]config.Loaded, error) {
	var out []config.Loaded
	seen := map[string]bool{}
	add := func(path string, trusted bool) error {
		abs, err := filepath.Abs(path)
		if err != nil || seen[abs] {
			return err
		}
		seen[abs] = true
		l, err := config.Load(path, trusted)
		if err != nil && !trusted { // nobody asked for it: the scan goes on without
			l, err = config.Loaded{Path: path, Trouble: []string{path + ": " + brief(err)}}, nil
		}
		if err == nil {
			out = append(out, l)
		}
		return err
	}
	if f.config != "" {
		if err := add(f.config, true); err != nil {
			return nil, err
		}
	}
	found := []string{config.Name}
	for _, t := range targets {
		if info, err := os.Stat(t); err == nil && info.IsDir() {
			found = append(found, filepath.Join(t, config.Name))
		}
	}
	for _, path := range found {
		if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
			continue
		}
		if err := add(path, false); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func severity(s string) (probity.Severity, error) {
	all := append(probity.Severity("").Values(), string(gate.None))
	if s != "" && !slices.Contains(all, s) {
		return "", fmt.Errorf("--fail-on %q: use %s", s, strings.Join(all, ", "))
	}
	return probity.Severity(s), nil
}

// stricter reports whether threshold a fails on more than b.
func stricter(a, b probity.Severity) bool {
	if a == gate.None || b == "" {
		return false
	}
	return b == gate.None || a == "" || !a.AtLeast(b)
}

func pairs(flag string, in []string) (map[string]string, error) {
	out := map[string]string{}
	for _, p := range in {
		k, v, ok := strings.Cut(p, "=")
		if !ok || k == "" {
			return nil, fmt.Errorf("%s takes name=value", flag)
		}
		out[k] = v
	}
	return out, nil
}

func or(a, b []string) []string {
	if len(a) > 0 {
		return a
	}
	return b
}

func words[T ~string](in []T) []string {
	out := make([]string, len(in))
	for i, s := range in {
		out[i] = string(s)
	}
	return out
}

// clock is the time of the scan: the flag's, the build environment's, or now.
func (f *scanFlags) clock() (time.Time, error) {
	if f.now != "" {
		t, err := time.Parse(time.RFC3339, f.now)
		if err != nil {
			return t, fmt.Errorf("--now %q: write it as 2026-11-24T08:00:00Z", f.now)
		}
		return t.UTC(), nil
	}
	if e := os.Getenv("SOURCE_DATE_EPOCH"); e != "" {
		n, err := strconv.ParseInt(e, 10, 64)
		if err != nil {
			return time.Time{}, fmt.Errorf("SOURCE_DATE_EPOCH %q: seconds since 1970 are expected", e)
		}
		return time.Unix(n, 0).UTC(), nil
	}
	return time.Now().UTC().Truncate(time.Second), nil
}
