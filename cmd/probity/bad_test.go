package main

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// bad writes what a script cannot hold: bytes that are broken. bad DIR
func bad(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: bad DIR")
	}
	write := func(name string, b []byte) {
		p := ts.MkAbs(filepath.Join(args[0], name))
		ts.Check(os.MkdirAll(filepath.Dir(p), 0o755))
		ts.Check(os.WriteFile(p, b, 0o644))
	}
	write("terraform/main.tf", []byte("this is { not = Terraform\n"))
	write("plan/plan.json", []byte(`{"format_version":"1.2","terraform_version":"1.9.0","planned_values":{"root_module":{"resources":[{"address":"aws_s3_bu`))
	write("latin/notes.txt", []byte("caf\xe9 \xff\xfe \xc3\x28 opening hours\n"))
	var z bytes.Buffer
	w := gzip.NewWriter(&z)
	_, err := w.Write([]byte(strings.Repeat("id,email\n", 500)))
	ts.Check(err)
	ts.Check(w.Close())
	write("gzip/people.csv.gz", z.Bytes()[:z.Len()-12])
	write("noise/app.sqlite", bytes.Repeat([]byte("noise "), 1000))
	write("empty-db/app.sqlite", nil)
	write("nothing/tool.go", []byte("package tool\n"))
	b, err := os.ReadFile(filepath.Join("..", "..", "examples", "clinic", "db", "clinic.db"))
	ts.Check(err)
	write("locked/app.db", b)
	for i := 8192; i < len(b); i++ {
		b[i] = 0x5a
	}
	write("damaged/app.db", b)
}
