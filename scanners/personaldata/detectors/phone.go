package detectors

import (
	"bytes"

	"github.com/probity-scan/probity"
)

func phone() Detector {
	return Detector{
		ID: "phone-e164", Title: "Telephone number", Category: probity.Contact,
		Words: []string{"phone", "phone number", "phone no", "telephone", "mobile", "mobile number", "tel", "gsm", "fax", "cell", "cell phone", "call me", "call me on", "call", "ring", "dial",
			"reach", "reach me", "whatsapp", "sms", "msisdn", "contact number", "contact no", "telefon", "telefonnummer", "handy", "handynummer", "mobilnummer", "rufnummer", "festnetz", "anrufen", "rückruf",
			"téléphone", "numéro de téléphone", "portable", "appelez", "teléfono", "móvil", "celular", "llame", "telefono", "cellulare", "recapito", "chiamare",
			"telefoon", "telefoonnummer", "mobiel", "bel", "numer telefonu", "komórka", "komórkowy", "telemóvel", "puhelin", "tel no", "tel nr", "tel num", "phone num", "phn", "mob no", "cell no", "fax no", "电话", "手机", "电话号码", "電話", "電話番号", "携帯", "전화", "전화번호", "телефон", "тел", "мобильный", "الهاتف", "هاتف", "الجوال"},
		Find: findPhone, At: Number | Opening,
		Alone: .2, Printed: .7, Named: .9, Proof: ByEvidence,
		Examples: func() []string {
			return []string{"+44 20 7946 0958", "+49 30 901820", "+1 (415) 555-0132", "+33 1 99 00 12 34", "0151 23456780", "+48 601 234 567", "+34912345678"}
		},
		Counterexamples: []string{"(2023-03-10)", "+0 123 456 789", "1.2.3.4.5.6.7.8", "2024-11-05T10:22:33Z", "+12345", "192.168.100.200", "(74.206.28.55)", "(84-17-201-9.dsl.example.org)", "0(200.141.184.56)"},
	}
}

// dialled tells the length of the country code that begins d, by the zones of ITU-T E.164; 0: none.
func dialled(d []byte) int {
	switch d[0] {
	case '1', '7':
		return 1
	case '2':
		if d[1] == '0' || d[1] == '7' {
			return 2
		}
		return zone(d[1], "1234569")
	case '3':
		if d[1] == '5' || d[1] == '7' || d[1] == '8' {
			return 3
		}
		return 2
	case '4':
		return 2 + count(d[1] == '2')
	case '5':
		if d[1] == '0' || d[1] == '9' {
			return 3
		}
		return 2
	case '6':
		return 2 + count(d[1] >= '7')
	case '8':
		if d[1] == '0' || d[1] == '5' || d[1] == '7' || d[1] == '8' {
			return 3
		}
		return 2 * count(d[1] != '3' && d[1] != '9')
	case '9':
		if d[1] == '6' || d[1] == '7' || d[1] == '9' {
			return 3
		}
		return 2
	}
	return 0
}

func zone(c byte, of string) int {
	for i := range len(of) {
		if of[i] == c {
			return 3
		}
	}
	return 0
}

// count is 1 for true.
func count(ok bool) int {
	if ok {
		return 1
	}
	return 0
}

