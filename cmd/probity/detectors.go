package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/sirupsen/logrus"
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

func detectorsCommand(stdin io.Reader, stdout io.Writer) *cobra.Command {
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
	c.AddCommand(hashCommand(stdin, stdout))
	return c
}

// hashCommand makes the digests that detectors.known takes.
func hashCommand(stdin io.Reader, stdout io.Writer) *cobra.Command {
	return &cobra.Command{
		Use: "hash", Short: "Write digests of known test data for detectors.known", Args: cobra.NoArgs,
		Long: `Hash reads values on stdin, one a line, and writes a digest of each for detectors.known in probity.yaml: it does
not tell the value, and counts only where scans have the key of this installation.`,
		Example: `  probity detectors hash < test-cards.txt`,
		RunE: func(*cobra.Command, []string) error {
			key, err := installationKey(logrus.New())()
			if err != nil {
				return err
			}
			in := bufio.NewScanner(stdin)
			for in.Scan() {
				if v := bytes.TrimSpace(in.Bytes()); len(v) > 0 {
					if _, err := fmt.Fprintln(stdout, detectors.Digest(v, key)); err != nil {
						return err
					}
				}
			}
			if err := in.Err(); err != nil {
				return fmt.Errorf("reading values: %w", err)
			}
			return nil
		},
	}
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
		choice.Known = append(choice.Known, f.Known...)
		for _, c := range f.Custom {
			choice.Custom = append(choice.Custom, detectors.Custom(c))
		}
	}
	if len(choice.Only)+len(choice.Off)+len(choice.Custom)+len(choice.Known) == 0 {
		return nil, nil
	}
	if slices.ContainsFunc(choice.Known, func(e string) bool { return strings.HasPrefix(e, detectors.Keyed) }) {
		var err error
		if choice.Key, err = installationKey(logrus.New())(); err != nil {
			return nil, fmt.Errorf("comparing known test data: %w", err)
		}
	}
	all, err := personaldata.Choose(choice)
	if err != nil {
		return nil, fmt.Errorf("reading configuration: %w", err)
	}
	return all, nil
}

// sought is a digest of what a scan looks for, and by which version of the program.
func sought(files []config.Loaded) string {
	h := sha256.New()
	fmt.Fprintln(h, versionText())
	for _, l := range files {
		fmt.Fprintf(h, "%+v\n", l.File.Detectors)
	}
	return hex.EncodeToString(h.Sum(nil))
}
