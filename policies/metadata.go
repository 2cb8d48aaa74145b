package policies

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/probity-scan/probity"
)

// metadata is the comment block at the head of a rule's file, in OPA's form with our keys under custom.
type metadata struct {
	Title       string `yaml:"title"`
	Description string `yaml:"description"`
	Related     []struct {
		Ref         string `yaml:"ref"`
		Description string `yaml:"description"`
	} `yaml:"related_resources"`
	Scope   string              `yaml:"scope"`   // as OPA's tools read it
	Schemas []map[string]string `yaml:"schemas"` // by which OPA's tools check a rule of a user in an editor
	Custom  custom              `yaml:"custom"`
}

type custom struct {
	ID          string                  `yaml:"id"`
	Message     string                  `yaml:"message"`
	Messages    map[probity.Path]string `yaml:"messages"`
	Severity    probity.Severity        `yaml:"severity"`
	Because     string                  `yaml:"because"`
	Aliases     []string                `yaml:"aliases"`
	Checks      []string                `yaml:"checks"`
	Sources     []probity.Source        `yaml:"sources"`
	Behaviour   int                     `yaml:"behaviour"`
	Since       string                  `yaml:"since"`
	Changed     string                  `yaml:"changed"`
	Classes     []probity.Class         `yaml:"classes"`
	Kinds       []probity.Kind          `yaml:"kinds"`
	Obligations []probity.Obligation    `yaml:"obligations"`
	Remediation map[string]string       `yaml:"remediation"`
	General     bool                    `yaml:"general"`
}

// Placeholders are what a message may name in braces.
func placeholders() []string {
	return []string{"name", "id", "kind", "fact", "element", "value", "country", "region"}
}

var (
	placeholder = regexp.MustCompile(`\{[^{}]*\}`)
	yamlLine    = regexp.MustCompile(`line (\d+): (.*)`)
	yamlField   = regexp.MustCompile(`field (\S+) not found in type \S+`)
	release     = regexp.MustCompile(`^\d+\.\d+\.\d+$`)
	ruleID      = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
)

// readMetadata reads the METADATA of a rule's file strictly. Errors name file and line.
func readMetadata(file string, src []byte) (probity.Rule, error) {
	block, line, ok := metadataBlock(src)
	if !ok {
		return probity.Rule{}, fmt.Errorf("%s:1: no METADATA comment before the package: a rule needs one (see docs/rules.md)", file)
	}
	var m metadata
	dec := yaml.NewDecoder(bytes.NewReader(block))
	dec.KnownFields(true)
	if err := dec.Decode(&m); err != nil && !errors.Is(err, io.EOF) {
		return probity.Rule{}, fmt.Errorf("%s:%s", file, explain(err, line))
	}
	if err := m.check(); err != nil {
		return probity.Rule{}, fmt.Errorf("%s:%d: METADATA: %w", file, line, err)
	}
	r := probity.Rule{
		ID: m.Custom.ID, Title: m.Title, Description: strings.TrimSpace(m.Description), Message: m.Custom.Message, Messages: m.Custom.Messages, Behaviour: m.Custom.Behaviour,
		Since: m.Custom.Since, Changed: m.Custom.Changed,
		Because: strings.TrimSpace(m.Custom.Because), Aliases: m.Custom.Aliases, Checks: m.Custom.Checks, Sources: m.Custom.Sources,
		Severity: m.Custom.Severity, Classes: m.Custom.Classes, Kinds: m.Custom.Kinds, Obligations: m.Custom.Obligations,
		Source: probity.Origin{File: file, Line: line, Column: 1}, General: m.Custom.General,
	}
	for source, text := range m.Custom.Remediation {
		r.Remediation = append(r.Remediation, probity.Remedy{Source: source, Text: strings.TrimSpace(text)})
	}
	sort.Slice(r.Remediation, func(i, j int) bool { return r.Remediation[i].Source < r.Remediation[j].Source })
	for _, ref := range m.Related {
		r.References = append(r.References, ref.Ref)
	}
	return r, nil
}

// metadataBlock cuts the YAML out of the first METADATA comment; line is that of the word METADATA, 1-based.
func metadataBlock(src []byte) (block []byte, line int, ok bool) {
	lines := strings.Split(string(src), "\n")
	for i, l := range lines {
		t := strings.TrimSpace(l)
		if strings.HasPrefix(t, "package ") {
			return nil, 0, false
		}
		if t != "# METADATA" {
			continue
		}
		var b strings.Builder
		for _, l := range lines[i+1:] {
			if !strings.HasPrefix(l, "#") {
				break
			}
			b.WriteString(strings.TrimPrefix(strings.TrimPrefix(strings.TrimRight(l, "\r"), "#"), " ") + "\n")
		}
		return []byte(b.String()), i + 1, true
	}
	return nil, 0, false
}

// explain turns YAML's error into one line with the file's own line number.
func explain(err error, offset int) string {
	text := strings.ReplaceAll(err.Error(), "\n", " ")
	m := yamlLine.FindStringSubmatch(text)
	if m == nil {
		return fmt.Sprintf("%d: METADATA is not YAML: %s", offset, strings.TrimPrefix(text, "yaml: "))
	}
	n, _ := strconv.Atoi(m[1])
	if f := yamlField.FindStringSubmatch(m[2]); f != nil {
		return fmt.Sprintf("%d: METADATA has no key %q", offset+n, f[1])
	}
	return fmt.Sprintf("%d: METADATA: %s", offset+n, m[2])
}

func (m metadata) check() error {
	c := m.Custom
	for name, empty := range map[string]bool{
		"title": m.Title == "", "description": m.Description == "", "custom.id": c.ID == "", "custom.message": c.Message == "",
		"custom.severity": c.Severity == "", "custom.behaviour": c.Behaviour < 1, "custom.classes": len(c.Classes) == 0,
		"custom.obligations": len(c.Obligations) == 0, "custom.remediation": len(c.Remediation) == 0,
	} {
		if empty {
			return fmt.Errorf("%s is missing", name)
		}
	}
	if !ruleID.MatchString(c.ID) {
		return fmt.Errorf("id %q: use lower-case words joined by hyphens", c.ID)
	}
	if !slices.Contains(c.Severity.Values(), string(c.Severity)) {
		return fmt.Errorf("severity %q: use one of %s", c.Severity, strings.Join(c.Severity.Values(), ", "))
	}
	for _, class := range c.Classes {
		if !slices.Contains(class.Values(), string(class)) {
			return fmt.Errorf("class %q: use one of %s", class, strings.Join(class.Values(), ", "))
		}
	}
	for _, id := range slices.Concat(c.Aliases, c.Checks) {
		if !ruleID.MatchString(id) {
			return fmt.Errorf("aliases and checks: %q: use lower-case words joined by hyphens", id)
		}
	}
	for _, source := range c.Sources {
		if !slices.Contains(source.Values(), string(source)) {
			return fmt.Errorf("source %q: use one of %s", source, strings.Join(source.Values(), ", "))
		}
	}
	for key, v := range map[string]string{"since": c.Since, "changed": c.Changed} {
		if v != "" && !release.MatchString(v) {
			return fmt.Errorf("%s %q: use the version of a release, such as 1.2.0", key, v)
		}
	}
	for _, text := range append(slices.Sorted(maps.Values(c.Messages)), c.Message) {
		for _, p := range placeholder.FindAllString(text, -1) {
			if !slices.Contains(placeholders(), strings.Trim(p, "{}")) {
				return fmt.Errorf("message has no placeholder %s: use {%s}", p, strings.Join(placeholders(), "}, {"))
			}
		}
	}
	return nil
}
