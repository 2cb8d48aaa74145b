package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"time"

	"github.com/sirupsen/logrus"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/cmd/internal/pipeline"
	"github.com/probity-scan/probity/cmd/internal/renderer"
	"github.com/probity-scan/probity/cmd/internal/state"
	"github.com/probity-scan/probity/policies"
	"github.com/probity-scan/probity/policies/child"
	"github.com/probity-scan/probity/scanners"
)

// scanFlags are the flags of probity scan.
type scanFlags struct {
	gateFlags
	since      string
	rules      []string
	frameworks []string
	policies   []string
	trustRules bool
	risk       string
	bundles    policies.Bundles
	inventory  string
	maxAge     int
	variables  []string
	parameters []string
	paramFiles []string
	varFiles   []string
	helmValues []string
	source     string
	workspace  string
	modules    []string
	exclude    []string
	noContent  bool
	rows       int
	objects    int
	liveFlags
	stateFlags
	historyFlags
	bytes        int64
	ruleDeadline time.Duration
	parallel     int
	logFormat    string
	logLevel     string

	opened func(string) string // where a target is opened; nil: as it is named
}

func scanCommand(stdout, stderr io.Writer) *cobra.Command {
	var f scanFlags
	c := &cobra.Command{
		Use:   "scan TARGET…",
		Short: "Scan folders, files and databases, and judge what is found",
		Long: `Scan finds by itself what a folder holds: Terraform code and plan JSON, CloudFormation
templates, Kubernetes manifests, charts and kustomizations, SQLite databases, folders of data
files. A store named here is read, and personal data in it is counted; no value of it is kept
or shown.

Targets: a folder, a file, sqlite:FILE, postgres://, mysql://, redshift://, redis://, opensearch://,
aws: or a recording of --record. A live scan keeps what it has found until it ends: --resume goes on from there.`,
		Example: `  probity scan .
  probity scan -o sarif=out.sarif -o html=report.html --fail-on high ./infra
  probity scan --since origin/main .
  probity scan --inventory labels.json plan.json
  probity scan sqlite:app.db ./exports`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("name what to scan: a folder, a file or sqlite:FILE, as in: probity scan ./infra")
			}
			if err := f.bounds(); err != nil {
				return err
			}
			return f.misplaced(args[0])
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.run(cmd.Context(), args, stdout, stderr)
		},
	}
	f.add(c.Flags())
	f.flags(c.Flags())
	f.stateFlags.flags(c.Flags())
	f.historyFlags.flags(c.Flags())
	c.Flags().StringVar(&f.since, "since", "", "judge a change: only what is worse than at the last commit that HEAD has in common with this revision, such as origin/main; or than in this saved scan, or scan of the history")
	return c
}

// flags declares what every command takes that scans.
func (f *scanFlags) flags(fs *pflag.FlagSet) {
	fs.StringSliceVar(&f.rules, "rules", nil, "only these rules, by ID or glob (repeatable)")
	fs.StringSliceVar(&f.frameworks, "framework", nil, "only rules that give evidence for this framework (repeatable)")
	fs.StringSliceVar(&f.policies, "policies", nil, "folder with rules of your own, or a bundle of OPA: NAME.tar.gz (repeatable)")
	bundleFlags(fs, &f.bundles)
	fs.BoolVar(&f.trustRules, "trust-rules", false, "run rules of your own even where their memory cannot be limited")
	fs.StringVar(&f.risk, "risk", "", "file of Rego that says how bad findings are, in place of the built-in one")
	fs.DurationVar(&f.ruleDeadline, "rule-deadline", 0, "stop a rule of your own after this time over 500 assets (default 10s)")
	fs.StringVar(&f.inventory, "inventory", "", "an earlier scan (JSON), or the index of its labels: stores are judged with what was found in them then")
	fs.IntVar(&f.maxAge, "inventory-max-age", unsaid, "days after which what the inventory says of a store does not count any more; 0: never (default 90)")
	fs.Lookup("inventory-max-age").DefValue = "0" // not shown: the text says what holds
	fs.StringArrayVar(&f.variables, "var", nil, "value of a Terraform variable: name=value (repeatable)")
	fs.StringArrayVar(&f.helmValues, "helm-values", nil, "file of values for Helm charts, as helm template -f takes it (repeatable, later ones win)")
	fs.StringArrayVar(&f.varFiles, "var-file", nil, "file of values of Terraform variables; a --var wins over it (repeatable, later ones win)")
	fs.StringVar(&f.source, "source", "", "folder of the Terraform code that a plan was made from: findings point into it (default: beside the plan)")
	fs.StringArrayVar(&f.parameters, "param", nil, "value of a CloudFormation parameter, or of AWS::Region and the like: Name=value (repeatable)")
	fs.StringArrayVar(&f.paramFiles, "param-file", nil, "JSON file of CloudFormation parameters, as the AWS CLI takes it; a --param wins over it (repeatable, later ones win)")
	fs.StringVar(&f.workspace, "workspace", "", "Terraform workspace; also TF_WORKSPACE (default: the one selected in the root, or default)")
	fs.StringArrayVar(&f.modules, "module", nil, "directory with the modules of a source: prefix=dir (repeatable)")
	fs.StringArrayVar(&f.exclude, "exclude", nil, "glob of paths below a target to leave out (repeatable)")
	fs.BoolVar(&f.noContent, "no-content", false, "do not read the content of databases and data files")
	fs.IntVar(&f.rows, "rows", 0, "rows read of a table (default 1000)")
	fs.IntVar(&f.objects, "sample-objects", 0, "objects read of a folder (default 10,000) or of a live bucket (default 200)")
	fs.Int64Var(&f.bytes, "bytes", 0, "bytes read of an object (default 64 MiB)")
	f.liveFlags.flags(fs)
	fs.IntVar(&f.parallel, "parallel", 0, "units scanned side by side (default: processors)")
	fs.StringVar(&f.logFormat, "log-format", "text", "of the log on stderr: text, json")
	fs.StringVar(&f.logLevel, "log-level", "error", "of the log: debug, info, warn, error")
}

