package workshop

import (
	"embed"
	"fmt"
	"path"
	"regexp"
	"strings"
)

//go:embed templates
var templates embed.FS

var ruleName = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// New are the files of a rule to begin with, by their path below the folder of rules: it, its tests and its examples, which pass.
// A name is TOPIC/NAME.
func New(name string) (map[string]string, error) {
	topic, id, ok := strings.Cut(name, "/")
	if !ok || !ruleName.MatchString(topic) || !ruleName.MatchString(id) {
		return nil, fmt.Errorf("%q: name a rule TOPIC/NAME in lower-case words joined by hyphens, such as backup/month-of-backups", name)
	}
	fill := strings.NewReplacer("TOPIC", strings.ReplaceAll(topic, "-", "_"), "PACKAGE", strings.ReplaceAll(id, "-", "_"), "NAME", id)
	out := map[string]string{}
	for from, to := range map[string]string{"rule.rego": ".rego", "rule_test.rego": "_test.rego", "rule.txtar": ".txtar"} {
		b, err := templates.ReadFile(path.Join("templates", from))
		if err != nil {
			return nil, fmt.Errorf("reading what a rule begins with: %w", err)
		}
		out[topic+"/"+id+to] = fill.Replace(string(b))
	}
	return out, nil
}
