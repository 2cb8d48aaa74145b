package pipeline_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/examples"
	"github.com/probity-scan/probity/scanners/aws/awstest"
)

// source is one of those that say the same of a store, and the language that the store is made in for it.
type source struct {
	name     probity.Source
	language int
	said     judgement
	id       func(store) string
}

// TestParityOfSources: stores that are described once, and made of that in HCL, in a plan, in CloudFormation and in an account of the
// emulator, are judged alike by all rules, except for what testdata/differences.yaml lists with its reason.
func TestParityOfSources(t *testing.T) {
	stores := described(t)
	rows := compared(stores, sourcesOf(t, stores))
	t.Run("differences", func(t *testing.T) { asListed(t, rows) })
	t.Run("proofs", func(t *testing.T) { asProved(t, rows) })
	t.Run("page", func(t *testing.T) { asWritten(t, rows, stores) })
}

// sourcesOf makes the stores in each language and scans them, in the order in which verdicts are listed.
func sourcesOf(t *testing.T, stores []store) []source {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) string {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	hcl := newStoreWriter(t, stores).terraform(stores)
	write("code/main.tf", hcl)
	write("applied/main.tf", strings.ReplaceAll(hcl, "${data.aws_caller_identity.current.account_id}", awstest.Account))
	plan, ok, err := examples.Plan(t.Context(), filepath.Join(dir, "applied"))
	if err != nil || !ok {
		t.Fatalf("the code of the stores makes no plan: %v", err)
	}
	write("plan.json", string(plan))
	write("template.json", newStoreWriter(t, stores).template(stores))
	out := []source{{name: "terraform"}, {name: "plan"}, {name: "cloudformation", language: inCloudFormation}}
	for i, base := range []string{"code", "plan.json", "template.json"} {
		out[i].id = func(s store) string { return s.id(out[i].language) }
		out[i].said = judged(t, job{dir: filepath.Join(dir, base), base: base, config: out[i].declared(t, stores)})
	}
	return append(out, inAccount(t, stores))
}

// inAccount makes the stores in the emulator and scans it.
func inAccount(t *testing.T, stores []store) source {
	t.Helper()
	endpoint := awstest.Emulator(t)
	setup, err := awstest.ReadSetup([]byte(newStoreWriter(t, stores).calls(stores)))
	if err != nil {
		t.Fatal(err)
	}
	setup.Make(t, endpoint)
	answers, err := txtar.ParseFile("testdata/emulator.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range answers.Files {
		answers.Files[i] = txtar.File{Name: setup.Filled(f.Name), Data: []byte(setup.Filled(string(f.Data)))}
	}
	p := awstest.NewProxy(t, endpoint)
	p.Set(awstest.EventStores, awstest.Instead(answers), awstest.Unsupported())
	target := "aws:region=" + awstest.Region + ",endpoint=" + p.URL + ",services=" + strings.Join(setup.Services(), ";")
	out := source{name: "aws", language: inCalls, id: func(s store) string { return setup.Filled(s.id(inCalls)) }}
	out.said = judged(t, job{dir: target, config: out.declared(t, stores)})
	return out
}

// declared is what testdata/stores.yaml declares of the stores, by the names that the source has for them.
func (from source) declared(t *testing.T, stores []store) string {
	t.Helper()
	b, err := os.ReadFile("testdata/stores.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range stores {
		if !s.Part && s.in(from.language) {
			names = append(names, "<"+s.name+">", from.id(s))
		}
	}
	p := filepath.Join(t.TempDir(), "probity.yaml")
	if err := os.WriteFile(p, []byte(strings.NewReplacer(names...).Replace(string(b))), 0o600); err != nil {
		t.Fatal(err)
	}
	return p
}

// row is what the sources say of a store by a rule, in their order.
type row struct {
	store    store
	rule     string
	said     []string
	evidence string
}

// none stands for a source that has no such store, silent for one whose store the rule does not judge.
const (
	none   = "-"
	silent = "not-judged"
)

// differs reports whether sources that have the store say different things of it.
func (r row) differs() bool {
	said := slices.DeleteFunc(slices.Clone(r.said), func(v string) bool { return v == none })
	return len(slices.Compact(said)) > 1
}

// compared puts side by side what is said of each store.
func compared(stores []store, sources []source) []row {
	var out []row
	for _, s := range stores {
		if s.Part {
			continue
		}
		rules := map[string]bool{}
		for _, from := range sources {
			for key := range from.said {
				rules[key[0]] = rules[key[0]] || s.in(from.language) && key[1] == from.id(s)
			}
		}
		for _, rule := range slices.Sorted(maps.Keys(rules)) {
			if rules[rule] {
				out = append(out, rowOf(s, rule, sources))
			}
		}
	}
	return out
}

func rowOf(s store, rule string, sources []source) row {
	r := row{store: s, rule: rule}
	for _, from := range sources {
		if !s.in(from.language) {
			r.said = append(r.said, none)
			continue
		}
		o, ok := from.said[[2]string{rule, from.id(s)}]
		if !ok {
			r.said = append(r.said, silent)
			continue
		}
		r.said = append(r.said, string(o.Verdict))
		r.evidence += "\n\t" + string(from.name) + ": " + string(o.Verdict) + ", " + examples.Evidence(o)
	}
	return r
}
