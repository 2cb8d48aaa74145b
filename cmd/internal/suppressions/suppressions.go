// Package suppressions reads what a team told other scanners to let be (comments in code, lists to skip, baselines, mutelists,
// suppressed findings), and finds what of a saved scan of ours it speaks of.
package suppressions

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/probity-scan/probity/policies"
)

// Suppression is one check of a peer that a team lets be.
type Suppression struct {
	Peer   policies.Peer
	Check  string // as it is written, * for any text; "*" alone: all checks of the peer
	Reason string
	Until  string // last day on which it holds: 2027-01-31; empty: it has none
	File   string
	Line   int // where it is written, from 1; 0: it has no line
	About  About
	Wrong  string // why it cannot be taken over
}

// At is where it is written: main.tf:12.
func (s Suppression) At() string {
	if s.Line == 0 {
		return s.File
	}
	return fmt.Sprintf("%s:%d", s.File, s.Line)
}

// errForeign says that a file is none of those whose suppressions are known.
var errForeign = errors.New("no suppressions of Checkov, KICS, Trivy, tfsec, Prowler or Security Hub are known to stand in such a file")

// Read gives the suppressions of one file, by its name and what it holds. In a file of code there may be none.
func Read(name string, text []byte) ([]Suppression, error) {
	out, err := reader{file: name}.read(name, text)
	slices.SortStableFunc(out, func(a, b Suppression) int { return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Check, b.Check)) })
	return out, err
}

func (r reader) read(name string, text []byte) ([]Suppression, error) {
	base := strings.ToLower(path.Base(name))
	switch ext := path.Ext(base); {
	case base == ".trivyignore":
		return r.trivyIgnore(text), nil
	case strings.HasPrefix(base, ".trivyignore."):
		return r.trivyYAML(text)
	case ext == ".baseline":
		return r.checkovBaseline(text)
	case strings.Contains(base, "checkov") && (ext == ".yaml" || ext == ".yml"):
		return r.checkovConfig(text)
	case base == "kics.config" || strings.HasPrefix(strings.TrimPrefix(base, "."), "kics."):
		return r.kicsConfig(text)
	case ext == ".tf" || ext == ".tofu":
		return r.code(text, hclBlocks(text)), nil
	case ext == ".yaml" || ext == ".yml" || ext == ".template":
		if bytes.Contains(text, []byte("Mutelist:")) || bytes.Contains(text, []byte("Allowlist:")) {
			return r.prowler(text)
		}
		return append(r.code(text, yamlBlocks(text)), r.checkovMetadata(text)...), nil
	case ext == ".json":
		if findings, ok := asff(text); ok {
			return r.securityHub(findings), nil
		}
		if json.Valid(text) {
			return r.checkovMetadata(text), nil
		}
	}
	return nil, errForeign
}

// Code reports whether a file found in a folder is one to look into.
func Code(name string) bool {
	base := strings.ToLower(path.Base(name))
	ext := path.Ext(base)
	return base == ".trivyignore" || base == "kics.config" || ext == ".tf" || ext == ".tofu" || ext == ".yaml" || ext == ".yml" || ext == ".template" || ext == ".baseline"
}

// reader gives suppressions their file.
type reader struct{ file string }

func (r reader) of(peer policies.Peer, check string, line int) Suppression {
	return Suppression{Peer: peer, Check: strings.TrimSpace(check), File: r.file, Line: line}
}

// wrong is something that a file asks for and that cannot be taken over.
func (r reader) wrong(peer policies.Peer, what string, line int, why string) Suppression {
	s := r.of(peer, what, line)
	s.Wrong = why
	return s
}

// decode reads YAML, and JSON as part of it. Errors do not quote what the file holds.
func decode(text []byte, to any) error {
	if err := yaml.Unmarshal(text, to); err != nil {
		return errors.New("it is not the YAML or JSON that its name lets expect")
	}
	return nil
}

// strings of a node: a list, one text, or texts parted by commas.
func list(n yaml.Node) []yaml.Node {
	if n.Kind == yaml.SequenceNode {
		var out []yaml.Node
		for _, c := range n.Content {
			out = append(out, *c)
		}
		return out
	}
	var out []yaml.Node
	for part := range strings.SplitSeq(n.Value, ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, yaml.Node{Kind: yaml.ScalarNode, Value: part, Line: n.Line})
		}
	}
	return out
}
