package detectors

import "github.com/probity-scan/probity"

// national is a number by which a state knows a person. Chance is 0 where it has no check digit.
func national(country, id, title string, words, shapes []string, check func([]byte) Strength, chance, alone, printed float64, examples, counterexamples []string) Detector {
	d := Detector{
		ID: id, Title: title, Category: probity.Identifier, Country: country, Words: words, Shapes: shapes,
		Check: func(v Value) Strength { return check(v.Reveal()) },
		Alone: alone, Printed: printed, Named: .95, Chance: chance,
		Examples: func() []string { return examples }, Counterexamples: counterexamples,
	}
	if chance == 0 {
		d.Named = .85
		return d
	}
	d.Proof = ByChecksum
	return d
}

// births reports whether digits at places are a day and a month; year 0 allows all days that some year has.
func births(b []byte, day, month int) bool {
	return calendar(0, number(b[month:month+2]), number(b[day:day+2]))
}

// eleven is a check digit that makes a weighted sum divisible by 11; tens says what stands for 10.
func eleven(sum int, tens byte) byte {
	switch r := (11 - sum%11) % 11; r {
	case 10:
		return tens
	default:
		return byte('0' + r)
	}
}

// crossed is the sum of the digits of a weighted number, each product's digits added.
func crossed(b []byte, weights ...int) (sum int) {
	for i, w := range weights {
		p := w * int(b[i]-'0')
		sum += p/10 + p%10
	}
	return sum
}

// spelt writes a letter as its two-digit place in the alphabet among digits.
func spelt(b []byte) []byte {
	out := make([]byte, 0, len(b)+2)
	for _, c := range b {
		if isDigit(c) {
			out = append(out, c)
		} else {
			k := c - 'A' + 1
			out = append(out, '0'+k/10, '0'+k%10)
		}
	}
	return out
}

func list(all ...string) []string { return all }
