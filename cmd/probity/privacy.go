package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/gate"
	"github.com/probity-scan/probity/reports/language"
	"github.com/probity-scan/probity/reports/privacy"
)

// paperFlags are the flags of commands that write papers of the privacy office.
type paperFlags struct {
	gateFlags
	scan   string
	asJSON bool
	in     *language.Language // of papers, once the files are read; JSON is always English
}

func (f *paperFlags) flags(fs *pflag.FlagSet) {
	fs.StringVar(&f.scan, "scan", "", "the saved scan (JSON); - is stdin")
	fs.StringVar(&f.config, "config", "", "configuration whose activities count, besides probity.yaml here and in the targets of the scan")
	fs.StringVar(&f.now, "now", "", "the time that counts as now, RFC 3339; also SOURCE_DATE_EPOCH")
	fs.StringArrayVarP(&f.outputs, "output", "o", nil, "write `FORMAT=FILE` with one of "+strings.Join(paperFormats(), ", ")+"; - is stdout (repeatable; default markdown=-)")
	fs.StringVar(&f.lang, "lang", "", langHelp())
	fs.BoolVar(&f.asJSON, "json", false, "write JSON on stdout")
	fs.BoolVar(&f.exitZero, "exit-zero", false, "exit 0 whatever differs or is not known; wrong usage still exits 2")
}

func paperFormats() []string { return []string{"html", "markdown", "csv", "json"} }

// office is what a paper is made from.
type office struct {
	*privacy.Estate
	scan  probity.Scan
	close func()
}

// open reads the scan and what is declared.
func (f *paperFlags) open(stdin io.Reader) (office, error) {
	if f.scan == "" {
		return office{}, errors.New("name the scan that tells of the stores: --scan FILE, written by probity scan -o json=FILE")
	}
	scan, shut, err := openScan(f.scan, stdin)
	if err != nil {
		return office{}, fmt.Errorf("--scan: %w", err)
	}
	estate, err := f.estate(scan)
	if err != nil {
		shut()
		return office{}, err
	}
	return office{estate, scan, shut}, nil
}

func (f *paperFlags) estate(scan probity.Scan) (*privacy.Estate, error) {
	now, err := f.clock()
	if err != nil {
		return nil, err
	}
	files, err := f.files(scan.Targets)
	if err != nil {
		return nil, err
	}
	if f.in, err = f.language(files); err != nil {
		return nil, err
	}
	var said privacy.Declared
	for _, l := range files {
		said.Join(l.Register())
	}
	scan.Trouble = append(scan.Trouble, configTrouble(files)...)
	return privacy.Of(scan, said, now)
}

// paper is what all papers can do.
type paper interface {
	Paper(in *language.Language) reports.Paper
}

// write writes the paper; differs says that something in it asks to be mended.
func (f *paperFlags) write(stdout io.Writer, e *privacy.Estate, p paper, differs bool) error {
	var specs []spec
	for _, o := range f.outputs {
		specs = append(specs, spec{text: o})
	}
	switch {
	case f.asJSON:
		specs = append(specs, spec{text: "json=-"})
	case len(specs) == 0:
		specs = append(specs, spec{text: "markdown=-"})
	}
	out, err := openOutputsIn(paperFormats(), specs, stdout)
	if err != nil {
		return err
	}
	defer out.discard()
	err = out.each(func(o output) error {
		switch o.format {
		case "html":
			return p.Paper(f.in).HTML(o.w)
		case "markdown":
			return p.Paper(f.in).Markdown(o.w)
		case "csv":
			return p.Paper(f.in).CSV(o.w)
		}
		return writeJSON(o.w, p)
	})
	switch {
	case err != nil:
		return err
	case f.exitZero:
		return nil
	case differs:
		return exit{code: gate.Findings}
	case e.Lost > 0:
		return exit{code: gate.Incomplete}
	}
	return nil
}

// put writes the paper that is made of the scan.
func (f *paperFlags) put(stdin io.Reader, stdout io.Writer, of func(*privacy.Estate) (paper, bool, error)) error {
	o, err := f.open(stdin)
	if err != nil {
		return err
	}
	defer o.close()
	p, differs, err := of(o.Estate)
	if err != nil {
		return err
	}
	return f.write(stdout, o.Estate, p, differs)
}

