package detectors

import "github.com/probity-scan/probity"

func passport() Detector {
	return Detector{
		ID: "passport", Title: "Passport number", Category: probity.Identifier,
		Words: []string{"passport", "passport no", "passport number", "passeport", "numéro de passeport", "reisepass", "reisepassnummer", "pasaporte", "número de pasaporte",
			"passaporto", "numero passaporto", "paspoort", "paspoortnummer", "paszport", "paszportu", "numer paszportu", "паспорт", "护照", "护照号", "旅券番号", "جواز"},
		// ICAO Doc 9303: up to nine characters. Nothing but a name tells one from other numbers.
		Shapes: []string{"999999999", "A99999999", "99AA99999", "AXXXXXXXX", "AA9999999", "AAA999999"},
		Check: func(v Value) Strength {
			digits := 0
			for _, c := range v.Reveal() {
				if isDigit(c) {
					digits++
				}
			}
			return passes(digits > 0 && !repeated(v.Reveal()))
		},
		Alone: .1, Printed: .1, Named: .85,
		Examples:        func() []string { return []string{"533380006", "C01X00T47", "12AB34567", "YA1234567"} },
		Counterexamples: []string{"000000000", "PASSPORTS", "5333800061"},
	}
}
