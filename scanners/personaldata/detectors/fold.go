package detectors

// isLower reports whether a word begins with a small letter of Latin or Cyrillic.
func isLower(w []byte) bool {
	if len(w) < 2 || w[0] < 0x80 {
		return len(w) > 0 && w[0]-'a' < 26
	}
	switch next := w[1]; w[0] {
	case 0xC3:
		return next >= 0x9F
	case 0xC4, 0xC5:
		return next&1 == 1
	case 0xD0:
		return next >= 0xB0
	case 0xD1:
		return next < 0xA0
	}
	return false
}

// Fold gives the letter at i in lower case and without its accent, and its width: for ASCII, Latin-1 to Latin Extended-A
// and Cyrillic, of which each letter is a byte of its own beyond ASCII. Other bytes stay.
func Fold[T string | []byte](s T, i int) (c byte, width int) {
	const (
		c3       = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty"
		c4       = "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
		c5       = "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
		cyrillic = 0x80 // where the letters of Cyrillic begin
	)
	c = s[i]
	if c-'A' < 26 {
		return c | 0x20, 1
	}
	if c < 0xC3 || i+1 >= len(s) || s[i+1]&0xC0 != 0x80 {
		return c, 1
	}
	switch next := s[i+1]; {
	case c <= 0xC5:
		return [3]string{c3, c4, c5}[c-0xC3][next&0x3F], 2
	case c == 0xD0 && next >= 0x90:
		return cyrillic + (next-0x90)&0x1F, 2 // А to Я, а to п
	case c == 0xD1 && next < 0x90:
		return cyrillic + 16 + next - 0x80, 2 // р to cyrillic
	}
	return c, 1
}
