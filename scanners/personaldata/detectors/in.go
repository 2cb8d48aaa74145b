package detectors

import "github.com/probity-scan/probity"

func aadhaar() Detector {
	return Detector{
		ID: "in-aadhaar", Title: "Indian Aadhaar number", Category: probity.Identifier, Country: "IN",
		Words:  []string{"aadhaar", "aadhar", "adhaar", "aadhaar number", "uidai"},
		Shapes: []string{"999999999999", "9999~9999~9999"},
		Check: func(v Value) Strength {
			b := v.Reveal()
			return passes(b[0] >= '2' && !repeated(b) && verhoeff(b))
		},
		Alone: .3, Printed: .45, Named: .95, Proof: ByChecksum,
		Examples:        func() []string { return []string{"9999 4105 7058", "999941057058"} }, // UIDAI's test residents
		Counterexamples: []string{"9999 4105 7059", "1999 4105 7058", "2222 2222 2222"},
	}
}
