package policies

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/child"
)

//go:embed rules schemas risk.rego index.json frameworks.json catalogue.csv
var builtin embed.FS

// Options choose what is judged. The zero value is all built-in rules and frameworks.
type Options struct {
	Dirs       []string                // folders and bundles with rules of users
	At         func(dir string) string // where such a folder is read, if not where it is told to be
	Rules      []string                // globs over rule IDs; empty: all
	Frameworks []string                // IDs; only rules that give evidence for one of their controls. Empty: all
	Parameters map[string]any          // what rules read as data.config
	Program    string                  // the executable that judges users' rules
	Limits     child.Limits
	Risk       string // a file of Rego in place of the built-in risk
	Trust      bool   // judge users' rules even where memory cannot be limited
	Bundles    Bundles
}

// Corpus is the chosen rules and frameworks.
type Corpus struct {
	Rules      []probity.Rule // sorted by ID
	Frameworks []probity.Framework
	Trouble    []probity.Trouble // users' rules that could not be taken

	options Options
	users   *users
	risk    *foreignRisk                      // nil: the built-in one
	source  func(file string) ([]byte, error) // of built-in rules

	remembered int64 // bytes, of what rules said
}

// Load reads the built-in index and users' folders. A rule of a user that cannot be read is trouble, not an error; a folder
// that is not there, or a choice that matches nothing, is an error.
func Load(ctx context.Context, o Options) (*Corpus, error) {
	all, err := index()
	if err != nil {
		return nil, err
	}
	c := &Corpus{options: o, source: builtin.ReadFile, remembered: remembered}
	if c.risk, err = loadRisk(ctx, o); err != nil {
		return nil, err
	}
	if c.users, err = loadUsers(ctx, o, all); err != nil {
		c.risk.close()
		return nil, err
	}
	all = append(all, c.users.rules...)
	c.Trouble = c.users.trouble
	if err := c.choose(all); err != nil {
		c.Close()
		if len(c.Trouble) > 0 { // the rule that was asked for may be the one that could not be taken
			return nil, fmt.Errorf("%w; %s", err, c.Trouble[0].Gap.Because)
		}
		return nil, err
	}
	return c, nil
}

// choose keeps the rules and frameworks that were asked for.
func (c *Corpus) choose(all []probity.Rule) error {
	o := c.options
	frameworks, err := frameworksIndex()
	if err != nil {
		return err
	}
	if c.Frameworks, err = chooseFrameworks(frameworks, o.Frameworks); err != nil {
		return err
	}
	if all, err = chooseRules(all, o.Rules); err != nil {
		return err
	}
	if len(o.Frameworks) > 0 {
		all = slices.DeleteFunc(all, func(r probity.Rule) bool { return !servesAny(r, c.Frameworks) })
	}
	slices.SortFunc(all, func(a, b probity.Rule) int { return strings.Compare(a.ID, b.ID) })
	c.Rules = all
	return nil
}

// Close ends the processes that judge users' rules and risk.
func (c *Corpus) Close() {
	c.users.close()
	c.risk.close()
}

func index() ([]probity.Rule, error) {
	b, err := builtin.ReadFile("index.json")
	if err != nil {
		return nil, fmt.Errorf("reading the index of rules: %w", err)
	}
	var rules []probity.Rule
	if err := json.Unmarshal(b, &rules); err != nil {
		return nil, fmt.Errorf("reading the index of rules: %w", err)
	}
	return rules, nil
}

// frameworksIndex reads what is generated from the files of frameworks: many YAML files take longer than a small scan.
func frameworksIndex() ([]probity.Framework, error) {
	b, err := builtin.ReadFile("frameworks.json")
	if err != nil {
		return nil, fmt.Errorf("reading the index of frameworks: %w", err)
	}
	var out []probity.Framework
	if err := json.Unmarshal(b, &out); err != nil {
		return nil, fmt.Errorf("reading the index of frameworks: %w", err)
	}
	return out, nil
}

func chooseFrameworks(all []probity.Framework, ids []string) ([]probity.Framework, error) {
	if len(ids) == 0 {
		return all, nil
	}
	var out []probity.Framework
	for _, id := range ids {
		i := slices.IndexFunc(all, func(f probity.Framework) bool { return f.ID == id })
		if i < 0 {
			return nil, fmt.Errorf("no framework %q: probity frameworks list shows them", id)
		}
		out = append(out, all[i])
	}
	return out, nil
}

func chooseRules(all []probity.Rule, globs []string) ([]probity.Rule, error) {
	if len(globs) == 0 {
		return all, nil
	}
	keep := map[string]bool{}
	for _, g := range globs {
		hit := false
		for _, r := range all {
			ok, err := path.Match(g, r.ID)
			if err != nil {
				return nil, fmt.Errorf("rule pattern %q: %w", g, err)
			}
			keep[r.ID] = keep[r.ID] || ok
			hit = hit || ok
		}
		if !hit {
			return nil, fmt.Errorf("no rule %q: probity rules list shows them", g)
		}
	}
	return slices.DeleteFunc(all, func(r probity.Rule) bool { return !keep[r.ID] }), nil
}

func servesAny(r probity.Rule, fs []probity.Framework) bool {
	for _, f := range fs {
		for _, c := range f.Controls {
			if r.Serves(c) {
				return true
			}
		}
	}
	return false
}

// libraries gives the helper modules of the built-in rules.
func libraries() (map[string][]byte, error) {
	files, err := fs.Glob(builtin, "rules/lib/*.rego")
	if err != nil {
		return nil, fmt.Errorf("listing helpers of rules: %w", err)
	}
	out := map[string][]byte{}
	for _, f := range files {
		if strings.HasSuffix(f, "_test.rego") {
			continue
		}
		if out[f], err = builtin.ReadFile(f); err != nil {
			return nil, fmt.Errorf("reading %s: %w", f, err)
		}
	}
	return out, nil
}

func schemaFile(name string) (map[string]any, error) {
	b, err := builtin.ReadFile("schemas/" + name + ".json")
	if err != nil {
		return nil, fmt.Errorf("reading schema %s: %w", name, err)
	}
	var s map[string]any
	if err := json.Unmarshal(b, &s); err != nil {
		return nil, fmt.Errorf("reading schema %s: %w", name, err)
	}
	return s, nil
}
