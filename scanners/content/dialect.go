package content

import (
	"bytes"
	"strings"
)

const delimiters = ",;\t|"

// delimiter is the one that cuts the first rows into most fields evenly; a comma where none does.
func delimiter(head []byte, whole bool) byte {
	best, most := byte(','), 0
	for i := range len(delimiters) {
		rows := sample(head, delimiters[i], whole)
		if n := even(rows); n > most {
			best, most = delimiters[i], n
		}
	}
	return best
}

// even scores rows: fields a row when nearly all rows have that many, else 0.
func even(rows [][][]byte) int {
	if len(rows) == 0 || len(rows[0]) < 2 {
		return 0
	}
	same := 0
	for _, r := range rows {
		if len(r) == len(rows[0]) {
			same++
		}
	}
	if same*10 < len(rows)*8 {
		return 0
	}
	return len(rows[0])
}

// tabular reports whether a text whose name does not tell is a table: three rows or more, all cut alike.
func tabular(head []byte, whole bool) bool {
	for i := range len(delimiters) {
		rows := sample(head, delimiters[i], whole)
		if len(rows) < 3 {
			continue
		}
		n := len(rows[0])
		for _, r := range rows {
			if len(r) != n {
				n = 0
			}
		}
		if n > 1 && isHeader(rows) || n > 2 && len(rows) > 4 {
			return true
		}
	}
	return false
}

// sample cuts the first 20 whole rows of head into fields.
func sample(head []byte, comma byte, whole bool) [][][]byte {
	var rows [][][]byte
	var row [][]byte
	start, quoted := 0, false
	field := func(end int) {
		f := bytes.TrimSuffix(head[start:end], []byte{'\r'})
		if len(f) > 1 && f[0] == '"' && f[len(f)-1] == '"' {
			f = bytes.ReplaceAll(f[1:len(f)-1], []byte(`""`), []byte(`"`))
		}
		row = append(row, f)
		start = end + 1
	}
	done := func() {
		if len(row) > 1 || len(row[0]) > 0 {
			rows = append(rows, row)
		}
		row = nil
	}
	for i, c := range head {
		switch {
		case c == '"' && (quoted || i == start):
			quoted = !quoted
		case quoted:
			if c == '"' {
				quoted = false
			}
		case c == comma:
			field(i)
		case c == '\n':
			field(i)
			done()
		}
		if len(rows) == 20 {
			return rows
		}
	}
	if whole && start < len(head) {
		field(len(head))
		done()
	}
	return rows
}

// isHeader reports whether the first row names the columns. A row of data taken for a header would put values into paths, so
// a doubtful one is data.
func isHeader(rows [][][]byte) bool {
	first := rows[0]
	known := false
	seen := map[string]bool{}
	for _, f := range first {
		if len(f) == 0 {
			continue
		}
		if !isName(f) || seen[string(f)] {
			return false
		}
		seen[string(f)] = true
		known = known || Common(f)
	}
	if len(seen) == 0 {
		return false
	}
	return known || differs(rows)
}

// differs reports whether some column holds no names below its first row: numbers, dates, addresses with an @.
func differs(rows [][][]byte) bool {
	if len(rows) < 3 {
		return false
	}
	for i := range rows[0] {
		other := 0
		for _, r := range rows[1:] {
			if i < len(r) && len(r[i]) > 0 && !isName(r[i]) {
				other++
			}
		}
		if other == len(rows)-1 {
			return true
		}
	}
	return false
}

// Common reports whether a part of the name is a word that names columns in many languages' exports.
func Common(name []byte) bool {
	parts := strings.FieldsFunc(snake(string(name)), func(r rune) bool { return strings.ContainsRune("_- .:/#()", r) })
	for _, p := range parts {
		switch p {
		case "id", "uuid", "name", "email", "mail", "phone", "tel", "mobile", "date", "time", "timestamp", "address", "street", "city", "zip",
			"postcode", "postal", "country", "code", "type", "status", "amount", "price", "total", "iban", "account", "card", "number", "no", "nr",
			"birth", "dob", "born", "ssn", "user", "customer", "patient", "created", "updated", "at", "ip", "url", "key", "value", "note", "notes",
			"comment", "description", "title", "count", "gender", "sex", "age", "firstname", "lastname", "surname", "nom", "prenom", "vorname",
			"nachname", "nombre", "apellido", "cognome", "nome", "naam", "imie", "nazwisko", "message", "text", "diagnosis", "icd10", "currency":
			return true
		}
	}
	return false
}

// snake turns camelCase into camel_case, in lower case.
func snake(s string) string {
	var b strings.Builder
	lower := false
	for _, r := range s {
		up := r >= 'A' && r <= 'Z'
		if up && lower {
			b.WriteByte('_')
		}
		b.WriteRune(r)
		lower = !up
	}
	return strings.ToLower(b.String())
}
