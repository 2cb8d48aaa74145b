// Package iactest compares what scanners of code find with archives that hold a repository and the facts expected of it.
package iactest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	probity "github.com/probity-scan/probity"
)

// Facts scans each archive in testdata. It holds a repository, and last a file "facts" of lines "address path = value @ origin",
// which update writes. scan gets the folder and the archive's comment, which may say how to scan.
func Facts(t *testing.T, update bool, scan func(t *testing.T, dir, comment string) []probity.Found) {
	t.Helper()
	Archives(t, update, func(t *testing.T, dir, comment, want string) string { return describe(scan(t, dir, comment), want) })
}

// Archives does the same for facts of another form: answer gives them for the folder, the comment and the lines expected.
func Archives(t *testing.T, update bool, answer func(t *testing.T, dir, comment, want string) string) {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("got %d archives, %v; want some", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			last := &archive.Files[len(archive.Files)-1]
			if last.Name != "facts" {
				t.Fatalf("got %s last, want facts", last.Name)
			}
			want := string(last.Data)
			got := answer(t, unpack(t, archive), string(archive.Comment), want)
			if update {
				last.Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("facts differ (-want +got):\n%s", diff)
			}
		})
	}
}

// unpack writes an archive's files into a folder of the test.
func unpack(t *testing.T, archive *txtar.Archive) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range archive.Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// describe answers the lines of want: those it cannot, it leaves without a value. "assets" lists identities and "gaps" the
// coverage that is open, each loss once.
func describe(found []probity.Found, want string) string {
	assets := map[string]probity.Asset{}
	var ids, gaps []string
	for _, f := range found {
		switch f := f.(type) {
		case probity.Asset:
			assets[f.ID] = f
			ids = append(ids, f.ID)
		case probity.Coverage:
			if f.Gap != nil {
				gaps = append(gaps, fmt.Sprintf("%s @ %s", f.Gap, f.Origin))
			}
		}
	}
	if slices.Sort(gaps); len(gaps) == 0 {
		gaps = []string{"none"}
	}
	var b strings.Builder
	for line := range strings.Lines(want) {
		head, _, _ := strings.Cut(strings.TrimSpace(line), " =")
		switch fields := strings.Fields(head); {
		case head == "assets":
			fmt.Fprintf(&b, "assets = %s\n", strings.Join(ids, " "))
		case head == "gaps":
			fmt.Fprintf(&b, "gaps = %s\n", strings.Join(slices.Compact(gaps), "; "))
		case len(fields) == 2:
			a, ok := assets[fields[0]]
			if !ok {
				fmt.Fprintf(&b, "%s = no such asset\n", head)
				continue
			}
			fmt.Fprintf(&b, "%s = %s\n", head, fact(a, probity.Path(fields[1])))
		default:
			b.WriteString(line)
		}
	}
	return b.String()
}

func fact(a probity.Asset, path probity.Path) string {
	switch path {
	case "origin":
		return chain(a.Origin)
	case "former":
		return fmt.Sprint(a.Former)
	case "name":
		return a.Name
	case "aliases":
		return strings.Join(a.Aliases, " ")
	case "ignores":
		var out []string
		for _, i := range a.Ignores {
			out = append(out, fmt.Sprintf("%s %q until %s @ %s %s", i.Rule, i.Reason, i.Until.Format(time.DateOnly), i.Origin, i.Wrong))
		}
		return strings.Join(out, "; ")
	case "links":
		var out []string
		for _, l := range a.Links.Items {
			if out = append(out, string(l.Kind)+" "+l.To.ID); l.Gap != nil {
				out[len(out)-1] += "?" + l.Gap.String()
			}
		}
		return strings.Join(out, ", ")
	}
	for p, l := range probity.Leaves(a) {
		if p != path {
			continue
		}
		v, gap := l.Value()
		text, err := json.Marshal(v)
		if err != nil {
			return err.Error()
		}
		out := string(text)
		if gap != nil && reflect.ValueOf(v).Kind() != reflect.Slice {
			out = "gap " + string(gap.Reason) + ": " + gap.String()
		} else if gap != nil {
			out += " and gap " + string(gap.Reason) + ": " + gap.String()
		}
		return out + " @ " + chain(l.From())
	}
	return "no such fact"
}

// chain is an origin with who calls it, and where it is inside.
func chain(o *probity.Origin) string {
	out := o.String()
	if o == nil {
		return out
	}
	if o.Inside != nil {
		out += " inside " + o.Inside.String()
	}
	if o.Caller != nil {
		out += " called by " + chain(o.Caller)
	}
	return out
}
