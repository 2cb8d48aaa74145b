package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/cmd/internal/pipeline"
	"github.com/probity-scan/probity/cmd/internal/state"
	"github.com/probity-scan/probity/policies"
	"github.com/probity-scan/probity/scanners"
	"github.com/probity-scan/probity/scanners/personaldata/detectors"
	"github.com/probity-scan/probity/scanners/resolve"
)

// settled is what flags and configuration files come to.
type settled struct {
	targets []string
	units   []probity.Unit
	weighed
	rules        []string
	frameworks   []string
	policies     []string
	bundles      policies.Bundles
	trustRules   bool
	risk         string
	detectors    []detectors.Detector // nil: all
	sought       string               // digest of what is looked for, and by which version
	parameters   map[string]any
	declarations pipeline.Declarations
	inputs       map[string]string
	live         probity.Live
	maxAge       int                       // days for which an inventory counts; 0: for ever
	leave        func(probity.Unit) string // why a unit needs no scan, or nothing; nil: all do
	kept         *keeping                  // nil: nothing is
	files        []config.Loaded           // of configuration
	past         *recorder                 // the history that the scan goes into; nil: none
	record       string                    // folder of a recording to write; empty: none
	recorded     time.Time                 // the date of the newest recording, where all targets are recordings
}

// settle merges the flags, the file of --config and those found: a flag wins, and a found file only tightens what a person set.
func (f *scanFlags) settle(targets []string) (settled, error) {
	s := settled{rules: f.rules, frameworks: f.frameworks, policies: f.policies, bundles: f.bundles, trustRules: f.trustRules, risk: f.risk, parameters: map[string]any{}, inputs: map[string]string{}}
	files, err := f.files(targets)
	if err != nil {
		return s, err
	}
	s.files = files
	if s.weighed, err = f.weigh(files, targets); err != nil {
		return s, err
	}
	s.trouble = append(s.trouble, configTrouble(files)...)
	s.maxAge = f.age(files)
	exclude := f.exclude
	for _, glob := range exclude {
		if !doublestar.ValidatePattern(glob) {
			return s, fmt.Errorf("--exclude %q: the pattern is malformed", glob)
		}
	}
	s.sought = sought(files)
	if s.detectors, err = chosen(files); err != nil {
		return s, err
	}
	for _, l := range files {
		s.take(l)
		exclude = append(exclude, l.File.Exclude...)
	}
	code, err := f.code(files, os.Environ())
	if err != nil {
		return s, err
	}
	asks := probity.Asks{Content: &probity.Budget{Bytes: f.bytes, Objects: f.objects, Rows: f.rows}, Exclude: exclude, Code: code}
	if err := f.ask(&asks, files, s.declarations.Activities); err != nil {
		return s, err
	}
	s.live = asks.Live
	if f.noContent {
		asks.Content = nil
	}
	s.aim(targets, f, asks)
	s.recorded = recorded(s.units)
	s.root(files, f.config != "", f.elsewhere)
	return s, nil
}

// configTrouble is what is wrong in files of configuration.
func configTrouble(files []config.Loaded) []probity.Trouble {
	var out []probity.Trouble
	for _, l := range files {
		for _, t := range l.Trouble {
			out = append(out, probity.Trouble{What: "configuration", Gap: probity.Gap{Reason: probity.Unreadable, Because: t, Needs: "a mended " + filepath.Base(l.Path)}})
		}
	}
	return out
}

