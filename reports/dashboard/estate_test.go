package dashboard

import (
	"context"
	"errors"
	"io"
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/cause"
	"github.com/probity-scan/probity/reports/history"
)

// foreign is in every name of what a viewer with bounds must not see.
const foreign = "zorn"

// day is when the last scan of the tests began.
func day() time.Time { return time.Date(2026, 11, 20, 3, 0, 0, 0, time.UTC) }

// here are bounds of each sort that let the stores of the first account through, and no other.
func here() map[string]history.Bounds {
	return map[string]history.Bounds{
		"accounts":   {Accounts: []string{"aws/1*"}},
		"tags":       {Tags: map[string][]string{"team": {"none", "shop"}}},
		"activities": {Activities: []string{"orders"}},
		"all":        {Accounts: []string{"aws/111111111111"}, Tags: map[string][]string{"team": {"shop"}}, Activities: []string{"orders", "none"}},
	}
}

func storeID(name string) string { return "arn:aws:s3:::" + name }

// stores are those of one account, team and activity: one that fails, one that is not known, and copies of both sides' data.
func stores(account, name, other string, night int) []probity.Asset {
	origin := &probity.Origin{Call: "s3:GetBucketPolicy", At: day()}
	build := func(suffix string) probity.Asset {
		a := probity.Asset{Ref: probity.Ref{ID: storeID(name + suffix)}, Name: name + suffix, Kind: "aws.s3.bucket", Class: probity.Bucket, Scope: probity.Scope{Provider: "aws", Account: account, Region: "eu-west-1"}}
		team, activity, country := "shop", "orders", "IE"
		if name == foreign {
			team, activity, country = foreign, foreign, "NZ"
		}
		a.Tags, a.Owner = probity.Known(map[string]string{"team": team}, origin), probity.Known(team, nil)
		a.Location.Country = probity.Known(country, origin)
		a.Exposure.Public = probity.Known(false, origin)
		a.Access.Readers = probity.Whole(origin, probity.Grant{Principal: name + "-clerk", Actions: []string{"read"}})
		a.Labels = probity.Whole(origin, probity.Label{Detector: "email", Category: probity.Contact, On: name + "/part.csv:email", Found: 3, Protection: probity.Clear, Confidence: 1})
		a.Activities = probity.Whole(nil, probity.Activity{ID: activity, Purposes: []string{"sale"}, Role: "controller", Entity: name, Subjects: []string{"buyers"}})
		return a
	}
	open, dark, twin := build("-open"), build("-dark"), build("-copy")
	open.Exposure.Public = probity.Known(night > 0, origin)
	dark.Exposure.Public = probity.Missing[bool](probity.Gap{Reason: probity.Denied, Needs: "s3:GetBucketPolicy"}, origin)
	links := []probity.Link{{Kind: probity.CopyOf, To: open.Ref}}
	if other != "" {
		links = append(links, probity.Link{Kind: probity.CopyOf, To: probity.Ref{ID: storeID(other + "-open")}})
	}
	twin.Links = probity.Whole(origin, links...)
	return []probity.Asset{open, dark, twin}
}

func sequence[T any](of []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range of {
			if !yield(v, nil) {
				return
			}
		}
	}
}

// scan judges stores by two rules.
func scan(at time.Time, assets []probity.Asset) probity.Scan {
	slices.SortFunc(assets, func(a, b probity.Asset) int { return a.Compare(b.Ref) })
	const rule, second = "not-public", "has-owner"
	var outcomes []probity.Outcome
	for _, a := range assets {
		o := probity.Outcome{Rule: second, Asset: a.Ref, Verdict: probity.Pass}
		outcomes = append(outcomes, o)
		o = probity.Outcome{Rule: rule, Asset: a.Ref, Verdict: probity.Pass}
		found := func(message string) {
			o.Findings = []probity.Finding{{Fingerprint: probity.Fingerprint(rule, a.Ref, "exposure.public", ""), Asset: a.Ref, Fact: "exposure.public", Message: message, Risk: probity.Risk{Severity: probity.High}, Digest: "d-" + a.Name}}
		}
		switch v, gap := a.Exposure.Public.Value(); {
		case gap != nil:
			o.Verdict, o.Evidence = probity.Unknown, []probity.Evidence{{Asset: a.Ref, Fact: "exposure.public", Gap: gap}}
			found("it is not known who reaches " + a.Name)
		case v == true:
			o.Verdict, o.Evidence = probity.Fail, []probity.Evidence{{Asset: a.Ref, Fact: "exposure.public", Value: true, Origin: &probity.Origin{Call: "s3:GetBucketPolicy"}}}
			found("anybody reaches " + a.Name)
		}
		outcomes = append(outcomes, o)
	}
	classes := []probity.Class{probity.Bucket}
	return probity.Scan{
		Header: probity.Header{Format: probity.Format, Tool: "probity 1.0.0", Started: at, Targets: []string{"aws:"}, Inputs: map[string]string{"rules": "r1"},
			Rules: []probity.Rule{{ID: second, Title: "Stores have an owner", Behaviour: 1, Classes: classes, Reads: []probity.Path{"owner"}, Obligations: []probity.Obligation{"accountability"}},
				{ID: rule, Title: "Stores are not public", Severity: probity.High, Behaviour: 1, Classes: classes, Reads: []probity.Path{"exposure.public"}, Obligations: []probity.Obligation{"access-control"}}},
			Frameworks: []probity.Framework{{ID: "gdpr", Title: "GDPR", Controls: []probity.Control{{ID: "32", Title: "Security", Mode: probity.Automatic, Obligations: []probity.Obligation{"access-control"}}}}}},
		Assets: sequence(assets), Outcomes: sequence(outcomes), Coverage: sequence([]probity.Coverage{}),
	}
}

