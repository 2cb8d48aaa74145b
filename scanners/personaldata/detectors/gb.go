package detectors

import (
	"strings"

	"github.com/probity-scan/probity"
)

func nationalInsurance() Detector {
	return Detector{
		ID: "uk-nino", Title: "UK National Insurance number", Category: probity.Identifier, Country: "GB",
		Words:  []string{"nino", "national insurance", "national insurance number", "national insurance no", "ni number", "ni no"},
		Shapes: []string{"AA999999A", "AA 99 99 99 A", "AA 999999 A", "AA-99-99-99-A"},
		Check:  checkNINO,
		Alone:  .6, Printed: .7, Named: .95,
		Examples:        func() []string { return []string{"AB123456C", "JG 10 37 59 A"} },
		Counterexamples: []string{"QQ123456C", "BG123456A", "GB 12 34 56 A", "AO123456B", "AB123456E", "DA123456A"},
	}
}

// checkNINO follows HMRC's manual NIM39110.
func checkNINO(v Value) Strength {
	b := v.Reveal()
	if strings.IndexByte("DFIQUV", b[0]) >= 0 || strings.IndexByte("DFIQUVO", b[1]) >= 0 || b[8] > 'D' || strings.Contains("BG GB NK KN TN NT ZZ", string(b[:2])) {
		return Rejected
	}
	return Plausible
}

func nhsNumber() Detector {
	return Detector{
		ID: "uk-nhs", Title: "UK NHS number", Category: probity.Health, Country: "GB",
		Words:  []string{"nhs", "nhs number", "nhs no", "patient number"},
		Shapes: []string{"9999999999", "999~999~9999"},
		Check:  checkNHS,
		Alone:  .2, Printed: .45, Named: .95, Proof: ByChecksum, Chance: 1. / 11,
		Examples:        func() []string { return []string{"943 476 5919", "9434765919"} },
		Counterexamples: []string{"943 476 5918", "9434765910", "000 000 0000"},
	}
}

// checkNHS is modulus 11 of the NHS Data Dictionary.
func checkNHS(v Value) Strength {
	b := v.Reveal()
	return checked(b[0] >= '3' && !repeated(b), weighted(b, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)%11 == 0)
}
