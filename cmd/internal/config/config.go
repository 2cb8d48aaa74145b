// Package config reads probity.yaml. A file that lies in the current directory or in a target may be a stranger's, so it
// declares, waives, excludes and sets thresholds and outputs; rules and programs need a file that the person named.
package config

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"go.yaml.in/yaml/v3"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/language"
)

// Name is the file that is found by itself.
const Name = "probity.yaml"

// File is the form of probity.yaml.
type File struct {
	Activities    []Activity        `yaml:"activities"`
	Labels        []Label           `yaml:"labels"`
	Accounts      []Account         `yaml:"accounts"`     // of clouds, and the entity that each belongs to
	Entities      []Entity          `yaml:"entities"`     // whom activities name, for the record of processing
	Owners        []Owner           `yaml:"owners"`       // who answers for stores
	Organisation  Organisation      `yaml:"organisation"` // who one is: which laws apply
	Waivers       []Waiver          `yaml:"waivers"`
	Exclude       []string          `yaml:"exclude"`            // globs over paths below a target
	FailOn        string            `yaml:"fail_on"`            // critical, high, medium, low, none
	FailOnRules   map[string]string `yaml:"fail_on_rules"`      // by rule or pattern, in place of fail_on
	FailOnLaws    map[string]string `yaml:"fail_on_frameworks"` // by framework, besides fail_on
	FailOnUnknown []string          `yaml:"fail_on_unknown"`    // reasons of gaps, or all
	Baseline      string            `yaml:"baseline"`           // file or folder of findings that were there on the first day
	Gate          Gate              `yaml:"gate"`               // what a repository may let be by itself
	Inventory     Inventory         `yaml:"inventory"`          // what earlier scans found
	Rules         Rules             `yaml:"rules"`              // only: from a file given by --config
	Outputs       map[string]string `yaml:"outputs"`            // format: path
	Lang          string            `yaml:"lang"`               // of reports for people: de, en, es, fr, nl
	Parameters    map[string]any    `yaml:"parameters"`         // what rules read as data.config
	Modules       map[string]string `yaml:"modules"`            // directories by the prefix of a Terraform module's source
	Roots         []Root            `yaml:"roots"`              // of Terraform: only these are read

	// Only from a file given by --config.
	Detectors  Detectors `yaml:"detectors"` // of personal data
	Frameworks []string  `yaml:"frameworks"`
	Policies   []string  `yaml:"policies"`
	BundleKey  string    `yaml:"bundle_key"` // file of the public key by which bundles among policies are signed
	TrustRules bool      `yaml:"trust_rules"`
	Risk       string    `yaml:"risk"` // file of Rego that says how bad findings are
	Reports    Reports   `yaml:"reports"`
	Live       Live      `yaml:"live"`
	Serve      Serve     `yaml:"serve"`
}

// Live is what scans of live accounts read beside settings, and from where.
type Live struct {
	Content     []string `yaml:"content"`      // services whose content is read: s3, dynamodb …
	ContentRole string   `yaml:"content_role"` // assumed for it
	Country     string   `yaml:"country"`      // that the scan runs in
	Closed      []string `yaml:"closed"`       // globs of ACCOUNT/REGION that the organisation keeps closed
	Databases   Opened   `yaml:"databases"`    // how databases are opened whose content is read
}

// Opened is how databases of live accounts are opened.
type Opened struct {
	User    string   `yaml:"user"`    // that tokens of IAM are made for
	CA      string   `yaml:"ca"`      // file of authorities that their certificates may be of, besides the system's
	Secrets []string `yaml:"secrets"` // patterns over ARNs and names of those that the master user's secret may open
}

// Detectors says which detectors of personal data run: by id, category or country.
type Detectors struct {
	Only   []string   `yaml:"only"`
	Off    []string   `yaml:"off"`
	Custom []Detector `yaml:"custom"`
	Known  []string   `yaml:"known"` // test data that is nobody's: patterns over values, and digests of probity detectors hash
}

// Detector is one of one's own; see detectors.Custom.
type Detector struct {
	ID              string           `yaml:"id"`
	Title           string           `yaml:"title"`
	Category        probity.Category `yaml:"category"`
	Country         string           `yaml:"country"`   // ISO 3166-1 alpha-2
	Words           []string         `yaml:"words"`     // that name it in texts, headers and keys
	Columns         []string         `yaml:"columns"`   // names of columns
	Pattern         string           `yaml:"pattern"`   // 9 a digit, A a letter, X either, {2} or {2-4}, separators
	Validator       string           `yaml:"validator"` // of its check digits
	Examples        []string         `yaml:"examples"`
	Counterexamples []string         `yaml:"counterexamples"`
}

