package detectors

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// numbersOf builds valid numbers: a body, and the check digits that the test finds by trying, independent of any formula.
type numbersOf struct {
	id     string
	body   func(*rapid.T) string
	checks []string
}

func run(t *rapid.T, alphabet string, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[rapid.IntRange(0, len(alphabet)-1).Draw(t, "c")]
	}
	return string(b)
}

const figures, letters = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

func tens(from, to int) (all []string) {
	for n := from; n <= to; n++ {
		all = append(all, fmt.Sprintf("%02d", n))
	}
	return all
}

func each(s string) (all []string) {
	for _, c := range s {
		all = append(all, string(c))
	}
	return all
}

func birth(t *rapid.T) string {
	return fmt.Sprintf("%02d%02d%02d", rapid.IntRange(0, 99).Draw(t, "y"), rapid.IntRange(1, 12).Draw(t, "m"), rapid.IntRange(1, 28).Draw(t, "d"))
}

func families() []numbersOf {
	return []numbersOf{
		{"payment-card", func(t *rapid.T) string {
			return rapid.SampledFrom([]string{"4", "51", "6011", "2221"}).Draw(t, "iin") + run(t, figures, 15)
		}, each(figures)},
		{"uk-nhs", func(t *rapid.T) string { return "4" + run(t, figures, 8) }, each(figures)},
		{"fr-nir", func(t *rapid.T) string {
			return "1" + birth(t)[:4] + rapid.SampledFrom([]string{"75", "2A", "2B", "13"}).Draw(t, "d") + run(t, figures, 6)
		}, tens(1, 97)},
		{"es-dni", func(t *rapid.T) string { return run(t, figures, 8) }, each(letters)},
		{"es-nie", func(t *rapid.T) string { return run(t, "XYZ", 1) + run(t, figures, 7) }, each(letters)},
		{"it-codice-fiscale", func(t *rapid.T) string { return run(t, letters, 6) + "85T10A" + run(t, figures, 3) }, each(letters)},
		{"nl-bsn", func(t *rapid.T) string { return "1" + run(t, figures, 7) }, each(figures)},
		{"pl-pesel", func(t *rapid.T) string { return birth(t) + run(t, figures, 4) }, each(figures)},
		{"in-aadhaar", func(t *rapid.T) string { return "7" + run(t, figures, 10) }, each(figures)},
	}
}

func byID(id string) Detector {
	for _, d := range All() {
		if d.ID == id {
			return d
		}
	}
	return Detector{}
}

// At most one choice of check digits passes for a body, so a wrong one never does; where none passes the body is not issued.
func TestCheckDigitsAreUnique(t *testing.T) {
	t.Parallel()
	for _, family := range families() {
		t.Run(family.id, func(t *testing.T) {
			t.Parallel()
			check := byID(family.id).Check
			any := false
			rapid.Check(t, func(t *rapid.T) {
				body := family.body(t)
				if family.id == "payment-card" {
					body = body[:15]
				}
				passed := 0
				for _, c := range family.checks {
					if check(Of([]byte(body+c))) > Rejected {
						passed++
					}
				}
				if passed > 1 {
					t.Errorf("%d of %d check digits pass, want at most one", passed, len(family.checks))
				}
				any = any || passed == 1
			})
			if !any {
				t.Error("no number passed")
			}
		})
	}
}

// Every standard here finds each single wrong digit.
func TestOneChangedDigitIsRejected(t *testing.T) {
	t.Parallel()
	for _, family := range families() {
		t.Run(family.id, func(t *testing.T) {
			t.Parallel()
			check := byID(family.id).Check
			rapid.Check(t, func(t *rapid.T) {
				body := family.body(t)
				if family.id == "payment-card" {
					body = body[:15]
				}
				for _, c := range family.checks {
					valid := []byte(body + c)
					if check(Of(valid)) <= Rejected {
						continue
					}
					i := rapid.IntRange(0, len(valid)-1).Draw(t, "i")
					if !isDigit(valid[i]) {
						continue
					}
					valid[i] = '0' + (valid[i]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "by")))%10
					if got := check(Of(valid)); got > Rejected {
						t.Errorf("digit %d changed: got %d, want rejected", i, got)
					}
				}
			})
		})
	}
}

func TestPublishedExamples(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ got, want bool }{
		"Luhn, ISO/IEC 7812-1: 17893729974":     {luhn([]byte("17893729974")), true},
		"Luhn, one digit off":                   {luhn([]byte("17893729975")), false},
		"Verhoeff: 2363":                        {verhoeff([]byte("2363")), true},
		"Verhoeff, transposed":                  {verhoeff([]byte("2336")), false},
		"MOD 97-10, IBAN registry: GB82 WEST …": {mod97([]byte("WEST12345698765432"), []byte("GB82")) == 1, true},
		"MOD 11,10: 79462 and check digit 3":    {mod1110([]byte("794623")), true},
		"MOD 11,10, one digit off":              {mod1110([]byte("794624")), false},
		"leap day":                              {calendar(2000, 2, 29), true},
		"no leap day":                           {calendar(1900, 2, 29), false},
		"leap day of an unknown year":           {calendar(0, 2, 29), true},
		"31 April":                              {calendar(1984, 4, 31), false},
		"all the same":                          {repeated([]byte("777")), true},
		"counting down":                         {counted([]byte("987654321")), true},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %v, want %v", name, c.got, c.want)
		}
	}
}

func TestIBANLengths(t *testing.T) {
	t.Parallel()
	find := newIBANLengths().find
	for i := 0; i+4 <= len(ibanLengths); i += 5 {
		country, length := ibanLengths[i:i+2], number([]byte(ibanLengths[i+2:i+4]))
		for key := 2; key < 99; key++ {
			code := fmt.Sprintf("%s%02d%0*d", country, key, length-4, 123456789)
			f := find([]byte(code), 0)
			valid := mod97([]byte(code[4:]), []byte(code[:4])) == 1
			if want := valid; (f.Strength == Distinctive) != want {
				t.Errorf("%s with key %d: got %v, want found %v", country, key, f.Strength, want)
			}
		}
		if f := find([]byte(country+"82"+"0123456789"), 0); f.End != 0 {
			t.Errorf("%s too short: got a find", country)
		}
	}
}

func TestIDsAreUniqueAndComplete(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, d := range All() {
		switch {
		case seen[d.ID]:
			t.Errorf("%s: twice", d.ID)
		case d.ID == "" || d.Title == "" || d.Category == "" || len(d.Words) == 0 || d.Examples == nil || len(d.Counterexamples) < 3:
			t.Errorf("%s: a field is empty", d.ID)
		case d.Shapes == nil && d.Find == nil && d.Terms == nil || d.Find != nil && d.At == 0 && d.Shapes == nil && d.Prefixes == nil:
			t.Errorf("%s: nothing finds it", d.ID)
		case d.Alone > d.Printed || d.Printed > d.Named || d.Named > 1 || d.Named < .8:
			t.Errorf("%s: confidences %v %v %v", d.ID, d.Alone, d.Printed, d.Named)
		}
		seen[d.ID] = true
	}
	if len(seen) > 230 {
		t.Errorf("got %d detectors, a set holds 255 with custom ones", len(seen))
	}
}