// run scans and reports; the gate's decision is the exit code.
func (f *scanFlags) run(ctx context.Context, targets []string, stdout, stderr io.Writer) error {
	log, err := f.logger(stderr)
	if err != nil {
		return err
	}
	tell := f.teller(log, stderr)
	notice := func(line string) { tell("notice", line) }
	past, err := f.remember(ctx, notice)
	if err != nil {
		return err
	}
	defer past.close(ctx)
	earlier, closing, err := f.earlier(ctx, past)
	if err != nil {
		return err
	}
	defer closing()
	var begun *change
	if earlier == nil {
		if begun, err = f.startOf(ctx, targets); err != nil {
			return err
		}
	}
	defer begun.close()
	s, err := f.settle(targets)
	if err != nil {
		return err
	}
	s.past = past
	out, err := openOutputs(s.outputs, stdout)
	if err != nil {
		return err
	}
	defer out.discard()
	out.categories, out.language = s.categories, s.language
	if out.key, err = evidenceKey(f.evidenceKey); err != nil {
		return err
	}
	if earlier != nil {
		earlier.Waivers = own(s.gate.Waivers)
		s.gate.Base = earlier
	}
	if begun != nil {
		if err := f.compare(ctx, begun, &s, targets, log, stderr); err != nil {
			return err
		}
		begun.notice(&f.gateFlags, targets, notice)
	}
	if s.kept, err = f.keep(&s, notice); err != nil {
		return err
	}
	defer s.kept.close()
	if err := past.begin(ctx, s.targets, f.began(s)); err != nil {
		return err
	}
	scan, err := f.scan(ctx, s, log, stderr)
	if err != nil {
		return err
	}
	if begun != nil {
		begun.hidden(notice)
	}
	if err := past.waivers(ctx, &s.gate); err != nil {
		return err
	}
	out.keep = func(judged probity.Scan) error { return past.take(ctx, judged, out) }
	err = f.conclude(scan, s.gate, out, tell, stdout, stderr)
	s.kept.end(ctx, scan, s.targets)
	return err
}

// began is what counts as the time of the scan: that of recordings where all targets are such.
func (f *scanFlags) began(s settled) time.Time {
	if !s.recorded.IsZero() && f.now == "" {
		return s.recorded
	}
	return s.gate.Now
}

// teller says a line on stderr: of something lost, or a notice.
func (f *scanFlags) teller(log logrus.FieldLogger, stderr io.Writer) func(kind, line string) {
	if f.logFormat == "json" { // one form on stderr, for who reads it by program
		return func(kind, line string) {
			log.WithField(kind, line).Error(map[string]string{"lost": "not all could be read", "notice": "look at waivers and baseline"}[kind])
		}
	}
	return func(_, line string) { fmt.Fprintln(stderr, "probity: "+line) }
}

// scan runs what flags and configuration ask for, with what was wrong in them as trouble.
func (f *scanFlags) scan(ctx context.Context, s settled, log logrus.FieldLogger, stderr io.Writer) (probity.Scan, error) {
	o, end, err := f.prepare(ctx, s, log)
	if err != nil {
		return probity.Scan{}, err
	}
	defer end()
	if o.Checkpoint, err = s.kept.begin(s.units, time.Now); err != nil {
		return probity.Scan{}, err
	}
	spareMemory()
	line := newProgress(stderr, f.quiet)
	o.Progress = line.show
	scan, err := pipeline.Run(ctx, o)
	line.clear()
	scan.Trouble = append(scan.Trouble, s.trouble...)
	return scan, err
}

