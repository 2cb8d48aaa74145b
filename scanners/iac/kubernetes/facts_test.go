package kubernetes_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/iactest"
	"github.com/probity-scan/probity/scanners/iac/kubernetes"
	"github.com/probity-scan/probity/scanners/iac/kubernetes/render"
	"github.com/probity-scan/probity/scanners/tree"
)

var update = flag.Bool("update", false, "rewrite the expected facts")

// Each archive holds a repository, and last a file "facts" of lines "root ID path = value @ origin", with ID "*" for the
// list of a root's assets and "units", "gaps" and "ignores" for those. The comment may name values files: "values: a.yaml".
func TestFacts(t *testing.T) {
	t.Parallel()
	iactest.Archives(t, *update, func(t *testing.T, dir, comment, want string) string {
		u := probity.Unit{Scanner: "tree", Target: dir}
		for line := range strings.Lines(comment) {
			if file, ok := strings.CutPrefix(strings.TrimSpace(line), "values: "); ok {
				u.Asks.Code.HelmValues = append(u.Asks.Code.HelmValues, filepath.Join(dir, file))
			}
		}
		return describe(scan(t, u), want)
	})
}

// here renders in this process: what tests render ends.
func here(_ context.Context, job render.Job) (render.Result, error) { return render.Run(job) }

func scanner() *kubernetes.Scanner { return kubernetes.New(kubernetes.Options{Render: here}) }

// scan finds the units below a target, and scans those of Kubernetes.
func scan(t testing.TB, u probity.Unit) []probity.Found {
	t.Helper()
	var out []probity.Found
	for f, err := range tree.New(tree.Options{Formats: tree.Formats{IsManifest: kubernetes.IsManifest}}).Scan(t.Context(), u) {
		if err != nil {
			t.Fatal(err)
		}
		child, ok := f.(probity.Unit)
		if !ok || !strings.HasPrefix(child.Scanner, "kubernetes") {
			continue
		}
		out = append(out, child)
		for f, err := range scanner().Scan(t.Context(), child) {
			if err != nil {
				g := probity.Gap{Reason: probity.Failed, Because: err.Error()}
				out = append(out, probity.Coverage{Gap: &g})
				break
			}
			out = append(out, f)
		}
	}
	return out
}

func write(t testing.TB, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// describe answers the lines of want: those it cannot, it leaves without a value.
func describe(found []probity.Found, want string) string {
	assets := map[string]probity.Asset{}
	ids := map[string][]string{}
	var units, gaps, ignores []string
	for _, f := range found {
		switch f := f.(type) {
		case probity.Unit:
			units = append(units, f.Scanner+":"+f.Part)
		case probity.Asset:
			assets[f.Root+" "+f.ID] = f
			ids[f.Root] = append(ids[f.Root], f.ID)
			for _, i := range f.Ignores {
				ignores = append(ignores, fmt.Sprintf("%s %s %q %s @ %s", f.ID, i.Rule, i.Reason, i.Wrong, i.Origin))
			}
		case probity.Coverage:
			if f.Gap != nil {
				gaps = append(gaps, fmt.Sprintf("%s @ %s", f.Gap, f.Origin))
			}
		}
	}
	slices.Sort(gaps)
	var b strings.Builder
	for line := range strings.Lines(want) {
		head, _, _ := strings.Cut(strings.TrimSpace(line), " =")
		fields := strings.Fields(head)
		switch {
		case head == "units":
			fmt.Fprintf(&b, "units = %s\n", strings.Join(units, " "))
		case head == "gaps":
			fmt.Fprintf(&b, "gaps = %s\n", strings.Join(slices.Compact(gaps), "; "))
		case head == "ignores":
			fmt.Fprintf(&b, "ignores = %s\n", strings.Join(ignores, "; "))
		case len(fields) == 2 && fields[1] == "*":
			fmt.Fprintf(&b, "%s = %s\n", head, strings.Join(ids[fields[0]], " "))
		case len(fields) == 3:
			a, ok := assets[fields[0]+" "+fields[1]]
			if ok {
				b.WriteString(head + " = " + fact(a, fields[2]) + "\n")
				continue
			}
			fallthrough
		default:
			b.WriteString(head + "\n")
		}
	}
	return b.String()
}

func fact(a probity.Asset, path string) string {
	switch path {
	case "kind":
		return fmt.Sprintf("%s %s @ %s", a.Kind, a.Class, a.Origin)
	case "links":
		var to []string
		for _, l := range a.Links.Items {
			to = append(to, string(l.Kind)+" "+l.To.ID)
		}
		return strings.Join(to, " ")
	}
	for p, l := range probity.Leaves(a) {
		if string(p) != path {
			continue
		}
		v, g := l.Value()
		text, err := json.Marshal(v)
		if err != nil {
			return err.Error()
		}
		if g != nil {
			return fmt.Sprintf("%s (%s) @ %s", text, g, l.From())
		}
		return fmt.Sprintf("%s @ %s", text, l.From())
	}
	return "no such fact"
}
