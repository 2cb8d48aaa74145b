package config

import (
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
)

var update = flag.Bool("update", false, "write generated files anew")

// TestSchemaIsGenerated: what editors complete is what the code reads.
func TestSchemaIsGenerated(t *testing.T) {
	t.Parallel()
	for file, c := range map[string]struct {
		form        any
		title, have string
	}{
		"probity.schema.json": {File{}, "probity.yaml", Schema()},
		"waivers.schema.json": {WaiverFile{}, WaiversName, WaiversSchema()},
	} {
		want, err := generate(c.form, file, c.title)
		if err != nil {
			t.Fatal(err)
		}
		if *update {
			if err := os.WriteFile(file, want, 0o644); err != nil {
				t.Fatal(err)
			}
		} else if string(want) != c.have {
			t.Errorf("%s is stale: run make generate", file)
		}
	}
}

// TestSchemaAgrees: the schema takes what the code takes, and refuses what it refuses.
func TestSchemaAgrees(t *testing.T) {
	t.Parallel()
	valid := compiled(t, File{})
	for name, c := range map[string]struct {
		text string
		ok   bool
	}{
		"empty":                  {"{}", true},
		"threshold":              {"fail_on: high", true},
		"no threshold":           {"fail_on: urgent", false},
		"rule":                   {"fail_on_rules: {a: none}", true},
		"rule, no severity":      {"fail_on_rules: {a: often}", false},
		"all reasons":            {"fail_on_unknown: [all]", true},
		"no reason":              {"fail_on_unknown: [bored]", false},
		"gate":                   {"gate: {accept_in_change: none}", true},
		"gate, no word":          {"gate: {accept_in_change: some}", false},
		"gate, no key":           {"gate: {accept: low}", false},
		"version":                {"rules: {as_of: 0.1.0}", true},
		"no version":             {"rules: {as_of: soon}", false},
		"no key of rules":        {"rules: {of: x}", false},
		"no key":                 {"colour: red", false},
		"waiver":                 {"waivers: [{rule: a, asset: b, reason: c, owner: d, until: '2027-01-31'}]", true},
		"waiver, no day":         {"waivers: [{rule: a, asset: b, reason: c, owner: d}]", false},
		"waiver, no owner":       {"waivers: [{rule: a, asset: b, reason: c, until: '2027-01-31'}]", false},
		"false positive":         {"waivers: [{rule: a, asset: b, reason: c, owner: d, kind: false-positive, behaviour: 1}]", true},
		"no kind":                {"waivers: [{rule: a, asset: b, reason: c, owner: d, until: '2027-01-31', kind: other}]", false},
		"digest":                 {"waivers: [{rule: a, asset: b, reason: c, owner: d, until: '2027-01-31', accepted: ['0123456789abcdef']}]", true},
		"no digest":              {"waivers: [{rule: a, asset: b, reason: c, owner: d, until: '2027-01-31', accepted: [all]}]", false},
		"activity":               {"activities: [{id: a, stores: [x], role: joint, transfer: scc, retention_days: 3}]", true},
		"activity, no role":      {"activities: [{id: a, stores: [x], role: boss}]", false},
		"label":                  {"labels: [{store: a, category: health}]", true},
		"label, rejected":        {`labels: [{store: a, detector: iban, verdict: rejected, by: b, at: "2026-11-01", reason: c, until: "2027-01-01"}]`, true},
		"label, who rejected":    {`labels: [{store: a, detector: iban, verdict: rejected, at: "2026-11-01", reason: c, until: "2027-01-01"}]`, false},
		"label, no category":     {"labels: [{store: a, category: secret}]", false},
		"schedule":               {"serve: {schedules: [{name: nightly, cron: '30 2 * * *', zone: Europe/Berlin, jitter: 10m, targets: [aws:], overlap: queue}]}", true},
		"schedule, no targets":   {"serve: {schedules: [{name: nightly}]}", false},
		"schedule, no overlap":   {"serve: {schedules: [{name: nightly, targets: [aws:], overlap: often}]}", false},
		"sink":                   {"serve: {notify: [{name: ops, kind: slack, where: 'env:URL', about: [findings], severity: high}]}", true},
		"sink, no address":       {"serve: {notify: [{name: ops, kind: slack}]}", false},
		"sink, no kind":          {"serve: {notify: [{name: ops, kind: pager, where: 'env:URL'}]}", false},
		"parameters of any type": {"parameters: {a: [1, {b: c}]}", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var doc any
			if err := yaml.Unmarshal([]byte(c.text), &doc); err != nil {
				t.Fatal(err)
			}
			err := valid.Validate(doc)
			if (err == nil) != c.ok {
				t.Errorf("the schema says %v, want valid %v", err, c.ok)
			}
			if l := load(t, c.text, true); (len(l.Trouble) == 0) != c.ok {
				t.Errorf("the code says %q, want valid %v", l.Trouble, c.ok)
			}
		})
	}
}

func TestWaiversSchema(t *testing.T) {
	t.Parallel()
	text, err := AppendWaiver(nil, Waiver{Rule: "a", Asset: "b", Root: "c", Reason: "d", Owner: "e", Until: "2027-01-31", Accepted: []string{"0123456789abcdef"}})
	if err != nil {
		t.Fatal(err)
	}
	var doc any
	if err := yaml.Unmarshal([]byte(strings.Replace(string(text), "2027-01-31", "'2027-01-31'", 1)), &doc); err != nil { // editors read a day as text
		t.Fatal(err)
	}
	if err := compiled(t, WaiverFile{}).Validate(doc); err != nil {
		t.Error(err)
	}
}

func compiled(t *testing.T, form any) *jsonschema.Schema {
	t.Helper()
	schema, err := generate(form, "schema.json", "")
	if err != nil {
		t.Fatal(err)
	}
	var doc any
	if err := json.Unmarshal(schema, &doc); err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}
