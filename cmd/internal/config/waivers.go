package config

import (
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"github.com/probity-scan/probity"
)

// WaiversName is the file of waivers beside probity.yaml, which probity waive writes.
const WaiversName = ".probity/waivers.yaml"

// WaiverFile is the form of that file.
type WaiverFile struct {
	Waivers []Waiver `yaml:"waivers"`
}

// Waiver accepts findings until a day, or says that they are none.
type Waiver struct {
	Rule      string   `yaml:"rule"`      // ID or pattern
	Asset     string   `yaml:"asset"`     // pattern over IDs
	Root      string   `yaml:"root"`      // of the asset; empty: any
	Exact     bool     `yaml:"exact"`     // rule, asset and root are names and no patterns; an empty root is none
	Kind      string   `yaml:"kind"`      // accepted-risk, false-positive; empty: accepted-risk
	Reason    string   `yaml:"reason"`    //
	Owner     string   `yaml:"owner"`     //
	Approver  string   `yaml:"approver"`  //
	Until     string   `yaml:"until"`     // last day: 2027-01-31; a false positive needs none
	Accepted  []string `yaml:"accepted"`  // digests of the findings that were looked at; empty: any
	Behaviour int      `yaml:"behaviour"` // of the rule that was looked at; 0: any
	line      int
}

// LoadWaivers reads a file of waivers.
func LoadWaivers(path string) (Loaded, error) {
	b, err := read(path, maxWaivers)
	if err != nil {
		return Loaded{}, err
	}
	l := Loaded{Path: path, Bytes: b, lines: linesOf(b)}
	var f WaiverFile
	if l.decode(&f) {
		l.File.Waivers = f.Waivers
	}
	l.check()
	return l, nil
}

var digest = regexp.MustCompile(`^[0-9a-f]{16}$`)

// waiver checks one entry: what says too little waives nothing.
func (l *Loaded) waiver(i int, w Waiver) bool {
	bad := func(format string, args ...any) bool { return l.bad("waivers", i, format, args...) }
	_, err := time.Parse(time.DateOnly, w.Until)
	free := w.Kind == string(probity.FalsePositive)
	switch {
	case w.Kind != "" && w.Kind != string(probity.AcceptedRisk) && !free:
		return bad("waiver of %s: kind must be accepted-risk or false-positive", w.Rule)
	case free && (w.Rule == "" || w.Asset == "" || w.Reason == "" || w.Owner == ""):
		return bad("a waiver of a false positive needs rule, asset, reason and owner")
	case w.Rule == "" || w.Asset == "" || w.Reason == "" || w.Owner == "":
		return bad("a waiver needs rule, asset, reason, owner and until")
	case err != nil && !(free && w.Until == ""):
		return bad("waiver of %s: until must be a day such as 2027-01-31", w.Rule)
	case slices.ContainsFunc(w.Accepted, func(d string) bool { return !digest.MatchString(d) }):
		return bad("waiver of %s: accepted holds digests of 16 hexadecimal digits, as reports show them", w.Rule)
	case w.Behaviour < 0:
		return bad("waiver of %s: behaviour is below 0", w.Rule)
	}
	return false
}

// Waivers are the file's, in the vocabulary.
func (l Loaded) Waivers() []probity.Waiver {
	var out []probity.Waiver
	for _, w := range l.File.Waivers {
		x := probity.Waiver{Kind: probity.WaiverKind(w.Kind), Rule: w.Rule, Asset: w.Asset, Root: w.Root, Exact: w.Exact, Reason: w.Reason, Owner: w.Owner,
			Approver: w.Approver, Accepted: w.Accepted, Behaviour: w.Behaviour, Origin: &probity.Origin{File: filepath.ToSlash(l.Path), Line: w.line, Column: 1}}
		if x.Kind == "" {
			x.Kind = probity.AcceptedRisk
		}
		if until, err := time.Parse(time.DateOnly, w.Until); err == nil { // check took out the others
			x.Until = until.AddDate(0, 0, 1)
		}
		out = append(out, x)
	}
	return out
}
