package detectors

import (
	"bytes"
	"strings"

	"github.com/probity-scan/probity"
)

func dateOfBirth() Detector {
	return Detector{
		ID: "date-of-birth", Title: "Date of birth", Category: probity.Identifier,
		Words: []string{"dob", "d o b", "birth", "date of birth", "birth date", "birthday", "birthdate", "born", "born on",
			"né le", "née le", "naissance", "date naissance", "date de naissance", "ddn", "date naiss", "geb", "geboren", "geboren am", "geburtsdatum", "geburtstag", "gebdatum",
			"nacimiento", "fecha nac", "f nacimiento", "fecha nacimiento", "fecha de nacimiento", "nacido", "nacida", "nascita", "data di nascita", "nato", "nata", "nato il", "nata il",
			"urodzenia", "data urodzenia", "urodzony", "ur", "urodz", "urodzona", "geboortedatum", "geboren op", "geboorte", "nascimento", "data nascimento", "födelsedatum", "birth dt", "bdate", "brth dt", "brthdt", "gebdat", "geb dat", "dte birth", "dt birth", "生年月日", "出生日期", "生日", "생년월일", "дата рождения", "рождения", "تاريخ الميلاد", "الميلاد"},
		Shapes: []string{"9999-9{1-2}-9{1-2}", "9999/9{1-2}/9{1-2}", "9999.9{1-2}.9{1-2}", "9{1-2}.9{1-2}.9{2-4}", "9{1-2}/9{1-2}/9{2-4}", "9{1-2}-9{1-2}-9{2-4}", "99999999",
			"9{1-2}~A{3-10}~9999", "9{1-2}. A{3-10} 9999", "9{1-2} A{3-4}. 9999", "X{3-4} A{3-10} 9999", "X{3-4} A{3-4}. 9999", "9{1-2} AA A{3-10} AA 9999", "9{1-2}, 9999", "9{1-2} 9999", "X{3-4} 9999", "X{3-4}, 9999"},
		Find:  findBirth,
		Alone: .1, Printed: .2, Named: .9, Proof: ByForm,
		Examples: func() []string {
			return []string{"1984-03-17", "17.03.1984", "3/17/1984", "17 March 1984", "17 mars 1984", "17. März 1984", "17 sierpnia 1984", "17th March 1984"}
		},
		Counterexamples: []string{"1984-13-17", "31.02.1984", "1784-03-17", "2984-03-17", "1984-03-17T10:11:12Z", "17.03.84.1984"},
	}
}

// findBirth reads a day between 1900 and 2029. Whether it is plausible for a birth is all it can add: up to 2012 it is
// [Plausible], later ones (children) and forms without marks only where a word says birth.
func findBirth(b []byte, at int) Found {
	if !isDigit(b[at]) {
		return Found{}
	}
	if at > 1 && (b[at-1] == '-' || b[at-1] == '/' || b[at-1] == '.' || b[at-1] == ':') && isWord(b[at-2]) {
		return Found{}
	}
	e, year, ok := day(b, at)
	start := at
	if !ok {
		start, e, year, ok = monthFirst(b, at)
	}
	rare := false
	if !ok {
		e, year, ok = short(b, at)
		rare = true
	}
	if !ok || year < 1900 || year > 2029 {
		return Found{}
	}
	if e < len(b) && (isWord(b[e]) || b[e] == '_') || e+1 < len(b) && (b[e] == '-' || b[e] == '/' || b[e] == '.' || b[e] == ':') && isDigit(b[e+1]) {
		return Found{} // a timestamp, or a part of something longer
	}
	if e+5 < len(b) && b[e] == ' ' && isDigit(b[e+1]) && isDigit(b[e+2]) && b[e+3] == ':' { // midnight still is a day
		if !bytes.HasPrefix(b[e+1:], []byte("00:00")) {
			return Found{}
		}
	}
	if year > 2012 || rare {
		return Found{start, e, Doubtful}
	}
	return Found{start, e, Plausible}
}

// short reads 19840317, 17031984 and 17.03.84, which are numbers of anything unless named. Two digits are a year up to 2029.
func short(b []byte, at int) (end, year int, ok bool) {
	n, i := digits(b, at, 9)
	if i-at == 8 {
		if y := n / 10000; y >= 1900 && calendar(y, n/100%100, n%100) {
			return i, y, true
		}
		return i, n % 10000, calendar(n%10000, n/10000%100, n/1000000) || calendar(n%10000, n/1000000, n/10000%100)
	}
	if i == at || i-at > 2 || i >= len(b) || b[i] != '.' && b[i] != '/' && b[i] != '-' {
		return 0, 0, false
	}
	m, j := digits(b, i+1, 2)
	if j == i+1 || j >= len(b) || b[j] != b[i] {
		return 0, 0, false
	}
	y, k := digits(b, j+1, 3)
	if y += 1900; y < 1930 {
		y += 100
	}
	return k, y, k == j+3 && (calendar(y, m, n) || calendar(y, n, m))
}

