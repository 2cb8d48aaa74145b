package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
)

func gateCommand(stdin io.Reader, stdout, stderr io.Writer) *cobra.Command {
	var g gateFlags
	c := &cobra.Command{
		Use:   "gate SCAN",
		Short: "Apply thresholds, waivers and baseline to a saved scan",
		Long: `Gate decides over a scan that was saved by probity scan -o json=FILE, so that one job
reports and another blocks. - reads it from stdin. Its flags are those of probity scan;
probity.yaml here and in the targets that the scan names counts as it does there. What the
scan itself found of waivers is weighed anew; what it was compared with stays, unless a
baseline is given.`,
		Example: `  probity scan --exit-zero -o json=scan.json -o sarif=probity.sarif .
  probity gate --fail-on high scan.json`,
		Args: one("a saved scan, as in: probity gate scan.json"),
		RunE: func(_ *cobra.Command, args []string) error {
			scan, closing, err := openScan(args[0], stdin)
			if err != nil {
				return err
			}
			defer closing()
			files, err := g.files(scan.Targets)
			if err != nil {
				return err
			}
			w, err := g.weigh(files)
			if err != nil {
				return err
			}
			out, err := openOutputs(w.outputs, stdout)
			if err != nil {
				return err
			}
			defer out.discard()
			scan.Trouble = append(append(scan.Trouble, w.trouble...), configTrouble(files)...)
			return g.conclude(scan, w.gate, out, func(_, line string) { fmt.Fprintln(stderr, "probity: "+line) }, stdout, stderr)
		},
	}
	g.add(c.Flags())
	return c
}

// one wants a single argument.
func one(what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != 1 {
			return fmt.Errorf("name %s", what)
		}
		return nil
	}
}

// openScan opens a saved scan; - is stdin, kept in a file while it is walked.
func openScan(path string, stdin io.Reader) (scan probity.Scan, closing func(), err error) {
	var f *os.File
	remove := func() {}
	if path == "-" {
		if f, err = os.CreateTemp("", "probity-*.json"); err == nil {
			name := f.Name()
			remove = func() { _ = os.Remove(name) }
			_, err = io.Copy(f, stdin)
		}
	} else {
		f, err = os.Open(path)
	}
	closing = func() {
		if f != nil {
			_ = f.Close()
		}
		remove()
	}
	if err != nil {
		closing()
		return scan, nil, fmt.Errorf("reading scan: %s", brief(err))
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New(path + " is no file; - reads from stdin")
	}
	if err == nil {
		scan, err = reports.Read(f, info.Size())
	}
	if err != nil {
		closing()
		return scan, nil, fmt.Errorf("%s: %w", path, err)
	}
	return scan, closing, nil
}