func privacyCommand(stdin io.Reader, stdout io.Writer) *cobra.Command {
	c := &cobra.Command{
		Use:   "privacy",
		Short: "Write drafts for the privacy office: record of processing, transfers, retention, impact assessment",
		Long: `Privacy compares what probity.yaml declares of activities with what a saved scan found in their
stores, and writes what a privacy office keeps. All are drafts: what no scan knows is left open.

Exit codes: 0 nothing differs; 1 something does, and asks to be mended; 2 wrong usage; 3 the scan
is incomplete.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	var activity string
	dpia := paperCommand(stdin, stdout, "dpia", "Write what a scan has to say to impact assessments (GDPR Art. 35), by activity",
		func(e *privacy.Estate) (paper, bool, error) {
			p := privacy.AssessmentOf(e, activity)
			if activity != "" && len(p.Activities) == 0 {
				return nil, false, fmt.Errorf("--activity: no activity is called %q", activity)
			}
			return p, false, nil
		})
	dpia.Flags().StringVar(&activity, "activity", "", "only this activity, by its ID")
	c.AddCommand(
		paperCommand(stdin, stdout, "record", "Write the record of processing (GDPR Art. 30), and where declared and found differ", func(e *privacy.Estate) (paper, bool, error) {
			r := privacy.RecordOf(e)
			return r, r.Differs(), nil
		}),
		paperCommand(stdin, stdout, "transfers", "Write in which countries data is kept and copied, and on which basis", func(e *privacy.Estate) (paper, bool, error) {
			t := privacy.TransfersOf(e)
			return t, t.Differs(), nil
		}),
		paperCommand(stdin, stdout, "retention", "Write how long data may be kept, and what deletes it", func(e *privacy.Estate) (paper, bool, error) {
			r := privacy.RetentionOf(e)
			return r, r.Differs(), nil
		}),
		dpia,
	)
	return c
}

func paperCommand(stdin io.Reader, stdout io.Writer, name, short string, of func(*privacy.Estate) (paper, bool, error)) *cobra.Command {
	var f paperFlags
	c := &cobra.Command{
		Use:     name + " --scan SCAN",
		Short:   short,
		Example: "  probity scan --exit-zero -o json=scan.json .\n  probity privacy " + name + " --scan scan.json -o html=" + name + ".html",
		Args:    cobra.NoArgs,
		RunE:    func(*cobra.Command, []string) error { return f.put(stdin, stdout, of) },
	}
	f.flags(c.Flags())
	return c
}

func erasureCommand(stdin io.Reader, stdout io.Writer) *cobra.Command {
	var f paperFlags
	var w privacy.Wanted
	c := &cobra.Command{
		Use:   "erasure --scan SCAN",
		Short: "Tell where the data of a person has to be erased, and until when copies keep it",
		Long: `Erasure lists the stores in which the data of a person may be, with the places by which the person
is found there, and their copies, replicas, snapshots and backups, with the day until which these
keep what is erased today (GDPR Art. 17). It asks for no name and looks for nobody.

Exit codes: 0 all was read; 2 wrong usage; 3 the scan is incomplete.`,
		Example: `  probity erasure --scan scan.json --subject customers -o html=trail.html
  probity erasure --scan scan.json --store 'postgres://*'`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return f.put(stdin, stdout, func(e *privacy.Estate) (paper, bool, error) {
				if err := w.Check(e); err != nil {
					return nil, false, err
				}
				return privacy.ErasureOf(e, w), false, nil
			})
		},
	}
	f.flags(c.Flags())
	c.Flags().StringVar(&w.Activity, "activity", "", "only stores that serve this activity, by its ID")
	c.Flags().StringVar(&w.Subject, "subject", "", "only stores of activities with these data subjects, as probity.yaml calls them")
	c.Flags().StringArrayVar(&w.Stores, "store", nil, "only stores that the pattern fits, over IDs and aliases; copies follow (repeatable)")
	return c
}
