// Package config reads probity.yaml. A file that lies in the current directory or in a target may be a stranger's, so it
// declares, waives, excludes and sets thresholds and outputs; rules and programs need a file that the person named.
package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/bmatcuk/doublestar/v4"
	"go.yaml.in/yaml/v3"

	"github.com/probity-scan/probity"
)

// Name is the file that is found by itself.
const Name = "probity.yaml"

// File is the form of probity.yaml.
type File struct {
	Activities    []Activity        `yaml:"activities"`
	Labels        []Label           `yaml:"labels"`
	Waivers       []Waiver          `yaml:"waivers"`
	Exclude       []string          `yaml:"exclude"`         // globs over paths below a target
	FailOn        string            `yaml:"fail_on"`         // critical, high, medium, low, none
	FailOnUnknown []string          `yaml:"fail_on_unknown"` // reasons of gaps
	Outputs       map[string]string `yaml:"outputs"`         // format: path
	Parameters    map[string]any    `yaml:"parameters"`      // what rules read as data.config

	// Only from a file given by --config.
	Rules      []string `yaml:"rules"`
	Frameworks []string `yaml:"frameworks"`
	Policies   []string `yaml:"policies"`
	TrustRules bool     `yaml:"trust_rules"`
}

// Activity is a processing of personal data; see probity.Activity.
type Activity struct {
	ID            string   `yaml:"id"`
	Purposes      []string `yaml:"purposes"`
	Role          string   `yaml:"role"`
	Entity        string   `yaml:"entity"`
	Country       string   `yaml:"country"`
	Subjects      []string `yaml:"subjects"`
	Recipients    []string `yaml:"recipients"`
	Countries     []string `yaml:"countries"`
	Transfer      string   `yaml:"transfer"`
	RetentionDays *int     `yaml:"retention_days"`
	RetentionFrom string   `yaml:"retention_from"`
	LegalHold     bool     `yaml:"legal_hold"`
	Stores        []string `yaml:"stores"`
}

// Label is what a reviewer says of a store whose content is not read.
type Label struct {
	Store    string           `yaml:"store"`
	Category probity.Category `yaml:"category"`
	Detector string           `yaml:"detector"`
	On       string           `yaml:"on"`
}

// Waiver accepts findings until a day.
type Waiver struct {
	Rule     string `yaml:"rule"`
	Asset    string `yaml:"asset"`
	Reason   string `yaml:"reason"`
	Owner    string `yaml:"owner"`
	Approver string `yaml:"approver"`
	Until    string `yaml:"until"` // 2027-01-31
}

// Loaded is a file with what was wrong in it: the rest of it counts.
type Loaded struct {
	Path    string
	File    File
	Bytes   []byte
	Trouble []string // "probity.yaml:4: …", one line each
}

// Load reads a file. trusted: the person named it. An error means that it is not there or cannot be read.
func Load(path string, trusted bool) (Loaded, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return Loaded{}, fmt.Errorf("reading configuration: %w", err)
	}
	l := Loaded{Path: path, Bytes: b}
	dec := yaml.NewDecoder(bytes.NewReader(b))
	dec.KnownFields(true)
	var types *yaml.TypeError
	switch err := dec.Decode(&l.File); {
	case err == nil || errors.Is(err, io.EOF):
	case errors.As(err, &types):
		for _, e := range types.Errors {
			l.Trouble = append(l.Trouble, l.at(e))
		}
	default:
		l.File = File{}
		l.Trouble = append(l.Trouble, l.at(strings.TrimPrefix(strings.ReplaceAll(err.Error(), "\n", " "), "yaml: ")))
	}
	if !trusted {
		l.distrust()
	}
	l.check()
	return l, nil
}

var (
	atLine = regexp.MustCompile(`^line (\d+): (.*)`)
	field  = regexp.MustCompile(`^field (\S+) (?:not found|already set) in type \S+`)
	kindOf = regexp.MustCompile("^cannot unmarshal !!(\\w+)(?: `.*`)? into (.*)$")
)

// at gives YAML's complaint the file's name, and leaves out what the file holds.
func (l *Loaded) at(text string) string {
	line := ""
	if m := atLine.FindStringSubmatch(text); m != nil {
		line, text = ":"+m[1], m[2]
	}
	if m := field.FindStringSubmatch(text); m != nil {
		text = fmt.Sprintf("no key %q here: see docs/configuration.md", m[1])
	} else if m := kindOf.FindStringSubmatch(text); m != nil {
		text = fmt.Sprintf("a %s stands where %s is expected", m[1], strings.NewReplacer("[]", "a list of ", "config.", "").Replace(m[2]))
	}
	return l.Path + line + ": " + text
}

// distrust takes out what only a named file may say.
func (l *Loaded) distrust() {
	f := &l.File
	for key, set := range map[string]bool{"rules": f.Rules != nil, "frameworks": f.Frameworks != nil, "policies": f.Policies != nil, "trust_rules": f.TrustRules} {
		if set {
			l.Trouble = append(l.Trouble, fmt.Sprintf("%s: %s is taken only from a file given by --config, since this one may be a stranger's", l.Path, key))
		}
	}
	slices.Sort(l.Trouble)
	f.Rules, f.Frameworks, f.Policies, f.TrustRules = nil, nil, nil, false
	for format, path := range f.Outputs {
		if !filepath.IsLocal(path) {
			l.Trouble = append(l.Trouble, fmt.Sprintf("%s: outputs: %s is written below the current directory only: give -o for another place", l.Path, format))
			delete(f.Outputs, format)
		}
	}
}

// check takes out what says too little or a word that is none.
func (l *Loaded) check() {
	f := &l.File
	bad := func(format string, args ...any) bool {
		l.Trouble = append(l.Trouble, l.Path+": "+fmt.Sprintf(format, args...))
		return true
	}
	f.Waivers = slices.DeleteFunc(f.Waivers, func(w Waiver) bool {
		if w.Rule == "" || w.Asset == "" || w.Reason == "" || w.Owner == "" {
			return bad("a waiver needs rule, asset, reason, owner and until")
		}
		if _, err := time.Parse(time.DateOnly, w.Until); err != nil {
			return bad("waiver of %s: until must be a day such as 2027-01-31", w.Rule)
		}
		return false
	})
	f.Activities = slices.DeleteFunc(f.Activities, func(a Activity) bool {
		return (a.ID == "" || len(a.Stores) == 0) && bad("an activity needs id and stores")
	})
	f.Labels = slices.DeleteFunc(f.Labels, func(d Label) bool {
		if d.Store == "" {
			return bad("a label needs store and category")
		}
		return !slices.Contains(d.Category.Values(), string(d.Category)) && bad("label of %s: category must be one of %s", d.Store, strings.Join(d.Category.Values(), ", "))
	})
	f.Exclude = slices.DeleteFunc(f.Exclude, func(glob string) bool {
		return !doublestar.ValidatePattern(glob) && bad("exclude has a malformed pattern %q", glob)
	})
	if f.FailOn != "" && f.FailOn != "none" && !slices.Contains(probity.Severity("").Values(), f.FailOn) {
		bad("fail_on must be one of critical, high, medium, low, none")
		f.FailOn = ""
	}
	f.FailOnUnknown = slices.DeleteFunc(f.FailOnUnknown, func(r string) bool {
		return !slices.Contains(probity.Reasons(), probity.Reason(r)) && bad("fail_on_unknown has no reason %q", r)
	})
}
