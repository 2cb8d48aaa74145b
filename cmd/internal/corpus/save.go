package corpus

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Save writes infra/ and plan.json into a folder.
func (c *Corpus) Save(dir string) error {
	for name, lines := range c.files {
		if err := write(filepath.Join(dir, "infra", filepath.FromSlash(name)), []byte(strings.Join(lines, "\n")+"\n")); err != nil {
			return err
		}
	}
	root := object{"resources": c.planned[""], "child_modules": c.children()}
	b, err := json.Marshal(object{"format_version": "1.2", "terraform_version": "1.9.5", "variables": c.values, "planned_values": object{"root_module": root}, "resource_changes": c.changes,
		"configuration": object{"provider_config": object{"aws": object{"name": "aws", "full_name": "registry.terraform.io/hashicorp/aws", "expressions": object{"region": object{"constant_value": "eu-central-1"}}}}, "root_module": c.root}})
	if err != nil {
		return fmt.Errorf("writing the plan: %w", err)
	}
	return write(filepath.Join(dir, "plan.json"), b)
}

// children are the modules of the root with those in them, as a plan nests them.
func (c *Corpus) children() []any {
	below, resources := map[string][]any{}, map[string][]any{}
	for _, address := range slices.Sorted(maps.Keys(c.planned)) {
		outer, _, nested := strings.Cut(address, ".module.")
		switch {
		case nested:
			below[outer] = append(below[outer], object{"address": address, "resources": c.planned[address]})
		case address == "":
			continue
		default:
			below[outer], resources[outer] = nil, c.planned[address]
		}
	}
	var out []any
	for _, address := range slices.Sorted(maps.Keys(below)) {
		module := object{"address": address}
		if r := resources[address]; r != nil {
			module["resources"] = r
		}
		if b := below[address]; b != nil {
			module["child_modules"] = b
		}
		out = append(out, module)
	}
	return out
}

func write(file string, b []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		return err
	}
	return os.WriteFile(file, b, 0o600)
}
