package pipeline

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies"
	"github.com/probity-scan/probity/scanners/aws"
	"github.com/probity-scan/probity/scanners/aws/awstest"
)

// live scans an estate on the emulator with all rules.
func live(t *testing.T, p *awstest.Proxy) probity.Scan {
	t.Helper()
	corpus, err := policies.Load(t.Context(), policies.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return liveBy(t, corpus, "aws:region=eu-west-1,endpoint="+p.URL)
}

func liveBy(t *testing.T, corpus *policies.Corpus, target string) probity.Scan {
	t.Helper()
	o := options(t, nil)
	u := probity.Unit{Scanner: aws.Name, Target: target}
	u.Supplies = aws.Supplies(u)
	o.Corpus, o.Targets, o.Units = corpus, []string{target}, []probity.Unit{u}
	o.Scanners = map[string]probity.Scanner{aws.Name: aws.New(aws.Options{Now: func() time.Time { return o.Now }, Log: o.Log, Pause: time.Second / 10})}
	return run(t, o)
}

// outcomes are verdicts by rule and asset.
func outcomes(t *testing.T, scan probity.Scan) map[[2]string]probity.Outcome {
	t.Helper()
	out := map[[2]string]probity.Outcome{}
	for _, o := range slurp(t, scan.Outcomes) {
		out[[2]string{o.Rule, o.Asset.ID}] = o
	}
	return out
}

// names reports whether what an outcome rests on names a permission.
func names(o probity.Outcome, permission string) bool {
	return slices.ContainsFunc(o.Evidence, func(e probity.Evidence) bool { return e.Gap != nil && strings.Contains(e.Gap.Needs, permission) })
}

// TestDeniedLive: where a service is denied, nothing passes that did not pass before, what its answers decide is unknown, also on
// stores of other services, and the permission is named. A listing that is denied is unknown for each rule on what it would list.
func TestDeniedLive(t *testing.T) {
	endpoint := awstest.Emulator(t)
	awstest.Fill(t, endpoint)
	p := awstest.NewProxy(t, endpoint)
	p.Remember()
	scan := live(t, p)
	whole := outcomes(t, scan)
	t.Run("listings", func(t *testing.T) {
		t.Parallel()
		deniedListings(t, p, scan)
	})
	account := "aws://" + awstest.Account
	for service, c := range map[string]struct {
		permission string
		listing    [2]string // that rules are unknown for
	}{
		"s3":         {"s3:ListAllMyBuckets", [2]string{"encryption-at-rest", account + "/eu-west-1"}},
		"rds":        {"rds:DescribeDBInstances", [2]string{"encryption-at-rest", account + "/eu-west-1"}},
		"dynamodb":   {"dynamodb:ListTables", [2]string{"point-in-time-recovery", account + "/eu-west-1"}},
		"cloudtrail": {"cloudtrail:", [2]string{"trail-validated", account + "/eu-west-1"}},
		"backup":     {"backup:", [2]string{"customer-managed-key", account + "/eu-west-1"}},
		"kms":        {"kms:", [2]string{"key-rotation", account + "/eu-west-1"}},
	} {
		t.Run(service, func(t *testing.T) {
			t.Parallel()
			got := outcomes(t, live(t, p.Beside(t, awstest.Deny(func(r awstest.Request) bool { return r.Service == service }))))
			named := false
			for k, o := range got {
				named = named || names(o, c.permission)
				if before := whole[k]; o.Verdict == probity.Pass && before.Verdict != probity.Pass {
					t.Errorf("%s passes on %s, and was %q", k[0], k[1], before.Verdict)
				}
			}
			if !named {
				t.Errorf("no outcome names %s", c.permission)
			}
			if k := c.listing; k[0] != "" && (got[k].Verdict != probity.Unknown || !names(got[k], c.permission)) {
				t.Errorf("%s on %s is %+v, want unknown for want of %s", k[0], k[1], got[k], c.permission)
			}
		})
	}
}
