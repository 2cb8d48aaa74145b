package config

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/gate"
)

// All as a reason to fail on unknown verdicts stands for every gap by nature.
const All = "all"

// Gate says what a repository may let be by itself. Of two files the stricter word counts.
type Gate struct {
	AcceptInChange     string `yaml:"accept_in_change"`     // worst severity that a waiver or ignore may accept in the change that adds it
	AcceptInRepository string `yaml:"accept_in_repository"` // worst severity that waivers, ignores and baseline of a repository may accept
}

// Rules choose rules: a list of patterns, or a map with the version that is asked.
type Rules struct {
	Only []string `yaml:"only"`  // patterns over rule IDs
	AsOf string   `yaml:"as_of"` // rules that came or changed after this version are told and do not fail: 0.1.0, or latest
}

// UnmarshalYAML takes a list for Only.
func (r *Rules) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.SequenceNode {
		return n.Decode(&r.Only)
	}
	if n.Kind == yaml.MappingNode { // a nested decoder forgets that it is strict
		for i := 0; i+1 < len(n.Content); i += 2 {
			if key := n.Content[i]; key.Value != "only" && key.Value != "as_of" {
				return &yaml.TypeError{Errors: []string{fmt.Sprintf("line %d: field %s not found in type config.Rules", key.Line, key.Value)}}
			}
		}
	}
	type plain Rules
	return n.Decode((*plain)(r))
}

// Reasons are the gaps that a list of words names.
func Reasons(words []string) (out []probity.Reason, unknown string) {
	for _, w := range words {
		switch {
		case w == All:
			for _, r := range probity.Reasons() {
				if !r.Loss() {
					out = append(out, r)
				}
			}
		case slices.Contains(probity.Reasons(), probity.Reason(w)):
			out = append(out, probity.Reason(w))
		default:
			unknown = w
		}
	}
	return out, unknown
}

// severities are what a threshold or a limit may be.
func severities() []string { return append(probity.Severity("").Values(), string(gate.None)) }

// checkGate takes out what is no word of the gate.
func (l *Loaded) checkGate() {
	f := &l.File
	for i := range f.Waivers {
		f.Waivers[i].line = l.lines.line("waivers", i)
	}
	f.Waivers = keep(f.Waivers, l.waiver)
	if f.Inventory.MaxAgeDays < 0 {
		l.bad("inventory", -1, "inventory.max_age_days is below 0")
		f.Inventory.MaxAgeDays = 0
	}
	for _, k := range []struct {
		section, key string
		value        *string
	}{{"fail_on", "fail_on", &f.FailOn}, {"gate", "gate.accept_in_change", &f.Gate.AcceptInChange}, {"gate", "gate.accept_in_repository", &f.Gate.AcceptInRepository}} {
		if *k.value != "" && !slices.Contains(severities(), *k.value) {
			l.bad(k.section, -1, "%s must be one of %s", k.key, strings.Join(severities(), ", "))
			*k.value = ""
		}
	}
	for _, k := range []struct {
		key string
		by  map[string]string
	}{{"fail_on_rules", f.FailOnRules}, {"fail_on_frameworks", f.FailOnLaws}} {
		for _, name := range slices.Sorted(maps.Keys(k.by)) {
			if !slices.Contains(severities(), k.by[name]) {
				l.bad(k.key, -1, "%s of %s must be one of %s", k.key, name, strings.Join(severities(), ", "))
				delete(k.by, name)
			}
		}
	}
	f.FailOnUnknown = keep(f.FailOnUnknown, func(i int, r string) bool {
		_, unknown := Reasons([]string{r})
		return unknown != "" && l.bad("fail_on_unknown", i, "fail_on_unknown has no reason %q", r)
	})
	if f.Rules.AsOf != "" && !gate.Version(f.Rules.AsOf) {
		l.bad("rules", -1, "rules.as_of must be a version such as 0.1.0, or latest")
		f.Rules.AsOf = ""
	}
}

// Thresholds are what the file says of severities.
func (f File) Thresholds() gate.Thresholds {
	by := func(m map[string]string) map[string]probity.Severity {
		out := map[string]probity.Severity{}
		for k, v := range m {
			out[k] = probity.Severity(v)
		}
		return out
	}
	return gate.Thresholds{FailOn: probity.Severity(f.FailOn), Rules: by(f.FailOnRules), Frameworks: by(f.FailOnLaws)}
}
