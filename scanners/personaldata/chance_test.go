package personaldata

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

// Random digits of every length are no personal data, in a column or in a text.
func TestRandomNumbersGiveNoLabel(t *testing.T) {
	t.Parallel()
	wrong, tried := 0, 0
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 11))
		for n := 8; n <= 20; n++ {
			number := func(int) string { return digitsOf(r, n) }
			for _, name := range []string{"c1", fmt.Sprint("id", n), "reference", "value", "payload"} {
				tried++
				wrong += oneIf(len(labelsOf(name, times(500, number)...)) > 0)
			}
			tried++
			wrong += oneIf(len(labelsOf("", times(300, func(i int) string { return "order " + number(i) + " ref " + digitsOf(r, 16) })...)) > 0)
		}
	}
	if wrong*1000 > tried { // chance is what it is
		t.Errorf("got labels of %d of %d columns of random numbers", wrong, tried)
	}
}

// Serial numbers do not pass independently, and one number in many lines is one trial.
func TestSerialNumbersGiveNoLabel(t *testing.T) {
	t.Parallel()
	for name, cell := range map[string]func(i int) string{
		"serial cards":      func(i int) string { return fmt.Sprint(4539578763620000 + i) },
		"every tenth":       func(i int) string { return fmt.Sprint(4539578763620000 + 10*i) },
		"serial 15 digits":  func(i int) string { return fmt.Sprint(255081416802000 + i) },
		"serial DNI":        func(i int) string { return fmt.Sprintf("%08dK", 12345678+i) },
		"one session often": func(i int) string { return fmt.Sprint("session ", 255081416802500+i%60, " step ", i) },
	} {
		for _, column := range []string{"", "c3", "reference"} {
			if got := labelsOf(column, times(1200, cell)...); got != nil {
				t.Errorf("%s in %q: got %v", name, column, got)
			}
		}
	}
}

// valid gives a number by its detector, from a body and a check that the detector itself makes.
func valid(r *rand.Rand, check func(detectors.Value) detectors.Strength, shape string) string {
	for {
		b := []byte(shape)
		for i, c := range b {
			switch c {
			case '9':
				b[i] = '0' + byte(r.IntN(10))
			case 'A', 'X':
				b[i] = 'A' + byte(r.IntN(26))
			}
		}
		code := slices.DeleteFunc(slices.Clone(b), func(c byte) bool { return strings.IndexByte(" -./", c) >= 0 })
		if check(detectors.Of(code)) >= detectors.Plausible {
			return string(b)
		}
	}
}

// spoil makes every fourth cell something else.
func spoil(r *rand.Rand, cells []string) []string {
	for i := range cells {
		if r.IntN(4) == 0 {
			b := []byte(cells[i])
			switch r.IntN(4) {
			case 0:
				cells[i] = ""
			case 1:
				cells[i] = "n/a"
			case 2:
				cells[i] = string(b[:len(b)-1])
			default:
				if k := strings.LastIndexAny(cells[i], "0123456789"); k >= 0 {
					b[k] = '0' + (b[k]-'0'+1)%10
					cells[i] = string(b)
				}
			}
		}
	}
	return cells
}

func TestSpoiledNumbersAreStillFound(t *testing.T) {
	t.Parallel()
	for _, d := range detectors.All() {
		if d.Chance == 0 || d.Check == nil {
			continue
		}
		for seed := range uint64(8) {
			r := rand.New(rand.NewPCG(seed, 13))
			shape := d.Shapes[int(seed)%len(d.Shapes)]
			if d.ID == "payment-card" {
				shape = []string{"4999999999999999", "5399~9999~9999~9999"}[seed%2]
			}
			shape = strings.NewReplacer("~", " ", "X", "9").Replace(shape)
			cells := spoil(r, times(60, func(int) string { return valid(r, d.Check, shape) }))
			for _, name := range []string{d.Words[0], "c2", "data_7"} {
				if got := labelsOf(name, cells...); !slices.ContainsFunc(got, func(f found) bool { return f.Detector == d.ID && f.Found >= 30 }) {
					t.Errorf("%s as %s in %q, seed %d: got %v", d.ID, shape, name, seed, got)
				}
			}
		}
	}
}

func TestFewNumbersStandByThemselves(t *testing.T) {
	t.Parallel()
	letter := func(number string) []string {
		return []string{"Dear Sir or Madam,", "please use " + number + " from now on.", "Our reference is 20241105.", "Kind regards"}
	}
	r := rand.New(rand.NewPCG(1, 1))
	for detector, number := range map[string]string{"iban": "DE89370400440532013000", "payment-card": "4539578763621486", "fr-nir": "2 55 08 14 168 025 38", "it-codice-fiscale": "RSSMRA85T10A562S", "es-dni": "12345678Z"} {
		if got := labelsOf("", letter(number)...); len(got) != 1 || got[0].Detector != detector {
			t.Errorf("%s: got %v", detector, got)
		}
		noise := times(500, func(int) string { return "trace " + digitsOf(r, 15) + " " + digitsOf(r, 16) })
		named := "her " + strings.ReplaceAll(strings.TrimPrefix(strings.TrimPrefix(detector, "fr-"), "it-"), "-", " ") + ": " + number
		if detector == "payment-card" {
			named = "card number: " + number
		}
		if got := labelsOf("", append(noise, strings.ReplaceAll(named, "es dni", "DNI"))...); len(got) != 1 || got[0].Detector != detector || got[0].Found != 1 {
			t.Errorf("%s, named among many numbers: got %v", detector, got)
		}
	}
}

// Chance as declared is what random codes in form do.
func TestChanceIsAsDeclared(t *testing.T) {
	t.Parallel()
	for _, d := range detectors.All() {
		if d.Chance == 0 || d.Check == nil {
			continue
		}
		r := rand.New(rand.NewPCG(17, 19))
		form, passed := 0, 0
		for range 100000 {
			b := []byte(strings.Map(func(c rune) rune {
				switch {
				case c == '9':
					return '0' + r.Int32N(10)
				case c == 'A' && d.ID == "es-nie":
					return 'X' - rune(23*r.Int32N(2)) + r.Int32N(3)
				case c == 'A', c == 'X' && r.IntN(2) == 0:
					return 'A' + r.Int32N(26)
				case c == 'X':
					return '0' + r.Int32N(10)
				}
				return -1
			}, d.Shapes[0]))
			if got := d.Check(detectors.Of(b)); got != detectors.Rejected {
				form++
				passed += oneIf(got > detectors.Rejected)
			}
		}
		if form < 1000 {
			continue // too rare among random ones to measure
		}
		if share := float64(passed) / float64(form); share > 1.3*d.Chance || share < d.Chance/1.3 {
			t.Errorf("%s: %d of %d in form pass, want %.4f", d.ID, passed, form, d.Chance)
		}
	}
}
