package content_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	parquetgo "github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"

	"github.com/probity-scan/probity/scanners/content"
)

type address struct {
	Zip    string   `parquet:"zip"`
	Phones []string `parquet:"phones,list"`
}

type customer struct {
	ID       int64             `parquet:"id,delta"`
	Mail     *string           `parquet:"mail,optional"`
	Country  string            `parquet:"country,dict"`
	City     string            `parquet:"city,delta"`
	Born     int32             `parquet:"born,date"`
	Income   int64             `parquet:"income,decimal(2:18)"`
	Seen     time.Time         `parquet:"seen,timestamp(microsecond)"`
	Key      [16]byte          `parquet:"key,uuid"`
	Extra    string            `parquet:"extra,json"`
	Active   bool              `parquet:"active"`
	Score    float64           `parquet:"score,split"`
	Homes    []address         `parquet:"homes,list"`
	Nicks    []string          `parquet:"nicks"`
	Tags     map[string]string `parquet:"tags"`
	Photo    []byte            `parquet:"photo"`
	FullName string            `parquet:"Full Name"`
	Odd      string            `parquet:"x@example.org"`
}

func customers() []customer {
	mail := "a@example.org"
	return []customer{
		{ID: 7, Mail: &mail, Country: "CH", City: "Zürich", Born: 5665, Income: -105, Seen: time.Date(2024, 2, 3, 4, 5, 6, 0, time.UTC),
			Key: [16]byte{0xca, 0xfe, 15: 1}, Extra: `{"k":"v"}`, Score: 1234567890.5, Homes: []address{{"8000", []string{"+41 44 1", "+41 44 2"}}, {"8001", nil}}, Nicks: []string{"Z", "Y"},
			Tags: map[string]string{"b@example.org": "vip"}, FullName: "Ada L", Odd: "o"},
		{ID: -3, Country: "CH", City: "Zug", Seen: time.Date(2024, 2, 3, 0, 0, 0, 0, time.UTC), FullName: "Bob M"},
	}
}