// take merges one file; the named one comes first.
func (s *settled) take(l config.Loaded) {
	sum := sha256.Sum256(l.Bytes)
	s.inputs[configured(l)] = hex.EncodeToString(sum[:])
	d := l.Declarations()
	s.declarations.Activities = append(s.declarations.Activities, d.Activities...)
	s.declarations.Accounts = append(s.declarations.Accounts, d.Accounts...)
	s.declarations.Labels = append(s.declarations.Labels, d.Labels...)
	s.declarations.Owners = append(s.declarations.Owners, d.Owners...)
	s.declarations.Organisation = s.declarations.Organisation.Or(d.Organisation)
	for k, v := range l.File.Parameters {
		if _, taken := s.parameters[k]; !taken {
			s.parameters[k] = v
		}
	}
	if l.Named() {
		s.rules, s.frameworks = or(s.rules, l.File.Rules.Only), or(s.frameworks, l.File.Frameworks)
		s.policies = append(s.policies, l.File.Policies...)
		s.bundles.Key = cmp.Or(s.bundles.Key, l.File.BundleKey)
		s.trustRules, s.risk = s.trustRules || l.File.TrustRules, cmp.Or(s.risk, l.File.Risk)
	}
}

// configured is what a file of configuration is called among the inputs.
func configured(l config.Loaded) string { return "configuration " + filepath.ToSlash(l.Path) }

// judgedBy puts the digests of rules and parameters among the inputs: who judges again knows by them whether it is by the same.
func (s *settled) judgedBy(corpus *policies.Corpus) (err error) {
	if s.inputs["rules"], err = corpus.Digest(); err != nil {
		return err
	}
	parameters, err := corpus.ParametersDigest()
	if parameters != "" {
		s.inputs["parameters"] = parameters
	}
	return err
}

// aim makes a first unit of each target. One that no scanner reads is trouble: the others go on.
func (s *settled) aim(targets []string, f *scanFlags, asks probity.Asks) {
	var found []target
	for _, t := range targets {
		name, path, err := scanners.Source(t)
		if err == nil && path != "" && f.opened != nil {
			path = f.opened(path)
		}
		if err == nil && path != "" && !f.elsewhere {
			_, err = os.Stat(path)
		}
		shown := redacted(t)
		if err != nil {
			because := strings.ReplaceAll(brief(err), t, shown)
			s.trouble = append(s.trouble, probity.Trouble{What: "target " + shown, Gap: probity.Gap{Reason: probity.Unreachable, Because: because, Needs: "a folder, a file or a database"}})
			continue
		}
		if path == "" { // asked over a network
			u := probity.Unit{Scanner: name, Target: t, Asks: asks}
			u.Supplies = scanners.Supplies(u)
			s.targets, s.units = append(s.targets, shown), append(s.units, u)
			continue
		}
		if f.elsewhere {
			found = append(found, elsewhere(shown, name, path))
			continue
		}
		found = append(found, newTarget(shown, name, path))
	}
	for _, t := range apart(found, f.elsewhere) {
		if !f.elsewhere && state.IsRecording(t.path) {
			t.scanner = state.Recorded
		}
		u := probity.Unit{Scanner: t.scanner, Target: t.path, Base: t.base, Asks: asks}
		u.Supplies = scanners.Supplies(u)
		s.targets, s.units = append(s.targets, t.shown), append(s.units, u)
	}
}

// ask tells units which facts the chosen rules rest on: what nobody reads need not be asked for.
func (s *settled) ask(ctx context.Context, corpus *policies.Corpus) error {
	paths, err := corpus.Asked(ctx)
	if err != nil {
		return err
	}
	for i := range s.units {
		s.units[i].Asks.Paths = resolve.Inputs(paths)
	}
	return nil
}

// recorded is the date of the newest recording where all units are of such; what lives is judged by today.
func recorded(units []probity.Unit) time.Time {
	var newest time.Time
	for _, u := range units {
		rec, err := state.ReadRecording(u.Target)
		if u.Scanner != state.Recorded || err != nil {
			return time.Time{}
		}
		if rec.Started.After(newest) {
			newest = rec.Started
		}
	}
	return newest
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
func (g *gateFlags) clock() (time.Time, error) {
	if g.now != "" {
		t, err := time.Parse(time.RFC3339, g.now)
		if err != nil {
			return t, fmt.Errorf("--now %q: write it as 2026-11-24T08:00:00Z", g.now)
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
