package news

import _ "embed"

//go:embed message.schema.json
var schema string

// Schema is the JSON Schema of a [Message], generated from the Go types by the package's tests.
func Schema() string { return schema }
