package personaldata

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

// luhnComplete, elevenComplete and peselComplete append check digits, written apart from what they test.
func luhnComplete(body string) string {
	sum := 0
	for i := range len(body) {
		d := int(body[len(body)-1-i] - '0')
		if i%2 == 0 {
			d = d*2/10 + d*2%10
		}
		sum += d
	}
	return fmt.Sprintf("%s%d", body, (10-sum%10)%10)
}

func peselComplete(body string) string {
	sum := 0
	for i, w := range []int{1, 3, 7, 9, 1, 3, 7, 9, 1, 3} {
		sum += int(body[i]-'0') * w
	}
	return fmt.Sprintf("%s%d", body, (10-sum%10)%10)
}

func digitsOf(r *rand.Rand, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = '0' + byte(r.IntN(10))
	}
	return string(b)
}

type found struct {
	Detector        string
	Found, Distinct int
}

// labelsOf adds the cells to one column.
func labelsOf(name string, cells ...string) (all []found) {
	for _, l := range tallied(name, cells...) {
		all = append(all, found{l.Detector, l.Found, l.Distinct})
	}
	return all
}

func tallied(name string, cells ...string) []probity.Label {
	tally := ready().Fresh()
	c := tally.Column("t.csv:"+name, name)
	for _, cell := range cells {
		c.Add([]byte(cell))
	}
	return tally.Labels()
}

func times(n int, cell func(i int) string) (cells []string) {
	for i := range n {
		cells = append(cells, cell(i))
	}
	return cells
}