// prepare loads rules and makes scanners, so that the pipeline can run. end lets go of them, and keeps what was learnt of content.
func (f *scanFlags) prepare(ctx context.Context, s settled, log logrus.FieldLogger) (o pipeline.Options, end func(), err error) {
	corpus, err := f.corpus(ctx, s)
	if err != nil {
		return o, nil, err
	}
	defer func() {
		if err != nil {
			corpus.Close()
		}
	}()
	if err := s.judgedBy(corpus); err != nil {
		return o, nil, err
	}
	prior, err := openInventory(f.begun(f.inventory), os.Stdin)
	if err != nil {
		return o, nil, err
	}
	if f.inventory == "" {
		prior = s.past.prior()
	}
	program, err := os.Executable()
	if err != nil {
		return o, nil, fmt.Errorf("finding the own program: %w", err)
	}
	drawn, err := seed(installationKey(log), s.live.Content)
	if err != nil {
		return o, nil, err
	}
	now := f.began(s)
	if err := s.ask(ctx, corpus); err != nil {
		return o, nil, err
	}
	memory, err := s.kept.contents(s.reads(), installationKey(log), state.ContentsOptions{Sought: fmt.Sprint(s.sought, s.declarations.Starts()), Now: now, Lifetime: time.Duration(s.maxAge) * 24 * time.Hour})
	if err != nil {
		return o, nil, err
	}
	options := scanners.Options{Detectors: s.detectors, Starts: s.declarations.Starts(), Log: log, Seed: drawn, Now: func() time.Time { return now }, Render: renderer.New(program, renderer.Limits{})}
	if memory != nil {
		options.Memory = memory
	}
	all := scanners.All(options)
	all[state.Recorded] = state.Player{}
	o = pipeline.Options{
		Tool: "probity " + versionText(), Targets: s.targets, Units: s.units, Scanners: all,
		Corpus: corpus, Prior: prior, MaxAge: time.Duration(s.maxAge) * 24 * time.Hour, Declarations: s.declarations, Inputs: s.inputs, Key: installationKey(log), Log: log, Now: now,
		Parallel: f.parallel, Leave: s.leave, Live: scanners.Live, Record: s.record, Say: s.kept.tell,
	}
	return o, func() {
		corpus.Close()
		if err := memory.Save(); err != nil {
			s.kept.tell(err.Error())
		}
	}, nil
}

// bounds refuses what is below nothing.
func (f *scanFlags) bounds() error {
	for _, b := range []struct {
		flag  string
		value int64
	}{{"rows", int64(f.rows)}, {"sample-objects", int64(f.objects)}, {"bytes", f.bytes}, {"sample-bytes", f.total}, {"sample-cost", int64(f.requests)}, {"sample-seconds", int64(f.seconds)}, {"table-seconds", int64(f.perTable)}, {"list-requests", int64(f.listing)}, {"parallel", int64(f.parallel)}, {"rule-deadline", int64(f.ruleDeadline)}} {
		if b.value < 0 {
			return fmt.Errorf("--%s is below 0", b.flag)
		}
	}
	if f.maxAge < 0 && f.maxAge != unsaid {
		return errors.New("--inventory-max-age is below 0")
	}
	return nil
}

// unsaid is a flag that nobody gave, where 0 means something.
const unsaid = math.MinInt

// age is how many days what an inventory says counts: by the flag, else by the strictest file. 0: for ever.
func (f *scanFlags) age(files []config.Loaded) int {
	if f.maxAge != unsaid {
		return f.maxAge
	}
	days := 0
	for _, l := range files {
		if n := l.File.Inventory.MaxAgeDays; n > 0 && (days == 0 || n < days) {
			days = n
		}
	}
	return cmp.Or(days, 90)
}

// begun is where a file or folder is read that decides over a change: as it was where the change began, if it was there.
func (f *scanFlags) begun(name string) string {
	if name == "" || name == "-" {
		return name
	}
	if at := f.base.Of(name); at != name {
		if _, err := os.Stat(at); err == nil {
			return at
		}
	}
	return name
}

func (f *scanFlags) corpus(ctx context.Context, s settled) (*policies.Corpus, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("finding the own program: %w", err)
	}
	return policies.Load(ctx, policies.Options{Dirs: s.policies, At: f.begun, Rules: s.rules, Frameworks: s.frameworks, Parameters: s.parameters,
		Program: program, Limits: child.Limits{Deadline: f.ruleDeadline}, Bundles: s.bundles, Trust: s.trustRules, Risk: s.risk})
}

func (f *scanFlags) logger(stderr io.Writer) (logrus.FieldLogger, error) {
	log := logrus.New()
	log.SetOutput(stderr)
	switch f.logFormat {
	case "text":
		log.SetFormatter(&logrus.TextFormatter{DisableTimestamp: true})
	case "json":
		log.SetFormatter(&logrus.JSONFormatter{})
	default:
		return nil, fmt.Errorf("--log-format %q: use text or json", f.logFormat)
	}
	level, err := logrus.ParseLevel(f.logLevel)
	if err != nil {
		return nil, fmt.Errorf("--log-level %q: use debug, info, warn or error", f.logLevel)
	}
	log.SetLevel(level)
	return log, nil
}
