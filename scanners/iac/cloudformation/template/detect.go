package template

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// sections may stand at the top of a template.
func sections() []string {
	return []string{"AWSTemplateFormatVersion", "Description", "Metadata", "Parameters", "Rules", "Mappings", "Conditions", "Transform", "Hooks",
		"Resources", "Outputs", "Globals"}
}

// Detect reports whether a file is a template, and which files beside it that template nests. What cannot be parsed and
// looks like one counts, so that somebody tells.
func Detect(fsys fs.FS, name string) (nested []string, is bool) {
	switch strings.ToLower(path.Ext(name)) {
	case ".yaml", ".yml", ".json", ".template", ".cfn":
	default:
		return nil, false
	}
	head, err := begin(fsys, name)
	if err != nil || !begins(head) {
		return nil, false
	}
	src, err := readFile(fsys, name)
	if err != nil {
		return nil, bytes.Contains(head, []byte("AWSTemplateFormatVersion"))
	}
	if !bytes.Contains(src, []byte("Resources")) || !typed(string(src)) {
		return nil, false
	}
	top, _, err := parse(src)
	if err != nil {
		return nil, bytes.Contains(src, []byte("AWSTemplateFormatVersion")) || bytes.Contains(src, []byte("\nResources:"))
	}
	if !declares(top) {
		return nil, false
	}
	nested = calls(name, top)
	if bytes.Contains(src, []byte("AWS::Include")) && !slices.Contains(nested, anywhere) {
		nested = append(nested, anywhere)
	}
	return nested, true
}

// anywhere among the files that a template nests: which others it reads tells only who evaluates it.
const anywhere = "."

const headSize = 4096

func begin(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // only read
	return io.ReadAll(io.LimitReader(f, headSize))
}

// begins reports whether the first key of a file is one of a template's, so that others need not be read.
func begins(head []byte) bool {
	text := strings.TrimPrefix(string(head), "\ufeff")
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case line == "", line == "{", strings.HasPrefix(line, "#"), strings.HasPrefix(line, "---"), strings.HasPrefix(line, "%"):
			continue
		}
		key := strings.Trim(line, `{"' `)
		return slices.ContainsFunc(sections(), func(s string) bool {
			rest, ok := strings.CutPrefix(key, s)
			return ok && strings.HasPrefix(strings.TrimLeft(rest, `"' `), ":")
		})
	}
	return len(head) == headSize // a long comment
}

func typed(text string) bool {
	return strings.Contains(text, "AWS::") || strings.Contains(text, "Custom::") || strings.Contains(text, "::MODULE")
}

// declares reports whether one of the resources has a type of CloudFormation.
func declares(top *yaml.Node) bool {
	for _, p := range pairs(member(top, "Resources")) {
		body := p.value
		if strings.HasPrefix(p.key.Value, loop) {
			if a, ok := args(body, 3); ok {
				for _, inner := range pairs(a[2]) {
					if strings.Contains(textOf(member(inner.value, "Type")), "::") {
						return true
					}
				}
			}
			continue
		}
		if typ := textOf(member(body, "Type")); strings.HasPrefix(typ, "AWS::") || strings.HasPrefix(typ, "Custom::") || strings.Contains(typ, "::") {
			return true
		}
	}
	return false
}

// calls are the files that a template's stacks nest; anywhere where it does not name one plainly.
func calls(name string, top *yaml.Node) []string {
	var out []string
	for _, p := range pairs(member(top, "Resources")) {
		typ := textOf(member(p.value, "Type"))
		if !nests(typ) {
			continue
		}
		for _, at := range [][2]string{{"Metadata", "aws:asset:path"}, {"Properties", "TemplateURL"}, {"Properties", "Location"}} {
			n := member(member(p.value, at[0]), at[1])
			location := textOf(n)
			file, ok := local(name, location)
			if n != nil && (location == "" || ok && strings.Contains(location, "${")) {
				file, ok = anywhere, true
			}
			if ok {
				out = append(out, file)
				break
			}
		}
	}
	return out
}
