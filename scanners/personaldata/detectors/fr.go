package detectors

import "github.com/probity-scan/probity"

func nir() Detector {
	return Detector{
		ID: "fr-nir", Title: "French social security number (NIR)", Category: probity.Identifier, Country: "FR",
		Words: []string{"nir", "insee", "sécurité sociale", "numéro de sécurité sociale", "numéro de sécu", "sécu", "sécu sociale", "secu sociale", "num sécu", "numéro ss", "carte vitale", "nss"},
		Shapes: []string{"999999999999999", "9999999999999 99", "9 99 99 99 999 999 99", "999999A99999999", "999999A999999 99", "9 99 99 9A 999 999 99",
			"9.99.99.99.999.999.99", "9-99-99-99-999-999-99", "9 99 99 99 999 999-99"},
		Check: checkNIR,
		Alone: .75, Printed: .95, Named: .98, Proof: ByChecksum, Chance: 1. / 97,
		Examples: func() []string {
			return []string{"255081416802538", "2 55 08 14 168 025 38", nirWithKey("185072A123045"), nirWithKey("269112B033312")}
		},
		Counterexamples: []string{"255081416802537", "355081416802538", "2 55 13 14 168 025 38"},
	}
}

// nirWithKey appends the key to the 13 characters of a NIR.
func nirWithKey(s string) string {
	key := 97 - nirRemainder([]byte(s))
	return s + string([]byte{byte('0' + key/10), byte('0' + key%10)})
}

// nirRemainder is the number modulo 97; in Corsica 2A counts as 19 and 2B as 18 (décret 82-103).
func nirRemainder(b []byte) int {
	var d [13]byte
	copy(d[:], b[:13])
	switch d[6] {
	case 'A':
		d[5], d[6] = '1', '9'
	case 'B':
		d[5], d[6] = '1', '8'
	}
	return mod97(d[:])
}

func checkNIR(v Value) Strength {
	b := v.Reveal()
	if month := number(b[3:5]); b[0] != '1' && b[0] != '2' || month == 0 || month > 12 && month < 20 || month > 42 && month < 50 {
		return Rejected
	}
	if c := b[6]; !isDigit(c) && (c != 'A' && c != 'B' || b[5] != '2') {
		return Rejected
	}
	return checked(true, number(b[13:]) == 97-nirRemainder(b))
}
