package terraform

import (
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/terraform/config"
	"github.com/probity-scan/probity/scanners/kinds"
)

func supply(kind probity.Kind, root string) probity.Supply {
	return probity.Supply{Kind: kind, Class: kinds.ClassOf(kind), Scope: probity.Scope{Provider: "aws"}, On: probity.Ref{Root: root, ID: "."}}
}

// results are the assets, and one coverage for each kind and loss.
func results(root string, e *estate, losses []config.Loss) []probity.Found {
	var out []probity.Found
	for _, a := range e.assets() {
		out = append(out, a)
	}
	for _, s := range Supplies(root) {
		whole := true
		for _, l := range losses {
			if l.Type == "" || slices.Contains(typesOf(s.Kind), l.Type) {
				whole = false
				out = append(out, probity.Coverage{Supply: s, Gap: &l.Gap, Origin: l.Origin})
			}
		}
		if whole {
			out = append(out, probity.Coverage{Supply: s})
		}
	}
	return out
}

// typesOf are the resource types that are a kind's assets or may set a part of them.
func typesOf(kind probity.Kind) []string {
	for _, s := range services() {
		if types, ok := s.kinds[kind]; ok {
			return types
		}
	}
	return nil
}

// IsPlan reports whether a file that begins like this is a plan as JSON.
func IsPlan(head []byte) bool {
	text := strings.TrimLeft(string(head), " \t\r\n\ufeff")
	return strings.HasPrefix(text, "{") && strings.Contains(text, `"format_version"`) && strings.Contains(text, `"terraform_version"`)
}
