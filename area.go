package probity

import "slices"

// EEA are the countries of the European Economic Area by ISO 3166-1 alpha-2, sorted: the members of the European Union, and Iceland,
// Liechtenstein and Norway, as of 2026-01-01.
func EEA() []string {
	return []string{"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL",
		"PT", "RO", "SE", "SI", "SK"}
}

// AdequacyAsOf is the day as of which decisions on adequacy are known here.
const AdequacyAsOf = "2026-11-23"

// Adequacy is how the law of an exporter sees the protection of another country.
type Adequacy string

// What that law says.
const (
	Domestic       Adequacy = "domestic"         // inside its own area: no transfer to a third country
	Adequate       Adequacy = "adequate"         // a decision covers every recipient
	PartlyAdequate Adequacy = "partly-adequate"  // a decision covers some recipients or sectors
	NoDecision     Adequacy = "no-decision"      // a transfer needs a basis of its own
	NoSuchLaw      Adequacy = "no-such-exporter" // no law that is known here asks the exporter
)

// AdequacyOf is how the law of the exporter's country (GDPR Chapter V, its UK twin, Art. 16 of the Swiss FADP) sees a country. Sources:
// decisions of the Commission (EUR-Lex), the ICO's list, annex 1 of the Swiss DPO (SR 235.11). The decision on Brazil waits for the EEA
// Joint Committee, and so does not hold in Iceland, Liechtenstein and Norway.
func AdequacyOf(exporter, country string) Adequacy {
	home, full, partly := []string{exporter}, []string{"AD", "AR", "CH", "FO", "GB", "GG", "IM", "JE", "NZ", "UY"}, []string{"CA", "US"}
	switch {
	case slices.Contains(EEA(), exporter):
		home, partly = EEA(), append(partly, "IL", "JP", "KR")
		if !slices.Contains([]string{"IS", "LI", "NO"}, exporter) {
			full = append(full, "BR")
		}
	case exporter == "GB":
		full, partly = append(append(full, EEA()...), "GI", "IL", "KR"), append(partly, "JP")
	case exporter == "CH":
		full = append(append(full, EEA()...), "GI", "IL", "MC")
	default:
		return NoSuchLaw
	}
	switch {
	case slices.Contains(home, country):
		return Domestic
	case slices.Contains(full, country):
		return Adequate
	case slices.Contains(partly, country):
		return PartlyAdequate
	}
	return NoDecision
}
