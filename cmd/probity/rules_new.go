package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/probity-scan/probity/policies"
	"github.com/probity-scan/probity/policies/workshop"
)

// schemaOfInput is where OPA's tools find the schema that rules of a folder name as schema.input.
const schemaOfInput = "schemas/input.json"

func newRuleCommand(stdout io.Writer) *cobra.Command {
	var dir string
	c := &cobra.Command{
		Use:   "new TOPIC/NAME",
		Short: "Write a rule to begin with, its tests and its examples, which pass",
		Long: `New writes three files: the rule, its tests in Rego, and examples of sources with the verdicts
expected of them. All pass as they are written: change them to what you want to say.
schemas/input.json tells editors and opa check what rules see.`,
		Example: `  probity rules new backup/month-of-backups --dir policies
  probity rules test policies --watch`,
		Args: one("the rule: TOPIC/NAME, such as backup/month-of-backups"),
		RunE: func(_ *cobra.Command, args []string) error { return writeRule(dir, args[0], stdout) },
	}
	c.Flags().StringVar(&dir, "dir", ".", "folder of your rules")
	return c
}

// writeRule writes all files, or none where one is there.
func writeRule(dir, name string, stdout io.Writer) error {
	files, err := workshop.New(name)
	if err != nil {
		return err
	}
	names := slices.Sorted(maps.Keys(files))
	for _, f := range names {
		if _, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(f))); !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s is there already: choose another name, or remove it", filepath.Join(dir, filepath.FromSlash(f)))
		}
	}
	schema, err := policies.InputSchema()
	if err != nil {
		return err
	}
	files[schemaOfInput] = string(schema)
	for _, f := range append(names, schemaOfInput) {
		p := filepath.Join(dir, filepath.FromSlash(f))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			return fmt.Errorf("writing %s", brief(err))
		}
		if err := replace(p, []byte(files[f])); err != nil {
			return fmt.Errorf("writing %s", brief(err))
		}
		fmt.Fprintln(stdout, p)
	}
	return nil
}
