package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/inventory"
	"github.com/probity-scan/probity/cmd/internal/pipeline"
	"github.com/probity-scan/probity/reports"
)

func inventoryCommand(stdin io.Reader, stdout io.Writer) *cobra.Command {
	c := &cobra.Command{
		Use:   "inventory",
		Short: "Hand on what scans found in stores",
		Args:  cobra.NoArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(exportCommand(stdin, stdout))
	return c
}

func exportCommand(stdin io.Reader, stdout io.Writer) *cobra.Command {
	var labels bool
	var stores []string
	var out string
	c := &cobra.Command{
		Use:   "export --labels --store PATTERN… SCAN",
		Short: "Write the index of labels that a build needs to judge changes to stores",
		Long: `Export writes which kinds of personal data are in the stores that you name, and how much,
for "probity scan --inventory". The index holds no value, and no name: stores are found in it
only by who knows their ARN or name, and it tells nothing of columns, objects or settings.`,
		Example: `  probity inventory export --labels --store 'arn:aws:s3:::shop-*' -o labels.json nightly.json
  probity scan --inventory labels.json plan.json`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if !labels {
				return errors.New("say what to export: --labels")
			}
			if len(stores) == 0 {
				return errors.New("say which stores: --store PATTERN over their ARNs and names; --store '*' is all of them")
			}
			scan, shut, err := openScan(args[0], stdin)
			if err != nil {
				return err
			}
			defer shut()
			index, err := inventory.Labels(scan, func(a probity.Asset) bool {
				return slices.ContainsFunc(stores, func(p string) bool { return pipeline.Matches(p, a) })
			})
			if err != nil {
				return err
			}
			return writeIndex(stdout, out, index)
		},
	}
	fs := c.Flags()
	fs.BoolVar(&labels, "labels", false, "the labels: categories, detectors, counts and dates")
	fs.StringArrayVar(&stores, "store", nil, "pattern over IDs, ARNs and names of stores; * is any text (repeatable)")
	fs.StringVarP(&out, "output", "o", "-", "the file to write; - is stdout")
	return c
}

func writeIndex(stdout io.Writer, name string, index probity.Scan) error {
	if name == "-" {
		return reports.JSON(stdout, index)
	}
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("--output: %w", err)
	}
	if err := reports.JSON(f, index); err != nil {
		_ = f.Close()
		return fmt.Errorf("--output %s: %w", name, err)
	}
	return f.Close()
}

// openInventory opens what --inventory names; no name: nothing is known from before.
func openInventory(name string, stdin io.Reader) (probity.Prior, error) {
	if name == "" {
		return nil, nil
	}
	scan, shut, err := openScan(name, stdin)
	if err != nil {
		return nil, fmt.Errorf("--inventory: %w", err)
	}
	defer shut()
	return inventory.Read(scan)
}
