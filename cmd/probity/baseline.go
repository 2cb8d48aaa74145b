package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/gate"
)

func baselineCommand(stdin io.Reader, stdout, stderr io.Writer) *cobra.Command {
	c := &cobra.Command{Use: "baseline", Short: "Keep the findings of a first day, so that only new ones fail"}
	c.AddCommand(baselineWriteCommand(stdin, stdout, stderr))
	return c
}

func baselineWriteCommand(stdin io.Reader, stdout, stderr io.Writer) *cobra.Command {
	var f scanFlags
	var to string
	var prune bool
	c := &cobra.Command{
		Use:   "write SCAN|TARGET…",
		Short: "Write what is found now as the baseline",
		Long: `Write takes a saved scan (-o json=FILE of probity scan, - for stdin) or scans targets, and
writes its findings, one file a root, one finding a line. Commit it. Findings that a scan
proves gone are dropped; those that it did not see are kept.`,
		Example: `  probity baseline write .
  probity baseline write scan.json`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("name a saved scan, or what to scan: probity baseline write ./infra")
			}
			return f.bounds()
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			scan, o, closing, err := f.given(cmd.Context(), args, stdin, stderr)
			if err != nil {
				return err
			}
			defer closing()
			return writeBaseline(scan, o, to, prune, stdout)
		},
	}
	f.addBasic(c.Flags())
	f.flags(c.Flags())
	c.Flags().StringVarP(&to, "output", "o", baselineFolder, "folder to write to, or one file if it ends in .jsonl")
	c.Flags().BoolVar(&prune, "prune", false, "drop also what the scan did not see")
	return c
}

// given opens a saved scan, or scans targets; and says what the gate is asked.
func (f *scanFlags) given(ctx context.Context, args []string, stdin io.Reader, stderr io.Writer) (probity.Scan, gate.Options, func(), error) {
	if len(args) == 1 && saved(args[0]) {
		scan, closing, err := openScan(args[0], stdin)
		if err != nil {
			return scan, gate.Options{}, nil, err
		}
		files, err := f.files(scan.Targets)
		var w weighed
		if err == nil {
			w, err = f.weigh(files, scan.Targets)
		}
		if err != nil {
			closing()
		}
		return scan, w.gate, closing, err
	}
	log, err := f.logger(stderr)
	if err != nil {
		return probity.Scan{}, gate.Options{}, nil, err
	}
	s, err := f.settle(args)
	if err != nil {
		return probity.Scan{}, gate.Options{}, nil, err
	}
	scan, err := f.scan(ctx, s, log, stderr)
	if err == nil {
		err = tellLosses(func(line string) { f.teller(log, stderr)("lost", line) }, scan)
	}
	return scan, s.gate, func() {}, err
}

// saved reports whether an argument is a saved scan and no target: it begins as one.
func saved(arg string) bool {
	if arg == "-" {
		return true
	}
	file, err := os.Open(arg)
	if err != nil {
		return false
	}
	defer file.Close()
	head := make([]byte, len(scanHead))
	_, err = io.ReadFull(file, head)
	return err == nil && string(head) == scanHead
}

const scanHead = `{"format":"` // of a scan file

// writeBaseline writes the findings of a scan to a folder or file, and drops what is gone.
func writeBaseline(scan probity.Scan, o gate.Options, to string, prune bool, stdout io.Writer) error {
	to = filepath.Clean(to)
	before := &gate.Baseline{Name: to}
	if _, err := os.Stat(to); !errors.Is(err, fs.ErrNotExist) {
		if before.Entries, err = readBaseline(to); err != nil {
			return err
		}
	}
	o.Baseline, o.Audit = nil, false
	judged, _, err := gate.Judge(scan, o)
	if err != nil {
		return err
	}
	kept := before
	if prune {
		kept = nil
	}
	entries, err := gate.Entries(judged, o, kept)
	if err != nil {
		return err
	}
	byFile := map[string][]gate.Entry{}
	for _, e := range entries {
		name := to
		if !oneFile(to) {
			name = filepath.Join(to, filepath.FromSlash(gate.BaselineFile(e.Root)))
		}
		byFile[name] = append(byFile[name], e)
	}
	if oneFile(to) && len(entries) == 0 {
		byFile[to] = nil
	}
	for name, es := range byFile {
		if err := writeEntries(name, es); err != nil {
			return fmt.Errorf("writing baseline: %s", brief(err))
		}
	}
	if err := dropOthers(to, byFile); err != nil {
		return fmt.Errorf("writing baseline: %s", brief(err))
	}
	added, dropped := changes(before.Entries, entries)
	fmt.Fprintf(stdout, "%d findings in %s: %d added, %d dropped\n", len(entries), filepath.ToSlash(to), added, dropped)
	return nil
}

func oneFile(name string) bool { return strings.HasSuffix(name, ".jsonl") }

func writeEntries(name string, entries []gate.Entry) error {
	var b bytes.Buffer
	if err := gate.WriteBaseline(&b, entries); err != nil {
		return err
	}
	return replace(name, b.Bytes())
}

// dropOthers removes files of a baseline's folder whose findings are all gone.
func dropOthers(to string, written map[string][]gate.Entry) error {
	if oneFile(to) {
		return nil
	}
	err := filepath.WalkDir(to, func(p string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && oneFile(p) && written[p] == nil {
			return os.Remove(p)
		}
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// changes counts what is new in a baseline, and what is not there any more.
func changes(before, after []gate.Entry) (added, dropped int) {
	key := func(e gate.Entry) string { return e.Fingerprint + e.Digest }
	was, is := map[string]bool{}, map[string]bool{}
	for _, e := range before {
		was[key(e)] = true
	}
	for _, e := range slices.Compact(after) {
		is[key(e)] = true
		if !was[key(e)] {
			added++
		}
	}
	for k := range was {
		if !is[k] {
			dropped++
		}
	}
	return added, dropped
}
