package personaldata

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// mixedText is prose, logs and key=value lines with a find in every few lines.
func mixedText(size int) []byte {
	r := rand.New(rand.NewPCG(5, 6))
	var b strings.Builder
	for b.Len() < size {
		fmt.Fprintf(&b, "2025-03-04T12:33:%02dZ INFO api[%s] trace=%032x order=ORD-%s took=%dms The quarterly report was updated and shared with the team.\n", r.IntN(60), digitsOf(r, 4), r.Uint64(), digitsOf(r, 8), r.IntN(900))
		switch r.IntN(6) {
		case 0:
			fmt.Fprintf(&b, "Please write to user%d@example.org, or call +49 30 %s after lunch.\n", r.IntN(1e6), digitsOf(r, 7))
		case 1:
			fmt.Fprintf(&b, `{"id":%d,"client_ip":"84.17.%d.%d","card":"%s","version":"1.2.%d"}`+"\n", r.IntN(1e6), r.IntN(255), r.IntN(255), luhnComplete("4"+digitsOf(r, 14)), r.IntN(30))
		default:
			b.WriteString("Deployment finished without errors in the staging cluster; the cache hit ratio improved after the index was rebuilt.\n")
		}
	}
	return []byte(b.String())
}

func BenchmarkText(b *testing.B) {
	text := mixedText(1 << 20)
	column := ready().Fresh().Column("", "")
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		column.Spans(text, func(Span) bool { return true })
	}
}

func BenchmarkLines(b *testing.B) {
	text := mixedText(1 << 20)
	lines := strings.Split(string(text), "\n")
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		c := ready().Fresh().Column("app.log", "")
		for _, l := range lines {
			c.Add([]byte(l))
		}
	}
}

// BenchmarkCells reads columns of nearly nothing but identifiers, the slow case.
func BenchmarkCells(b *testing.B) {
	r := rand.New(rand.NewPCG(7, 8))
	columns := map[string]func(i int) string{
		"id": func(i int) string { return fmt.Sprint(100000 + i) }, "email": func(i int) string { return fmt.Sprintf("user%d@example.org", i) },
		"card": func(int) string { return luhnComplete("4" + digitsOf(r, 14)) }, "created_at": func(i int) string { return fmt.Sprintf("2024-01-%02dT10:11:12Z", 1+i%28) },
		"c5": func(int) string { return digitsOf(r, 11) }, "note": func(int) string { return "left with the neighbour" }, "amount": func(int) string { return digitsOf(r, 3) + ".50" },
	}
	size, cells := 0, map[string][]string{}
	for name, cell := range columns {
		cells[name] = times(5000, cell)
		size += len(strings.Join(cells[name], ","))
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		tally := ready().Fresh()
		for name, all := range cells {
			c := tally.Column("t.csv:"+name, name)
			for _, cell := range all {
				c.Add([]byte(cell))
			}
		}
		tally.Labels()
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		New(Options{})
	}
}

func BenchmarkMask(b *testing.B) {
	m := NewMasker()
	for b.Loop() {
		m.Mask("exports/2024/11/24/part-00000-of-00010.parquet")
	}
}
