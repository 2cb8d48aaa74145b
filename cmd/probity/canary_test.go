//go:build unix

package main

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// canaries are values that are planted in sources and must come out nowhere.
type canaries struct{ planted []string }

// mail is an address of a person that nobody is.
func (c *canaries) mail(source string) string {
	return c.keep("kanari7zq4" + source + "@vogelhaus-quitz.de")
}

// note is what no detector knows, with characters that encodings write otherwise.
func (c *canaries) note(source string) string { return c.keep("ka&na=ri/7zq4+<" + source + ">") }

// number is the account of a person, whose digits are its own.
func (c *canaries) number(source string) string {
	sum := 0
	for _, b := range source {
		sum = (sum*31 + int(b)) % 1_000_000
	}
	bank := fmt.Sprintf("3704004477%08d", 7_000_000+sum)
	rest := 0
	for _, d := range bank + "131400" { // DE00
		rest = (rest*10 + int(d-'0')) % 97
	}
	return c.keep(fmt.Sprintf("DE%02d%s", 98-rest, bank))
}

func (c *canaries) keep(v string) string {
	if !slices.Contains(c.planted, v) {
		c.planted = append(c.planted, v)
	}
	return v
}

// forms are all ways in which a value may stand in a file.
func forms(v string) map[string]string {
	quoted, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	out := map[string]string{"plain": v, "JSON": string(quoted[1 : len(quoted)-1]), "HTML": html.EscapeString(v), "hex": hex.EncodeToString([]byte(v)),
		"query": url.QueryEscape(v), "path": url.PathEscape(v)}
	for shift := range 3 {
		packed := base64.StdEncoding.EncodeToString(append(make([]byte, shift), v...))
		// The characters in which only bits of the value stand.
		packed = packed[(shift*8+5)/6 : (shift+len(v))*8/6]
		out[fmt.Sprint("base64, ", shift)] = packed
		out[fmt.Sprint("base64 of URLs, ", shift)] = strings.NewReplacer("+", "-", "/", "_").Replace(packed)
	}
	return out
}

// leaks tells in which form a text holds a value; empty: in none.
func leaks(text []byte, v string) string {
	low := bytes.ToLower(text)
	for name, form := range forms(v) {
		if strings.HasPrefix(name, "base64") && bytes.Contains(text, []byte(form)) || !strings.HasPrefix(name, "base64") && bytes.Contains(low, []byte(strings.ToLower(form))) {
			return name
		}
	}
	return ""
}

// TestLeaks: a value is found in each form, whatever stands around it.
func TestLeaks(t *testing.T) {
	t.Parallel()
	var c canaries
	for _, v := range []string{c.mail("a"), c.note("b"), c.number("c")} {
		for before := range 4 {
			around := strings.Repeat("x", before) + v + "yz"
			for name, text := range map[string]string{"plain": around, "upper case": strings.ToUpper(around), "hex": hex.EncodeToString([]byte(around)), "capital hex": strings.ToUpper(hex.EncodeToString([]byte(around))),
				"base64": base64.StdEncoding.EncodeToString([]byte(around)), "base64 of URLs": base64.RawURLEncoding.EncodeToString([]byte(around)), "query": url.QueryEscape(around),
				"path": url.PathEscape(around), "JSON": fmt.Sprintf("%q", around), "HTML": html.EscapeString(around)} {
				if leaks([]byte(text), v) == "" {
					t.Errorf("%s behind %d characters is not found", name, before)
				}
			}
		}
		if form := leaks([]byte("nothing of the kind"), v); form != "" {
			t.Errorf("found as %s where there is none", form)
		}
	}
}

// TestNoCore: a crash of the program, or of a child, leaves no image of its memory.
func TestNoCore(t *testing.T) {
	keepNoCore()
	var now syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_CORE, &now); err != nil || now.Cur != 0 || now.Max != 0 {
		t.Errorf("got the limits %+v, %v, want none of a core", now, err)
	}
}

// nowhere looks for texts, in any form, in all that scans left behind and in how it is called.
func (l live) nowhere(texts ...string) {
	l.t.Helper()
	seen := 0
	err := filepath.WalkDir(l.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		b := []byte(path)
		if d.Type().IsRegular() {
			if b, err = os.ReadFile(path); err != nil {
				return err
			}
			b = append(b, path...)
			seen++
		}
		for i, text := range texts {
			if form := leaks(b, text); form != "" {
				l.t.Errorf("%s tells value %d, as %s %q", path, i, form, text)
			}
		}
		return nil
	})
	if err != nil || seen < 6 {
		l.t.Errorf("looked into %d files: %v", seen, err)
	}
}
