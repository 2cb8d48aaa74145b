package config

import _ "embed"

//go:embed probity.schema.json
var schema string

//go:embed waivers.schema.json
var waiversSchema string

// The names of the schemas, beside the file of waivers.
const (
	SchemaName        = ".probity/probity.schema.json"
	WaiversSchemaName = ".probity/waivers.schema.json"
)

// Schema is the JSON Schema of probity.yaml, generated from [File] by the package's tests.
func Schema() string { return schema }

// WaiversSchema is the JSON Schema of the file of waivers.
func WaiversSchema() string { return waiversSchema }