// Account says whose an account is.
type Account struct {
	ID      string `yaml:"id"`
	Entity  string `yaml:"entity"`  // the legal entity
	Country string `yaml:"country"` // of its establishment, ISO 3166-1 alpha-2
}

// Owner says who answers for stores: those that a pattern names, and those that bear all of the tags.
type Owner struct {
	Owner  string            `yaml:"owner"`
	Stores []string          `yaml:"stores"` // patterns over IDs and aliases
	Tags   map[string]string `yaml:"tags"`
}

// Inventory says how long what an earlier scan found in a store counts. Of two files the shorter time does.
type Inventory struct {
	MaxAgeDays int `yaml:"max_age_days"` // days after which it does not count any more; default 90
}

// Reports is what reports may say.
type Reports struct {
	NameCategories bool `yaml:"name_categories"` // in texts for pull requests
}

// Root is a directory that Terraform runs in, and with what.
type Root struct {
	Path      string         `yaml:"path"`      // below the target
	VarFiles  []string       `yaml:"var_files"` // from Path, or with a leading slash from the target
	Variables map[string]any `yaml:"variables"`
	Workspace string         `yaml:"workspace"`
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
	Assessment    string   `yaml:"impact_assessment"` // what it is filed under, or none
	Stores        []string `yaml:"stores"`

	// For papers of the privacy office; no rule reads them.
	Data             []probity.Category `yaml:"data"`              // categories of personal data that it is meant to process
	JointControllers []string           `yaml:"joint_controllers"` // the others, by their names in entities
	Controllers      []string           `yaml:"controllers"`       // on whose behalf a processor acts, by their names in entities
	Measures         []string           `yaml:"measures"`          // of security, which no store tells
	Safeguards       []Safeguard        `yaml:"safeguards"`        // of transfers, by country
}

// Loaded is a file with what was wrong in it: the rest of it counts.
type Loaded struct {
	Path    string
	File    File
	Bytes   []byte
	Trouble []string // "probity.yaml:4: …", one line each
	lines   lines
	trusted bool
}

// As tells the file by another path: one that was read from a copy.
func (l Loaded) As(path string) Loaded {
	for i, t := range l.Trouble {
		l.Trouble[i] = strings.Replace(t, l.Path, path, 1)
	}
	l.Path = path
	return l
}

// Named reports whether a person named the file: then it is no stranger's.
func (l Loaded) Named() bool { return l.trusted }

