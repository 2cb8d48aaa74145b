package pipeline

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
)

// TestReviews: what a person confirms or rejects counts until its last day and for what it names. A rejected label is kept apart from
// those that rules see and copies inherit.
func TestReviews(t *testing.T) {
	t.Parallel()
	base := options(t, fake{})
	until := func(days int, v probity.ReviewVerdict) probity.Review {
		return probity.Review{Verdict: v, By: "officer", Reason: "looked", Until: base.Now.AddDate(0, 0, days)}
	}
	found := func(id string) probity.Asset {
		a := store(id)
		label := func(detector, on string) probity.Label {
			return probity.Label{Detector: detector, Category: probity.Contact, On: on, Protection: probity.ProtectionUnknown, Sample: probity.Sample{Unit: "rows", Method: "all"}}
		}
		a.Labels = probity.Whole(nil, label("email", "mail"), label("phone-e164", "order_no"), label("phone-e164", "phone"))
		return a
	}
	kept := found("arn:copy")
	kept.Labels = probity.Whole[probity.Label](nil)
	kept.Links = probity.Whole(nil, probity.Link{Kind: probity.CopyOf, To: probity.Ref{ID: "arn:db"}})
	for name, c := range map[string]struct {
		says    Reviewed
		want    string // the labels of the store, of its copy, and the rejected ones
		notices []string
	}{
		"rejected":           {Reviewed{Store: "arn:db", Detector: "phone-e164", On: "order*", Review: until(1, probity.LabelRejected)}, "email phone-e164 | email phone-e164 | order_no by officer", nil},
		"rejected, all":      {Reviewed{Store: "arn:d?", Category: probity.Contact, Review: until(1, probity.LabelRejected)}, " |  | mail by officer order_no by officer phone by officer", nil},
		"confirmed":          {Reviewed{Store: "arn:db", Detector: "email", Form: probity.Token, Review: until(1, probity.LabelConfirmed)}, "email=token phone-e164 phone-e164 | email=token phone-e164 phone-e164 | ", nil},
		"declared":           {Reviewed{Store: "arn:db", Category: probity.Health, On: "x", Review: until(1, probity.LabelDeclared)}, "declared email phone-e164 phone-e164 | declared email phone-e164 phone-e164 | ", nil},
		"over":               {Reviewed{Store: "arn:db", Detector: "email", Review: until(0, probity.LabelRejected)}, "email phone-e164 phone-e164 | email phone-e164 phone-e164 | ", []string{"label of email in arn:db, rejected: its last day was "}},
		"declared, and over": {Reviewed{Store: "arn:db", Category: probity.Health, Review: until(-5, probity.LabelDeclared)}, "email phone-e164 phone-e164 | email phone-e164 phone-e164 | ", []string{"label of health in arn:db, declared: its last day was "}},
		"nothing":            {Reviewed{Store: "arn:db", Detector: "iban", Review: until(1, probity.LabelRejected)}, "email phone-e164 phone-e164 | email phone-e164 phone-e164 | ", []string{"label of iban in arn:db, rejected: there is no such label"}},
		"another store":      {Reviewed{Store: "arn:other", Detector: "email", Review: until(1, probity.LabelRejected)}, "email phone-e164 phone-e164 | email phone-e164 phone-e164 | ", []string{"label of email in arn:other, rejected: there is no such label"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := options(t, fake{"": {found("arn:db"), kept}})
			o.Now = base.Now
			o.Declarations.Labels = []Reviewed{c.says}
			scan := run(t, o)
			var parts [3]string
			for _, a := range slurp(t, scan.Assets) {
				i := 0
				if a.ID == "arn:copy" {
					i = 1
				}
				parts[i] = shownReviews(a.Labels.Items)
				for _, l := range a.Rejected {
					parts[2] = strings.TrimSpace(parts[2] + fmt.Sprintf(" %s by %s", l.On, l.Review.By))
				}
			}
			if d := cmp.Diff(c.want, strings.Join(parts[:], " | ")); d != "" {
				t.Error(d)
			}
			if len(scan.Notices) != len(c.notices) {
				t.Fatalf("got the notices %v, want %q", scan.Notices, c.notices)
			}
			for i, n := range scan.Notices {
				if !strings.HasPrefix(n.Text, c.notices[i]) || n.Kind != probity.Reviewed {
					t.Errorf("got the notice %+v, want %q", n, c.notices[i])
				}
			}
		})
	}
}

func shownReviews(labels []probity.Label) string {
	var out []string
	for _, l := range labels {
		s := l.Detector
		if l.Protection == probity.Token {
			s += "=token"
		}
		out = append(out, s)
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}
