package reports

import _ "embed"

//go:embed scan.schema.json
var schema string

// Schema is the JSON Schema (draft 2020-12) of what [JSON] writes, generated from the Go types by the package's tests.
func Schema() string { return schema }
