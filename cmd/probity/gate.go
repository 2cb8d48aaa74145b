package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/gate"
)

func gateCommand(stdin io.Reader, stdout, stderr io.Writer) *cobra.Command {
	var g gateFlags
	var base, since string
	c := &cobra.Command{
		Use:   "gate SCAN",
		Short: "Apply thresholds, waivers and baseline to a saved scan",
		Long: `Gate decides over a scan that was saved by probity scan -o json=FILE, so that one job
reports and another blocks. - reads it from stdin. Its flags are those of probity scan;
probity.yaml here and in the targets that the scan names counts as it does there. What the
scan itself found of waivers is weighed anew; what it was compared with stays, unless a
baseline is given. For a scan that judged a change, say --since here too, or the change
chooses by what it is judged.`,
		Example: `  probity scan --exit-zero -o json=scan.json -o sarif=probity.sarif .
  probity gate --fail-on high scan.json
  probity scan --exit-zero --since origin/main -o json=scan.json .
  probity gate --since origin/main scan.json`,
		Args: one("a saved scan, as in: probity gate scan.json"),
		RunE: func(cmd *cobra.Command, args []string) error {
			scan, closing, err := openScan(args[0], stdin)
			if err != nil {
				return err
			}
			defer closing()
			say := func(_, line string) { fmt.Fprintln(stderr, "probity: "+line) }
			switch {
			case base != "" && since != "":
				return errors.New("--base names a scan to compare with, --since a revision that the scan was compared with: use one")
			case since != "" && scan.Base == nil:
				return fmt.Errorf("--since: %s was compared with nothing: write it by probity scan --since %s", args[0], since)
			case since != "":
				if g.base, err = snapshotOf(cmd.Context(), since, scan.Targets); err != nil {
					return err
				}
				defer g.base.Close()
				g.countsAsItWas(scan.Targets, func(line string) { say("notice", line) })
			}
			files, err := g.files(scan.Targets)
			if err != nil {
				return err
			}
			w, err := g.weigh(files, scan.Targets)
			if err != nil {
				return err
			}
			out, err := openOutputs(w.outputs, stdout)
			if err != nil {
				return err
			}
			defer out.discard()
			out.categories, out.language = w.categories, w.language
			if out.key, err = evidenceKey(g.evidenceKey); err != nil {
				return err
			}
			switch {
			case since != "":
				if err := g.propose(&w, scan.Targets); err != nil {
					return err
				}
				w.gate.Base.Judged = true
			case base != "":
				before, closing, err := openScan(base, stdin)
				if err != nil {
					return fmt.Errorf("--base: %w", err)
				}
				defer closing()
				w.gate.Base = &gate.Base{Name: base, Scan: before, Waivers: own(w.gate.Waivers)}
			}
			scan.Trouble = append(append(scan.Trouble, w.trouble...), configTrouble(files)...)
			return g.conclude(scan, w.gate, out, say, stdout, stderr)
		},
	}
	g.add(c.Flags())
	c.Flags().StringVar(&base, "base", "", "an earlier scan (JSON): only what is new or worse fails")
	c.Flags().StringVar(&since, "since", "", "the revision that the scan was compared with by its --since: the configuration of that counts, not what the change says in it")
	return c
}

// own are the waivers as a base knows them: of two scans nobody can tell which waiver came with the change.
func own(ws []gate.Waiver) []probity.Waiver {
	var out []probity.Waiver
	for _, w := range ws {
		out = append(out, w.Waiver)
	}
	return out
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
