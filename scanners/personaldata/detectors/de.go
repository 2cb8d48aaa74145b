package detectors

import "github.com/probity-scan/probity"

func steuerID() Detector {
	return Detector{
		ID: "de-steuer-id", Title: "German tax identification number", Category: probity.Identifier, Country: "DE",
		Words:  []string{"steuer id", "steuerid", "steuer-id", "steueridentifikationsnummer", "steuer identifikationsnummer", "identifikationsnummer", "steuernummer", "steuerliche", "idnr", "id nr", "tin", "tax id", "tax id de"},
		Shapes: []string{"99999999999", "99 999 999 999"},
		Check:  checkSteuerID,
		Alone:  .45, Printed: .6, Named: .95, Proof: ByChecksum, Chance: 1. / 10,
		Examples:        func() []string { return []string{"86095742719", "47 036 892 816"} },
		Counterexamples: []string{"86095742718", "00000000000", "47 036 892 817"},
	}
}

// checkSteuerID: of the first ten digits one occurs twice or three times (since 2016), the rest at most once.
func checkSteuerID(v Value) Strength {
	b := v.Reveal()
	var count [10]int
	for _, c := range b[:10] {
		count[c-'0']++
	}
	kinds, most := 0, 0
	for _, n := range count {
		most = max(most, n)
		if n > 0 {
			kinds++
		}
	}
	return checked(b[0] != '0' && (most == 2 && kinds == 9 || most == 3 && kinds == 8), mod1110(b))
}
