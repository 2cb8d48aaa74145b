package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/scanners/personaldata"
	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

// listed is a detector as --json writes it.
type listed struct {
	ID       string           `json:"id"`
	Title    string           `json:"title"`
	Category probity.Category `json:"category"`
	Country  string           `json:"country,omitempty"`
	Alone    float64          `json:"alone"` // confidence without anything around that names it
	Named    float64          `json:"named"`
	Checked  bool             `json:"checked"` // has check digits
	Words    []string         `json:"words"`
}

func detectorsCommand(stdout io.Writer) *cobra.Command {
	var asJSON bool
	var file string
	c := &cobra.Command{
		Use: "detectors", Short: "List the detectors of personal data", Args: cobra.NoArgs,
		Long: "Detectors lists what is looked for: with --config, what is left of it and what the file adds.",
		RunE: func(*cobra.Command, []string) error {
			all, err := detectorsOf(file)
			if err != nil {
				return err
			}
			if asJSON {
				out := make([]listed, len(all))
				for i, d := range all {
					out[i] = listed{d.ID, d.Title, d.Category, d.Country, d.Alone, d.Named, d.Chance > 0, d.Words}
				}
				return writeJSON(stdout, out)
			}
			w := tabwriter.NewWriter(stdout, 0, 0, 2, ' ', 0)
			fmt.Fprintln(w, "ID\tCATEGORY\tCOUNTRY\tALONE\tNAMED\tTITLE")
			for _, d := range all {
				fmt.Fprintf(w, "%s\t%s\t%s\t%.2f\t%.2f\t%s\n", d.ID, d.Category, d.Country, d.Alone, d.Named, d.Title)
			}
			return w.Flush()
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	c.Flags().StringVar(&file, "config", "", "file whose detectors section counts")
	return c
}

// detectorsOf gives the detectors that a file chooses; without a file all.
func detectorsOf(file string) ([]detectors.Detector, error) {
	if file == "" {
		return detectors.All(), nil
	}
	l, err := config.Load(file, true)
	if err != nil {
		return nil, err
	}
	if len(l.Trouble) > 0 {
		return nil, fmt.Errorf("%s", l.Trouble[0])
	}
	all, err := chosen([]config.Loaded{l})
	if all == nil && err == nil {
		all = detectors.All()
	}
	return all, err
}

// chosen gives the detectors of files of configuration, or nil for all of them.
func chosen(files []config.Loaded) ([]detectors.Detector, error) {
	var choice personaldata.Choice
	for _, l := range files {
		f := l.File.Detectors
		choice.Only, choice.Off = append(choice.Only, f.Only...), append(choice.Off, f.Off...)
		for _, c := range f.Custom {
			choice.Custom = append(choice.Custom, detectors.Custom(c))
		}
	}
	if len(choice.Only)+len(choice.Off)+len(choice.Custom) == 0 {
		return nil, nil
	}
	all, err := personaldata.Choose(choice)
	if err != nil {
		return nil, fmt.Errorf("reading configuration: %w", err)
	}
	return all, nil
}
