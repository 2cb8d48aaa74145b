package pdf

import (
	"strconv"
	"strings"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// base256 is an encoding that a file names (ISO 32000-1, annex D); any other is taken for the standard one, in which letters and digits
// are those of ASCII.
func base256(name string) *[256]string {
	var out [256]string
	of := charmap.Windows1252
	if name == "MacRomanEncoding" {
		of = charmap.Macintosh
	}
	for i := 32; i < 256; i++ {
		if r := of.DecodeByte(byte(i)); r != 0xfffd && i != 127 {
			out[i] = string(r)
		}
	}
	if name == "WinAnsiEncoding" || name == "MacRomanEncoding" {
		return &out
	}
	for i := 0x80; i < 256; i++ {
		out[i] = ""
	}
	out['\''], out['`'] = "’", "‘"
	for i, s := range map[byte]string{
		0xa1: "¡", 0xa2: "¢", 0xa3: "£", 0xa4: "⁄", 0xa5: "¥", 0xa6: "ƒ", 0xa7: "§", 0xa8: "¤", 0xa9: "'", 0xaa: "“", 0xab: "«", 0xac: "‹", 0xad: "›",
		0xae: "fi", 0xaf: "fl", 0xb1: "–", 0xb4: "·", 0xb7: "•", 0xb8: "‚", 0xb9: "„", 0xba: "”", 0xbb: "»", 0xbc: "…", 0xbd: "‰", 0xbf: "¿",
		0xd0: "—", 0xe1: "Æ", 0xe3: "ª", 0xe8: "Ł", 0xe9: "Ø", 0xea: "Œ", 0xeb: "º", 0xf1: "æ", 0xf5: "ı", 0xf8: "ł", 0xf9: "ø", 0xfa: "œ", 0xfb: "ß",
	} {
		out[i] = s
	}
	return &out
}

// glyph is what a glyph's name means, by the rules of the Adobe Glyph List: "A", "eacute", "uni20AC", "f_i", "a.sc"; empty: not known.
func glyph(name string) string {
	name, _, _ = strings.Cut(name, ".")
	if strings.Contains(name, "_") {
		var b strings.Builder
		for part := range strings.SplitSeq(name, "_") {
			b.WriteString(glyph(part))
		}
		return b.String()
	}
	if hex, is := strings.CutPrefix(name, "uni"); is && len(hex) >= 4 && len(hex)%4 == 0 && len(hex) <= 32 {
		var b strings.Builder
		for ; len(hex) >= 4; hex = hex[4:] {
			r, err := strconv.ParseUint(hex[:4], 16, 32)
			if err != nil {
				return ""
			}
			b.WriteRune(rune(r))
		}
		return b.String()
	}
	if hex, is := strings.CutPrefix(name, "u"); is && len(hex) >= 4 && len(hex) <= 6 {
		if r, err := strconv.ParseUint(hex, 16, 32); err == nil && r <= 0x10ffff {
			return string(rune(r))
		}
	}
	if n, is := strings.CutPrefix(name, "afii"); is {
		return cyrillic(n)
	}
	if s := special(name); s != "" {
		return s
	}
	return composed(name)
}

// glyphOrSign is a blank for a name that is not known but says something: a sign, and no letter that has lost its name.
func glyphOrSign(name string) string {
	s := glyph(name)
	if s == "" && !strings.ContainsAny(name, "0123456789.") {
		return " "
	}
	return s
}

// composed reads a letter, or one with its accent: "Eacute".
func composed(name string) string {
	if len(name) == 0 {
		return ""
	}
	c, accent := name[0], name[1:]
	if c|0x20 < 'a' || c|0x20 > 'z' {
		return ""
	}
	if accent == "" {
		return name
	}
	mark := map[string]string{
		"grave": "\u0300", "acute": "\u0301", "circumflex": "\u0302", "tilde": "\u0303", "macron": "\u0304", "breve": "\u0306", "dotaccent": "\u0307",
		"dieresis": "\u0308", "ring": "\u030a", "hungarumlaut": "\u030b", "caron": "\u030c", "cedilla": "\u0327", "commaaccent": "\u0327", "ogonek": "\u0328",
	}[accent]
	if mark == "" {
		return ""
	}
	return norm.NFC.String(string(c) + mark)
}

// cyrillic is Russian letters by their numbers at Adobe.
func cyrillic(n string) string {
	i, err := strconv.Atoi(n)
	switch {
	case err != nil:
	case i == 10023:
		return "Ё"
	case i == 10071:
		return "ё"
	case i >= 10017 && i <= 10049:
		return russian("АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ", i-10017)
	case i >= 10065 && i <= 10097:
		return russian("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", i-10065)
	}
	return ""
}

func russian(alphabet string, i int) string { return string([]rune(alphabet)[i]) }

// special are names that are not put together.
func special(name string) string {
	return map[string]string{
		"space": " ", "nbspace": " ", "nonbreakingspace": " ", "exclam": "!", "quotedbl": "\"", "numbersign": "#", "dollar": "$", "percent": "%", "ampersand": "&", "quotesingle": "'",
		"quoteright": "’", "quoteleft": "‘", "parenleft": "(", "parenright": ")", "asterisk": "*", "plus": "+", "comma": ",", "hyphen": "-", "sfthyphen": "-", "minus": "-", "period": ".",
		"slash": "/", "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
		"colon": ":", "semicolon": ";", "less": "<", "equal": "=", "greater": ">", "question": "?", "at": "@", "bracketleft": "[", "backslash": "\\",
		"bracketright": "]", "asciicircum": "^", "underscore": "_", "grave": "`", "braceleft": "{", "bar": "|", "braceright": "}", "asciitilde": "~",
		"ff": "ff", "fi": "fi", "fl": "fl", "ffi": "ffi", "ffl": "ffl", "germandbls": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "oslash": "ø", "Oslash": "Ø",
		"lslash": "ł", "Lslash": "Ł", "dcroat": "đ", "Dcroat": "Đ", "dotlessi": "ı", "eth": "ð", "Eth": "Ð", "thorn": "þ", "Thorn": "Þ", "Euro": "€", "sterling": "£", "yen": "¥",
		"cent": "¢", "currency": "¤", "section": "§", "degree": "°", "ordfeminine": "ª", "ordmasculine": "º", "exclamdown": "¡", "questiondown": "¿", "endash": "–", "emdash": "—",
		"bullet": "•", "ellipsis": "…", "quotedblleft": "“", "quotedblright": "”", "quotedblbase": "„", "quotesinglbase": "‚", "guillemotleft": "«", "guillemotright": "»",
		"guilsinglleft": "‹", "guilsinglright": "›", "periodcentered": "·", "copyright": "©", "registered": "®", "trademark": "™", "mu": "µ", "multiply": "×", "divide": "÷",
		"onehalf": "½", "onequarter": "¼", "threequarters": "¾", "onesuperior": "¹", "twosuperior": "²", "threesuperior": "³", "dagger": "†", "daggerdbl": "‡", "fraction": "⁄",
		"Scommaaccent": "Ș", "scommaaccent": "ș", "Tcommaaccent": "Ț", "tcommaaccent": "ț",
	}[name]
}
