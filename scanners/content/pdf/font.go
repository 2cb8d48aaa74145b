package pdf

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// font tells what codes mean, and how wide their characters are.
type font struct {
	unicode  *cmap             // nil: the file does not say
	simple   *[256]string      // of fonts of one byte a code
	codes    *cmap             // of composite fonts: how long codes are
	charset  encoding.Encoding // of composite fonts whose codes are those of a charset
	widths   map[uint32]float64
	wide     float64 // where widths has none
	upright  bool    // written from top to bottom
	unscaled float64 // of a width

	shown, unknown int // characters
}

const fonts = 2000 // that are remembered

// font reads one, once.
func (d *document) font(v any) *font {
	r, is := v.(ref)
	if is && d.fonts[r.num] != nil {
		return d.fonts[r.num]
	}
	f := d.readFont(d.dict(v))
	if is && len(d.fonts) < fonts {
		d.fonts[r.num] = f
	}
	return f
}

func (d *document) readFont(m dict) *font {
	f := &font{widths: map[uint32]float64{}, wide: 500, unscaled: 0.001}
	if s := d.stream(m["ToUnicode"]); s != nil {
		if b, err := d.decode(s); err == nil {
			f.unicode = readCMap(b)
		}
	}
	if d.name(m["Subtype"]) == "Type0" {
		d.composite(f, m)
		return f
	}
	if d.name(m["Subtype"]) == "Type3" {
		if a := d.array(m["FontMatrix"]); len(a) == 6 {
			f.unscaled = d.number(a[0])
		}
	}
	first := d.integer(m["FirstChar"], 0, 255)
	for i, w := range d.array(m["Widths"]) {
		if first+i > 255 {
			break
		}
		f.widths[uint32(first+i)] = d.number(w)
	}
	if m["Widths"] != nil {
		f.wide = d.number(d.dict(m["FontDescriptor"])["MissingWidth"])
	}
	f.simple = d.encoding(m)
	return f
}

// encoding says what the codes of a simple font mean: as the file says, or as the font does.
func (d *document) encoding(m dict) *[256]string {
	e := d.resolve(m["Encoding"])
	base, differences := d.name(e), array(nil)
	if own, is := e.(dict); is {
		base, differences = d.name(own["BaseEncoding"]), d.array(own["Differences"])
	}
	out := base256(base)
	if base == "" {
		d.builtIn(d.dict(m["FontDescriptor"]), out)
	}
	at := 0
	for _, v := range differences {
		switch v := d.resolve(v).(type) {
		case float64:
			at = int(max(0, min(v, 255)))
		case name:
			if at < 256 {
				out[at] = glyphOrSign(string(v))
			}
			at++
		}
	}
	return out
}

// builtIn reads the encoding that a Type 1 font has in its clear part: "dup 65 /A put".
func (d *document) builtIn(descriptor dict, to *[256]string) {
	s := d.stream(descriptor["FontFile"])
	if s == nil {
		return
	}
	b, err := d.decode(s)
	if err != nil {
		return
	}
	if i := bytes.Index(b, []byte("eexec")); i >= 0 {
		b = b[:i]
	}
	for _, put := range regexp.MustCompile(`dup\s+(\d{1,3})\s*/(\S+)\s+put`).FindAllSubmatch(b, 256) {
		if n, err := strconv.Atoi(string(put[1])); err == nil && n < 256 {
			to[n] = glyphOrSign(string(put[2]))
		}
	}
}

// composite reads a font of characters by number (ISO 32000-1, 9.7).
func (d *document) composite(f *font, m dict) {
	f.wide, f.codes = 1000, &cmap{two: true}
	if e := d.stream(m["Encoding"]); e != nil {
		if b, err := d.decode(e); err == nil {
			f.codes = readCMap(b)
		}
		f.upright = d.integer(e.dict["WMode"], 0, 1) == 1
	} else {
		n := d.name(m["Encoding"])
		f.upright = strings.HasSuffix(n, "-V")
		f.charset = charsetOf(n)
	}
	kids := d.array(m["DescendantFonts"])
	if len(kids) == 0 {
		return
	}
	kid := d.dict(kids[0])
	if kid["DW"] != nil {
		f.wide = d.number(kid["DW"])
	}
	d.widthsOf(f, d.array(kid["W"]))
}

// widthsOf reads "first [w …]" and "first last w" (ISO 32000-1, 9.7.4.3).
func (d *document) widthsOf(f *font, w array) {
	for i := 0; i+1 < len(w); {
		first := d.integer(w[i], 0, 1<<16)
		if each := d.array(w[i+1]); each != nil {
			for j, v := range each[:min(len(each), 1<<16)] {
				f.widths[uint32(first+j)] = d.number(v)
			}
			i += 2
			continue
		}
		if i+2 >= len(w) {
			return
		}
		last, each := d.integer(w[i+1], 0, 1<<16), d.number(w[i+2])
		if last > first && d.spend(last-first) != nil {
			return
		}
		for c := first; c <= last; c++ {
			f.widths[uint32(c)] = each
		}
		i += 3
	}
}

// silent notes a character that the font does not tell, and reports whether most of them are such: signs of mathematics may be.
func (f *font) silent() bool {
	f.unknown++
	return f.unknown > 3 && 2*f.unknown > f.shown
}

// charsetOf is that of a CMap which every reader knows by its name (ISO 32000-1, table 118); nil: its codes are numbers of characters.
func charsetOf(cmap string) encoding.Encoding {
	switch {
	case strings.Contains(cmap, "UCS2"), strings.Contains(cmap, "UTF16"):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case strings.Contains(cmap, "RKSJ"):
		return japanese.ShiftJIS
	case cmap == "EUC-H", cmap == "EUC-V":
		return japanese.EUCJP
	case strings.HasPrefix(cmap, "GB"):
		return simplifiedchinese.GBK
	case strings.HasPrefix(cmap, "ETen"), strings.HasPrefix(cmap, "B5"), strings.HasPrefix(cmap, "HK"):
		return traditionalchinese.Big5
	case strings.HasPrefix(cmap, "KSC"):
		return korean.EUCKR
	}
	return nil
}

// next takes one character from a shown string: what it means, how wide it is, and how many bytes it took.
func (f *font) next(b []byte) (s string, width float64, n int) {
	f.shown++
	c := uint32(b[0])
	n = 1
	switch {
	case f.codes == nil:
	case f.charset != nil:
		n = charLength(f.charset, b)
		c = code(b[:n])
	default:
		c, n = f.codes.next(b)
	}
	width, ok := f.widths[c]
	if !ok {
		width = f.wide
	}
	if f.unicode != nil {
		s = f.unicode.of(c)
	}
	switch {
	case s != "":
	case f.simple != nil:
		s = f.simple[b[0]]
	case f.charset != nil:
		if u, err := f.charset.NewDecoder().Bytes(b[:n]); err == nil {
			s = string(u)
		}
	}
	return s, width * f.unscaled, n
}

// charLength is how many bytes the first character of b has.
func charLength(of encoding.Encoding, b []byte) int {
	if of != japanese.ShiftJIS && of != japanese.EUCJP && of != simplifiedchinese.GBK && of != traditionalchinese.Big5 && of != korean.EUCKR {
		return min(2, len(b))
	}
	if b[0] < 0x80 || of == japanese.ShiftJIS && b[0] >= 0xa0 && b[0] < 0xe0 {
		return 1
	}
	return min(2, len(b))
}
