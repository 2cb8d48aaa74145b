package main

import (
	_ "embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/policies"
	"github.com/probity-scan/probity/reports/gate"
)

//go:embed first.probity.yaml
var firstConfig string

//go:embed first.waivers.yaml
var firstWaivers string

func initCommand(stdout io.Writer) *cobra.Command {
	var force bool
	c := &cobra.Command{
		Use:   "init [FOLDER]",
		Short: "Write a probity.yaml to begin with, and the schemas by which editors complete it",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			dir := "."
			if len(args) == 1 {
				dir = args[0]
			}
			return begin(dir, force, stdout)
		},
	}
	c.Flags().BoolVar(&force, "force", false, "replace what is there")
	return c
}

// begin writes all files, or none where one is there.
func begin(dir string, force bool, stdout io.Writer) error {
	files := []struct{ name, text string }{
		{config.Name, strings.Replace(firstConfig, "VERSION", ruleVersion(), 1)}, {config.WaiversName, firstWaivers},
		{config.SchemaName, config.Schema()}, {config.WaiversSchemaName, config.WaiversSchema()},
	}
	for _, f := range files {
		if _, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(f.name))); !errors.Is(err, fs.ErrNotExist) && !force {
			return fmt.Errorf("%s is there already: --force replaces it", filepath.Join(dir, f.name))
		}
	}
	for _, f := range files {
		if err := replace(filepath.Join(dir, filepath.FromSlash(f.name)), []byte(f.text)); err != nil {
			return fmt.Errorf("writing %s", brief(err))
		}
		fmt.Fprintln(stdout, filepath.Join(dir, f.name))
	}
	return nil
}

// ruleVersion is the version that a first configuration asks the rules of: this one's release, or all.
func ruleVersion() string {
	if v := regexp.MustCompile(`^v?(\d+\.\d+\.\d+)$`).FindStringSubmatch(versionText()); v != nil {
		return v[1]
	}
	return gate.Latest
}

func schemaCommand(stdout io.Writer) *cobra.Command {
	return &cobra.Command{
		Use:       "schema config|waivers|input",
		Short:     "Print the JSON Schema of probity.yaml, of the file of waivers, or of what rules see",
		ValidArgs: []string{"config", "waivers", "input"},
		Args:      cobra.MatchAll(one("a schema: config, waivers or input"), cobra.OnlyValidArgs),
		RunE: func(_ *cobra.Command, args []string) error {
			text := config.Schema()
			switch args[0] {
			case "waivers":
				text = config.WaiversSchema()
			case "input":
				b, err := policies.InputSchema()
				if err != nil {
					return err
				}
				text = string(b)
			}
			_, err := io.WriteString(stdout, text)
			return err
		},
	}
}
