package terraform

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// IsPlan reports whether a file that begins like this is a plan or a state as "terraform show -json" writes it, in any order
// of keys: one who sorts them puts the configuration, which may be large, before the versions.
func IsPlan(head []byte) bool {
	dec := jsontext.NewDecoder(transform.NewReader(bytes.NewReader(head), unicode.BOMOverride(transform.Nop)), jsontext.AllowDuplicateNames(true))
	if t, err := dec.ReadToken(); err != nil || t.Kind() != '{' {
		return false
	}
	seen := map[string]bool{}
	for {
		key, err := dec.ReadToken()
		if err != nil || key.Kind() != '"' {
			return false
		}
		name := key.String()
		seen[name] = true
		switch {
		case seen["format_version"] && seen["terraform_version"]:
			return true
		case name == "configuration":
			return ofModules(dec)
		}
		if dec.SkipValue() != nil {
			return false
		}
	}
}

// ofModules reports whether the object that follows is a plan's configuration.
func ofModules(dec *jsontext.Decoder) bool {
	if t, err := dec.ReadToken(); err != nil || t.Kind() != '{' {
		return false
	}
	t, err := dec.ReadToken()
	return err == nil && t.Kind() == '"' && (t.String() == "provider_config" || t.String() == "root_module")
}
