package personaldata

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

// pieces are repeated to texts in which a careless reader looks back or ahead over and over.
func pieces() []string {
	return []string{"Mr. ", "Dr. Anna ", "1", "1 ", "12 ", "1234 ", "1234-", "1:", "a:1 ", "a@", "a.a@", "a@a.a", "eyJa", "eyJaaaaaaaaaaaaaaaaaaaa1-", "eyJh.", `"a":1,`, "12.", "1/", "(1", "+1 ", "+", "(+", "AB12 ", "DE89 ", "GB29NWBK", "\xE2", "1\xE2\x80\x89", "\xC2\xA0", "\xC3",
		"-----BEGIN ", "-----BEGIN RSA " + "PRIVATE KEY-----", "-----BEGIN " + "PRIVATE KEY-----AAAAAAAA", "-", "=", ",", `"`, ".", "a.", "1990-01-01 ", "1.2.3.4 ", "1.2.3.4.", "card ", "card:", "card=4", "street ", "street 5 High ", "address: A 1, B ", "ssn 536-22-1847 ",
		"AKI" + "A", "secret=", "secret=aB3=", "secret-", "secret: ", "AWS_SECRET_ACCESS_KEY=", "cookie=", "password=", "basic a", "Anna Kowalska <", "a@b.cc <", "Via 1, ", "lives at ", "spoke with ", "name name ", "2001:db8::", "::", "a1", "A1", "x9 ", "Name Name ", "diabetes ", "0x0", "\x00", "\n", "4539 5787 6362 1486 ", "aws secret access key "}
}

// sight is how far from a place a finder has to see for its answer.
func sight(find func([]byte, int) detectors.Found, b []byte, at int) int {
	const least, most = 8, 1 << 10
	whole := find(b, at)
	for far := most; far >= least; far /= 2 {
		from := max(0, at-far)
		f := find(b[from:min(len(b), at+far)], at-from)
		if f.End > 0 {
			f.Start, f.End = f.Start+from, f.End+from
		}
		if f != whole {
			return 2 * far
		}
	}
	return least
}

// reads counts how many bytes finders have to see: the work beside the one pass, without a clock.
func reads(text string) int {
	n := 0
	all := detectors.All()
	for i := range all {
		for _, find := range []*func([]byte, int) detectors.Found{&all[i].Find, &all[i].Within} {
			if of := *find; of != nil {
				*find = func(b []byte, at int) detectors.Found {
					n += sight(of, b, at)
					return of(b, at)
				}
			}
		}
	}
	New(Options{Detectors: all}).Column("", "").Spans([]byte(text), func(Span) bool { return true })
	return n
}

func TestWorkGrowsWithTheText(t *testing.T) {
	t.Parallel()
	const most = 10 // bytes seen for each of the text
	for _, piece := range pieces() {
		small := reads(strings.Repeat(piece, 1<<12/len(piece)))
		large := reads(strings.Repeat(piece, 1<<16/len(piece)))
		if large > 32*(small+64) {
			t.Errorf("%q: work grew from %d to %d when the text grew 16 times", piece, small, large)
		}
		if large > most*len(piece)*(1<<16/len(piece)) {
			t.Errorf("%q: %d bytes seen for each", piece, large>>16)
		}
	}
}

// Finders must look at bytes near their place only: what stands far away must not change an answer, save for a key's end.
func TestFindersLookNearby(t *testing.T) {
	t.Parallel()
	const far = 12 << 10
	for _, d := range detectors.All() {
		if d.Find == nil || d.At&detectors.Cell != 0 {
			continue
		}
		for _, piece := range pieces() {
			filler := strings.Repeat(piece, far/len(piece)+1)
			for _, example := range d.Examples() {
				text := filler + "\n" + example + "\n" + filler
				at := len(filler) + 1 + strings.IndexByte(example, '@')*boolToInt(d.At == detectors.AtSign)
				got := d.Find([]byte(text), at)
				alone := d.Find([]byte("\n"+example+"\n"), at-len(filler))
				if got.End-got.Start != alone.End-alone.Start || got.Strength != alone.Strength {
					t.Errorf("%s among %q: got %d bytes, alone %d", d.ID, piece, got.End-got.Start, alone.End-alone.Start)
				}
			}
		}
	}
}

func boolToInt(ok bool) int {
	if ok {
		return 1
	}
	return 0
}

func checkSpans(t interface{ Errorf(string, ...any) }, text []byte) {
	last := 0
	Spans(text, func(s Span) bool {
		if s.Start < last || s.End <= s.Start || s.End > len(text) || s.Confidence < Reported || s.Confidence > 1 {
			t.Errorf("span %d to %d after %d of %d with %v", s.Start, s.End, last, len(text), s.Confidence)
		}
		last = s.End
		return true
	})
}

func TestDamagedTextsDoNotPanic(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var b []byte
		for range rapid.IntRange(0, 40).Draw(t, "pieces") {
			p := rapid.SampledFrom(pieces()).Draw(t, "piece")
			b = append(b, p[:rapid.IntRange(0, len(p)).Draw(t, "cut")]...)
		}
		checkSpans(t, b)
		tally := ready().Fresh()
		for _, name := range []string{"", "card", "address", "geburtsdatum", "c1", string(b)} {
			c := tally.Column(name, name)
			c.Add(b)
			c.Spans(b, func(Span) bool { return true })
		}
		tally.Labels()
		Mask(string(b))
	})
}

func FuzzSpans(f *testing.F) {
	for _, p := range pieces() {
		f.Add([]byte(p))
	}
	for _, d := range detectors.All() {
		for _, e := range d.Examples() {
			f.Add([]byte(d.Words[0] + ": " + e))
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		checkSpans(t, text)
		tally := ready().Fresh()
		c := tally.Column("t", string(text[:min(len(text), 20)]))
		c.Add(text)
		tally.Labels()
		if masked, found := Mask(string(text)); !found && masked != string(text) {
			t.Error("a name changed without a find")
		}
	})
}
