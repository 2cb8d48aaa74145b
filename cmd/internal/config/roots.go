package config

import (
	"encoding/json"
	"fmt"
	"path"
	"path/filepath"

	"github.com/probity-scan/probity"
)

// Roots are the declared ones, in the vocabulary.
func (l *Loaded) Roots() []probity.Root {
	var out []probity.Root
	for _, r := range l.File.Roots {
		root := probity.Root{Path: path.Clean(filepath.ToSlash(r.Path)), VarFiles: r.VarFiles, Workspace: r.Workspace, Variables: map[string]string{}}
		for name, v := range r.Variables {
			root.Variables[name] = variable(v)
		}
		out = append(out, root)
	}
	return out
}

// variable is a value as --var takes it: lists and maps are expressions, which JSON's are too.
func variable(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []any, map[string]any:
		if b, err := json.Marshal(v); err == nil {
			return string(b)
		}
	}
	return fmt.Sprint(v)
}
