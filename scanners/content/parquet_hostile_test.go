package content_test

import (
	"encoding/binary"
	"runtime"
	"strings"
	"testing"

	parquetgo "github.com/parquet-go/parquet-go"

	"github.com/probity-scan/probity/scanners/content"
)

// footed is a file of a body and a footer.
func footed(body, footer string) string {
	return "PAR1" + body + footer + string(binary.LittleEndian.AppendUint32(nil, uint32(len(footer)))) + "PAR1"
}

// Fields of Thrift's compact protocol that follow each other.
const (
	stop      = "\x00"
	i32, i64  = "\x15", "\x16"
	text      = "\x18"
	rootOfOne = "\x48\x01r\x15\x02" + stop // name, num_children
)

func zigzag(n int64) string { return string(binary.AppendVarint(nil, n)) }

func uvarint(n uint64) string { return string(binary.AppendUvarint(nil, n)) }

// oneColumn is a file of one column of texts, whose only chunk has these pages and claims so many values.
func oneColumn(pages string, values int64) string {
	leaf := "\x15\x0c" + "\x38\x01c" + stop // type BYTE_ARRAY, name
	meta := "\x15\x0c" + "\x39\x05" + "\x00" + "\x00" + "\x15\x00" + i64 + zigzag(values) + i64 + zigzag(int64(len(pages))) + i64 + zigzag(int64(len(pages))) + "\x26\x08" + stop
	meta = strings.Replace(meta, "\x39\x05\x00\x00\x15\x00", "\x35\x00", 1)
	chunk := "\x3c" + meta + stop
	group := "\x19\x1c" + chunk + "\x26" + zigzag(values) + stop
	return footed(pages, "\x15\x02"+"\x19\x2c"+rootOfOne+leaf+i64+zigzag(values)+"\x19\x1c"+group+stop)
}

// dataPage is the first form of a page of texts, as they are told by encoding.
func dataPage(packed, unpacked, values, encoding int64, body string) string {
	return "\x15\x00\x15" + zigzag(unpacked) + "\x15" + zigzag(packed) + "\x2c\x15" + zigzag(values) + "\x15" + zigzag(encoding) + "\x15\x06\x15\x06" + stop + stop + body
}

func dictPage(values int64, body string) string {
	return "\x15\x04\x15" + zigzag(int64(len(body))) + "\x15" + zigzag(int64(len(body))) + "\x4c\x15" + zigzag(values) + "\x15\x00" + stop + stop + body
}

// deltas are numbers that are all alike.
func deltas(n uint64, value int64) string {
	return uvarint(1<<20) + uvarint(1) + uvarint(n) + zigzag(value) + strings.Repeat("\x00\x00", int(min(n>>20+1, 1<<12)))
}

// TestParquetHostile reads files whose claims would take gigabytes, or for ever.
func TestParquetHostile(t *testing.T) {
	const damaged, early, large = "unreadable: column c: damaged", "unreadable: column c: ends too early", "unreadable: column c: of pages larger than 32 MiB, or with a footer larger than 16 MiB"
	word := "\x05\x00\x00\x00a@b.c"
	for name, tt := range map[string]struct{ in, gap string }{
		"a page that is well":           {oneColumn(dataPage(9, 9, 1, 0, word), 1), ""},
		"a footer of 4 GB":              {"PAR1xxxx\xff\xff\xff\xffPAR1", "unreadable: Parquet: damaged"},
		"a footer of nothing":           {footed("", ""), "unreadable: Parquet: ends too early"},
		"a schema of 2^60 columns":      {footed("", "\x15\x02\x19\xfc"+uvarint(1<<60)), "unreadable: Parquet: ends too early"},
		"a schema of empty columns":     {footed("", "\x15\x02\x19\xfc"+uvarint(1<<20)+strings.Repeat("\x00", 1<<20)), "unreadable: Parquet: of pages larger than 32 MiB, or with a footer larger than 16 MiB"},
		"a schema deeper than any":      {footed("", "\x15\x02\x19\xfc"+uvarint(1000)+strings.Repeat(rootOfOne, 1000)+stop), "unreadable: Parquet: damaged"},
		"lists in lists":                {footed("", strings.Repeat("\x19", 1<<20)), "unreadable: Parquet: damaged"},
		"a footer that is encrypted":    {"PAREsecretsecret\x08\x00\x00\x00PARE", "unreadable: Parquet: encrypted"},
		"a page of 2 GB":                {oneColumn(dataPage(1<<31-1, 9, 1, 0, word), 1), damaged},
		"a page that unpacks to 2 GB":   {oneColumn(dataPage(9, 1<<31-1, 1, 0, word), 1), large},
		"negative sizes":                {oneColumn(dataPage(-9, -9, -1, 0, word), 1), damaged},
		"more values than there are":    {oneColumn(dataPage(9, 9, 1<<31-1, 0, word), 1<<31), early},
		"a chunk of 2^60 values":        {oneColumn(dataPage(9, 9, 1, 0, word), 1<<60), early},
		"a word said 2^30 times":        {oneColumn(dictPage(1, word)+page(1<<30, 8, "\x01"+uvarint(1<<31)+"\x00"), 1<<30), "sampled: not all of 1073741824 rows"},
		"no bits for 2^30 words":        {oneColumn(dictPage(1, word)+page(1<<30, 8, "\x00"+uvarint(1<<31+1)), 1<<30), "sampled: not all of 1073741824 rows"},
		"words that are none":           {oneColumn(dictPage(1, word)+dataPage(3, 3, 1, 8, "\x08\x02\x07"), 1), damaged},
		"words of 60 bits":              {oneColumn(dictPage(1, word)+dataPage(3, 3, 1, 8, "\x3c\x02\x07"), 1), damaged},
		"2^40 lengths in a few bytes":   {oneColumn(dataPage(0, 0, 1<<30, 6, deltas(1<<40, 0)), 1<<30), early},
		"texts that only grow":          {oneColumn(growing(20000), 20000), "sampled: not all of 20000 rows"},
		"empty texts, for ever":         {oneColumn(page(1<<30, 6, deltas(1<<30, 0)), 1<<30), "sampled: not all of 1073741824 rows"},
		"an encoding that there is not": {oneColumn(dataPage(9, 9, 1, 77, word), 1), "unreadable: column c: written in a way that is not read"},
		"pages of nothing":              {oneColumn(strings.Repeat(dataPage(0, 0, 0, 0, ""), 50000), 1), early},
		"a header that does not end":    {oneColumn(strings.Repeat("\x18\x00", 200000), 1), early},
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			given := 0
			s := &store{object: tt.in}
			rep, err := content.Read(t.Context(), "a", strings.NewReader(tt.in), content.Options{At: s, Size: int64(len(tt.in)), Bytes: 4 << 20}, func(_ *content.Column, b []byte) error {
				given += len(b)
				return nil
			})
			runtime.ReadMemStats(&after)
			if err != nil || gap(rep.Gap) != tt.gap {
				t.Errorf("got gap %q, error %v; want %q", gap(rep.Gap), err, tt.gap)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 24<<20 || given > 5<<20 {
				t.Errorf("allocated %d bytes and handed over %d, want little", used, given)
			}
		})
	}
}

