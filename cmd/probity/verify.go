package main

import (
	"cmp"
	"crypto/ed25519"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/probity-scan/probity/cmd/internal/rejudge"
	"github.com/probity-scan/probity/policies"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/evidence"
	"github.com/probity-scan/probity/reports/gate"
)

// proof is what verify found.
type proof struct {
	Pack      evidence.Manifest `json:"pack"`
	Intact    bool              `json:"intact"`
	Signature string            `json:"signature"` // holds, none, not-checked, wrong
	Wrong     string            `json:"wrong,omitempty"`
	Again     *rejudge.Result   `json:"judged_again,omitempty"`
}

type verifyFlags struct {
	gateFlags
	key      string
	bundles  policies.Bundles
	policies []string
	trust    bool
	risk     string
	asJSON   bool
}

func verifyCommand(stdout io.Writer) *cobra.Command {
	var f verifyFlags
	c := &cobra.Command{
		Use:   "verify PACK",
		Short: "Prove an evidence pack: nothing was changed, and the rules come to the same outcomes again",
		Long: `Verify opens a pack that probity scan -o evidence=FILE wrote. It proves that each file is as the
manifest says, that the manifest was signed with the key of --key, and that the rules of this
probity come to the same outcomes over the assets of the pack. It asks nobody and reads no store.

Exit codes: 0 proved; 1 changed, signed otherwise, or judged otherwise; 2 wrong usage, or no pack;
3 not all could be judged again, since the rules or parameters are others than then.`,
		Example: `  probity scan -o evidence=pack.zip --evidence-key key.pem ./infra
  probity verify pack.zip --key public.pem`,
		Args: one("a pack, as in: probity verify pack.zip"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.run(cmd, args[0], stdout)
		},
	}
	fs := c.Flags()
	fs.StringVar(&f.key, "key", "", "the public key (PEM, Ed25519) that has to have signed it")
	fs.StringVar(&f.config, "config", "", "configuration with the parameters that rules ask, besides probity.yaml here")
	fs.StringSliceVar(&f.policies, "policies", nil, "folder with rules of your own that judged, or a bundle of OPA: NAME.tar.gz (repeatable)")
	bundleFlags(fs, &f.bundles)
	fs.StringVar(&f.risk, "risk", "", "the file of Rego that said how bad findings are, where it was not the built-in one")
	fs.BoolVar(&f.trust, "trust-rules", false, "run rules of your own even where their memory cannot be limited")
	fs.BoolVar(&f.asJSON, "json", false, "write JSON")
	return c
}

func (f *verifyFlags) run(cmd *cobra.Command, name string, stdout io.Writer) error {
	var key ed25519.PublicKey
	if f.key != "" {
		b, err := os.ReadFile(f.key)
		if err == nil {
			key, err = evidence.PublicKey(b)
		}
		if err != nil {
			return fmt.Errorf("--key: %s", brief(err))
		}
	}
	file, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("reading pack: %s", brief(err))
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return fmt.Errorf("reading pack: %s is no file", name)
	}
	pack, err := evidence.Open(file, info.Size())
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	p := proof{Pack: pack.Manifest}
	p.prove(pack, key)
	if p.Wrong == "" {
		if err := f.again(cmd, pack, &p); err != nil {
			return err
		}
	}
	if f.asJSON {
		err = writeJSON(stdout, p)
	} else {
		err = p.tell(stdout, name)
	}
	if err != nil {
		return err
	}
	return p.exit()
}

// prove checks digests and signature.
func (p *proof) prove(pack *evidence.Pack, key ed25519.PublicKey) {
	switch {
	case key == nil && pack.HasSignature():
		p.Signature = "not-checked"
	case key == nil:
		p.Signature = "none"
	default:
		p.Signature = "holds"
		if err := pack.Signed(key); err != nil {
			p.Signature, p.Wrong = "wrong", err.Error()
			return
		}
	}
	if err := pack.Check(); err != nil {
		p.Wrong = err.Error()
		return
	}
	p.Intact = true
}

