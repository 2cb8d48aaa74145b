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
	var told toldOfBreach
	var earlier []string
	c := &cobra.Command{
		Use:   "breach ASSET --scan SCAN",
		Short: "Tell what a breach of a store would concern, as a draft annex to a notification",
		Long: `Breach tells of a store and all that it holds: which personal data and how protected, how many
records at most and people as an estimate, whose, who reads it, which copies there are, and since
when scans saw it public. It does not say that there was a breach.

ASSET is an ID, an alias, a name, or a pattern that one store alone fits. When one became aware,
in which role, and which laws hold are yours to say; deadlines count from awareness. Hours run
through weekends and changes of the clock; days end at midnight of --zone. Scans that are older
(--earlier) tell since when the store was public.

Exit codes: 0 written; 2 wrong usage, or no such store; 3 the scan is incomplete.`,
		Example: `  probity breach arn:aws:s3:::shop-exports --scan scan.json --aware 2026-11-24T08:00:00Z --role controller --regime gdpr
  probity breach shop-exports --scan scan.json --aware '2026-11-24 09:00' --zone Europe/Berlin --regime gdpr,eu-nis2
  probity breach postgres://db:5432/shop --scan today.json --earlier monday.json --earlier sunday.json -o html=annex.html`,
		Args: one("the store, as in: probity breach arn:aws:s3:::shop-exports --scan scan.json"),
		RunE: func(_ *cobra.Command, args []string) error {
			in, err := told.incident()
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
				return fmt.Errorf("--aware %s: that is not yet", told.aware)
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
	fs.StringVar(&told.aware, "aware", "", "when one became aware, as 2026-11-24T08:00:00Z, or '2026-11-24 09:00' with --zone: deadlines count from it")
	fs.StringVar(&told.zone, "zone", "", "the place whose clock and days count, as Europe/Berlin (default: the offset of --aware)")
	fs.StringArrayVar(&told.holidays, "holiday", nil, "a `DAY` that is no working day, as 2026-12-25 (repeatable)")
	fs.StringVar(&told.role, "role", "", "controller, processor or joint (default: as the activities of the store say)")
	fs.StringSliceVar(&told.regimes, "regime", nil, "law under which a breach has to be told: "+strings.Join(regimeIDs(), ", ")+" (repeatable)")
	fs.StringArrayVar(&earlier, "earlier", nil, "an earlier scan of the same (JSON), for since when the store was public (repeatable)")
	return c
}

// toldOfBreach is what flags say of a breach.
type toldOfBreach struct {
	aware, zone, role string
	holidays, regimes []string
}

func (t toldOfBreach) incident() (in privacy.Incident, err error) {
	if in.Aware, in.Offset, err = t.awareness(); err != nil {
		return in, err
	}
	for _, d := range t.holidays {
		if _, err := time.Parse(time.DateOnly, d); err != nil {
			return in, fmt.Errorf("--holiday %q: write the day as 2026-12-25", d)
		}
		in.Holidays = append(in.Holidays, d)
	}
	if in.Role = t.role; t.role != "" && !slices.Contains([]string{"controller", "processor", "joint"}, t.role) {
		return in, fmt.Errorf("--role %q: use controller, processor or joint", t.role)
	}
	for _, id := range t.regimes {
		r, ok := privacy.FindRegime(id)
		if !ok {
			return in, fmt.Errorf("--regime %q: use %s", id, strings.Join(regimeIDs(), ", "))
		}
		if !slices.ContainsFunc(in.Regimes, func(x privacy.Regime) bool { return x.ID == r.ID }) {
			in.Regimes = append(in.Regimes, r)
		}
	}
	return in, nil
}

// awareness is the moment, in the zone whose days count. A time without a zone is that of --zone, and else of nobody: a guess would move a
// deadline by hours.
func (t toldOfBreach) awareness() (at time.Time, offset bool, err error) {
	zone := time.UTC
	if t.zone != "" {
		if zone, err = time.LoadLocation(t.zone); err != nil || t.zone == "Local" {
			return at, false, fmt.Errorf("--zone %q: write a place of the IANA list, as Europe/Berlin", t.zone)
		}
	}
	if t.aware == "" {
		return at, false, nil
	}
	text := strings.Replace(t.aware, " ", "T", 1)
	for _, form := range []string{time.RFC3339, "2006-01-02T15:04Z07:00"} {
		if at, err := time.Parse(form, text); err == nil {
			if t.zone != "" {
				return at.In(zone), false, nil
			}
			_, off := at.Zone()
			return at.In(time.FixedZone("", off)), true, nil
		}
	}
	for _, form := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04"} {
		at, err := time.ParseInLocation(form, text, zone)
		switch {
		case err != nil:
		case t.zone == "":
			return at, false, fmt.Errorf("--aware %q: say of which zone the time is: %sZ, an offset such as +01:00, or --zone Europe/Berlin", t.aware, text)
		case at.Format(form) != text:
			return at, false, fmt.Errorf("--aware %q: the clock of %s skipped that time; give it with an offset", t.aware, t.zone)
		case twice(at):
			return at, false, fmt.Errorf("--aware %q: the clock of %s showed that time twice; give it with an offset, as %s", t.aware, t.zone, at.Format(time.RFC3339))
		default:
			return at, false, nil
		}
	}
	return at, false, fmt.Errorf("--aware %q: write it as 2026-11-24T08:00:00Z, or '2026-11-24 09:00' with --zone", t.aware)
}

// twice reports whether the clock showed the time of day once more, an hour before or after, or half of one as on Lord Howe.
func twice(at time.Time) bool {
	for _, d := range []time.Duration{-time.Hour, -time.Hour / 2, time.Hour / 2, time.Hour} {
		if at.Add(d).Format(time.DateTime) == at.Format(time.DateTime) {
			return true
		}
	}
	return false
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
