package config

import (
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies"
	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

// Organisation says who one is, so that a report can tell which laws and standards apply. An empty list says: none; a list that is left out
// says nothing.
type Organisation struct {
	Established []string `yaml:"established"` // countries in which it is established, ISO 3166-1 alpha-2
	People      []string `yaml:"people"`      // countries whose people its data is about
	Regimes     []string `yaml:"regimes"`     // what it is in the eyes of laws: hipaa-covered-entity …
	Standards   []string `yaml:"standards"`   // that it chose to keep, by the IDs of their frameworks
	Data        []string `yaml:"data"`        // what it processes: categories of personal data, or detectors
}

// Regimes are what laws call an organisation.
func Regimes() []string {
	return []string{"ccpa-business", "ccpa-service-provider", "dora-financial-entity", "dora-ict-provider", "fedramp-cloud-service", "hipaa-business-associate",
		"hipaa-covered-entity", "nis2-digital-provider", "nis2-essential", "nis2-important", "us-federal-agency"}
}

// Standards are frameworks that apply to those who chose them.
func Standards() []string {
	return []string{"cis-aws", "fsbp", "iso-27001", "iso-27018", "iso-27701", "nist-800-53", "nist-privacy", "soc2"}
}

// organisation takes out words that are none.
func (l *Loaded) organisation() {
	o := &l.File.Organisation
	check := func(key string, words []string, ok func(string) bool, want string) []string {
		out := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return !ok(w) })
		if len(out) == len(words) {
			return words
		}
		l.bad("organisation", -1, "organisation: %s are %s", key, want)
		if len(out) == 0 {
			return nil // nothing is declared, not none
		}
		return out
	}
	isCountry := country.MatchString
	among := func(words []string) func(string) bool {
		return func(w string) bool { return slices.Contains(words, w) }
	}
	o.Established = check("established", o.Established, isCountry, "countries in two capital letters, such as DE (ISO 3166-1)")
	o.People = check("people", o.People, isCountry, "countries in two capital letters, such as DE (ISO 3166-1)")
	o.Regimes = check("regimes", o.Regimes, among(Regimes()), "of "+strings.Join(Regimes(), ", "))
	o.Standards = check("standards", o.Standards, among(Standards()), "of "+strings.Join(Standards(), ", "))
	o.Data = check("data", o.Data, isData, "of "+strings.Join(probity.Category("").Values(), ", ")+", or detectors as probity detectors lists them")
}

func isData(w string) bool {
	return slices.Contains(probity.Category("").Values(), w) || slices.ContainsFunc(detectors.All(), func(d detectors.Detector) bool { return d.ID == w })
}

// declaredOrganisation is in the words of policies, with what activities and accounts say of it.
func (l Loaded) declaredOrganisation() policies.Organisation {
	o := l.File.Organisation
	out := policies.Organisation{Established: o.Established, People: o.People, Regimes: o.Regimes, Standards: o.Standards, Data: o.Data,
		Activities: len(l.File.Activities) > 0}
	for _, a := range l.File.Activities {
		if a.Role != "" {
			out.Roles = append(out.Roles, a.Role)
		}
		out.Countries = append(out.Countries, a.Country)
	}
	for _, a := range l.File.Accounts {
		out.Countries = append(out.Countries, a.Country)
	}
	return out
}
