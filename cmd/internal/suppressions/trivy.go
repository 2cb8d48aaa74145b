package suppressions

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/probity-scan/probity/policies"
)

// trivyIgnore reads .trivyignore: a check a line, with exp:DAY; the comment above it is taken for the reason.
func (r reader) trivyIgnore(text []byte) []Suppression {
	var out []Suppression
	reason := ""
	for i, line := range strings.Split(string(text), "\n") {
		before, said, _ := strings.Cut(strings.TrimSpace(line), "#")
		words := strings.Fields(before)
		if len(words) == 0 {
			reason = strings.TrimSpace(said)
			continue
		}
		s := r.of(policies.Trivy, words[0], i+1)
		s.Reason = reason
		for _, w := range words[1:] {
			if d, ok := strings.CutPrefix(w, "exp:"); ok && day(d) {
				s.Until = d
			} else {
				s.Wrong = "what stands behind it is no last day"
			}
		}
		out = append(out, s)
	}
	return out
}

// trivyYAML reads .trivyignore.yaml.
func (r reader) trivyYAML(text []byte) ([]Suppression, error) {
	type entry struct {
		ID        yaml.Node `yaml:"id"`
		Paths     []string  `yaml:"paths"`
		Statement string    `yaml:"statement"`
		Expired   string    `yaml:"expired_at"`
	}
	var file map[string][]entry
	if err := decode(text, &file); err != nil {
		return nil, err
	}
	var out []Suppression
	for section, entries := range file {
		for _, e := range entries {
			s := r.of(policies.Trivy, e.ID.Value, e.ID.Line)
			s.Reason = e.Statement
			switch {
			case section != "misconfigurations":
				s.Wrong = section + " are not checks of configuration"
			case e.Expired != "" && !day(e.Expired[:min(10, len(e.Expired))]):
				s.Wrong = "its last day is none"
			case e.Expired != "":
				s.Until = e.Expired[:10]
			}
			if len(e.Paths) == 0 {
				out = append(out, s)
			}
			for _, p := range e.Paths {
				s.About = About{Path: p}
				out = append(out, s)
			}
		}
	}
	return out, nil
}
