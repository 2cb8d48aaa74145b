package config

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// invalid says what is wrong with a file. The parser's own text may quote the file, which may hold secrets: only those of
// its summaries are passed on that are the same for every file.
func invalid(d *hcl.Diagnostic) string {
	const text = "not valid Terraform"
	if slices.Contains(fixedSummaries(), d.Summary) || slices.Contains(labelSummaries(), d.Summary) {
		return text + ": " + strings.ToLower(d.Summary[:1]) + d.Summary[1:]
	}
	return text
}

// labelSummaries are those of blocks with fewer or more labels than the schema names.
func labelSummaries() []string {
	var out []string
	for _, b := range fileSchema().Blocks {
		out = append(out, "Extraneous label for "+b.Type)
		for _, l := range b.LabelNames {
			out = append(out, "Missing "+l+" for "+b.Type)
		}
	}
	return out
}

// fixedSummaries are those of parsing, as hclsyntax and hcl/json write them.
func fixedSummaries() []string {
	return []string{
		"Argument definition required", "Argument or block definition required", "Attribute name required", "Attribute redefined",
		"Duplicate argument", "Duplicate attribute definition", "Duplicate object key",
		"Extra characters after expression", "Extra characters after interpolation expression", "Extraneous JSON object property",
		"Extraneous data after value", "Incorrect JSON value type", "Index value required",
		"Invalid 'for' condition", "Invalid 'for' directive", "Invalid 'for' expression", "Invalid JSON keyword",
		"Invalid JSON number", "Invalid JSON string", "Invalid argument name", "Invalid array value", "Invalid attribute name",
		"Invalid block definition", "Invalid character", "Invalid character encoding", "Invalid escape sequence", "Invalid expression",
		"Invalid legacy index syntax", "Invalid multi-line string", "Invalid number literal", "Invalid object property name",
		"Invalid single-argument block definition", "Invalid start of value", "Invalid string literal", "Invalid template control keyword",
		"Invalid template directive", "Mismatched braces", "Mismatched brackets", "Missing JSON value", "Missing argument separator",
		"Missing array element value", "Missing attribute separator", "Missing attribute value", "Missing block label",
		"Missing close bracket on index", "Missing close bracket on splat index", "Missing closing parenthesis", "Missing expression",
		"Missing false expression in conditional", "Missing function name", "Missing item separator", "Missing key/value separator",
		"Missing newline after block definition", "Missing object value", "Missing open parenthesis", "Missing property value colon",
		"Missing value", "Nested splat expression not allowed", "Root value must be object", "Trailing comma in array",
		"Trailing comma in object", "Unbalanced parentheses", "Unclosed configuration block", "Unclosed configuration body",
		"Unclosed index brackets", "Unclosed object", "Unclosed template interpolation sequence", "Unexpected else directive",
		"Unexpected end of template", "Unsupported operator", "Unterminated function call", "Unterminated object constructor expression",
		"Unterminated string literal", "Unterminated template string", "Unterminated tuple constructor expression", "Variable name required",
	}
}
