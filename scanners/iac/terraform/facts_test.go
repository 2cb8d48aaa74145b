package terraform_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/iactest"
	"github.com/probity-scan/probity/scanners/iac/terraform"
)

var update = flag.Bool("update", false, "rewrite the expected facts")

// Each archive holds a repository, and last a file "facts" of lines "address path = value @ origin". The comment may say
// how to scan: "dir: envs/prod", "plan: plan.json", "source: infra", "before: true", "var: name=value".
func TestFacts(t *testing.T) {
	t.Parallel()
	iactest.Facts(t, *update, scanArchive)
}

func scanArchive(t *testing.T, dir, comment string) []probity.Found {
	t.Helper()
	u := probity.Unit{Scanner: terraform.Directory, Target: dir, Asks: probity.Asks{Code: probity.Code{Variables: map[string]string{}}}}
	for line := range strings.Lines(comment) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "dir":
			u.Part = value
		case "plan":
			u.Scanner, u.Part = terraform.PlanFile, value
		case "source":
			u.Asks.Code.Source = filepath.Join(dir, filepath.FromSlash(value))
		case "before":
			u.Asks.Code.Before = value == "true"
		case "var":
			name, v, _ := strings.Cut(value, "=")
			u.Asks.Code.Variables[name] = v
		}
	}
	var out []probity.Found
	for f, err := range terraform.New().Scan(t.Context(), u) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, f)
	}
	return out
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
	case "aliases":
		return strings.Join(a.Aliases, " ")
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
