package detectors

import (
	"strings"

	"github.com/probity-scan/probity"
)

func codiceFiscale() Detector {
	return Detector{
		ID: "it-codice-fiscale", Title: "Italian codice fiscale", Category: probity.Identifier, Country: "IT",
		Words:  []string{"codice fiscale", "codicefiscale", "cod fiscale", "cod fisc", "codice fisc", "cf"},
		Shapes: []string{"AAAAAAXXAXXAXXXA", "AAA AAA XXAXX AXXXA"},
		Check:  checkCodice,
		Alone:  .95, Printed: .95, Named: .98, Proof: ByChecksum, Chance: 1. / 26,
		Examples:        func() []string { return []string{"RSSMRA85T10A562S", "MRTMTT91D08F205J"} },
		Counterexamples: []string{"RSSMRA85T10A562T", "RSSMRA85T72A562S", "MRTMTT91D08F205K"},
	}
}

// checkCodice follows DM 12/03/1974; letters of omocodia stand for digits (L is 0 … V is 9).
func checkCodice(v Value) Strength {
	b := v.Reveal()
	const odd = "\x01\x00\x05\x07\x09\x0d\x0f\x11\x13\x15\x02\x04\x12\x14\x0b\x03\x06\x08\x0c\x0e\x10\x0a\x16\x19\x18\x17"
	if strings.IndexByte("ABCDEHLMPRST", b[8]) < 0 {
		return Rejected
	}
	var plain [16]byte
	copy(plain[:], b)
	for _, i := range [...]int{6, 7, 9, 10, 12, 13, 14} {
		if !isDigit(b[i]) {
			k := strings.IndexByte("LMNPQRSTUV", b[i])
			if k < 0 {
				return Rejected
			}
			plain[i] = byte('0' + k)
		}
	}
	if day := number(plain[9:11]); day == 0 || day > 71 || day > 31 && day < 41 {
		return Rejected
	}
	sum := 0
	for i, c := range b[:15] {
		k := int(c - 'A')
		if isDigit(c) {
			k = int(c - '0')
		}
		if i%2 == 0 {
			k = int(odd[k])
		}
		sum += k
	}
	return checked(true, sum%26 == int(b[15]-'A'))
}
