package detectors

import "github.com/probity-scan/probity"

func bsn() Detector {
	return Detector{
		ID: "nl-bsn", Title: "Dutch citizen service number (BSN)", Category: probity.Identifier, Country: "NL",
		Words:  []string{"bsn", "burgerservicenummer", "burger service nummer", "sofinummer", "sofi"},
		Shapes: []string{"999999999", "9999.99.999", "999.999.999"},
		Check: func(v Value) Strength { // the eleven test, with -1 as the last weight
			b := v.Reveal()
			if form := string(b[:3]) != "000" && !repeated(b) && !counted(b); !form {
				return Rejected
			}
			return checked(true, weighted(b, 9, 8, 7, 6, 5, 4, 3, 2, -1)%11 == 0)
		},
		Alone: .2, Printed: .4, Named: .95, Proof: ByChecksum, Chance: 1. / 11,
		Examples:        func() []string { return []string{"111222333", "1234.56.782"} },
		Counterexamples: []string{"111222334", "000000000", "1234.56.783"},
	}
}
