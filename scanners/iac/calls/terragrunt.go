package calls

import (
	"bytes"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// IsTerragrunt reports whether a file of that name is Terragrunt's: of a unit, or of what units include, or of a stack of units.
func IsTerragrunt(name string) bool {
	return name == "terragrunt.hcl" || name == "terragrunt.stack.hcl"
}

// Units counts the Terragrunt units that a file declares. One of a unit has a source, or includes what may have it, or stands
// beside Terraform; what units only include is none. A file that is malformed may be a unit.
func Units(name string, b []byte, beside bool) int {
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	if deep(b) || !utf8.Valid(b) {
		return 1
	}
	f, bad := hclsyntax.ParseConfig(b, name, hcl.InitialPos)
	if f == nil || bad.HasErrors() {
		return 1
	}
	body, ok := f.Body.(*hclsyntax.Body)
	if !ok {
		return 1
	}
	n, unit := 0, beside
	for _, b := range body.Blocks {
		switch b.Type {
		case "unit", "stack":
			n++
		case "include":
			unit = true
		case "terraform":
			unit = unit || b.Body.Attributes["source"] != nil
		}
	}
	if name == "terragrunt.hcl" {
		n = 0
		if unit {
			n = 1
		}
	}
	return n
}