func page(values, encoding int64, body string) string {
	return dataPage(int64(len(body)), int64(len(body)), values, encoding, body)
}

// growing is a page of texts of which each is the one before and a byte more.
func growing(n int) string {
	prefixes := uvarint(uint64(128)) + uvarint(1) + uvarint(uint64(n)) + zigzag(0) + strings.Repeat(zigzag(1)+"\x00", n/128+1)
	suffixes := uvarint(uint64(128)) + uvarint(1) + uvarint(uint64(n)) + zigzag(1) + strings.Repeat(zigzag(0)+"\x00", n/128+1)
	return page(int64(n), 7, prefixes+suffixes+strings.Repeat("x", n))
}

// TestParquetDamaged changes each byte of files of all packings and encodings. What is read is bounded, and never panics.
func TestParquetDamaged(t *testing.T) {
	t.Parallel()
	type row struct {
		ID    int64    `parquet:"id,delta"`
		Mail  *string  `parquet:"mail,optional,dict"`
		City  string   `parquet:"city,delta"`
		Nicks []string `parquet:"nicks,list"`
	}
	mail := "a@example.org"
	for name, codec := range packings() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := []byte(parquetOf(t, []row{{ID: 7, Mail: &mail, City: "Zug", Nicks: []string{"Y", "Z"}}}, parquetgo.Compression(codec)))
			for i := range in {
				bad := append([]byte(nil), in...)
				bad[i] ^= []byte{0x01, 0x80, 0xff}[i%3]
				_, rep := read(t, "a.parquet", string(bad), content.Options{Bytes: 1 << 20})
				if rep.Gap != nil && strings.Contains(rep.Gap.Because, "a@example.org") {
					t.Errorf("byte %d: got %q, which quotes content", i, rep.Gap.Because)
				}
			}
			for n := 0; n < len(in); n += 7 {
				if _, rep := read(t, "a.parquet", string(in[:n]), content.Options{}); n > 4 && rep.Gap == nil {
					t.Errorf("cut at %d: got no gap", n)
				}
			}
		})
	}
}

// FuzzParquet: no file panics, hangs or takes more than it may.
func FuzzParquet(f *testing.F) {
	for _, codec := range packings() {
		for version := 1; version <= 2; version++ {
			f.Add([]byte(parquetOf(f, customers(), parquetgo.Compression(codec), parquetgo.DataPageVersion(version))))
		}
	}
	f.Add([]byte(oneColumn(growing(300), 300)))
	f.Add([]byte(oneColumn(dictPage(1, "\x01\x00\x00\x00a")+page(9, 8, "\x01\x12\x00"), 9)))
	f.Fuzz(func(t *testing.T, in []byte) {
		given := 0
		rep, err := content.Read(t.Context(), "a.parquet", strings.NewReader(string(in)), content.Options{Bytes: 1 << 20}, func(_ *content.Column, b []byte) error {
			given += len(b)
			return nil
		})
		if err != nil || rep.Bytes > 1<<20 || given > 2<<20 {
			t.Errorf("got error %v, %d bytes read and %d handed over", err, rep.Bytes, given)
		}
	})
}

// TestParquetEncrypted: files and columns that are encrypted are told as losses.
func TestParquetEncrypted(t *testing.T) {
	t.Parallel()
	type row struct {
		Mail string `parquet:"mail"`
	}
	key := []byte(strings.Repeat("k", 16))
	for hidden, want := range map[bool]string{true: "unreadable: Parquet: encrypted", false: "unreadable: column mail: encrypted"} {
		in := parquetOf(t, []row{{"a@example.org"}}, parquetgo.WithEncryption(&parquetgo.EncryptionConfig{FooterKey: key, EncryptedFooter: hidden}))
		if got, rep := read(t, "a", in, content.Options{}); gap(rep.Gap) != want || got != nil {
			t.Errorf("footer encrypted %v: got %q and gap %q, want %q", hidden, got, gap(rep.Gap), want)
		}
	}
}
