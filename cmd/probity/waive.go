package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/cmd/internal/explain"
)

// waiveFlags are the flags of probity waive.
type waiveFlags struct {
	scan, file              string
	reason, owner, approver string
	until                   string
	falsePositive           bool
}

func waiveCommand(stdin io.Reader, stdout io.Writer) *cobra.Command {
	var f waiveFlags
	c := &cobra.Command{
		Use:   "waive FINDING --scan SCAN",
		Short: "Accept a finding until a day, or say that it is none",
		Long: `Waive appends an entry to .probity/waivers.yaml, with the digest of the facts that decide the
finding: when they change, it lapses. A false positive lapses when the rule changes, and needs
no day. Comments and format of the file stay.

FINDING is a fingerprint as reports show it, or the beginning of one.`,
		Example: `  probity scan -o json=scan.json .
  probity waive 3f9a2c --scan scan.json --reason "made anew every night" --owner data@example.org --until 2027-01-31`,
		Args: one("a finding by its fingerprint, as in: probity waive 3f9a2c --scan scan.json"),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := f.check(); err != nil {
				return err
			}
			scan, closing, err := openScan(f.scan, stdin)
			if err != nil {
				return fmt.Errorf("--scan: %w", err)
			}
			defer closing()
			return f.waive(scan, args[0], stdout)
		},
	}
	f.flags(c)
	c.AddCommand(waiveImportCommand(stdin, stdout))
	return c
}

func (f *waiveFlags) flags(c *cobra.Command) {
	fs := c.Flags()
	fs.StringVar(&f.scan, "scan", "", "the saved scan (JSON); - is stdin")
	fs.StringVar(&f.file, "file", config.WaiversName, "the file to append to; a probity.yaml will do")
	fs.StringVar(&f.reason, "reason", "", "why it may be so, for whoever reads the reports")
	fs.StringVar(&f.owner, "owner", "", "who answers for it")
	fs.StringVar(&f.approver, "approver", "", "who agreed")
	fs.StringVar(&f.until, "until", "", "last day on which it holds: 2027-01-31")
	fs.BoolVar(&f.falsePositive, "false-positive", false, "the finding is wrong: no day is needed, and a changed rule is looked at anew")
}

func (f waiveFlags) check() error {
	for _, x := range []struct{ flag, value string }{{"scan", f.scan}, {"reason", f.reason}, {"owner", f.owner}} {
		if x.value == "" {
			return fmt.Errorf("--%s is missing: a waiver needs --scan, --reason, --owner and --until", x.flag)
		}
	}
	if f.until == "" && f.falsePositive {
		return nil
	}
	if _, err := time.Parse(time.DateOnly, f.until); err != nil {
		return errors.New("--until must be a day such as 2027-01-31")
	}
	return nil
}

func (f waiveFlags) waive(scan probity.Scan, prefix string, stdout io.Writer) error {
	o, finding, err := explain.Finding(scan, prefix)
	if err != nil {
		return err
	}
	w := config.Waiver{Rule: o.Rule, Asset: finding.Asset.ID, Root: finding.Asset.Root, Reason: f.reason, Owner: f.owner, Approver: f.approver, Until: f.until}
	w.Exact = named(w.Asset)
	if finding.Digest != "" {
		w.Accepted = []string{finding.Digest}
	}
	if f.falsePositive {
		w.Kind = string(probity.FalsePositive)
		for _, r := range scan.Rules {
			if r.ID == o.Rule {
				w.Behaviour = r.Behaviour
			}
		}
	}
	if err := f.append(w); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%s: %s on %s is waived\n", f.file, o.Rule, printable(finding.Asset.ID))
	return nil
}

// named reports whether an asset's name would be a pattern of other names too.
func named(asset string) bool { return strings.ContainsAny(asset, "*?") }

// append adds waivers to the file, which is made where it is not there.
func (f waiveFlags) append(ws ...config.Waiver) error {
	before, err := os.ReadFile(f.file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("reading %s", brief(err))
	}
	if len(before) == 0 && f.file == config.WaiversName {
		before = []byte(firstWaivers)
		if err := replace(filepath.FromSlash(config.WaiversSchemaName), []byte(config.WaiversSchema())); err != nil {
			return fmt.Errorf("writing %s", brief(err))
		}
	}
	after, err := config.AppendWaiver(before, ws...)
	if err != nil {
		return fmt.Errorf("%s: %w", f.file, err)
	}
	if err := replace(f.file, after); err != nil {
		return fmt.Errorf("writing %s", brief(err))
	}
	return nil
}

// replace writes a file that is committed, whole or not at all.
func replace(name string, text []byte) error {
	mode := fs.FileMode(0o644)
	if info, err := os.Stat(name); err == nil {
		mode = info.Mode().Perm()
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	temp := filepath.Join(filepath.Dir(name), "."+filepath.Base(name)+".part")
	if err := os.WriteFile(temp, text, mode); err != nil {
		return err
	}
	return os.Rename(temp, name)
}
