package detectors

import "strings"

// The check digits of standards, over letters and digits without separators.

func isDigit(c byte) bool { return c-'0' < 10 }
func isUpper(c byte) bool { return c-'A' < 26 }
func isAlpha(c byte) bool { return c|0x20-'a' < 26 }
func isWord(c byte) bool  { return isDigit(c) || isAlpha(c) || c >= 0x80 }

// number reads decimal digits.
func number(b []byte) (n int) {
	for _, c := range b {
		n = n*10 + int(c-'0')
	}
	return n
}

// passes turns a test of the form into a strength.
func passes(form bool) Strength { return checked(form, form) }

// checked turns tests of the form and of the checksum into a strength. They are told apart so that a column can weigh
// what passes against all that is in form.
func checked(form, sum bool) Strength {
	switch {
	case !form:
		return Rejected
	case !sum:
		return Broken
	}
	return Plausible
}

// luhn is ISO/IEC 7812-1 annex B.
func luhn(b []byte) bool {
	const doubled = "\x00\x02\x04\x06\x08\x01\x03\x05\x07\x09" + "\x00\x00\x00\x00\x00\x00" // and its digits added
	sum, i := 0, len(b)-1
	for ; i > 0; i -= 2 {
		sum += int(b[i]-'0') + int(doubled[b[i-1]&15])
	}
	if i == 0 {
		sum += int(b[0] - '0')
	}
	return sum%10 == 0
}

// mod97 is ISO/IEC 7064 MOD 97-10 over digits and letters (A is 10), of several pieces read as one.
func mod97(pieces ...[]byte) int {
	const much = 1 << 50 // a division is slow, and so it waits
	m := uint64(0)
	for _, p := range pieces {
		for _, c := range p {
			if isDigit(c) {
				m = m*10 + uint64(c-'0')
			} else {
				m = m*100 + uint64(c-'A') + 10
			}
			if m > much {
				m %= 97
			}
		}
	}
	return int(m % 97)
}

// mod1110 is ISO/IEC 7064 MOD 11,10; the last digit is the check digit.
func mod1110(b []byte) bool {
	// twice p and a digit, of modulo 10 and 11 both, by their sum; all less one
	const next = "\x01\x03\x05\x07\x09\x00\x02\x04\x06\x08" + "\x01\x03\x05\x07\x09\x00\x02\x04\x06\x08" + "\x01\x03\x05\x07\x09"
	p := byte(9)
	for _, c := range b[:len(b)-1] {
		p = next[p+c&15]
	}
	return (10-p)%10 == b[len(b)-1]-'0'
}

// weighted is the sum of digits times weights.
func weighted(b []byte, weights ...int) (sum int) {
	b = b[:len(weights)]
	for i, w := range weights {
		sum += w * int(b[i]-'0')
	}
	return sum
}

// verhoeff is J. Verhoeff's dihedral check (1969): multiplication in D5 and powers of a permutation.
func verhoeff(b []byte) bool {
	const times = "0123456789" + "1234067895" + "2340178956" + "3401289567" + "4012395678" +
		"5987604321" + "6598710432" + "7659821043" + "8765932104" + "9876543210"
	const permuted = "0123456789" + "1576283094" + "5803796142" + "8916043527" + "9453126870" + "4286573901" + "2793806415" + "7046913258"
	k := 0
	for i := range b {
		p := permuted[i%8*10+int(b[len(b)-1-i]-'0')] - '0'
		k = int(times[k*10+int(p)] - '0')
	}
	return k == 0
}

// repeated reports whether all characters are the same: a placeholder.
func repeated(b []byte) bool {
	for _, c := range b {
		if c != b[0] {
			return false
		}
	}
	return true
}

// counted reports whether digits count up or down by one: 123456789, a placeholder.
func counted(b []byte) bool {
	if len(b) > 1 && b[1]-b[0] != 1 && b[0]-b[1] != 1 && b[1]-b[0] != 9 && b[0]-b[1] != 9 { // nearly always
		return false
	}
	return strings.Contains("01234567890123456789", string(b)) || strings.Contains("98765432109876543210", string(b))
}

// calendar reports whether a day exists in a month; year 0 allows 29 February.
func calendar(year, month, day int) bool {
	if month < 1 || month > 12 || day < 1 {
		return false
	}
	days := int("\x1f\x1d\x1f\x1e\x1f\x1e\x1f\x1f\x1e\x1f\x1e\x1f"[month-1])
	if month == 2 && year != 0 && (year%4 != 0 || year%100 == 0 && year%400 != 0) {
		days = 28
	}
	return day <= days
}
