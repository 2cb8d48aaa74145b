package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/past"
	"github.com/probity-scan/probity/reports/history"
)

// historyExport writes a scan of the history as a file.
func historyExport(f *historyFlags, stdout io.Writer) *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:   "export SCAN",
		Short: "Write a scan of the history as a file (JSON), as probity scan -o json=FILE does",
		Args:  one("a scan of the history"),
		RunE: func(c *cobra.Command, args []string) error {
			p, err := f.look(c.Context())
			if err != nil {
				return err
			}
			defer func() { _ = p.Close() }()
			scan, err := p.Scan(c.Context(), args[0])
			if err != nil {
				return err
			}
			return writeIndex(stdout, out, scan)
		},
	}
	c.Flags().StringVarP(&out, "output", "o", "-", "the file to write; - is stdout")
	return c
}

// clocks is how far those of two machines may differ.
const clocks = 24 * time.Hour

// historyImport takes saved scans into the history.
func historyImport(f *historyFlags, stdin io.Reader, stdout, stderr io.Writer) *cobra.Command {
	var series string
	c := &cobra.Command{
		Use:   "import FILE…",
		Short: "Take saved scans into the history, the oldest first",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) (err error) {
			p, err := f.needed(c.Context(), func(line string) { fmt.Fprintln(stderr, "probity: "+line) })
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, p.Close()) }()
			for _, name := range args {
				scan, closing, err := openScan(name, stdin)
				if err != nil {
					return err
				}
				id, err := takeIn(c.Context(), p, series, scan)
				closing()
				if err != nil {
					return fmt.Errorf("%s: %w", name, err)
				}
				fmt.Fprintln(stdout, id)
			}
			return nil
		},
	}
	c.Flags().StringVar(&series, "series", "", "name of the series that they are of (default: scans of the same targets)")
	return c
}

// takeIn takes in a saved scan, as one of a series; what is refused leaves nothing.
func takeIn(ctx context.Context, p *past.Past, series string, scan probity.Scan) (id string, err error) {
	// One of a time to come would be the last of its series until then, and refuse all others.
	if now := time.Now(); scan.Started.After(now.Add(clocks)) {
		return "", fmt.Errorf("the scan began on %s, and today is %s: make it anew where the clock is right", scan.Started.UTC().Format(time.DateOnly), now.UTC().Format(time.DateOnly))
	}
	if id, err = p.Begin(ctx, history.Run{Series: series, Targets: scan.Targets, Tool: scan.Tool, Started: scan.Started}); err != nil {
		return "", err
	}
	if _, err = p.Take(ctx, id, scan); err != nil {
		return "", errors.Join(err, p.Fail(ctx, id, "it could not be taken in"))
	}
	return id, nil
}

// historyPrune removes what is older than it is kept.
func historyPrune(f *historyFlags, stdout, stderr io.Writer) *cobra.Command {
	c := &cobra.Command{
		Use:   "prune",
		Short: "Remove details that are older than the history keeps them; each scan does so too",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) (err error) {
			p, err := f.needed(c.Context(), func(line string) { fmt.Fprintln(stderr, "probity: "+line) })
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, p.Close()) }()
			if err := p.Prune(c.Context(), f.retention()); err != nil {
				return err
			}
			fmt.Fprintln(stdout, "done")
			return nil
		},
	}
	c.Flags().IntVar(&f.days, "days", -1, "days for which details are kept; 0: for ever (default 400)")
	c.Flags().Lookup("days").DefValue = "0"
	return c
}
