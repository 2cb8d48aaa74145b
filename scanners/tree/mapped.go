package tree

import (
	"path/filepath"

	"github.com/probity-scan/probity"
)

// mapped gives the folders of a target that stand for modules, by the prefix of their sources. Those elsewhere are no roots of it.
func mapped(u probity.Unit) map[string]string {
	out := map[string]string{}
	top, err := filepath.Abs(u.Target)
	if err != nil {
		return out
	}
	for prefix, dir := range u.Asks.Code.Modules {
		if abs, err := filepath.Abs(dir); err == nil {
			if rel, err := filepath.Rel(top, abs); err == nil && filepath.IsLocal(rel) {
				out[prefix] = filepath.ToSlash(rel)
			}
		}
	}
	return out
}
