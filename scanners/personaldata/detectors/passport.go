package detectors

import (
	"strings"

	"github.com/probity-scan/probity"
)

func passport() Detector {
	return Detector{
		ID: "passport", Title: "Passport number", Category: probity.Identifier,
		Words: []string{"passport", "passport no", "passport number", "passeport", "numéro de passeport", "reisepass", "reisepassnummer", "pasaporte", "número de pasaporte",
			"passaporto", "numero passaporto", "paspoort", "paspoortnummer", "paszport", "paszportu", "numer paszportu", "паспорт", "护照", "护照号", "旅券番号", "جواز"},
		// ICAO Doc 9303: up to nine characters. Nothing but a name tells one from other numbers.
		Shapes: []string{"999999999", "A99999999", "99AA99999", "AXXXXXXXX", "AA9999999", "AAA999999"},
		Check:  checkPassport,
		Alone:  .1, Printed: .1, Named: .85, Proof: ByForm,
		Examples:        func() []string { return []string{"533380006", "C01X00T47", "12AB34567", "YA1234567"} },
		Counterexamples: []string{"000000000", "PASSPORTS", "5333800061"},
	}
}

// checkPassport knows the forms of France, the Netherlands and Germany, whose letters leave out those that look like digits.
func checkPassport(v Value) Strength {
	b := v.Reveal()
	digits := 0
	for _, c := range b {
		digits += count(isDigit(c))
	}
	switch {
	case repeated(b):
		return Rejected
	case digits == len(b), digits >= 6 && digits < 8 && !isDigit(b[0]):
		return Doubtful
	case digits == 8, digits == 7 && isDigit(b[0]):
		return Plausible
	}
	for _, c := range b {
		if strings.IndexByte("0123456789CFGHJKLMNPRTVWXYZ", c) < 0 {
			return Rejected
		}
	}
	if digits == 0 {
		return Doubtful
	}
	return Plausible
}
