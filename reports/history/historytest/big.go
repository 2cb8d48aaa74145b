package historytest

import (
	"fmt"
	"iter"
	"strconv"
	"time"

	"github.com/probity-scan/probity"
)

// BigRules is how many rules an estate of benchmarks is judged by: one asset has an outcome of each.
const BigRules = 10

// Big is a scan of assets by ten rules; every twentieth outcome fails, and each night some assets are others.
func Big(assets, night int, now time.Time) probity.Scan {
	var rs []probity.Rule
	for r := range BigRules {
		rs = append(rs, probity.Rule{ID: fmt.Sprintf("rule-%02d", r), Behaviour: 1, Reads: []probity.Path{"exposure.public"}, Obligations: []probity.Obligation{"access-control"}})
	}
	// Of what is changed, another tenth of a thousandth each night.
	turned := func(i int) bool { return night > 0 && i%10000 == night%10000 }
	ref := func(i int) probity.Ref { return probity.Ref{ID: fmt.Sprintf("arn:aws:s3:::store-%07d", i)} }
	return probity.Scan{
		Header: probity.Header{Format: probity.Format, Tool: "probity 1.0.0", Started: now, Targets: []string{"aws:"}, Rules: rs,
			Frameworks: []probity.Framework{{ID: "gdpr", Controls: []probity.Control{{ID: "32", Obligations: []probity.Obligation{"access-control"}}}}}},
		Assets: func(yield func(probity.Asset, error) bool) {
			for i := range assets {
				a := probity.Asset{Ref: ref(i), Name: fmt.Sprintf("store-%07d", i), Kind: "aws.s3.bucket", Class: probity.Bucket,
					Scope: probity.Scope{Provider: "aws", Account: strconv.Itoa(i % 400), Region: "eu-west-1"}}
				o := &probity.Origin{Call: "s3:GetBucketPolicy", At: now}
				a.Exposure.Public = probity.Known(turned(i), o)
				a.Owner = probity.Known("team", o)
				a.Tags = probity.Known(map[string]string{"Name": a.Name, "team": fmt.Sprint("team-", i%20), "stage": "production"}, o)
				a.Location.Country = probity.Known([]string{"DE", "IE", "FR", "US"}[i%4], o)
				a.Activities = probity.Whole(o, probity.Activity{ID: fmt.Sprint("activity-", i%50), Subjects: []string{"patients"}})
				a.Access.Readers = probity.Whole(o, probity.Grant{Principal: fmt.Sprint("role-", i%3)})
				if i%10 == 9 {
					a.Links = probity.Whole(o, probity.Link{Kind: probity.CopyOf, To: ref(i - 1)})
				}
				a.Resilience.Versioning = probity.Known(true, o)
				a.Labels = probity.Open(probity.Gap{Reason: probity.Sampled}, o, probity.Label{Detector: "email", Category: probity.Contact, On: "clients.csv:mail", Found: 3, Protection: probity.Clear, AsOf: now})
				if !yield(a, nil) {
					return
				}
			}
		},
		Outcomes: bigOutcomes(assets, turned, ref),
	}
}

func bigOutcomes(assets int, turned func(int) bool, ref func(int) probity.Ref) iter.Seq2[probity.Outcome, error] {
	return func(yield func(probity.Outcome, error) bool) {
		for i := range assets {
			for r := range BigRules {
				o := probity.Outcome{Rule: fmt.Sprintf("rule-%02d", r), Asset: ref(i), Verdict: probity.Pass}
				if (i*BigRules+r)%40 == 7 {
					o.Verdict = probity.Unknown
					o.Evidence = []probity.Evidence{{Asset: o.Asset, Fact: "exposure.public", Gap: &probity.Gap{Reason: probity.Denied, Needs: fmt.Sprint("s3:Get", r)}}}
				}
				if (i*BigRules+r)%20 == 0 != (turned(i) && r == 0) {
					o.Verdict = probity.Fail
					o.Evidence = []probity.Evidence{{Asset: o.Asset, Fact: "exposure.public", Value: true}}
					o.Findings = []probity.Finding{{Fingerprint: probity.Fingerprint(o.Rule, o.Asset, "exposure.public", ""), Asset: o.Asset, Fact: "exposure.public",
						Message: "the store can be read by anybody", Risk: probity.Risk{Severity: probity.Severity(probity.High.Values()[i%4])}}}
				}
				if !yield(o, nil) {
					return
				}
			}
		}
	}
}
