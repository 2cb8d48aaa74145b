package detectors

import (
	"bytes"

	"github.com/probity-scan/probity"
)

func cardTrack() Detector {
	return Detector{
		ID: "card-track", Title: "Magnetic stripe data", Category: probity.Financial,
		Words:  []string{"track1", "track2", "track 1", "track 2", "magstripe"},
		Shapes: []string{"9{13-19}=", "A9{13-19}^"}, Find: findTrack,
		Alone: .95, Printed: .95, Named: .97, Proof: ByForm,
		Examples: func() []string {
			return []string{";4539578763621486=" + "27051011234567890?", "%B4539578763621486^" + "KOWALSKA/ANNA^27051011234567890?"}
		},
		Counterexamples: []string{";4539578763621487=27051011234567890?", ";123=4567?", "4539578763621486"},
	}
}

// findTrack reads ;PAN=YYMM… or %BPAN^NAME^YYMM… of ISO/IEC 7813 around a card number that passes its check.
func findTrack(b []byte, at int) Found {
	if at == 0 || b[at-1] != ';' && b[at-1] != '%' {
		return Found{}
	}
	from, end := at, byte('=')
	if b[at] == 'B' {
		from, end = at+1, '^'
	}
	e := from
	for e < len(b) && e-from < 20 && isDigit(b[e]) {
		e++
	}
	mark := byte(';')
	if end == '^' {
		mark = '%'
	}
	if b[at-1] != mark || e >= len(b) || b[e] != end || e-from < 13 || !luhn(b[from:e]) {
		return Found{}
	}
	i := bytes.IndexByte(b[e:min(len(b), e+80)], '?')
	if i < 5 {
		return Found{}
	}
	return Found{at - 1, e + i + 1, Distinctive}
}

func vatOfPerson() Detector {
	return Detector{
		ID: "vat-eu-person", Title: "EU VAT number, of a person where it is one's business", Category: probity.Identifier, Country: "EU",
		Words:  []string{"vat", "vat number", "vat id", "vat no", "ust id", "ustid", "ust idnr", "umsatzsteuer id", "tva", "numéro de tva", "iva", "número de iva", "btw", "btw nummer"},
		Shapes: []string{"AA9{8-12}", "AAX{9-12}", "AA 9{8-12}"},
		Check:  func(v Value) Strength { return checkVAT(v.Reveal()) },
		Alone:  .3, Printed: .3, Named: .9,
		Examples:        func() []string { return []string{"DE136695976", "IT00743110157", "PL1234563218", "ATU13585627"} },
		Counterexamples: []string{"DE136695977", "XX136695976", "IT00743110158"},
	}
}

// checkVAT knows the check digits of the largest countries, and the form of the others.
func checkVAT(b []byte) Strength {
	n := b[2:]
	for i, c := range n {
		if !isDigit(c) && !(i == 0 && b[0] == 'A' && b[1] == 'T' && c == 'U') && string(b[:2]) != "NL" && string(b[:2]) != "ES" && string(b[:2]) != "FR" && string(b[:2]) != "IE" {
			return Rejected
		}
	}
	switch string(b[:2]) {
	case "DE":
		return passes(len(n) == 9 && mod1110(n))
	case "IT":
		return passes(len(n) == 11 && luhn(n))
	case "PL":
		return passes(len(n) == 10 && weighted(n, 6, 5, 7, 2, 3, 4, 5, 6, 7)%11 == int(n[9]-'0'))
	case "PT":
		return passes(len(n) == 9 && checkPortugal(n) == Plausible)
	case "BE":
		return passes(len(n) == 10 && number(n[8:]) == 97-number(n[:8])%97)
	case "AT":
		return passes(len(n) == 9 && n[0] == 'U')
	case "NL":
		return passes(len(n) == 12 && n[9] == 'B')
	case "ES":
		return passes(len(n) == 9 && (!isDigit(n[0]) || !isDigit(n[8])))
	case "FR":
		return passes(len(n) == 11)
	case "SE":
		return passes(len(n) == 12 && luhn(n[:10]))
	case "HR":
		return passes(len(n) == 11 && mod1110(n))
	case "DK", "FI", "LU", "HU", "MT", "SI":
		return passes(len(n) == 8)
	case "BG", "CY", "CZ", "EE", "EL", "IE", "LT", "LV", "RO", "SK":
		return passes(len(n) >= 8)
	}
	return Rejected
}

func passportMRZ() Detector {
	return Detector{
		ID: "passport-mrz", Title: "Machine-readable zone of a passport or card", Category: probity.Identifier,
		Words:  []string{"mrz", "machine readable zone"},
		Shapes: []string{"X{9-43}<", "X{36}", "X{44}"}, Find: findMRZ,
		Alone: .95, Printed: .95, Named: .97, Proof: ByForm,
		Examples:        func() []string { return []string{"L898902C36UTO7408122F1204159ZE184226B<<<<<10"} },
		Counterexamples: []string{"L898902C37UTO7408122F1204159ZE184226B<<<<<10", "<<<<<<<<<<", "L898902C36UTO"},
	}
}

// findMRZ reads the second line of a passport (44) or visa (36), ICAO 9303: number, birth and expiry, each with its digit.
func findMRZ(b []byte, at int) Found {
	const sex = 20 // F, M, X or none
	if at+sex >= len(b) || b[at+sex] != '<' && !isUpper(b[at+sex]) {
		return Found{}
	}
	e := at
	for e < len(b) && e-at < 45 && (isDigit(b[e]) || isUpper(b[e]) || b[e] == '<') {
		e++
	}
	line := b[at:e]
	if n := len(line); n != 44 && n != 36 || e < len(b) && isWord(b[e]) {
		return Found{}
	}
	if icao(line[:9]) != line[9] || icao(line[13:19]) != line[19] || icao(line[21:27]) != line[27] {
		return Found{}
	}
	return Found{at, e, Distinctive}
}