// again judges the scan of the pack again. It lies in a file of its own meanwhile.
func (f *verifyFlags) again(cmd *cobra.Command, pack *evidence.Pack, p *proof) error {
	temp, err := os.CreateTemp("", "probity-*.json")
	if err != nil {
		return fmt.Errorf("unpacking the scan: %s", brief(err))
	}
	defer func() { _ = os.Remove(temp.Name()) }()
	defer temp.Close()
	if err := pack.Unpack(temp); err != nil {
		return err
	}
	info, err := temp.Stat()
	if err != nil {
		return fmt.Errorf("unpacking the scan: %w", err)
	}
	scan, err := reports.Read(temp, info.Size())
	if err != nil {
		return err
	}
	if err := pack.Tells(scan); err != nil {
		p.Intact, p.Wrong = false, err.Error()
		return nil
	}
	o, err := f.options()
	if err != nil {
		return err
	}
	result, err := rejudge.Of(cmd.Context(), scan, o)
	p.Again = &result
	return err
}

// options are how the rules are loaded: with the parameters of configuration, of which that of --config wins.
func (f *verifyFlags) options() (policies.Options, error) {
	program, err := os.Executable()
	if err != nil {
		return policies.Options{}, fmt.Errorf("finding the own program: %w", err)
	}
	files, err := f.files(nil)
	if err != nil {
		return policies.Options{}, err
	}
	s := settled{bundles: f.bundles, parameters: map[string]any{}, inputs: map[string]string{}}
	for _, l := range files {
		s.take(l)
	}
	return policies.Options{Dirs: append(f.policies, s.policies...), Parameters: s.parameters, Bundles: s.bundles, Program: program, Trust: f.trust || s.trustRules, Risk: cmp.Or(f.risk, s.risk)}, nil
}

func (p *proof) tell(w io.Writer, name string) error {
	pen := &pen{w: w}
	m := p.Pack
	pen.line("%s: a scan of %s on %s by %s", name, strings.Join(m.Targets, ", "), m.Started.UTC().Format("2006-01-02 15:04 UTC"), m.Tool)
	if m.Incomplete {
		pen.line("  the scan is incomplete: gaps.csv in the pack says what was lost")
	}
	switch p.Signature {
	case "holds":
		pen.line("  signed: by the key of --key")
	case "none":
		pen.line("  not signed: whoever has the pack could have made it")
	case "not-checked":
		pen.line("  signed, and not checked by whom (the pack says %s): give --key", m.SignedBy)
	}
	if p.Wrong != "" {
		for _, l := range strings.Split(p.Wrong, "\n") {
			pen.line("  NOT PROVED: %s", l)
		}
		return pen.err
	}
	pen.line("  intact: %d files are as the manifest says", len(m.Files))
	a := p.Again
	for _, c := range a.Changed {
		pen.line("  judged otherwise: %s", c)
	}
	pen.line("  judged again by %d rules: %d outcomes are the same, %d differ", a.Rules, a.Same, a.Different)
	if a.NotJudged > 0 {
		pen.line("  not judged again: %d outcomes of rules that this probity does not have (%s)", a.NotJudged, strings.Join(a.Lacking, ", "))
	}
	for _, d := range a.Examples {
		what := ""
		if d.What != "" {
			what = " (" + d.What + ")"
		}
		pen.line("    %s on %s: then %s, now %s%s", d.Rule, d.Asset.ID, d.Then, d.Now, what)
	}
	if n := a.Different - len(a.Examples); n > 0 {
		pen.line("    and %d more", n)
	}
	return pen.err
}

// exit is 1 for what speaks against the pack: that other rules judge otherwise does not.
func (p *proof) exit() error {
	switch a := p.Again; {
	case p.Wrong != "" || a.Different > 0 && len(a.Changed) == 0:
		return exit{code: gate.Findings}
	case len(a.Changed) > 0 || a.NotJudged > 0:
		return exit{code: gate.Incomplete}
	}
	return nil
}

// evidenceKey reads the key that signs packs; nil: they are not signed.
func evidenceKey(name string) (ed25519.PrivateKey, error) {
	if name == "" {
		return nil, nil
	}
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("--evidence-key: %s", brief(err))
	}
	key, err := evidence.PrivateKey(b)
	if err != nil {
		return nil, fmt.Errorf("--evidence-key %s: %w", name, err)
	}
	return key, nil
}
