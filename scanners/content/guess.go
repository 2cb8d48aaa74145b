package content

import (
	"unicode"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// guess is the charset of one byte a character that bytes look to be written in; nil: Windows-1252, which also stands for whatever does
// not show. All of them are ASCII below 128.
func guess(head []byte) *charset {
	var best *charset
	most := 0.3 // what chance gives
	for i, l := range scripts(head) {
		s, n := l.score(head)
		if n < 4 {
			return nil
		}
		if s > most+0.02 {
			best, most = &charset{l.name, l.Charmap}, s
		}
		if i == 0 && l.Charmap == charmap.Windows1252 {
			best, most = nil, max(most, s+0.08) // the others have to be better by far
		}
	}
	return best
}

// pairs counts characters of two bytes.
type pairs struct {
	good, common, bad, alone int
}

// asian tells the charsets of two bytes a character. A second byte may look like ASCII: only a text that is plainly of such a charset is
// taken for it, so that a wrong guess never eats a part of an address or a number.
func asian(head []byte) *charset {
	euc := count(head, func(a, b byte) (ok, common bool) { return a >= 0xa1 && a <= 0xfe && b >= 0xa1 && b <= 0xfe, true })
	sjis := count(head, func(a, b byte) (ok, common bool) {
		return (a >= 0x81 && a <= 0x9f || a >= 0xe0 && a <= 0xfc) && b >= 0x40 && b != 0x7f && b <= 0xfc, a >= 0x81 && a <= 0x83 || a >= 0x88 && a <= 0x98
	})
	big5 := count(head, func(a, b byte) (ok, common bool) {
		return a >= 0xa1 && a <= 0xfe && (b >= 0x40 && b <= 0x7e || b >= 0xa1 && b <= 0xfe), a >= 0xa1 && a <= 0xc6
	})
	if quads(head) > 1 {
		return &charset{"GB18030", simplifiedchinese.GB18030}
	}
	if euc.plain() {
		kana, hangul, all := 0, 0, 0
		for i := 0; i+1 < len(head); i++ {
			if a := head[i]; a >= 0xa1 && head[i+1] >= 0xa1 {
				i++
				switch {
				case a == 0xa4 || a == 0xa5:
					kana++
				case a >= 0xb0 && a <= 0xc8:
					hangul++
				case a < 0xb0:
					continue
				}
				all++
			}
		}
		switch {
		case kana*8 > all:
			return &charset{"EUC-JP", japanese.EUCJP}
		case hangul*10 > all*9:
			return &charset{"EUC-KR", korean.EUCKR}
		}
		return &charset{"GB18030", simplifiedchinese.GB18030}
	}
	switch {
	case sjis.plain():
		return &charset{"Shift_JIS", japanese.ShiftJIS}
	case big5.plain():
		return &charset{"Big5", traditionalchinese.Big5}
	}
	gbk := count(head, func(a, b byte) (ok, common bool) {
		return a >= 0x81 && a <= 0xfe && b >= 0x40 && b != 0x7f && b <= 0xfe, a >= 0xa1 && a <= 0xd7 && b >= 0xa1
	})
	if gbk.plain() {
		return &charset{"GB18030", simplifiedchinese.GB18030}
	}
	return nil
}

// quads counts characters of four bytes, which only GB18030 has.
func quads(b []byte) int {
	n := 0
	for i := 0; i+3 < len(b); i++ {
		if b[i] >= 0x81 && isDigit(b[i+1]) && b[i+2] >= 0x81 && isDigit(b[i+3]) {
			n, i = n+1, i+3
		}
	}
	return n
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// count goes through pairs that begin with a byte beyond ASCII; one that stands between letters of ASCII is alone.
func count(b []byte, pair func(a, b byte) (ok, common bool)) pairs {
	var p pairs
	beside := false
	for i := 0; i+1 < len(b); i++ {
		if b[i] < 0x80 {
			beside = false
			continue
		}
		ok, common := pair(b[i], b[i+1])
		if !ok {
			p.bad++
			beside = false
			continue
		}
		i++
		p.good++
		if common {
			p.common++
		}
		if !beside && (i+1 >= len(b) || b[i+1] < 0x80) {
			p.alone++
		}
		beside = true
	}
	return p
}

// plain reports whether pairs are what the bytes are: nearly all of them, usual ones, and in words.
func (p pairs) plain() bool {
	return p.good > 1 && p.bad*40 <= p.good && p.common*10 >= p.good*8 && p.alone*3 <= p.good
}

// letterset is a charset of one byte a character, and the letters that make up most of a text in its languages.
type letterset struct {
	name string
	*charmap.Charmap
	usual string
}

// scripts lists the charsets that may be: words wholly beyond ASCII are of other alphabets than Latin.
func scripts(head []byte) []letterset {
	whole, mixed := 0, 0
	for i, c := range head {
		if c < 0x80 {
			continue
		}
		before, after := i > 0 && isLetter(head[i-1]), i+1 < len(head) && isLetter(head[i+1])
		if before || after {
			mixed++
		} else if i > 0 && head[i-1] >= 0x80 || i+1 < len(head) && head[i+1] >= 0x80 {
			whole++
		}
	}
	if whole > 2*mixed {
		const russian, greek, hebrew, arabic = "оеаинтсрвлкмдпуяіыйёь", "αοιετςσνηυρκλπόίήέάμ", "יוהלארתבשמנחדקםטע", "اليمونرتبعةدسفحك"
		return []letterset{
			{"windows-1251", charmap.Windows1251, russian}, {"KOI8-R", charmap.KOI8R, russian}, {"KOI8-U", charmap.KOI8U, russian},
			{"IBM866", charmap.CodePage866, russian}, {"ISO-8859-5", charmap.ISO8859_5, russian}, {"mac-cyrillic", charmap.MacintoshCyrillic, russian},
			{"windows-1253", charmap.Windows1253, greek}, {"ISO-8859-7", charmap.ISO8859_7, greek},
			{"windows-1255", charmap.Windows1255, hebrew}, {"ISO-8859-8", charmap.ISO8859_8, hebrew},
			{"windows-1256", charmap.Windows1256, arabic}, {"ISO-8859-6", charmap.ISO8859_6, arabic}, {"windows-874", charmap.Windows874, "านรอกเงมยลวดทสตปค่้ีิั"},
		}
	}
	const central = "ąćęłńóśźżáčďéěíňřšťúůýžőűöüäăâîşţôđ"
	return []letterset{
		{"windows-1252", charmap.Windows1252, "éèëêàâùûüúçîïíìôöóòäáåøæœãñßÿ’‘“”„–—…€°§£«»·"}, {"windows-1250", charmap.Windows1250, central}, {"ISO-8859-2", charmap.ISO8859_2, central},
		{"windows-1254", charmap.Windows1254, "ğşıİçöüâ"}, {"windows-1257", charmap.Windows1257, "ąčęėįšųūžāēģīķļņõäöü"},
		{"IBM850", charmap.CodePage850, "éèàùçâêîôûäöüßñáíóúåøæã"}, {"macintosh", charmap.Macintosh, "éèàùçâêîôûäöüßñáíóúåøæœã"},
	}
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// score is the share of usual letters among the bytes beyond ASCII, of which there are n; a capital counts where a word may begin.
func (l letterset) score(head []byte) (share float64, n int) {
	var is [256]float64
	for c := 0x80; c < 0x100; c++ {
		r := l.DecodeByte(byte(c))
		for _, u := range l.usual {
			switch {
			case r == u:
				is[c] = 1
			case r == unicode.ToUpper(u):
				is[c] = 0.5
			}
		}
	}
	sum := 0.0
	for i, c := range head {
		if c < 0x80 {
			continue
		}
		n++
		if is[c] == 1 || is[c] > 0 && (i == 0 || head[i-1] < 0x80 && !isLetter(head[i-1])) {
			sum += is[c]
		}
	}
	return sum / float64(max(n, 1)), n
}
