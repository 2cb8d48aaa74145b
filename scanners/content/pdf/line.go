package pdf

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// line is the one that is being written. Hebrew and Arabic are drawn from left to right by most programs, last letter first.
type line struct {
	from          int // of the buffer
	last          float64
	left, forward int // letters of such a script that follow another one, and those drawn to the right of it
	leftward      bool
}

// see notes a character before it is written, and how far along the line it stands.
func (l *line) see(s string, along float64) {
	r, _ := utf8.DecodeRuneInString(s)
	is := fromRight(r)
	if is && l.leftward {
		l.left++
		if along > l.last {
			l.forward++
		}
	}
	l.leftward, l.last = is, along
}

// turn puts the letters of a line that ends into the order in which they are read.
func (l *line) turn(b []byte) {
	defer func() { *l = line{from: len(b)} }()
	if 2*l.forward <= l.left || l.left == 0 {
		return
	}
	line := []rune(string(b[l.from:]))
	right := 0
	for _, r := range line {
		switch {
		case fromRight(r):
			right++
		case unicode.IsLetter(r):
			right--
		}
	}
	if right > 0 { // the line itself is read from the right: what is not stands in it
		slices.Reverse(line)
		turnRuns(line, func(r rune) bool { return !fromRight(r) && (unicode.IsLetter(r) || unicode.IsDigit(r)) })
	} else {
		turnRuns(line, fromRight)
	}
	copy(b[l.from:], string(line)) // as long as before: the letters are the same
}

// turnRuns reverses what stands between the first and the last of such letters, as long as no letter of the other kind is between them.
func turnRuns(line []rune, is func(rune) bool) {
	for i := 0; i < len(line); i++ {
		if !is(line[i]) {
			continue
		}
		end := i + 1
		for j := end; j < len(line) && (is(line[j]) || !unicode.IsLetter(line[j]) && !unicode.IsDigit(line[j])); j++ {
			if is(line[j]) {
				end = j + 1
			}
		}
		slices.Reverse(line[i:end])
		i = end
	}
}

func fromRight(r rune) bool {
	return r >= 0x590 && r <= 0x8ff || r >= 0xfb1d && r <= 0xfdff || r >= 0xfe70 && r <= 0xfefc
}
