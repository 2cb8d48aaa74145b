package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/cmd/internal/suppressions"
	"github.com/probity-scan/probity/policies"
)

// maxSuppressions bounds a file that is read for suppressions, in bytes: exports of Security Hub are large.
const maxSuppressions = 64 << 20

func waiveImportCommand(stdin io.Reader, stdout io.Writer) *cobra.Command {
	var f waiveFlags
	var dry bool
	c := &cobra.Command{
		Use:   "import FILE… --scan SCAN",
		Short: "Take over what a team told another scanner to let be",
		Long: `Import reads suppressions of other scanners, and waives the findings of a saved scan that they
speak of, each with the digest of the facts that decide it. What finds no counterpart is listed.

FILE is code with comments (checkov:skip, trivy:ignore, tfsec:ignore, kics-scan), .checkov.yaml,
.checkov.baseline, kics.config, .trivyignore, a mutelist of Prowler, findings of Security Hub as
aws securityhub get-findings writes them, or a folder with such files.`,
		Example: `  probity scan -o json=scan.json .
  probity waive import --scan scan.json --owner data@example.org --until 2027-01-31 .`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("name files or folders, as in: probity waive import .checkov.yaml")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if err := f.check(); err != nil {
				return err
			}
			return f.takeOver(args, dry, stdin, stdout)
		},
	}
	f.flags(c)
	c.Flags().Lookup("reason").Usage = "why it may be so, where a suppression does not say"
	c.Flags().Lookup("until").Usage = "last day on which they hold; one that a suppression names and that comes sooner is kept"
	c.Flags().BoolVar(&dry, "dry-run", false, "write the waivers to stdout, and no file")
	return c
}

func (f waiveFlags) takeOver(names []string, dry bool, stdin io.Reader, stdout io.Writer) error {
	said, err := readSuppressions(names)
	if err != nil {
		return err
	}
	catalogue, err := policies.Catalogue()
	if err != nil {
		return err
	}
	scan, closing, err := openScan(f.scan, stdin)
	if err != nil {
		return fmt.Errorf("--scan: %w", err)
	}
	defer closing()
	found, err := suppressions.Match(scan, said, catalogue, scan.Started)
	if err != nil {
		return err
	}
	behaviours := map[string]int{}
	for _, r := range scan.Rules {
		behaviours[r.ID] = r.Behaviour
	}
	var ws []config.Waiver
	for _, t := range found.Taken {
		w := f.waiver(t)
		if f.falsePositive {
			w.Behaviour = behaviours[t.Rule]
		}
		ws = append(ws, w)
	}
	say := stdout
	if dry {
		proposal, err := config.AppendWaiver(nil, ws...)
		if err != nil {
			return err
		}
		fmt.Fprintf(stdout, "%s", proposal)
		say = commented{stdout}
	} else if len(ws) > 0 {
		if err := f.append(ws...); err != nil {
			return err
		}
	}
	tell(say, found, len(said))
	return nil
}

// waiver is the entry for what a suppression lets be: in the team's words, until the sooner of two days.
func (f waiveFlags) waiver(t suppressions.Taken) config.Waiver {
	w := config.Waiver{Rule: t.Rule, Asset: t.Asset.ID, Root: t.Asset.Root, Exact: named(t.Asset.ID), Owner: f.owner, Approver: f.approver, Until: f.until, Accepted: t.Accepted}
	w.Reason = fmt.Sprintf("%s (%s %s, %s)", printable(cmp.Or(t.Reason, f.reason)), t.Peer, printable(t.Check), printable(t.At()))
	if f.falsePositive {
		w.Kind = "false-positive"
	}
	if t.Until != "" && (w.Until == "" || t.Until < w.Until) {
		w.Until = t.Until
	}
	return w
}

func tell(w io.Writer, found suppressions.Import, said int) {
	for _, t := range found.Taken {
		fmt.Fprintf(w, "%s: %s %s: %s on %s is waived\n", printable(t.At()), t.Peer, printable(t.Check), t.Rule, printable(t.Asset.ID))
	}
	for _, l := range found.Left {
		fmt.Fprintf(w, "%s: %s is left: %s\n", printable(l.At()), strings.TrimSpace(string(l.Peer)+" "+printable(l.Check)), printable(l.Why))
	}
	fmt.Fprintf(w, "suppressions: %d; waivers: %d; covered by others: %d; left: %d\n", said, len(found.Taken), found.Again, len(found.Left))
}

// commented makes lines comments of YAML, so that a proposal with its report is a file of waivers.
type commented struct{ w io.Writer }

func (c commented) Write(b []byte) (int, error) {
	if _, err := c.w.Write([]byte("# ")); err != nil {
		return 0, err
	}
	return c.w.Write(b)
}

// readSuppressions reads files, and the files of folders that may hold some.
func readSuppressions(names []string) ([]suppressions.Suppression, error) {
	var out []suppressions.Suppression
	for _, name := range names {
		info, err := os.Stat(name)
		if err != nil {
			return nil, fmt.Errorf("reading %s", brief(err))
		}
		if !info.IsDir() {
			said, err := readSuppression(name)
			if err != nil {
				return nil, err
			}
			out = append(out, said...)
			continue
		}
		err = filepath.WalkDir(name, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return fmt.Errorf("reading %s", brief(err))
			case d.IsDir() && slices.Contains([]string{".git", ".terraform", "node_modules"}, d.Name()):
				return fs.SkipDir
			case !d.Type().IsRegular() || !suppressions.Code(filepath.ToSlash(path)):
				return nil
			}
			said, err := readSuppression(path)
			if err != nil { // the rest of the folder goes on
				said = []suppressions.Suppression{{File: filepath.ToSlash(path), Check: "file", Wrong: err.Error()}}
			}
			out = append(out, said...)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func readSuppression(name string) ([]suppressions.Suppression, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("reading %s", brief(err))
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxSuppressions+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s", brief(err))
	}
	if len(text) > maxSuppressions {
		return nil, fmt.Errorf("reading %s: it is larger than %d MiB", name, maxSuppressions>>20)
	}
	said, err := suppressions.Read(strings.TrimPrefix(filepath.ToSlash(name), "./"), text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return said, nil
}