// monthFirst reads March 17, 1984 and March 17th 1984 from the day on.
func monthFirst(b []byte, at int) (start, end, year int, ok bool) {
	d, i := digits(b, at, 2)
	i = ordinal(b, i)
	if i < len(b) && b[i] == ',' {
		i++
	}
	for i < len(b) && b[i] == ' ' && i-at < 8 {
		i++
	}
	y, e := digits(b, i, 4)
	if d == 0 || e != i+4 || at == 0 {
		return 0, 0, 0, false
	}
	start = at
	for start > 0 && at-start < 2 && (b[start-1] == ' ' || b[start-1] == '.') {
		start--
	}
	end = start
	for start > 0 && end-start < 14 && (isAlpha(b[start-1]) || b[start-1] >= 0x80) {
		start--
	}
	if end == at || start > 0 && isWord(b[start-1]) {
		return 0, 0, 0, false
	}
	m := month(b[start:end])
	return start, e, y, m > 0 && calendar(y, m, d)
}

// ordinal goes over the ending of 17th and 1er.
func ordinal(b []byte, i int) int {
	if i+1 < len(b) && isAlpha(b[i]) && (i+2 == len(b) || !isWord(b[i+2])) {
		switch string([]byte{b[i] | 0x20, b[i+1] | 0x20}) {
		case "st", "nd", "rd", "th", "er":
			return i + 2
		}
	}
	return i
}

// day reads 1984-03-17, 17.03.1984, 3/17/1984 and 17 March 1984.
func day(b []byte, at int) (end, year int, ok bool) {
	n, i := digits(b, at, 4)
	if i-at == 4 {
		if i >= len(b) || b[i] != '-' && b[i] != '/' && b[i] != '.' {
			return 0, 0, false
		}
		m, j := digits(b, i+1, 2)
		if j == i+1 || j >= len(b) || b[j] != b[i] {
			return 0, 0, false
		}
		d, k := digits(b, j+1, 2)
		return k, n, k > j+1 && calendar(n, m, d)
	}
	if i == at || i-at > 2 || i >= len(b) {
		return 0, 0, false
	}
	if i = ordinal(b, i); i >= len(b) {
		return 0, 0, false
	}
	switch c := b[i]; c {
	case '.', '/', '-':
		m, j := digits(b, i+1, 2)
		if j == i+1 {
			if c == '.' { // 17. März 1984
				return named(b, i+1, n)
			}
			return 0, 0, false
		}
		if j >= len(b) || b[j] != c {
			return 0, 0, false
		}
		y, k := digits(b, j+1, 4)
		return k, y, k == j+5 && (calendar(y, m, n) || c != '.' && calendar(y, n, m))
	}
	return named(b, i, n)
}

// named reads the name of a month and a year after a day.
func named(b []byte, i, d int) (end, year int, ok bool) {
	if i >= len(b) || space(b, i) == 0 {
		return 0, 0, false
	}
	i += space(b, i)
	if bytes.HasPrefix(b[i:], []byte("de ")) { // Spanish: 17 de marzo de 1984
		i += 3
	}
	from := i
	for i < len(b) && i-from < 14 && (isAlpha(b[i]) || b[i] >= 0x80) {
		i++
	}
	m := month(b[from:i])
	for i < len(b) && (b[i] == ' ' || b[i] == '.') {
		i++
	}
	if bytes.HasPrefix(b[i:], []byte("de ")) {
		i += 3
	}
	y, k := digits(b, i, 4)
	return k, y, m > 0 && k == i+4 && i-from < 20 && calendar(y, m, d)
}

// month knows names of months by how they begin, in seven languages.
func month(name []byte) int {
	if len(name) < 3 {
		return 0
	}
	const begins = "jan ene gen sty janv|feb fév lut febr|mar mär mrz mrt maa mars|apr avr abr kwi|may mai maj mag mei|jun juin giu cze|jul juil lug lip|aug aoû ago sie|sep set wrz|oct okt ott paź|nov lis|dec déc dez dic gru"
	low := bytes.ToLower(name)
	i := 1
	for months := range strings.SplitSeq(begins, "|") {
		for m := range strings.FieldsSeq(months) {
			if bytes.HasPrefix(low, []byte(m)) {
				return i
			}
		}
		i++
	}
	return 0
}

func digits(b []byte, at, most int) (n, end int) {
	end = at
	for end < len(b) && end-at < most && isDigit(b[end]) {
		n = n*10 + int(b[end]-'0')
		end++
	}
	return n, end
}
