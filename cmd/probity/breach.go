package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/privacy"
)

func breachCommand(stdin io.Reader, stdout io.Writer) *cobra.Command {
	var f paperFlags
	var aware, role string
	var regimes, earlier []string
	c := &cobra.Command{
		Use:   "breach ASSET --scan SCAN",
		Short: "Tell what a breach of a store would concern, as a draft annex to a notification",
		Long: `Breach tells of a store and all that it holds: which personal data and how protected, how many
records at most and people as an estimate, whose, who reads it, which copies there are, and since
when scans saw it public. It does not say that there was a breach.

ASSET is an ID, an alias, a name, or a pattern that one store alone fits. When one became aware,
in which role, and which laws hold are yours to say; deadlines count from awareness. Scans that
are older (--earlier) tell since when the store was public.

Exit codes: 0 written; 2 wrong usage, or no such store; 3 the scan is incomplete.`,
		Example: `  probity breach arn:aws:s3:::shop-exports --scan scan.json --aware 2026-11-24T08:00:00Z --role controller --regime gdpr
  probity breach postgres://db:5432/shop --scan today.json --earlier monday.json --earlier sunday.json -o html=annex.html`,
		Args: one("the store, as in: probity breach arn:aws:s3:::shop-exports --scan scan.json"),
		RunE: func(_ *cobra.Command, args []string) error {
			in, err := incident(aware, role, regimes)
			if err != nil {
				return err
			}
			o, err := f.open(stdin)
			if err != nil {
				return err
			}
			defer o.close()
			store, err := o.Find(args[0])
			if err != nil {
				return err
			}
			if !in.Aware.IsZero() && in.Aware.After(o.Now) {
				return fmt.Errorf("--aware %s: that is not yet", aware)
			}
			in.Seen = append(in.Seen, privacy.Seen{At: o.scan.Started, There: true, Public: store.Exposure.Public})
			for _, name := range earlier {
				seen, err := seenIn(name, store.Ref)
				if err != nil {
					return err
				}
				in.Seen = append(in.Seen, seen)
			}
			return f.write(stdout, o.Estate, privacy.BreachOf(o.Estate, store, in), false)
		},
	}
	fs := c.Flags()
	f.flags(fs)
	fs.StringVar(&aware, "aware", "", "when one became aware, RFC 3339 (2026-11-24T08:00:00Z): deadlines count from it")
	fs.StringVar(&role, "role", "", "controller, processor or joint (default: as the activities of the store say)")
	fs.StringSliceVar(&regimes, "regime", nil, "law under which a breach has to be told: "+strings.Join(regimeIDs(), ", ")+" (repeatable)")
	fs.StringArrayVar(&earlier, "earlier", nil, "an earlier scan of the same (JSON), for since when the store was public (repeatable)")
	return c
}

func incident(aware, role string, regimes []string) (in privacy.Incident, err error) {
	if aware != "" {
		if in.Aware, err = time.Parse(time.RFC3339, aware); err != nil {
			return in, fmt.Errorf("--aware %q: write it as 2026-11-24T08:00:00Z", aware)
		}
	}
	if in.Role = role; role != "" && !slices.Contains([]string{"controller", "processor", "joint"}, role) {
		return in, fmt.Errorf("--role %q: use controller, processor or joint", role)
	}
	for _, id := range regimes {
		r, ok := privacy.FindRegime(id)
		if !ok {
			return in, fmt.Errorf("--regime %q: use %s", id, strings.Join(regimeIDs(), ", "))
		}
		in.Regimes = append(in.Regimes, r)
	}
	return in, nil
}

func regimeIDs() []string {
	var out []string
	for _, r := range privacy.Regimes() {
		out = append(out, r.ID)
	}
	return out
}

func seenIn(name string, r probity.Ref) (privacy.Seen, error) {
	scan, shut, err := openScan(name, nil)
	if err != nil {
		return privacy.Seen{}, fmt.Errorf("--earlier: %w", err)
	}
	defer shut()
	return privacy.SeenIn(scan, r)
}
