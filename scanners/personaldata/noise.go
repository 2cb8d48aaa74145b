package personaldata

// noise recognises at a word's start what surely is no personal data though pieces of it look so, and gives its end:
// UUIDs, timestamps, ISBNs, digests and long numbers.
func noise(b []byte, start, end int) int {
	switch n := end - start; {
	case n > 40 && n != 42:
		if hexadecimal(b[start:end]) {
			return end
		}
	case n == 8 && fits(b, start, "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh"):
		return start + 36
	case n == 4 && (fits(b, start, "9999-99-99T99:99") || fits(b, start, "9999-99-99 99:99:99") || fits(b, start, "9999/99/99 99:99:99")):
		if fits(b, start+10, " 00:00:00") { // a date in a column of timestamps
			return 0
		}
		i := start + 16
		for i < len(b) && i < start+32 && (b[i]-'0' < 10 || b[i] == ':' || b[i] == '.' || b[i] == 'Z' || b[i] == '+') {
			i++
		}
		return i
	case n == 3 && (fits(b, start, "978-9") || fits(b, start, "979-9")):
		i, digits := start, 0
		for i < len(b) && i < start+17 && (b[i]-'0' < 10 || b[i] == '-') {
			if b[i] != '-' {
				digits++
			}
			i++
		}
		if digits == 13 {
			return i
		}
	}
	return 0
}

// fits compares with a pattern of 9 (digit), h (hex digit) and bytes that stand for themselves.
func fits(b []byte, at int, pattern string) bool {
	if at+len(pattern) > len(b) {
		return false
	}
	for i := range len(pattern) {
		c := b[at+i]
		switch p := pattern[i]; p {
		case '9':
			if c-'0' > 9 {
				return false
			}
		case 'h':
			if c-'0' > 9 && c|0x20-'a' > 5 {
				return false
			}
		default:
			if c != p {
				return false
			}
		}
	}
	return true
}

func hexadecimal(b []byte) bool {
	for _, c := range b {
		if c-'0' > 9 && c|0x20-'a' > 5 {
			return false
		}
	}
	return true
}