// Asked is a digest of what the file asks of scans: all of it but serve, in which each process has its own place and data.
func (l Loaded) Asked() (string, error) {
	f := l.File
	f.Serve = Serve{}
	b, err := yaml.Marshal(f)
	if err != nil {
		return "", fmt.Errorf("%s: %w", l.Path, err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}

const (
	maxFile    = 1 << 20
	maxWaivers = 16 << 20
)

// read bounds what a stranger's file may cost.
func read(path string, most int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading configuration: %w", err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return nil, fmt.Errorf("reading configuration: %w", err)
	}
	if int64(len(b)) > most {
		return nil, fmt.Errorf("reading configuration: %s is larger than %d MiB", path, most>>20)
	}
	return b, nil
}

// Load reads a file. trusted: the person named it. An error means that it is not there or cannot be read.
func Load(path string, trusted bool) (Loaded, error) {
	b, err := read(path, maxFile)
	if err != nil {
		return Loaded{}, err
	}
	l := Loaded{Path: path, Bytes: b, lines: linesOf(b), trusted: trusted}
	if !l.decode(&l.File) {
		l.File = File{}
	}
	if !trusted {
		l.distrust()
	}
	l.check()
	return l, nil
}

// decode reads the file into a struct, strictly. It is false where nothing in it can be read.
func (l *Loaded) decode(to any) bool {
	dec := yaml.NewDecoder(bytes.NewReader(l.Bytes))
	dec.KnownFields(true)
	var types *yaml.TypeError
	switch err := dec.Decode(to); {
	case err == nil || errors.Is(err, io.EOF):
	case errors.As(err, &types):
		for _, e := range types.Errors {
			l.Trouble = append(l.Trouble, l.at(e))
		}
	default:
		l.Trouble = append(l.Trouble, l.at(strings.TrimPrefix(strings.ReplaceAll(err.Error(), "\n", " "), "yaml: ")))
		return false
	}
	return true
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
	for _, k := range []struct {
		key string
		set bool
	}{{"frameworks", f.Frameworks != nil}, {"policies", f.Policies != nil}, {"bundle_key", f.BundleKey != ""}, {"rules", f.Rules.Only != nil}, {"trust_rules", f.TrustRules}, {"risk", f.Risk != ""},
		{"reports", f.Reports.NameCategories}, {"live", !reflect.ValueOf(f.Live).IsZero()}, {"detectors", !reflect.ValueOf(f.Detectors).IsZero()}, {"serve", !reflect.ValueOf(f.Serve).IsZero()}} {
		if k.set {
			l.bad(k.key, -1, "%s is taken only from a file given by --config, since this one may be a stranger's", k.key)
		}
	}
	f.Rules.Only, f.Frameworks, f.Policies, f.BundleKey, f.TrustRules, f.Risk, f.Reports, f.Live, f.Detectors, f.Serve = nil, nil, nil, "", false, "", Reports{}, Live{}, Detectors{}, Serve{}
	if f.Baseline != "" && !filepath.IsLocal(f.Baseline) {
		l.bad("baseline", -1, "baseline is taken from below the file's own folder only: give --baseline for another place")
		f.Baseline = ""
	}
	for _, format := range slices.Sorted(maps.Keys(f.Outputs)) {
		if path := f.Outputs[format]; !filepath.IsLocal(path) {
			l.bad("outputs", -1, "outputs: %s is written below the current directory only: give -o for another place", format)
			delete(f.Outputs, format)
		}
	}
}

// bad tells what is wrong with a key, or with one of its items.
func (l *Loaded) bad(key string, item int, format string, args ...any) bool {
	l.Trouble = append(l.Trouble, l.Path+l.lines.of(key, item)+": "+fmt.Sprintf(format, args...))
	return true
}

// check takes out what says too little or a word that is none.
func (l *Loaded) check() {
	f := &l.File
	for i := range f.Activities {
		l.register(i, &f.Activities[i])
	}
	f.Activities = keep(f.Activities, l.activity)
	l.entities()
	f.Labels = keep(f.Labels, l.label)
	f.Owners = keep(f.Owners, func(i int, o Owner) bool {
		return (o.Owner == "" || len(o.Stores)+len(o.Tags) == 0) && l.bad("owners", i, "an owner needs owner, and stores or tags")
	})
	f.Exclude = keep(f.Exclude, func(i int, glob string) bool {
		return !doublestar.ValidatePattern(glob) && l.bad("exclude", i, "exclude has a malformed pattern %q", glob)
	})
	l.organisation()
	l.modules()
	f.Roots = keep(f.Roots, func(i int, r Root) bool {
		return !filepath.IsLocal(filepath.FromSlash(r.Path)) && l.bad("roots", i, "a root needs a path below the target")
	})
	l.checkGate()
	if _, err := language.Of(f.Lang); err != nil {
		l.bad("lang", -1, "lang: %v", err)
		f.Lang = ""
	}
	l.checkServe()
}

var country = regexp.MustCompile(`^[A-Z]{2}$`)

func roles() []string { return []string{"controller", "processor", "joint"} }

func transfers() []string { return []string{"adequacy", "scc", "bcr", "derogation"} }

// activity checks the words that rules compare: a slip in one would turn a fail into a pass.
func (l *Loaded) activity(i int, a Activity) bool {
	bad := func(format string, args ...any) bool {
		return l.bad("activities", i, "activity "+a.ID+": "+format, args...)
	}
	switch {
	case a.ID == "" || len(a.Stores) == 0:
		return l.bad("activities", i, "an activity needs id and stores")
	case a.Role != "" && !slices.Contains(roles(), a.Role):
		return bad("role must be one of controller, processor, joint")
	case a.Transfer != "" && !slices.Contains(transfers(), a.Transfer):
		return bad("transfer must be one of adequacy, scc, bcr, derogation, or left out")
	case a.RetentionDays != nil && *a.RetentionDays < 0:
		return bad("retention_days is below 0")
	}
	for _, c := range append(a.Countries, a.Country) {
		if c != "" && !country.MatchString(c) {
			return bad("countries are written in two capital letters, such as DE (ISO 3166-1)")
		}
	}
	return false
}

// keep leaves out the items that bad says yes to.
func keep[T any](items []T, bad func(int, T) bool) []T {
	var out []T
	for i, x := range items {
		if !bad(i, x) {
			out = append(out, x)
		}
	}
	return out
}
