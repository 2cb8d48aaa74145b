package suppressions

import (
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/probity-scan/probity/policies"
)

// kicsConfig reads kics.config: JSON, YAML, TOML or HCL.
func (r reader) kicsConfig(text []byte) ([]Suppression, error) {
	var c map[string]yaml.Node
	if decode(text, &c) != nil {
		c = assigned(text)
	}
	if len(c) == 0 {
		return nil, decode([]byte("{"), &c)
	}
	var out []Suppression
	for _, n := range list(c["exclude-queries"]) {
		out = append(out, r.of(policies.KICS, strings.ToLower(n.Value), n.Line))
	}
	for _, x := range []struct{ key, why string }{
		{"exclude-results", "a result is named by a number that only KICS can tell"},
		{"exclude-severities", "it names no query; fail_on in probity.yaml is a threshold"},
		{"exclude-categories", "it names no query"},
		{"exclude-paths", "paths are left out by exclude in probity.yaml"},
		{"exclude-type", "kinds of files are left out by exclude in probity.yaml"},
	} {
		for _, n := range list(c[x.key]) {
			out = append(out, r.wrong(policies.KICS, x.key+" "+n.Value, n.Line, x.why))
		}
	}
	return out, nil
}

var assignment = regexp.MustCompile(`(?ms)^\s*"?([a-z-]+)"?\s*=\s*(\[[^\]]*\]|"[^"]*")`)

// assigned reads key = "value" and key = ["value", …], which TOML and HCL have in common.
func assigned(text []byte) map[string]yaml.Node {
	out := map[string]yaml.Node{}
	for _, at := range assignment.FindAllSubmatchIndex(text, -1) {
		var n yaml.Node
		if yaml.Unmarshal(text[at[4]:at[5]], &n) != nil || len(n.Content) == 0 {
			continue
		}
		value := n.Content[0]
		before := strings.Count(string(text[:at[4]]), "\n")
		value.Line += before
		for _, c := range value.Content {
			c.Line += before
		}
		out[string(text[at[2]:at[3]])] = *value
	}
	return out
}
