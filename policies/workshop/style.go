package workshop

import (
	"bytes"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/format"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/compile"
)

// Style finds what is not as rules are written: format, names, and the files that belong to a rule. There are the other files of the
// folder, by their path.
func Style(files map[string][]byte, rules []probity.Rule, there func(file string) bool) []Problem {
	var out []Problem
	for _, file := range slices.Sorted(maps.Keys(files)) {
		out = append(out, formatted(file, files[file])...)
	}
	for _, r := range rules {
		out = append(out, beside(r, there)...)
		out = append(out, asked(r, files[r.Source.File])...)
	}
	return out
}

func formatted(file string, src []byte) []Problem {
	got, err := format.Source(file, src)
	if err != nil {
		return nil // said where it is compiled
	}
	if bytes.Equal(got, src) {
		return nil
	}
	was := strings.Split(string(src), "\n")
	for i, line := range strings.Split(string(got), "\n") {
		if i >= len(was) || was[i] != line {
			return []Problem{{file, i + 1, "is not formatted: opa fmt -w, or probity rules check --fix, mends it"}}
		}
	}
	return []Problem{{file, len(was), "is not formatted: opa fmt -w, or probity rules check --fix, mends it"}}
}

// Format writes a file as opa fmt does.
func Format(file string, src []byte) ([]byte, error) {
	out, err := format.Source(file, src)
	if err != nil {
		return nil, fmt.Errorf("formatting %s: %w", file, err)
	}
	return out, nil
}

// beside are the files of a rule that are not there.
func beside(r probity.Rule, there func(string) bool) []Problem {
	stem := strings.TrimSuffix(r.Source.File, ".rego")
	var out []Problem
	if filepath.Base(stem) != r.ID {
		out = append(out, Problem{r.Source.File, r.Source.Line, fmt.Sprintf("is not named for its id: call it %s.rego", r.ID)})
	}
	for file, what := range map[string]string{stem + "_test.rego": "has no tests", stem + ".txtar": "has no examples"} {
		if !there(file) {
			out = append(out, Problem{r.Source.File, 0, what + ": write " + filepath.Base(file)})
		}
	}
	slices.SortFunc(out, func(a, b Problem) int { return strings.Compare(a.What, b.What) })
	return out
}

// asked finds what makes verdicts over gaps weaker than they need be.
func asked(r probity.Rule, src []byte) []Problem {
	m, err := compile.Parse(r.Source.File, src)
	if err != nil {
		return nil // said where it is compiled
	}
	var out []Problem
	if slices.Contains(r.Reads, "") {
		out = append(out, Problem{r.Source.File, r.Source.Line, "reads the whole input: name the paths, so that only their gaps matter"})
	}
	for _, rule := range m.Rules {
		row := rule.Location.Row
		if rule.Default {
			out = append(out, Problem{r.Source.File, row, "default: over a gap it is often undecided; write plain conditions"})
		}
		if rule.Else != nil {
			out = append(out, Problem{r.Source.File, rule.Else.Location.Row, "else: over a gap it is often undecided; write plain conditions"})
		}
	}
	ast.WalkRefs(m, func(ref ast.Ref) bool {
		if ref.HasPrefix(ast.MustParseRef("object.get")) {
			out = append(out, Problem{r.Source.File, ref[0].Location.Row, "object.get: over a gap it is often undecided; name the path"})
		}
		return false
	})
	return out
}
