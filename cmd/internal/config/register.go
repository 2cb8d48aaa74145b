package config

import (
	"slices"
	"strings"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/privacy"
)

// Entity is somebody whom activities name: its own legal entity, a joint controller, a controller on whose behalf one processes.
type Entity struct {
	Name           string `yaml:"name"`           // as activities call it
	Contact        string `yaml:"contact"`        // address, mail, telephone
	Representative string `yaml:"representative"` // name and contact details, GDPR Art. 27; none: it needs none
	Officer        string `yaml:"officer"`        // contact details of the data protection officer; none: it has none
}

// Safeguard is what a transfer to a country rests on, and where that is filed.
type Safeguard struct {
	Country    string `yaml:"country"`    // ISO 3166-1 alpha-2
	Recipient  string `yaml:"recipient"`  // who receives the data there
	Basis      string `yaml:"basis"`      // adequacy, scc, bcr, derogation; default: transfer of the activity
	Document   string `yaml:"document"`   // what it is filed under: "SCC 2021/914 module 2, contract 17"
	Assessment string `yaml:"assessment"` // what the transfer impact assessment is filed under; none: there is none
	At         string `yaml:"at"`         // day of signature
	Until      string `yaml:"until"`      // day on which it ends or is looked at again
}

// register takes out of an activity what says too little for a record, and leaves the activity: rules need nothing of it.
func (l *Loaded) register(i int, a *Activity) {
	bad := func(format string, args ...any) bool {
		return l.bad("activities", i, "activity "+a.ID+": "+format, args...)
	}
	a.Data = keep(a.Data, func(_ int, c probity.Category) bool {
		return !slices.Contains(c.Values(), string(c)) && bad("data are of %s", strings.Join(c.Values(), ", "))
	})
	a.Safeguards = keep(a.Safeguards, func(_ int, s Safeguard) bool {
		if !country.MatchString(s.Country) {
			return bad("a safeguard needs its country in two capital letters, such as US (ISO 3166-1)")
		}
		if s.Basis != "" && !slices.Contains(transfers(), s.Basis) {
			return bad("basis of a safeguard must be one of adequacy, scc, bcr, derogation, or left out")
		}
		for _, day := range []string{s.At, s.Until} {
			if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
				return bad("days of a safeguard are written as 2026-11-20")
			}
		}
		return false
	})
}

// entities takes out those without a name, and those that stand twice.
func (l *Loaded) entities() {
	seen := map[string]bool{}
	l.File.Entities = keep(l.File.Entities, func(i int, e Entity) bool {
		if e.Name == "" {
			return l.bad("entities", i, "an entity needs the name by which activities call it")
		}
		if seen[e.Name] {
			return l.bad("entities", i, "an entity of this name stands above already")
		}
		seen[e.Name] = true
		return false
	})
}

// Register is what the file says for papers of the privacy office.
func (l Loaded) Register() privacy.Declared {
	d := privacy.Declared{Activities: l.Declarations().Activities, Details: map[string]privacy.Details{}}
	if extra, ok := l.File.Parameters["adequate_countries"].([]any); ok {
		for _, c := range extra {
			if code, ok := c.(string); ok {
				d.Adequate = append(d.Adequate, code)
			}
		}
	}
	for _, e := range l.File.Entities {
		d.Entities = append(d.Entities, privacy.Entity(e))
	}
	for _, a := range l.File.Activities {
		x := privacy.Details{Data: a.Data, JointControllers: a.JointControllers, Controllers: a.Controllers, Measures: a.Measures}
		for _, s := range a.Safeguards {
			g := privacy.Safeguard{Country: s.Country, Recipient: s.Recipient, Basis: s.Basis, Document: s.Document, Assessment: s.Assessment}
			g.At, _ = time.Parse(time.DateOnly, s.At) // register took out the others
			g.Until, _ = time.Parse(time.DateOnly, s.Until)
			x.Safeguards = append(x.Safeguards, g)
		}
		d.Details[a.ID] = x
	}
	return d
}