// parquetOf writes rows as the library does that Go programs use most.
func parquetOf[T any](t testing.TB, rows []T, opts ...parquetgo.WriterOption) string {
	t.Helper()
	var b bytes.Buffer
	w := parquetgo.NewGenericWriter[T](&b, opts...)
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func packings() map[string]compress.Codec {
	return map[string]compress.Codec{"uncompressed": &parquetgo.Uncompressed, "snappy": &parquetgo.Snappy, "gzip": &parquetgo.Gzip, "brotli": &parquetgo.Brotli, "zstd": &parquetgo.Zstd, "lz4": &parquetgo.Lz4Raw}
}

func TestParquet(t *testing.T) {
	t.Parallel()
	want := []string{
		"Full Name|Full Name|Ada L", "Full Name|Full Name|Bob M", "born|born|1985-07-06", "born|born|1970-01-01", "city|city|Zürich", "city|city|Zug", "country|country|CH", "country|country|CH",
		`extra|extra|{"k":"v"}`, "homes[].phones[]|phones|+41 44 1", "homes[].phones[]|phones|+41 44 2", "homes[].zip|zip|8000", "homes[].zip|zip|8001", "id|id|-3", "id|id|7",
		"income|income|-1.05", "income|income|0.00", "key|key|cafe0000-0000-0000-0000-000000000001", "key|key|00000000-0000-0000-0000-000000000000", "mail|mail|a@example.org", "nicks[]|nicks|Y", "nicks[]|nicks|Z",
		"score|score|1234567890.5", "score|score|0", "seen|seen|2024-02-03T04:05:06Z", "seen|seen|2024-02-03", "tags.*||vip", "tags{}||b@example.org", "*||o",
	}
	slices.Sort(want)
	for name, codec := range packings() {
		for version := 1; version <= 2; version++ {
			t.Run(fmt.Sprintf("%s, pages %d", name, version), func(t *testing.T) {
				t.Parallel()
				in := parquetOf(t, customers(), parquetgo.Compression(codec), parquetgo.DataPageVersion(version))
				got, rep := readAt(t, "a", &store{object: in}, int64(len(in)), content.Options{})
				slices.Sort(got)
				if d := cmp.Diff(want, got); d != "" {
					t.Errorf("cells (-want +got):\n%s", d)
				}
				if rep.Format != content.Parquet || rep.Records != 2 || rep.Gap != nil || !rep.Ranged {
					t.Errorf("got %+v with gap %q, want two rows in places", rep, gap(rep.Gap))
				}
				got, rep = read(t, "a", in, content.Options{})
				if slices.Sort(got); !slices.Equal(got, want) || rep.Ranged {
					t.Errorf("held in memory: got %q, ranged %v", got, rep.Ranged)
				}
			})
		}
	}
}

// many are rows with noise, so that they do not pack to nothing.
func many(n int) []customer {
	r := rand.New(rand.NewPCG(3, 4))
	out := make([]customer, n)
	for i := range out {
		mail := fmt.Sprintf("p%d@example.org", r.IntN(1<<40))
		out[i] = customer{ID: int64(i), Mail: &mail, Country: []string{"CH", "DE", "FR"}[r.IntN(3)], City: fmt.Sprintf("City of %d", i/10), Seen: time.Unix(r.Int64N(1<<30), 0), Extra: strings.Repeat("x", r.IntN(50))}
		if i%3 == 0 {
			out[i].Mail = nil
		}
	}
	return out
}

// TestParquetRows reads more rows than go into a page, and compares with what was written.
func TestParquetRows(t *testing.T) {
	t.Parallel()
	rows := many(12000)
	want := map[string]int{}
	for _, r := range rows {
		want["id|"+fmt.Sprint(r.ID)]++
		want["city|"+r.City]++
		want["country|"+r.Country]++
		if r.Mail != nil {
			want["mail|"+*r.Mail]++
		}
	}
	for version := 1; version <= 2; version++ {
		in := parquetOf(t, rows, parquetgo.MaxRowsPerRowGroup(5000), parquetgo.PageBufferSize(8<<10), parquetgo.Compression(&parquetgo.Zstd), parquetgo.DataPageVersion(version))
		got := map[string]int{}
		s := &store{object: in}
		rep, err := content.Read(t.Context(), "a", strings.NewReader(in), content.Options{At: s, Size: int64(len(in))}, func(c *content.Column, b []byte) error {
			if k := c.Path + "|" + string(b); want[k] > 0 {
				got[k]++
			}
			return nil
		})
		if d := cmp.Diff(want, got); err != nil || d != "" || rep.Gap != nil || rep.Records != len(rows) {
			t.Errorf("pages %d: error %v, gap %q, %d records; values (-want +got):\n%.500s", version, err, gap(rep.Gap), rep.Records, d)
		}
	}
}

// TestParquetShares: within a budget, each column is read for some rows.
func TestParquetShares(t *testing.T) {
	t.Parallel()
	in := parquetOf(t, many(40000), parquetgo.PageBufferSize(8<<10))
	s := &store{object: in}
	columns := map[string]int{}
	rep, err := content.Read(t.Context(), "a", strings.NewReader(in), content.Options{At: s, Size: int64(len(in)), Bytes: 512 << 10}, func(c *content.Column, _ []byte) error {
		columns[c.Path]++
		return nil
	})
	if err != nil || gap(rep.Gap) != "sampled: not all of 40000 rows" {
		t.Errorf("got gap %q, error %v", gap(rep.Gap), err)
	}
	for _, c := range []string{"id", "mail", "country", "city", "born", "seen", "extra"} {
		if columns[c] == 0 {
			t.Errorf("%s was not read, want some of each column", c)
		}
	}
	if s.n > 448<<10 || rep.Bytes > 512<<10 || len(in) < 1<<20 {
		t.Errorf("fetched %d of %d bytes, %d told; want no more than the budget", s.n, len(in), rep.Bytes)
	}
}

// TestParquetMemory reads a file that is much larger than what may be held.
func TestParquetMemory(t *testing.T) {
	in := parquetOf(t, many(150000), parquetgo.MaxRowsPerRowGroup(50000))
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	s := &store{object: in}
	rep, err := content.Read(t.Context(), "a", strings.NewReader(in), content.Options{At: s, Size: int64(len(in)), Bytes: 1 << 30}, func(*content.Column, []byte) error { return nil })
	runtime.ReadMemStats(&after)
	if err != nil || rep.Gap != nil || rep.Records != 150000 || len(in) < 8<<20 {
		t.Fatalf("error %v, gap %q, %d records of %d bytes", err, gap(rep.Gap), rep.Records, len(in))
	}
	if used := after.TotalAlloc - before.TotalAlloc - uint64(s.n); used > 12<<20 {
		t.Errorf("allocated %d bytes beyond the %d that were fetched, want a few pages", used, s.n)
	}
}