func TestColumns(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	pesel := func(i int) string {
		return peselComplete(fmt.Sprintf("%02d%02d%02d%s", 40+i%60, 1+i%12, 1+i%28, digitsOf(r, 4)))
	}
	card := func(int) string { return luhnComplete("4" + digitsOf(r, 14)) }
	date := func(i int) string { return fmt.Sprintf("%d-%02d-%02d", 1940+i%65, 1+i%12, 1+i%28) }
	for name, c := range map[string]struct {
		column string
		cells  []string
		want   []found
	}{
		"named":                          {"email", []string{"a@example.org", "b@example.org", "a@example.org", ""}, []found{{"email", 3, 2}}},
		"nothing":                        {"note", []string{"hello", "world", "12"}, nil},
		"empty":                          {"email", nil, nil},
		"proved by its check digits":     {"c3", times(50, pesel), []found{{"pl-pesel", 50, 50}}},
		"one value over and over":        {"c3", times(50, func(int) string { return "44051401359" }), nil},
		"one value, but named":           {"pesel", times(50, func(int) string { return "44051401359" }), []found{{"pl-pesel", 50, 1}}},
		"numbers that pass by chance":    {"c3", times(400, func(i int) string { return fmt.Sprintf("4%015d", i*7919) }), nil},
		"cards":                          {"c3", times(40, card), []found{{"payment-card", 40, 40}}},
		"cards in a column of orders":    {"order_number", times(1, card), nil},
		"dates of birth by distribution": {"c3", times(60, date), []found{{"date-of-birth", 60, 60}}},
		"dates of something else":        {"created_at", times(60, date), nil},
		"dates of today":                 {"c3", times(60, func(i int) string { return fmt.Sprintf("2024-%02d-%02d", 1+i%12, 1+i%28) }), nil},
		"bare numbers":                   {"c3", times(60, func(int) string { return "6" + digitsOf(r, 8) }), nil},
		"bare numbers, named":            {"ssn", times(60, func(i int) string { return fmt.Sprintf("5362%05d", 20001+i) }), []found{{"us-ssn", 60, 60}}},
		"epochs":                         {"c3", times(100, func(int) string { return "17" + digitsOf(r, 8) }), nil},
		"identifiers of rows":            {"id", times(100, func(i int) string { return fmt.Sprint(100000000 + i) }), nil},
		"account numbers":                {"account_id", times(100, func(int) string { return "2" + digitsOf(r, 11) }), nil},
		"versions":                       {"version", times(20, func(i int) string { return fmt.Sprintf("1.%d.3.4", i) }), nil},
		"the table names it":             {"phones.value", []string{"0301234567"}, []found{{"phone-e164", 1, 1}}},
		"a column of its own in it":      {"phones.created", []string{"1700000000"}, nil},
		"names without a header":         {"c1", times(30, func(i int) string { return "Anna " + string(rune('A'+i%26)) + "lbrecht" }), []found{{"person-name", 30, 26}}},
		"products":                       {"product", times(30, func(i int) string { return "Blue Chair" + strings.Repeat("x", i) }), nil},
		"diagnoses":                      {"diagnose", []string{"E11.9", "I10", "J45.909"}, []found{{"icd10", 3, 3}}},
		"diagnoses in words":             {"Diagnose", []string{"Zuckerkrankheit", "Bluthochdruck seit 2019", "ohne Befund"}, []found{{"health-term", 2, 2}}},
		"addresses":                      {"Anschrift", []string{"Hauptstraße 5, 10115 Berlin", "Am Ring 3", "unbekannt"}, []found{{"postal-address", 2, 2}}},
		"notes that name what they say":  {"notes", []string{"NHS number 943 476 5919 was given", "nothing here"}, []found{{"uk-nhs", 1, 1}}},
		"free text":                      {"", []string{"card 4539578763621486 was charged", "order 4539578763621487"}, []found{{"payment-card", 1, 1}}},
		"numbers with no-break spaces":   {"iban", []string{"GB29\u00a0NWBK\u00a06016\u00a01331\u00a09268\u00a019"}, []found{{"iban", 1, 1}}},
		"typographic dashes":             {"ssn", []string{"536\u201122\u20111847"}, []found{{"us-ssn", 1, 1}}},
		"lower case":                     {"codice_fiscale", []string{"rssmra85t10a562s"}, []found{{"it-codice-fiscale", 1, 1}}},
		"invalid UTF-8":                  {"email", []string{"a@example.org\xff\xfe", "\xc3\x28"}, []found{{"email", 1, 1}}},
	} {
		if diff := cmp.Diff(c.want, labelsOf(c.column, c.cells...)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestProtection(t *testing.T) {
	t.Parallel()
	digest := func(i int) string { return fmt.Sprintf("%064x", i+1<<40) }
	for name, c := range map[string]struct {
		column string
		cells  []string
		want   map[string]probity.Protection
	}{
		"clear":              {"card", []string{"4539578763621486"}, map[string]probity.Protection{"payment-card": probity.Clear}},
		"truncated":          {"card", []string{"453957******1486", "4539 57** **** 1487", "**** **** **** 1488", "453957XXXXXX1489"}, map[string]probity.Protection{"payment-card": probity.Truncated}},
		"keyed hash":         {"email_hmac", times(9, digest), map[string]probity.Protection{"email": probity.KeyedHash}},
		"plain hash":         {"email_sha256", times(9, digest), map[string]probity.Protection{"email": probity.ProtectionUnknown}},
		"token":              {"card_token", times(9, func(i int) string { return fmt.Sprintf("tok_%024d", i) }), map[string]probity.Protection{"payment-card": probity.Token}},
		"encrypted":          {"iban_encrypted", times(9, digest), map[string]probity.Protection{"iban": probity.FieldEncrypted}},
		"digest of a file":   {"sha256", times(9, digest), map[string]probity.Protection{}},
		"a hash that is not": {"email_hash", []string{"a@example.org", "b@example.org"}, map[string]probity.Protection{"email": probity.Clear}},
	} {
		got := map[string]probity.Protection{}
		for _, l := range tallied(c.column, c.cells...) {
			got[l.Detector] = l.Protection
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestLabelsAreSortedAndComplete(t *testing.T) {
	t.Parallel()
	tally := ready().Fresh()
	for _, on := range []string{"b.csv:email", "a.csv:email", "a.csv:phone"} {
		_, name, _ := strings.Cut(on, ":")
		c := tally.Column(on, name)
		c.Add([]byte("a@example.org +49 30 901820"))
		c.Add(nil)
	}
	if first, second := tally.Column("a.csv:email", "email"), tally.Column("a.csv:email", "email"); first != second {
		t.Error("the same place gave two columns")
	}
	var got []string
	for _, l := range tally.Labels() {
		got = append(got, l.On+" "+l.Detector)
		if l.Found != 1 || l.Distinct != 1 || l.Sample.Read != 2 || l.Sample.Unit != "cells" || l.Category != probity.Contact || l.Confidence < Reported {
			t.Errorf("%s: got %+v", l.On, l)
		}
	}
	want := []string{"a.csv:email email", "a.csv:email phone-e164", "a.csv:phone email", "a.csv:phone phone-e164", "b.csv:email email", "b.csv:email phone-e164"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestATallyKeepsNothingOfItsCells(t *testing.T) {
	t.Parallel()
	const secret = "4539578763621486"
	tally := ready().Fresh()
	c := tally.Column("t:note", "note")
	c.Add([]byte(`{"card":"` + secret + `"}`))
	c.Spans([]byte(secret), func(Span) bool { return true })
	for _, held := range []any{tally, *tally, *c, *tally.scanner, tally.Labels()} {
		for _, format := range []string{"%v", "%+v", "%#v"} {
			if out := fmt.Sprintf(format, held); strings.Contains(out, secret) || strings.Contains(out, strings.Trim(fmt.Sprint([]byte(secret)), "[]")) {
				t.Errorf("%T under %s: got the cell", held, format)
			}
		}
	}
}

// Few different values are counted, many estimated.
func TestDistinctIsEstimated(t *testing.T) {
	t.Parallel()
	for _, want := range []int{1, exactly, 5000, 60000} {
		cells := times(2*want, func(i int) string { return fmt.Sprintf("u%d@example.org", i%want) })
		got := labelsOf("email", cells...)
		if len(got) != 1 || got[0].Found != len(cells) {
			t.Errorf("%d: got %v", want, got)
			continue
		}
		if off := math.Abs(float64(got[0].Distinct-want)) / float64(want); off > .15 || want <= exactly && off > 0 {
			t.Errorf("got %d different values of %d", got[0].Distinct, want)
		}
	}
}

func TestOptionsChooseDetectors(t *testing.T) {
	t.Parallel()
	tally := New(Options{Detectors: detectors.All()[:1]})
	tally.Column("x", "").Add([]byte("a@example.org, card 4539578763621486"))
	if got := tally.Labels(); len(got) != 1 || got[0].Detector != "email" {
		t.Errorf("got %d labels", len(got))
	}
}

func TestSpansOfAColumnKnowTheWhole(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	tally := ready().Fresh()
	c := tally.Column("t:c4", "c4")
	cells := times(40, func(i int) string {
		return peselComplete(fmt.Sprintf("%02d%02d%02d%s", 40+i, 1+i%12, 1+i%28, digitsOf(r, 4)))
	})
	count := func() (n int) {
		for _, cell := range cells {
			c.Spans([]byte(cell), func(s Span) bool { n++; return true })
		}
		return n
	}
	if n := count(); n != 0 {
		t.Errorf("before the cells were added: got %d spans", n)
	}
	for _, cell := range cells {
		c.Add([]byte(cell))
	}
	if n := count(); n != len(cells) {
		t.Errorf("after: got %d spans, want %d", n, len(cells))
	}
}
