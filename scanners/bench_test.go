package scanners_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners"
	"github.com/probity-scan/probity/scanners/content"
)

// BenchmarkRead is the reading of cells without detectors.
func BenchmarkRead(b *testing.B) {
	for _, f := range []struct{ name, row string }{
		{"text.log", "2026-01-02T03:04:05Z INFO request served path=/api/v1/things status=200 in 12ms\n"},
		{"table.csv", "17,Some Name,some.name@example.org,\"a quoted note, longer\",2026-01-02,12.50\n"},
		{"lines.jsonl", `{"id":17,"name":"Some Name","mail":"some.name@example.org","at":{"date":"2026-01-02"},"tags":["a","b"]}` + "\n"},
	} {
		b.Run(f.name, func(b *testing.B) {
			in := bytes.Repeat([]byte(f.row), 10<<20/len(f.row))
			b.SetBytes(int64(len(in)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := content.Read(b.Context(), f.name, bytes.NewReader(in), content.Options{}, func(*content.Column, []byte) error { return nil }); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkObjects scans folders with the real detectors: many small files, and one large one.
func BenchmarkObjects(b *testing.B) {
	row := "17,Some Name,some.name@example.org,\"a quoted note, longer\",2026-01-02,12.50\n"
	for _, n := range []struct{ files, rows int }{{1000, 10}, {1, 200000}} {
		b.Run(fmt.Sprintf("%dx%d", n.files, n.rows), func(b *testing.B) {
			dir := b.TempDir()
			for i := range n.files {
				write(b, dir, fmt.Sprintf("%02d/%d.csv", i%50, i), "id,name,mail,note,at,amount\n"+string(bytes.Repeat([]byte(row), n.rows)))
			}
			s := scanners.All(scanners.Options{})["objects"]
			b.SetBytes(int64(n.files * n.rows * len(row)))
			b.ReportAllocs()
			for b.Loop() {
				for _, err := range s.Scan(b.Context(), probity.Unit{Target: dir, Asks: probity.Asks{Content: &probity.Budget{}}}) {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
