package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// TestFilesAreGenerated: what is kept in the repository is what this program writes, and nothing else.
func TestFilesAreGenerated(t *testing.T) {
	t.Parallel()
	made := t.TempDir()
	if err := generate(made); err != nil {
		t.Fatal(err)
	}
	want := files(t, made)
	got := map[string][]byte{}
	for _, dir := range []string{"db", "exports"} {
		for name, b := range files(t, filepath.Join("..", dir)) {
			got[filepath.Join(dir, name)] = b
		}
	}
	for name, b := range want {
		if !bytes.Equal(got[name], b) {
			t.Errorf("%s: stale or missing: run go run ./examples/clinic/generate", name)
		}
	}
	for name := range got {
		if want[name] == nil {
			t.Errorf("%s: nothing generates it", name)
		}
	}
}

func files(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, p)
		if err != nil {
			return err
		}
		out[rel], err = os.ReadFile(p)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestCheckDigits(t *testing.T) {
	t.Parallel()
	c := newClinic()
	for _, p := range c.patients {
		if len(p.iban) != 22 || mod97(p.iban[4:]+"1314"+p.iban[2:4]) != 1 {
			t.Fatalf("IBAN of patient %d: wrong check digits", p.id)
		}
		if p.nir != "" && (len(p.nir) != 15 || mod97(p.nir[:13])+mod97(p.nir[13:]) != 97) {
			t.Fatalf("NIR of patient %d: wrong key", p.id)
		}
		if p.nhs != "" && len(p.nhs) != 10 || p.nhs == "" && p.nir == "" {
			t.Fatalf("patient %d: want an NHS number of ten digits or a NIR", p.id)
		}
	}
	for _, i := range c.invoices {
		if len(i.card) != 16 || luhn(i.card[:15]) != int(i.card[15]-'0') {
			t.Fatalf("card of invoice %d: wrong check digit", i.id)
		}
	}
	if luhn("1789372997") != 4 { // ISO/IEC 7812-1
		t.Error("luhn(1789372997): want 4")
	}
}
