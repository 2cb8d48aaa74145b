package detectors

import "github.com/probity-scan/probity"

func pesel() Detector {
	return Detector{
		ID: "pl-pesel", Title: "Polish PESEL", Category: probity.Identifier, Country: "PL",
		Words:  []string{"pesel", "numer pesel", "nr pesel"},
		Shapes: []string{"99999999999"},
		Check:  checkPESEL,
		Alone:  .45, Printed: .45, Named: .95, Proof: ByChecksum, Chance: 1. / 10,
		Examples:        func() []string { return []string{"44051401359", "02070803628"} },
		Counterexamples: []string{"44051401358", "44131401359", "00000000000"},
	}
}

// checkPESEL: the century is added to the month (80 for 18xx, 20 for 20xx …); Ustawa o ewidencji ludności, art. 15.
func checkPESEL(v Value) Strength {
	b := v.Reveal()
	month := number(b[2:4])
	if form := month < 93 && calendar(0, month%20, number(b[4:6])); !form {
		return Rejected
	}
	return checked(true, weighted(b, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)%10 == 0)
}
