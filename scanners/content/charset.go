package content

import (
	"bufio"
	"bytes"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
	"golang.org/x/text/transform"

	"github.com/probity-scan/probity"
)

// charset is one that text may be written in, and what to call it.
type charset struct {
	name string
	encoding.Encoding
}

// checked gives UTF-8 of a text, and says what in it has no meaning.
type checked interface {
	gap(f Format) *probity.Gap
}

// decode gives UTF-8, and what checks it; nil where the bytes are no text, or UTF-16 or UTF-32. What the text declares of itself comes
// before a guess by its first bytes.
func decode(b *bufio.Reader, name string) (io.Reader, checked) {
	head, _ := b.Peek(sniffed)
	if magic(head) != "" {
		return b, nil
	}
	if c := unicodes(head); c != nil {
		return c.NewDecoder().Reader(b), nil
	}
	mark := int64(0)
	if bytes.HasPrefix(head, []byte("\xef\xbb\xbf")) {
		n, err := b.Discard(3)
		if err != nil {
			return broken{err}, nil
		}
		mark, head = int64(n), head[3:]
	}
	if binary(head) != "" || letters(name, head) != "" { // each part of a message has a charset of its own
		return b, nil
	}
	var c *charset
	if mark == 0 {
		c = legacy(head)
	}
	if c == nil {
		text := &utf8Reader{at: mark, line: 1}
		return transform.NewReader(b, text), text
	}
	text := &decoded{r: c.NewDecoder().Reader(b), name: c.name, line: 1}
	return text, text
}

// unicodes is UTF-16 or UTF-32, which show by a mark or by where zeros stand; nil: it is neither.
func unicodes(head []byte) encoding.Encoding {
	little, big := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe\x00\x00")):
		return utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)
	case bytes.HasPrefix(head, []byte("\x00\x00\xfe\xff")):
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM)
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return little
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return big
	}
	b := head[:min(len(head), 4096)&^3]
	var zeros [4]int
	for i, c := range b {
		if c == 0 {
			zeros[i%4]++
		}
	}
	n := len(b) / 4
	switch {
	case n < 3 || zeros == [4]int{}:
		return nil
	case zeros[3] == n && zeros[2] == n && zeros[0] == 0:
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
	case zeros[0] == n && zeros[1] == n && zeros[3] == 0:
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)
	case zeros[0]+zeros[2] == 0 && written(b, 1):
		return little
	case zeros[1]+zeros[3] == 0 && written(b, 0):
		return big
	}
	return nil
}

// written reports whether pairs of bytes, of which the one at high is the upper, are characters that people write.
func written(b []byte, high int) bool {
	good := 0
	for i := 0; i+1 < len(b); i += 2 {
		switch r := rune(b[i+high])<<8 | rune(b[i+1-high]); {
		case r == '\t', r == '\n', r == '\r', r >= ' ' && r < 0x7f, r >= 0xa0 && r < 0x700, r >= 0xe00 && r < 0xe80, // Latin to Arabic, Thai
			r >= 0x1e00 && r < 0x2070, r >= 0x3000 && r < 0x3100, r >= 0x4e00 && r < 0xa000, r >= 0xac00 && r < 0xe000, r >= 0xff00 && r < 0xffe6: // and Asia's
			good++
		}
	}
	return good >= len(b)/2*19/20
}

// legacy is the charset of a text that is not UTF-8; nil: it is, or may as well be Windows-1252. A few bytes that are none are strays.
func legacy(head []byte) *charset {
	if c := jis(head); c != nil {
		return c
	}
	chars, stray := inUTF8(head)
	if chars > 0 && 2*stray < chars {
		return nil
	}
	if c := declared(head); c != nil {
		return c
	}
	if c := asian(head); c != nil || stray <= 2*chars {
		return c
	}
	return guess(head)
}

// inUTF8 counts characters of UTF-8 beyond ASCII, and bytes that are none.
func inUTF8(head []byte) (chars, stray int) {
	for i := 0; i < len(head); {
		if head[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(head[i:])
		switch {
		case r != utf8.RuneError || n > 1:
			chars++
		case utf8.FullRune(head[i:]):
			stray++
		}
		i += n
	}
	return chars, stray
}

// jis is ISO-2022-JP, which is ASCII but for what its escapes turn on.
func jis(head []byte) *charset {
	on := bytes.Contains(head, []byte("\x1b$B")) || bytes.Contains(head, []byte("\x1b$@"))
	if off := bytes.Contains(head, []byte("\x1b(B")) || bytes.Contains(head, []byte("\x1b(J")); !on || !off {
		return nil
	}
	return &charset{"ISO-2022-JP", japanese.ISO2022JP}
}

// declared is the charset that XML, HTML or a dump says it is written in; nil: it does not say, or not one that fits.
func declared(head []byte) *charset {
	head = head[:min(len(head), 4096)]
	if !bytes.Contains(head, []byte("ncoding")) && !bytes.Contains(head, []byte("SET NAMES")) && !bytes.Contains(bytes.ToLower(head), []byte("charset")) {
		return nil
	}
	in := regexp.MustCompile(`(?i)^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w.:-]+)|<meta\s[^>]{0,200}?charset\s*=\s*["']?([\w.:-]+)|\bSET (?:client_encoding = '|NAMES ')(\w+)`)
	m := in.FindSubmatch(head)
	if m == nil {
		return nil
	}
	c := charsetOf(string(bytes.Join(m[1:], nil)))
	if c == nil || asItIs(c.name) {
		return nil
	}
	return c
}

// charsetOf is a charset by one of its names; nil: none that is known.
func charsetOf(name string) *charset {
	name = strings.ToLower(strings.TrimSpace(name))
	if n, is := strings.CutPrefix(name, "win"); is && len(n) == 4 { // PostgreSQL's
		name = "windows-" + n
	}
	switch name {
	case "euc_jp", "euc_kr", "koi8r", "koi8u":
		name = map[string]string{"euc_jp": "euc-jp", "euc_kr": "euc-kr", "koi8r": "koi8-r", "koi8u": "koi8-u"}[name]
	}
	e, err := htmlindex.Get(name)
	if err != nil {
		return nil
	}
	if name, err = htmlindex.Name(e); err != nil || name == "replacement" {
		return nil
	}
	return &charset{name, e}
}

// decoded is a text in a charset of its own. It remembers the line of the first bytes that mean nothing there.
type decoded struct {
	r     io.Reader
	name  string
	line  int
	undef int
	tail  []byte // of what was read, where a character may be cut
}

func (d *decoded) Read(p []byte) (int, error) {
	n, err := d.r.Read(p)
	if d.undef == 0 {
		mark := []byte(string(utf8.RuneError))
		seen := append(d.tail, p[:n]...)
		if i := bytes.Index(seen, mark); i >= 0 {
			d.undef = d.line + bytes.Count(seen[:i], []byte{'\n'})
		}
		cut := max(len(seen)-len(mark)+1, 0)
		d.line += bytes.Count(seen[:cut], []byte{'\n'})
		d.tail = append(d.tail[:0], seen[cut:]...)
	}
	return n, err
}

func (d *decoded) gap(f Format) *probity.Gap {
	switch {
	case f == JSON || f == NDJSON:
		return &probity.Gap{Reason: probity.Unreadable, Because: "not UTF-8, which JSON must be", Needs: "JSON in UTF-8"}
	case d.undef == 0:
		return nil
	}
	return place{line: d.undef}.gap("neither UTF-8 nor "+d.name, "text in UTF-8")
}
