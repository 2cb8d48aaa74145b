package synthetic

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// zero solves a weighted sum that the check digit, of weight w, makes divisible by m.
func zero(weights string, w, m int) func(string) string {
	return func(body string) string { return solve(func(x int) bool { return (dot(body, weights)+w*x)%m == 0 }) }
}

// same makes the check digit the remainder of a weighted sum, and 0 where that has two digits.
func same(weights string, m int) func(string) string {
	return func(body string) string { return strconv.Itoa(dot(body, weights) % m % 10) }
}

func with(prefixes []string, n int) func(*rand.Rand) string {
	return func(r *rand.Rand) string { return one(r, prefixes...) + figures(r, n) }
}

func born(layout string, prefixes []string, n int) func(*rand.Rand) string {
	return func(r *rand.Rand) string { return one(r, prefixes...) + day(r, layout) + figures(r, n) }
}

func list(s string) []string { return strings.Fields(s) }

func numbers() []number {
	any := []string{""}
	lead := list("1 2 3 4 5 6 7 8 9")
	return []number{
		{"payment-card", with(list("4 51 55"), 13), func(b string) string {
			if len(b) == 14 {
				b += "7"
				return "7" + doubled(b)
			}
			return doubled(b)
		}, "9999 9999 9999 9999"},
		{"iban", func(r *rand.Rand) string {
			country := one(r, "DE", "NL", "PL", "ES")
			account := map[string]string{"DE": figures(r, 18), "NL": one(r, "ABNA", "INGB") + figures(r, 10), "PL": figures(r, 24), "ES": figures(r, 20)}[country]
			return fmt.Sprintf("%s%02d%s", country, 98-modulo(account+country+"00", 97), account)
		}, nil, ""},
		{"uk-nhs", with(list("4 6 9"), 8), zero("10 9 8 7 6 5 4 3 2", 1, 11), "999 999 9999"},
		{"fr-nir", func(r *rand.Rand) string {
			return one(r, "1", "2") + day(r, "YYMM") + one(r, "13", "33", "59", "75") + fmt.Sprintf("%03d%03d", 1+r.IntN(900), 1+r.IntN(900))
		}, func(b string) string { return fmt.Sprintf("%02d", 97-modulo(b, 97)) }, "9 99 99 99 999 999 99"},
		{"de-steuer-id", func(r *rand.Rand) string {
			p := r.Perm(10)
			for p[0] == 0 {
				p = r.Perm(10)
			}
			p[9] = p[r.IntN(9)]
			return strings.Trim(strings.ReplaceAll(fmt.Sprint(p), " ", ""), "[]")
		}, hybrid, "99 999 999 999"},
		{"es-dni", func(r *rand.Rand) string { return figures(r, 8) }, func(b string) string { return string("TRWAGMYFPDXBNJZSQVHLCKE"[modulo(b, 23)]) }, ""},
		{"es-nie", func(r *rand.Rand) string { return one(r, "X", "Y", "Z") + figures(r, 7) }, func(b string) string {
			return string("TRWAGMYFPDXBNJZSQVHLCKE"[modulo(strings.NewReplacer("X", "0", "Y", "1", "Z", "2").Replace(b), 23)])
		}, ""},
		{"nl-bsn", with(lead, 7), zero("9 8 7 6 5 4 3 2", -1, 11), ""},
		{"pl-pesel", born("YYMMDD", any, 4), zero("1 3 7 9 1 3 7 9 1 3", 1, 10), ""},
		{"in-aadhaar", with(list("2 5 9"), 10), dihedral, "9999 9999 9999"},
		{"pt-nif", with(list("1 2 5"), 7), func(b string) string {
			if dot(b, "9 8 7 6 5 4 3 2")%11 < 2 {
				return "0"
			}
			return zero("9 8 7 6 5 4 3 2", 1, 11)(b)
		}, "999 999 999"},
		{"be-nrn", born("YYMMDD", any, 3), func(b string) string { return fmt.Sprintf("%02d", 97-modulo(b, 97)) }, "99.99.99-999.99"},
		{"ch-ahv", with(list("756"), 9), zero("1 3 1 3 1 3 1 3 1 3 1 3", 1, 10), "999.9999.9999.99"},
		{"ie-ppsn", with(lead, 6), func(b string) string { return string("WABCDEFGHIJKLMNOPQRSTUV"[dot(b, "8 7 6 5 4 3 2")%23]) }, ""},
		{"fr-spi", with(list("0 1 3"), 9), func(b string) string { return fmt.Sprintf("%03d", modulo(b, 511)) }, "99 99 999 999 999"},
		{"it-partita-iva", func(r *rand.Rand) string { return one(r, "0012", "0345") + figures(r, 3) + one(r, "015", "063") }, doubled, ""},
		{"se-personnummer", born("YYMMDD", any, 3), doubled, "999999-9999"},
		{"no-fnr", born("DDMMYY", any, 3), func(b string) string {
			k := zero("3 7 6 1 8 9 4 5 2", 1, 11)(b)
			if k == "" {
				return ""
			}
			if l := zero("5 4 3 2 7 6 5 4 3 2", 1, 11)(b + k); l != "" {
				return k + l
			}
			return ""
		}, ""},
		{"fi-hetu", func(r *rand.Rand) string { return day(r, "DDMMYY") + "-" + figures(r, 3) }, func(b string) string {
			return string("0123456789ABCDEFHJKLMNPRSTUVWXY"[modulo(strings.Replace(b, "-", "", 1), 31)])
		}, ""},
		{"is-kennitala", born("DDMMYY", any, 2), func(b string) string {
			if c := zero("3 2 7 6 5 4 3 2", 1, 11)(b); c != "" {
				return c + "9"
			}
			return ""
		}, "999999-9999"},
		{"ee-lt-isikukood", born("YYMMDD", list("3 4"), 3), func(b string) string {
			if k := dot(b, "1 2 3 4 5 6 7 8 9 1") % 11; k < 10 {
				return strconv.Itoa(k)
			}
			return same("3 4 5 6 7 8 9 1 2 3", 11)(b)
		}, ""},
		{"pl-nip", with(list("1 5 7"), 8), func(b string) string {
			if k := dot(b, "6 5 7 2 3 4 5 6 7") % 11; k < 10 {
				return strconv.Itoa(k)
			}
			return ""
		}, "999-999-99-99"},
		{"cz-rodne-cislo", born("YYMMDD", any, 3), func(b string) string { return solve(func(x int) bool { return modulo(b+strconv.Itoa(x), 11) == 0 }) }, "999999/9999"},
		{"hu-taj", with(lead, 7), same("3 7 3 7 3 7 3 7", 10), "999 999 999"},
		{"ro-cnp", born("YYMMDD", list("1 2"), 0), func(b string) string {
			b += "40" + "123"
			k := dot(b, "2 7 9 1 4 6 3 5 8 2 7 9") % 11
			if k == 10 {
				k = 1
			}
			return "40123" + strconv.Itoa(k)
		}, ""},
		{"bg-egn", born("YYMMDD", any, 3), same("2 4 8 5 10 9 7 3 6", 11), ""},
		{"gr-amka", born("DDMMYY", any, 4), doubled, ""},
		{"hr-oib", with(lead, 9), hybrid, ""},
		{"si-emso", func(r *rand.Rand) string { return day(r, "DDMM") + "9" + figures(r, 2) + "50" + figures(r, 3) }, zero("7 6 5 4 3 2 7 6 5 4 3 2", 1, 11), ""},
		{"tr-tckn", with(lead, 8), func(b string) string {
			k := solve(func(x int) bool { return (7*dot(b, "1 0 1 0 1 0 1 0 1")-dot(b, "0 1 0 1 0 1 0 1 0")-x)%10 == 0 })
			return k + same("1 1 1 1 1 1 1 1 1 1", 10)(b+k)
		}, ""},
		{"ca-sin", with(list("1 4 7"), 7), doubled, "999 999 999"},
		{"br-cpf", with(lead, 8), func(b string) string {
			check := func(body string) string {
				sum := 0
				for i, c := range body {
					sum += (len(body) + 1 - i) * int(c-'0')
				}
				return strconv.Itoa(sum * 10 % 11 % 10)
			}
			k := check(b)
			return k + check(b+k)
		}, "999.999.999-99"},
		{"cl-rut", with(list("1 2"), 7), func(b string) string {
			for i, c := range "0123456789K" {
				if (dot(b, "3 2 7 6 5 4 3 2")+i)%11 == 0 {
					return string(c)
				}
			}
			return ""
		}, "99.999.999-9"},
		{"ar-cuil", with(list("20 27"), 8), zero("5 4 3 2 7 6 5 4 3 2", 1, 11), "99-99999999-9"},
		{"ec-cedula", with(list("170 171"), 6), doubled, ""},
		{"us-npi", with(list("1 2"), 8), func(b string) string { return doubled("80840" + b) }, ""},
		{"aba-routing", with(list("02 11 32"), 6), zero("3 7 1 3 7 1 3 7", 1, 10), ""},
		{"cn-rid", func(r *rand.Rand) string { return one(r, "110105", "440524") + day(r, "YYYYMMDD") + figures(r, 3) }, func(b string) string {
			for i, c := range "0123456789X" {
				if (dot(b, "7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2")+i)%11 == 1 {
					return string(c)
				}
			}
			return ""
		}, ""},
		{"jp-my-number", with(lead, 10), func(b string) string {
			if dot(b, "6 5 4 3 2 7 6 5 4 3 2")%11 < 2 {
				return "0"
			}
			return zero("6 5 4 3 2 7 6 5 4 3 2", 1, 11)(b)
		}, "9999 9999 9999"},
		{"th-id", with(list("1 3"), 11), func(b string) string {
			return strconv.Itoa((11 - dot(b, "13 12 11 10 9 8 7 6 5 4 3 2")%11) % 10)
		}, "9-9999-99999-99-9"},
		{"au-tfn", with(lead, 7), zero("1 4 3 7 5 8 6 9", 10, 11), "999 999 999"},
		{"za-id", func(r *rand.Rand) string { return day(r, "YYMMDD") + figures(r, 4) + "08" }, doubled, ""},
		{"ae-eid", func(r *rand.Rand) string { return "784" + day(r, "YYYY") + figures(r, 7) }, doubled, "999-9999-9999999-9"},
		{"il-id", with(lead, 7), doubled, ""},
		{"sa-id", with(list("1 2"), 8), doubled, ""},
		{"imei", with(list("35 49"), 12), doubled, "99-999999-999999-9"},
		{"ru-snils", with(list("112 540"), 6), func(b string) string { return fmt.Sprintf("%02d", dot(b, "9 8 7 6 5 4 3 2 1")%101%100) }, "999-999-999 99"},
	}
}
