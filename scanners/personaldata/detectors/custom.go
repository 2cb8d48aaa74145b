package detectors

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
)

// Custom is a detector of one's own, as a file of settings describes it.
type Custom struct {
	ID              string
	Title           string
	Category        probity.Category
	Country         string
	Words           []string // in texts, headers and keys
	Columns         []string // names of columns
	Pattern         string   // as [Detector.Shapes]; empty: any value of up to 64 bytes in a column that is named
	Validator       string   // one of [Validators]; empty: the form is enough
	Examples        []string
	Counterexamples []string
}

// Validators are the checks that custom detectors may ask for.
func Validators() []string { return []string{"iban", "luhn", "mod11-10", "mod97", "verhoeff"} }

// Detector makes it one, or tells what is wrong with it.
func (c Custom) Detector() (Detector, error) {
	d := Detector{ID: c.ID, Title: c.Title, Category: c.Category, Country: c.Country, Named: .9,
		Examples: func() []string { return c.Examples }, Counterexamples: c.Counterexamples}
	if d.Title == "" {
		d.Title = c.ID
	}
	for _, w := range slices.Concat(c.Words, c.Columns) {
		d.Words = append(d.Words, strings.ToLower(strings.NewReplacer("_", " ", "-", " ").Replace(w)))
	}
	switch {
	case !regexp.MustCompile(`^[a-z][a-z0-9-]{1,63}$`).MatchString(c.ID):
		return d, fmt.Errorf("id must be lower-case letters, digits and dashes")
	case !slices.Contains(c.Category.Values(), string(c.Category)):
		return d, fmt.Errorf("category must be one of %s", strings.Join(c.Category.Values(), ", "))
	case len(d.Words) == 0:
		return d, fmt.Errorf("words or columns must name it")
	case len(c.Examples) == 0:
		return d, fmt.Errorf("an example is needed")
	case slices.ContainsFunc(d.Words, func(w string) bool { return strings.Trim(w, " ") == "" || len(strings.Fields(w)) > 3 }):
		return d, fmt.Errorf("words are phrases of one to three words")
	}
	if c.Pattern == "" {
		if c.Validator != "" {
			return d, fmt.Errorf("a validator needs a pattern")
		}
		d.At, d.Find = Cell, findAny
		return d, nil
	}
	if err := sound(c.Pattern); err != nil {
		return d, err
	}
	d.Shapes = []string{c.Pattern}
	check, chance, err := validator(c.Validator)
	if err != nil {
		return d, err
	}
	d.Alone, d.Printed = .2, .4
	if d.Check = check; chance > 0 {
		d.Proof, d.Chance = ByChecksum, chance
	}
	return d, nil
}

// findAny takes a cell of a column that is named.
func findAny(b []byte, at int) Found {
	const longest = 64
	if at > 0 || len(b) == 0 || len(b) > longest {
		return Found{}
	}
	return Found{0, len(b), Plausible}
}

// sound reports what is wrong with a pattern.
func sound(pattern string) error {
	const most = 64
	rest := regexp.MustCompile(`[9AX](\{\d{1,2}(-\d{1,2})?\})?`).ReplaceAllString(pattern, "")
	switch {
	case len(pattern) > most:
		return fmt.Errorf("the pattern is longer than %d bytes", most)
	case strings.Trim(rest, " -./:~") != "":
		return fmt.Errorf("the pattern has other than 9, A, X, {n}, {n-m} and the separators space - . / : ~")
	case strings.ContainsAny(pattern[:1]+pattern[len(pattern)-1:], " -./:~"), regexp.MustCompile(`[ ./:~-]{2}`).MatchString(pattern):
		return fmt.Errorf("the pattern begins or ends with a separator, or has two together")
	case regexp.MustCompile(`-\d{1,2}\}[9AX]`).MatchString(pattern):
		return fmt.Errorf("a length {n-m} ends its run of letters and digits")
	case regexp.MustCompile(`\{0*(-|\})`).MatchString(pattern):
		return fmt.Errorf("a length of nothing")
	case !strings.Contains(pattern, "9") && !strings.Contains(pattern, "X"):
		return fmt.Errorf("the pattern needs a digit")
	}
	return nil
}

// validator gives a check by its name, and how often chance passes it.
func validator(name string) (check func(Value) Strength, chance float64, err error) {
	decimal := func(f func([]byte) bool) func(Value) Strength {
		return func(v Value) Strength {
			for _, c := range v.Reveal() {
				if !isDigit(c) {
					return Rejected
				}
			}
			return checked(!repeated(v.Reveal()), f(v.Reveal()))
		}
	}
	switch name {
	case "":
		return nil, 0, nil
	case "luhn":
		return decimal(luhn), 1. / 10, nil
	case "verhoeff":
		return decimal(verhoeff), 1. / 10, nil
	case "mod11-10":
		return decimal(mod1110), 1. / 10, nil
	case "mod97": // the last two characters, as in ISO 7064
		return func(v Value) Strength { return checked(true, mod97(v.Reveal()) == 1) }, 1. / 97, nil
	case "iban": // the first four moved to the end
		return func(v Value) Strength {
			b := v.Reveal()
			return checked(len(b) > 4, len(b) > 4 && mod97(b[4:], b[:4]) == 1)
		}, 1. / 97, nil
	}
	return nil, 0, fmt.Errorf("validator must be one of %s", strings.Join(Validators(), ", "))
}