// clerk keeps schedules of a test.
type clerk struct {
	names []string
	asked []string
}

func (c *clerk) Status(context.Context) (Status, error) {
	out := Status{Schedules: []ScheduleStatus{}}
	for _, n := range c.names {
		out.Schedules = append(out.Schedules, ScheduleStatus{Name: n, Cron: "0 3 * * *", Next: day().Add(24 * time.Hour)})
	}
	return out, nil
}

func (c *clerk) Ask(_ context.Context, schedule string) error {
	c.asked = append(c.asked, schedule)
	return nil
}

// estate is a history of two nights. Mixed: a foreign account in the same scans, and a series of its own.
func estate(t *testing.T, mixed bool) (*Operations, *clerk) {
	t.Helper()
	now := day().Add(6 * time.Hour)
	s, err := history.OpenFolder(t.Context(), t.TempDir(), history.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	take := func(series string, at time.Time, assets []probity.Asset) {
		t.Helper()
		id, err := s.Begin(t.Context(), history.Run{Series: series, Targets: []string{"aws:"}, Tool: "probity 1.0.0", Started: at})
		if err == nil {
			_, err = s.Take(t.Context(), id, scan(at, assets))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	c := &clerk{names: []string{"nightly"}}
	for night := range 2 {
		at, other := day().Add(time.Duration(night-1)*24*time.Hour), ""
		if mixed {
			other = foreign
			take(foreign, at.Add(-time.Hour), stores("999999999999", foreign, "", night))
		}
		assets := stores("111111111111", "mine", other, night)
		if mixed {
			assets = append(assets, stores("999999999999", foreign, "mine", night)...)
		}
		take("nightly", at, assets)
	}
	waive := func(name string) {
		t.Helper()
		_, err := s.Waive(t.Context(), history.Waiver{Fingerprint: fingerprint(name), Reason: "because of " + name, Owner: name, Approver: name, Expires: now.Add(48 * time.Hour), By: name, At: now}, history.Bounds{})
		if err != nil {
			t.Fatal(err)
		}
	}
	if waive("mine"); mixed {
		c.names = append(c.names, foreign)
		waive(foreign)
	}
	if err := s.Audit(t.Context(), history.Entry{At: now, Who: foreign, Did: "run", What: foreign}); err != nil {
		t.Fatal(err)
	}
	tx, err := s.DB().BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	notice, _, err := s.AddNotice(t.Context(), tx, history.Notice{Kind: history.NewsNotice, Series: foreign, At: now, Tally: history.Tally{New: 1, Others: map[cause.Cause]int{cause.Tool: 2}}})
	if err == nil {
		err = s.AddDelivery(t.Context(), tx, history.Delivery{ID: history.DeliveryID(notice, foreign, ""), Notice: notice, Sink: foreign, Findings: 1, Body: []byte("x")})
	}
	if err = errors.Join(err, tx.Commit()); err != nil {
		t.Fatal(err)
	}
	log := logrus.New()
	log.SetOutput(io.Discard)
	return &Operations{Store: s, Schedules: c, Now: func() time.Time { return now }, Log: log}, c
}

func fingerprint(name string) string {
	return probity.Fingerprint("not-public", probity.Ref{ID: storeID(name + "-open")}, "exposure.public", "")
}

func (*clerk) Retry(context.Context, string) error { return nil }
