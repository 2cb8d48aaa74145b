package detectors

import (
	"strings"

	"github.com/probity-scan/probity"
)

const dniLetters = "TRWAGMYFPDXBNJZSQVHLCKE" // by the number modulo 23

func dni() Detector {
	return Detector{
		ID: "es-dni", Title: "Spanish national identity number (DNI)", Category: probity.Identifier, Country: "ES",
		Words:  []string{"dni", "nif", "documento", "documento nacional", "documento de identidad", "documento identidad", "número de identificación", "carnet"},
		Shapes: []string{"99999999A", "99999999-A", "99999999 A", "99.999.999-A"},
		Check: func(v Value) Strength {
			b := v.Reveal()
			return checked(!repeated(b[:8]) && strings.IndexByte(dniLetters, b[8]) >= 0, dniLetters[number(b[:8])%23] == b[8])
		},
		Alone: .55, Printed: .6, Named: .95, Proof: ByChecksum, Chance: 1. / 23,
		Examples:        func() []string { return []string{"12345678Z", "54362315-K"} },
		Counterexamples: []string{"12345678A", "00000000T", "54362315-L"},
	}
}

func nie() Detector {
	return Detector{
		ID: "es-nie", Title: "Spanish foreigner's number (NIE)", Category: probity.Identifier, Country: "ES",
		Words:  []string{"nie", "extranjero", "número de extranjero", "dni", "nif"},
		Shapes: []string{"A9999999A", "A-9999999-A"},
		Check: func(v Value) Strength {
			b := v.Reveal()
			return checked(b[0] >= 'X' && strings.IndexByte(dniLetters, b[8]) >= 0, dniLetters[(int(b[0]-'X')*10000000+number(b[1:8]))%23] == b[8])
		},
		Alone: .6, Printed: .65, Named: .95, Proof: ByChecksum, Chance: 1. / 23,
		Examples:        func() []string { return []string{"X1234567L", "Z-3541890-X"} },
		Counterexamples: []string{"X1234567A", "A1234567L", "X12345678L"},
	}
}
