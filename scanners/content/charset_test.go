package content_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"github.com/probity-scan/probity/scanners/content"
)

// in writes a text in another charset.
func in(e encoding.Encoding, s string) string {
	out, err := e.NewEncoder().String(s)
	if err != nil {
		panic(err)
	}
	return out
}

// TestGuess: a text in a charset of its language is read as it was written, addresses and numbers in any case.
func TestGuess(t *testing.T) {
	t.Parallel()
	const address = " taro@example.org 4111-1111 \n"
	for text, charsets := range map[string][]encoding.Encoding{
		"山田太郎は東京都千代田区に住んでいます。\n電話のメモです。":                            {japanese.ShiftJIS, japanese.EUCJP, japanese.ISO2022JP},
		"张伟住在北京市朝阳区,这是一个包含个人信息的文件。":                                 {simplifiedchinese.GB18030, simplifiedchinese.GBK},
		"陳怡君住在台北市大安區,這是一個包含個人資料的檔案。":                                {traditionalchinese.Big5},
		"김철수는 서울시 강남구에 살고 있습니다. 전화번호는 아래와 같습니다.":                    {korean.EUCKR},
		"Мария Сидорова живёт в городе Москва, это текст с данными": {charmap.Windows1251, charmap.KOI8R, charmap.CodePage866, charmap.ISO8859_5},
		"Ζει στην Αθήνα και το τηλέφωνό της είναι γνωστό":           {charmap.Windows1253, charmap.ISO8859_7},
		"הוא גר בתל אביב והטלפון שלו ידוע":                          {charmap.Windows1255},
		"يعيش في مدينة القاهرة وهذا نص عربي":                        {charmap.Windows1256, charmap.ISO8859_6},
		"Małgorzata Dąbrowska mieszka w Łodzi, proszę o odpowiedź":  {charmap.Windows1250, charmap.ISO8859_2},
		"Ayşe Yıldız İstanbul'da yaşıyor, teşekkür":                 {charmap.Windows1254},
		"Hélène Lefèvre habite à Orléans depuis l'été":              {charmap.Windows1252, charmap.ISO8859_1, charmap.CodePage850, charmap.Macintosh},
		"Jürgen Müller heißt er, schöne Grüße aus Köln":             {charmap.Windows1252, charmap.CodePage850},
		"山田 Größe Привет": {unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
			utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), utf32.UTF32(utf32.BigEndian, utf32.UseBOM)},
	} {
		for i, e := range charsets {
			got, rep := read(t, "a.txt", in(e, strings.Repeat(text+address, 2)), content.Options{})
			if want := "||" + text[strings.LastIndex(text, "\n")+1:] + strings.TrimSuffix(address, "\n"); !slices.Contains(got, want) || rep.Gap != nil {
				t.Errorf("%s, charset %d: got %q, gap %q", text, i, got, gap(rep.Gap))
			}
		}
	}
}

// TestGuessKeepsASCII: whatever bytes stand beside an address, it is read.
func TestGuessKeepsASCII(t *testing.T) {
	t.Parallel()
	for c := 0x80; c < 0x100; c++ {
		for _, line := range []string{"x%y@example.org", "%@example.org", "jos%a@example.org 4111%", "%%a@example.org%%"} {
			text := strings.Repeat(strings.ReplaceAll(line, "%", string([]byte{byte(c)}))+"\n", 5)
			got, _ := read(t, "a.txt", text, content.Options{})
			for _, g := range got {
				if !strings.Contains(g, "@example.org") {
					t.Errorf("byte %x: got %q of %q", c, g, line)
				}
			}
		}
	}
}

func TestDeclared(t *testing.T) {
	t.Parallel()
	const name = "Ян"
	run(t, map[string]edge{
		"XML":                      {"a.xml", "<?xml version=\"1.0\" encoding='windows-1251'?><a>" + in(charmap.Windows1251, name) + "</a>", []string{"a|a|Ян"}, content.XML, 0, ""},
		"XML, far behind":          {"a.xml", "<?xml version=\"1.0\" encoding=\"koi8-r\"?><a>" + strings.Repeat(" ", 70000) + in(charmap.KOI8R, name) + "</a>", []string{"a|a|" + strings.Repeat(" ", 65536), "a|a|" + strings.Repeat(" ", 70000-65536) + name}, content.XML, 0, ""},
		"a page":                   {"a.txt", "<meta charset=\"gb18030\"><p>" + in(simplifiedchinese.GB18030, "王"), []string{"||<meta charset=\"gb18030\"><p>王"}, content.Text, 1, ""},
		"a dump":                   {"a.sql", "SET client_encoding = 'WIN1251';\nCOPY t (a) FROM stdin;\n" + in(charmap.Windows1251, name) + "\n\\.\n", []string{"||SET client_encoding = 'WIN1251';", "t.a|a|Ян"}, content.SQL, 2, ""},
		"not as it is declared":    {"a.xml", "<?xml version=\"1.0\" encoding=\"koi8-r\"?><a>Ян Größe</a>", []string{"a|a|Ян Größe"}, content.XML, 0, ""},
		"a charset that is none":   {"a.txt", "<meta charset=\"iso-2022-kr\"><p>Zo\xeb", []string{"||<meta charset=\"iso-2022-kr\"><p>Zoë"}, content.Text, 1, ""},
		"bytes without meaning":    {"a.txt", "<meta charset=euc-kr>\n" + in(korean.EUCKR, "김") + "\xff\n", []string{"||<meta charset=euc-kr>", "||김\ufffd"}, content.Text, 2, "unreadable: neither UTF-8 nor euc-kr at line 2"},
		"JSON in another charset":  {"a.json", "{\"a\":\"" + in(charmap.Windows1251, "Мария Сидорова живёт в городе") + "\"}", []string{"a|a|Мария Сидорова живёт в городе"}, content.JSON, 1, "unreadable: not UTF-8, which JSON must be"},
		"a message":                {"a.eml", "From: =?iso-2022-jp?B?GyRCOzNFRBsoQg==?= <a@example.org>\nContent-Type: text/plain; charset=big5\n\n" + in(traditionalchinese.Big5, "陳") + "\n", []string{"From|From|山田 <a@example.org>", "body||陳"}, content.Mail, 2, ""},
		"random bytes are no text": {"a.txt", "\x01\x02\x00\xff" + strings.Repeat("\x9a\x13\x44\x00\x71\xee\x00\x02", 99), nil, "binary", 0, "not-collected: format not read: binary"},
	})
}
