package detectors

import (
	"strings"

	"github.com/probity-scan/probity"
)

func iban() Detector {
	lengths := newIBANLengths()
	return Detector{
		ID: "iban", Title: "IBAN", Category: probity.Financial,
		Words: []string{"iban", "bank account", "account iban", "konto", "kontonummer", "kontonr", "bankverbindung", "compte", "compte bancaire", "cuenta", "cuenta bancaria", "conto", "conto corrente",
			"rekening", "rekeningnummer", "bankrekening", "rachunek", "numer rachunku", "numer konta", "transfer", "wire"},
		Shapes: []string{"AA99X{11-30}", "AA99~XXXX~XXXX"}, Find: lengths.find,
		Alone: .95, Printed: .95, Named: .98, Proof: ByChecksum, Chance: 1. / 97,
		Examples: func() []string {
			return []string{"DE89370400440532013000", "GB29 NWBK 6016 1331 9268 19", "FR1420041010050500013M02606", "NL91ABNA0417164300", "PL61 1090 1014 0000 0712 1981 2874", "NO9386011117947", "MT84MALT011000012345MTLCAST001S"}
		},
		Counterexamples: []string{"DE89370400440532013001", "DE8937040044053201300", "XX89370400440532013000", "GB29 NWBK 6016 1331 9268 18"},
	}
}

// Countries of the SWIFT IBAN registry with their lengths.
const ibanLengths = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 " +
	"HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 " +
	"SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30"

// lengthsOfIBAN are those by country: five bits of either letter.
type lengthsOfIBAN [1 << 10]uint8

func newIBANLengths() *lengthsOfIBAN {
	l := new(lengthsOfIBAN)
	for country := range strings.FieldsSeq(ibanLengths) {
		*l.of(country[0], country[1]) = uint8(number([]byte(country[2:])))
	}
	return l
}

func (l *lengthsOfIBAN) of(a, b byte) *uint8 { return &l[int(a&31)<<5|int(b&31)] }

// find reads two letters, two digits, and the country's length of letters and digits, together or in fours.
func (l *lengthsOfIBAN) find(b []byte, at int) Found {
	if at+15 > len(b) || !isAlpha(b[at]) || !isAlpha(b[at+1]) || !isDigit(b[at+2]) || !isDigit(b[at+3]) || isUpper(b[at]) != isUpper(b[at+1]) {
		return Found{}
	}
	upper := isUpper(b[at])
	length := int(*l.of(b[at], b[at+1]))
	if length == 0 {
		return Found{}
	}
	var code [34]byte
	n, e, spaced := 0, at, false
	for e < len(b) && n < length {
		if isDigit(b[e]) || isAlpha(b[e]) && isUpper(b[e]) == upper {
			code[n] = b[e]
			if !upper && isAlpha(b[e]) {
				code[n] &^= 0x20
			}
			n++
			e++
			continue
		}
		w := space(b, e)
		if w == 0 && b[e] == '-' {
			w = 1
		}
		if w == 0 || n%4 != 0 || n > 4 && !spaced {
			return Found{}
		}
		spaced = true
		e += w
	}
	if n < length || e < len(b) && isWord(b[e]) {
		return Found{}
	}
	if mod97(code[4:length], code[:4]) != 1 {
		return Found{at, e, Broken}
	}
	return Found{at, e, Distinctive}
}
