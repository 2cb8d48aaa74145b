package detectors

import "github.com/probity-scan/probity"

func socialSecurity() Detector {
	return Detector{
		ID: "us-ssn", Title: "US Social Security number", Category: probity.Identifier, Country: "US",
		Words:  []string{"ssn", "social security", "social security number", "social security no", "social sec", "social sec no", "soc sec", "ss number"},
		Shapes: []string{"999~99~9999", "999999999"},
		Check:  checkSSN,
		Alone:  .1, Printed: .6, Named: .9,
		Examples:        func() []string { return []string{"536-22-1847", "212 48 9913"} },
		Counterexamples: []string{"000-12-3456", "666-12-3456", "912-12-3456", "123-00-4567", "123-45-0000", "078-05-1120", "219-09-9999", "536-22 1847", "536221847000"},
	}
}

// checkSSN follows the Social Security Administration: no area 000, 666 or 9xx, no group 00, no serial 0000.
func checkSSN(v Value) Strength {
	b := v.Reveal()
	area, group, serial := number(b[:3]), number(b[3:5]), number(b[5:])
	switch {
	case area == 0 || area == 666 || area >= 900 || group == 0 || serial == 0 || repeated(b):
		return Rejected
	case string(b) == "078051120" || string(b) == "219099999": // printed on cards in wallets and in advertisements
		return Rejected
	case counted(b):
		return Doubtful
	}
	return Plausible
}