// findPhone reads 8 to 15 digits in groups. '+' with a country code, brackets, a trunk zero or the North American form
// are evidence; bare digits are left to words and columns.
func findPhone(b []byte, at int) Found {
	s, e, groups, last, gap := at, at, 1, 0, 0
	var digits [16]byte
	n, dots, marks, bracket := 0, 0, 0, false
	for i := at; i < len(b) && i < at+34; i++ {
		c := b[i]
		if isDigit(c) {
			if gap > 0 && n > 0 {
				groups, last = groups+1, 0
				dots += count(b[i-1] == '.')
				marks += count(b[i-1] == '/')
			}
			if n == len(digits) {
				return Found{}
			}
			digits[n] = c
			n, last, gap, e = n+1, last+1, 0, i+1
			continue
		}
		if c == 'x' && n > 6 && i+1 < len(b) && isDigit(b[i+1]) { // an extension
			for e = i + 1; e < len(b) && isDigit(b[e]) && e < i+7; e++ {
			}
			last = 4
			break
		}
		if width := space(b, i); width > 0 {
			gap++
			i += width - 1
		} else if c == '.' || c == '-' || c == '/' {
			gap++
		} else if c == '(' || c == ')' || c == '+' && i == at {
			bracket = bracket || c == '(' && i+1 < len(b) && (isDigit(b[i+1]) || i == at)
			gap += count(c != '+')
		} else {
			break
		}
		if gap > 2 || i == at && c != '(' && c != '+' {
			break
		}
	}
	d := digits[:n]
	plus := b[at] == '+' || b[at] == '(' && at+1 < len(b) && b[at+1] == '+'
	switch {
	case n < 8 || n > 15 || groups > 7 || last < 2 || dots > 0 && groups < 3 || dots > 4 || marks > 1:
		return Found{}
	case s > 0 && (isWord(b[s-1]) || b[s-1] == '+'), e < len(b) && (isWord(b[e]) || b[e] == '@' || b[e] == '_' && b[at] != '+'):
		return Found{}
	case e+1 < len(b) && (b[e] == '.' || b[e] == '-' || b[e] == ':' || b[e] == '/') && isDigit(b[e+1]), s > 1 && (b[s-1] == '.' || b[s-1] == '-' || b[s-1] == '/' || b[s-1] == ':') && isDigit(b[s-2]):
		return Found{} // a piece of something longer
	case e+1 < len(b) && b[e] == '.' && b[e+1]-'a' < 26 && groups == 4 && bytes.Count(b[at:e], []byte("-")) == 3: // of a host's name: (84-17-201-9.dsl.example.org)
		return Found{}
	case repeated(d) || counted(d):
		return Found{}
	case groups == 3 && n == 8:
		first := at
		for !isDigit(b[first]) { // (2023-03-10)
			first++
		}
		if _, year, ok := day(b, first); ok && year > 1000 {
			return Found{}
		}
	case dots == 3 && groups < 6: // an address of IP, in brackets or not
		if end, _ := quad(b, at+bytes.LastIndexByte(b[at:e], '(')+1); end > 0 && (n != 8 || last != 2) { // 40.32.21.20 is French, where somebody says so
			return Found{}
		}
	}
	if plus {
		cc := dialled(d)
		if cc == 0 || d[0] == '1' && (n != 11 || d[1] < '2' || d[4] < '2') {
			return Found{}
		}
		return Found{s, e, Distinctive}
	}
	north := n == 10 && d[0] > '1' && d[3] > '1' && groups == 3 && last == 4 || n == 11 && d[0] == '1' && d[1] > '1' && d[4] > '1' && groups == 4
	switch {
	case groups == 2 && n == 10 && last == 4 && (births(d, 0, 2) || births(d, 4, 2)): // 070253-2757, a day and a serial
		return Found{s, e, Doubtful}
	case bracket && (n >= 9 || groups > 2), north && b[at+3] != ' ' && b[at+3] == b[at+7] && e-s == 12:
		return Found{s, e, Distinctive}
	case groups > 1 && d[0] == '0' && (d[1] != '0' && n >= 10 && n <= 12 && groups < 6 || d[1] == '0' && n > 10 && dialled(d[2:]) > 0): // a trunk or international prefix
		return Found{s, e, Distinctive}
	case d[0] == '0' && d[1] != '0' && n >= 10 && n <= 11:
		return Found{s, e, Plausible}
	}
	return Found{s, e, Doubtful}
}

// space gives the width of a space at i, no-break and thin ones included, or 0.
func space(b []byte, i int) int {
	switch {
	case b[i] == ' ':
		return 1
	case b[i] == 0xC2 && i+1 < len(b) && b[i+1] == 0xA0:
		return 2
	case b[i] == 0xE2 && i+2 < len(b) && b[i+1] == 0x80 && (b[i+2] >= 0x80 && b[i+2] <= 0x8A || b[i+2] == 0xAF):
		return 3
	}
	return 0
}
