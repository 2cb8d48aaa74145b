package detectors

import (
	"strings"

	"github.com/probity-scan/probity"
)

func permanentAccount() Detector {
	return Detector{
		ID: "in-pan", Title: "Indian permanent account number (PAN)", Category: probity.Identifier, Country: "IN",
		Words:  []string{"pan", "pan card", "pan no", "pan number", "permanent account", "permanent account number"},
		Shapes: []string{"AAAAA9999A"},
		Check: func(v Value) Strength { // the fourth letter is the kind of holder
			return passes(strings.IndexByte("PCHFATBLJG", v.Reveal()[3]) >= 0)
		},
		Alone: .6, Printed: .6, Named: .9,
		Examples:        func() []string { return []string{"ABCPE1234F", "AAAFZ9876K"} },
		Counterexamples: []string{"ABCXE1234F", "ABCP1234F", "ABCPE12345"},
	}
}

func aadhaar() Detector {
	return Detector{
		ID: "in-aadhaar", Title: "Indian Aadhaar number", Category: probity.Identifier, Country: "IN",
		Words:  []string{"aadhaar", "aadhar", "adhaar", "aadhaar number", "uidai"},
		Shapes: []string{"999999999999", "9999~9999~9999"},
		Check: func(v Value) Strength {
			b := v.Reveal()
			return checked(b[0] >= '2' && !repeated(b), verhoeff(b))
		},
		Alone: .3, Printed: .45, Named: .95, Proof: ByChecksum, Chance: 1. / 10,
		Examples:        func() []string { return []string{"9999 4105 7058", "999941057058"} }, // UIDAI's test residents
		Counterexamples: []string{"9999 4105 7059", "1999 4105 7058", "2222 2222 2222"},
	}
}
