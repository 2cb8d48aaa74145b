package suppressions

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/probity-scan/probity/policies"
)

// checkovConfig reads .checkov.yaml: checks to skip everywhere. Other keys that leave something out cannot become waivers.
func (r reader) checkovConfig(text []byte) ([]Suppression, error) {
	var c map[string]yaml.Node
	if err := decode(text, &c); err != nil {
		return nil, err
	}
	var out []Suppression
	for _, n := range list(c["skip-check"]) {
		s := r.of(policies.Checkov, n.Value, n.Line)
		if !strings.Contains(s.Check, "_") && s.Check != "*" { // LOW and the like
			s.Wrong = "it names no check; fail_on in probity.yaml is a threshold"
		}
		out = append(out, s)
	}
	for key, why := range map[string]string{
		"skip-path":        "paths are left out by exclude in probity.yaml",
		"skip-cve-package": "packages are not scanned here",
		"skip-framework":   "kinds of files are left out by exclude in probity.yaml",
	} {
		for _, n := range list(c[key]) {
			if why != "" {
				out = append(out, r.wrong(policies.Checkov, key+" "+n.Value, n.Line, why))
			}
		}
	}
	return out, nil
}

// checkovBaseline reads .checkov.baseline: findings that were there when it was written.
func (r reader) checkovBaseline(text []byte) ([]Suppression, error) {
	var b struct {
		Failed []struct {
			File     string `yaml:"file"`
			Findings []struct {
				Resource string   `yaml:"resource"`
				Checks   []string `yaml:"check_ids"`
			} `yaml:"findings"`
		} `yaml:"failed_checks"`
	}
	if err := decode(text, &b); err != nil {
		return nil, err
	}
	var out []Suppression
	for _, file := range b.Failed {
		for _, f := range file.Findings {
			for _, check := range f.Checks {
				s := r.of(policies.Checkov, check, 0)
				s.About = About{Path: strings.TrimPrefix(file.File, "/"), Resource: f.Resource}
				if strings.HasPrefix(f.Resource, "AWS::") { // AWS::S3::Bucket.Logs
					s.About.Resource = f.Resource[strings.LastIndex(f.Resource, ".")+1:]
				}
				out = append(out, s)
			}
		}
	}
	return out, nil
}

// checkovMetadata reads Metadata.checkov.skip of the resources of a template of CloudFormation.
func (r reader) checkovMetadata(text []byte) []Suppression {
	var template struct {
		Resources map[string]struct {
			Metadata struct {
				Checkov struct {
					Skip []struct {
						ID      yaml.Node `yaml:"id"`
						Comment string    `yaml:"comment"`
					} `yaml:"skip"`
				} `yaml:"checkov"`
			} `yaml:"Metadata"`
		} `yaml:"Resources"`
	}
	if yaml.Unmarshal(text, &template) != nil { // code of another kind
		return nil
	}
	var out []Suppression
	bs := yamlBlocks(text)
	for _, resource := range template.Resources {
		for _, skip := range resource.Metadata.Checkov.Skip {
			s := r.of(policies.Checkov, skip.ID.Value, skip.ID.Line)
			s.Reason = skip.Comment
			if b, ok := bs.around(s.Line, false, nil); ok {
				s.About = About{Path: r.file, First: b.first, Last: b.last}
			}
			out = append(out, s)
		}
	}
	return out
}
