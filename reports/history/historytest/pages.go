package historytest

import (
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/history"
)

// pages: what lists, counts and pages tell of an estate that one can count by hand.
func pages(t *testing.T, at Place) {
	d := open(t, at)
	ctx := d.ctx()
	d.coverage = append(d.coverage, probity.Coverage{Supply: probity.Supply{Kind: kind, Scope: probity.Scope{Provider: "aws", Account: "2"}, On: probity.Ref{ID: "aws://2"}}})
	care := probity.Activity{ID: "care", Subjects: []string{"patients"}}
	for i := range 6 {
		b := d.bucket(fmt.Sprint("store-", i))
		b.Scope.Account = []string{"1", "2"}[i%2]
		b.Location.Country = probity.Known([]string{"DE", "IE"}[i/3], nil)
		b.Exposure.Public = known(i == 0)
		if i > 2 {
			b.Exposure.Public = probity.Missing[bool](probity.Gap{Reason: probity.Denied, Needs: "s3:GetBucketPolicy on " + b.ID}, nil)
		}
		if i < 2 {
			b.Labels = probity.Whole(nil, label("mail"), label("phone"))
			b.Activities = probity.Whole(nil, care)
			b.Access.Readers = probity.Whole(nil, probity.Grant{Principal: "a"}, probity.Grant{Principal: "b"}, probity.Grant{Principal: "a"})
		}
	}
	d.assets[id("store-1")].Links = probity.Whole(nil, probity.Link{Kind: probity.CopyOf, To: probity.Ref{ID: id("store-0")}})
	first := d.night()
	d.assets[id("store-0")].Exposure.Public = known(false)
	d.night()
	d.series = "other" // sees one of them too
	d.assets = map[string]*probity.Asset{id("store-1"): d.assets[id("store-1")]}
	d.night()

	p, err := d.s.Posture(ctx, history.PostureQuery{Series: "aws:"})
	if err != nil || p.Assets != 6 || len(p.Scans) != 2 || len(p.Newest) != 1 {
		t.Fatalf("got %+v, %v, want two scans of six assets", p, err)
	}
	for name, c := range map[string]struct {
		got                 history.Counts
		fail, unknown, high int64
	}{"before": {p.Before, 3, 3, 1}, "now": {p.Now, 2, 3, 0}, "first scan": {p.Scans[0].Counts, 3, 3, 1}} {
		if got := c.got; got.Outcomes != 18 || got.Verdicts[probity.Fail] != c.fail || got.Verdicts[probity.Unknown] != c.unknown || got.Failing[probity.High] != c.high || got.Findings != c.fail {
			t.Errorf("%s: got %+v, want %d that fail, %d unknown, %d of high severity", name, got, c.fail, c.unknown, c.high)
		}
	}
	if want := (map[history.Standing]int64{history.Open: 2, history.Fixed: 1}); !cmp.Equal(p.States, want) {
		t.Errorf("got %v, want %v", p.States, want)
	}
	if p, err = d.s.Posture(ctx, history.PostureQuery{Account: "aws/1", Framework: "gdpr", Series: "aws:"}); err != nil || p.Assets != 3 || p.Now.Outcomes != 3 {
		t.Errorf("got %+v, %v, want three outcomes of the one rule that the framework rests on", p, err)
	}
	u, err := d.s.Unknowns(ctx, history.UnknownsQuery{})
	if err != nil || len(u.Groups) != 1 || u.Outcomes != 3 || u.Groups[0].Assets != 3 || u.Groups[0].Settles != history.ByPermission || u.Groups[0].Needs != "s3:GetBucketPolicy on the store" {
		t.Fatalf("got %+v, %v, want the one permission that settles three", u, err)
	}
	rows, err := d.s.UnknownRows(ctx, history.UnknownsQuery{Group: u.Groups[0].ID, Limit: 2})
	if err != nil || rows.Total != 3 || len(rows.Rows) != 2 || rows.Next == "" || rows.Rows[0].Rule != public {
		t.Errorf("got %+v, %v, want two of three", rows, err)
	}
	if rows, err = d.s.UnknownRows(ctx, history.UnknownsQuery{Group: u.Groups[0].ID, Limit: 2, After: rows.Next}); err != nil || len(rows.Rows) != 1 || rows.Next != "" {
		t.Errorf("got %+v, %v, want the third", rows, err)
	}
	m, err := d.s.DataMap(ctx, history.MapQuery{})
	if err != nil || m.Stores != 2 || len(m.Rows) != 1 || len(m.Cells) != 1 {
		t.Fatalf("got %+v, %v, want two stores", m, err)
	}
	if want := []history.MapTotal{{Category: m.Rows[0].Category, Stores: 2, Copies: 1, Readers: 2}}; !slices.Equal(m.Totals, want) {
		t.Errorf("got %+v, want %+v", m.Totals, want)
	}
	row := m.Rows[0]
	if row.Stores != 2 || row.Copies != 1 || row.Clear != 2 || row.Readers != 2 || row.Unread != 0 || row.Countries[0].Key != "DE" || row.Subjects[0].Key != "patients" || row.Activities[0].Stores != 2 {
		t.Errorf("got %+v, want two stores, one a copy, of patients", row)
	}
	for name, c := range map[string]struct {
		q    history.AssetsQuery
		want []int
	}{
		"all": {history.AssetsQuery{}, []int{0, 1, 2, 3, 4, 5}}, "text": {history.AssetsQuery{Text: "STORE-3"}, []int{3}}, "no wildcard": {history.AssetsQuery{Text: "store_3"}, nil}, "account": {history.AssetsQuery{Account: "aws/2"}, []int{1, 3, 5}},
		"country": {history.AssetsQuery{Country: "IE"}, []int{3, 4, 5}}, "category": {history.AssetsQuery{Category: probity.Contact}, []int{0, 1}}, "personal": {history.AssetsQuery{Personal: true, Account: "aws/1"}, []int{0}},
		"activity": {history.AssetsQuery{Activity: "care"}, []int{0, 1}}, "failing": {history.AssetsQuery{Failing: true}, []int{0, 1}}, "class": {history.AssetsQuery{Class: probity.Table}, nil}, "series": {history.AssetsQuery{Series: "other"}, []int{1}},
		"piece": {history.AssetsQuery{Limit: 2, After: "4"}, []int{4, 5}},
	} {
		page, err := d.s.Assets(ctx, c.q)
		var got []int
		for _, r := range page.Rows {
			var i int
			if _, err := fmt.Sscanf(r.Asset.ID, id("store-")+"%d", &i); err != nil {
				t.Fatal(err)
			}
			got = append(got, i)
		}
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, %v, want %v", name, got, err, c.want)
		}
	}
	page, err := d.s.Asset(ctx, probity.Ref{ID: id("store-0")}, history.Bounds{})
	if err != nil || len(page.Findings) != 2 || len(page.Linked) != 1 || page.Linked[0].Asset.Asset.ID != id("store-1") || len(page.Moments) != 2 || !page.Moments[0].Facts || !page.Moments[1].Appeared || page.Asset.Name != "store-0" {
		t.Errorf("got %+v, %v, want its findings, its copy and how it changed", page, err)
	}
	if page, err = d.s.Asset(ctx, probity.Ref{ID: id("store-1")}, history.Bounds{}); err != nil || len(page.Series) != 2 || page.Series[0].Series != "other" || len(page.Links) != 1 || len(page.Outcomes) != 3 {
		t.Errorf("got %+v, %v, want it seen by two series", page, err)
	}
	f, err := d.s.Framework(ctx, "gdpr", history.FrameworksQuery{Series: "aws:"})
	if err != nil || len(f.Rows) != 1 || len(f.Rows[0].Rules) != 1 || f.Counts.Outcomes != 6 {
		t.Errorf("got %+v, %v, want one control by one rule", f, err)
	}
	if _, err := d.s.Framework(ctx, "none", history.FrameworksQuery{}); !errors.Is(err, history.ErrUnknown) {
		t.Errorf("got %v, want that there is none", err)
	}
	a, err := d.s.Accounts(ctx, history.AccountsQuery{Limit: 1, Series: "aws:"})
	if err != nil || a.Total != 2 || a.Next == "" || a.Rows[0].Account != "aws/1" || a.Rows[0].Assets != 3 || a.Rows[0].Counts.Outcomes != 9 {
		t.Errorf("got %+v, %v, want the first of two accounts", a, err)
	}
	scans, err := d.s.Scans(ctx, history.ScansQuery{Limit: 2})
	if err == nil {
		scans, err = d.s.Scans(ctx, history.ScansQuery{After: scans[1].ID})
	}
	if err != nil || len(scans) != 1 || scans[0].ID != first.ID {
		t.Errorf("got %+v, %v, want the first scan", scans, err)
	}
	life, err := d.s.Life(ctx, probity.Fingerprint(holding, probity.Ref{ID: id("store-0")}, "labels", ""), history.Bounds{})
	if err != nil || life.Outcome == nil || len(life.Outcome.Evidence) != 1 || life.Seen == nil || life.Of == nil || life.Of.ID != holding {
		t.Errorf("got %+v, %v, want its outcome and rule", life, err)
	}
	for _, after := range []string{"x", "-1"} {
		if _, err := d.s.Findings(ctx, history.FindingsQuery{After: after}); err == nil {
			t.Errorf("%q is taken for a place in a list", after)
		}
	}
}

// waiving: a waiver that is made here shows at once, and so does its end.
func waiving(t *testing.T, at Place) {
	d := open(t, at)
	ctx := d.ctx()
	b := d.bucket("clients")
	b.Exposure.Public = known(true)
	d.night()
	w := history.Waiver{Fingerprint: probity.Fingerprint(public, b.Ref, "exposure.public", ""), Reason: "on purpose", Owner: "ann", Approver: "eve", By: "bob", Expires: now().AddDate(0, 1, 0)}
	for name, c := range map[string]struct {
		change func(*history.Waiver)
		want   error
	}{
		"no reason":       {func(w *history.Waiver) { w.Reason = " " }, history.ErrWaiver},
		"no owner":        {func(w *history.Waiver) { w.Owner = "" }, history.ErrWaiver},
		"nobody made it":  {func(w *history.Waiver) { w.By = "" }, history.ErrWaiver},
		"no end":          {func(w *history.Waiver) { w.Expires = time.Time{} }, history.ErrWaiver},
		"over":            {func(w *history.Waiver) { w.Expires = now() }, history.ErrWaiver},
		"for ever":        {func(w *history.Waiver) { w.Expires = now().AddDate(99, 0, 0) }, history.ErrWaiver},
		"no such finding": {func(w *history.Waiver) { w.Fingerprint = "0123" }, history.ErrUnknown},
	} {
		bad := w
		c.change(&bad)
		if _, err := d.s.Waive(ctx, bad, history.Bounds{}); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
	is := func(when string, want history.Standing, events ...history.Event) {
		t.Helper()
		l := d.finding(public, b.ID)
		page, err := d.s.Findings(ctx, history.FindingsQuery{States: []history.Standing{want}})
		if l.State != want || err != nil || page.Total != 1 || page.Rows[0].State != want {
			t.Errorf("%s: got %s, and in the list of those %+v, %v, want %s", when, l.State, page, err, want)
		}
		p, err := d.s.Posture(ctx, history.PostureQuery{})
		if err != nil || p.States[want] != 1 || len(p.States) != 1 {
			t.Errorf("%s: got %v, %v, want one that is %s", when, p.States, err, want)
		}
		var got []history.Event
		for _, m := range l.Moments {
			got = append(got, m.Event)
		}
		if !slices.Equal(got, events) {
			t.Errorf("%s: got %v, want %v", when, got, events)
		}
	}
	made, err := d.s.Waive(ctx, w, history.Bounds{})
	if err != nil || made.Rule != public || made.Asset != b.Ref || made.ID == 0 {
		t.Fatalf("got %+v, %v, want the finding's rule and asset", made, err)
	}
	is("before a scan", history.Waived, history.Appeared)
	if l := d.finding(public, b.ID); l.Owner != "ann" || len(l.Waivers) != 1 || l.Waivers[0].Approver != "eve" {
		t.Errorf("got %+v, want who answers for it", l)
	}
	accepted, err := d.s.Accepted(ctx)
	if err != nil || len(accepted) != 1 || accepted[0].Rule != public || accepted[0].Asset != b.ID || accepted[0].Owner != "ann" {
		t.Fatalf("got %+v, %v, want the waiver for the gate", accepted, err)
	}
	d.waived[b.ID] = &accepted[0]
	d.night()
	is("after a scan", history.Waived, history.Appeared, history.Accepted)
	ends := make(chan error)
	for range 4 { // of those who do it at once, one does
		go func() {
			_, err := d.s.Withdraw(ctx, made.ID, "eve", history.Bounds{})
			ends <- err
		}()
	}
	ended := 0
	for range 4 {
		if err := <-ends; err == nil {
			ended++
		} else if !errors.Is(err, history.ErrWaiver) {
			t.Error(err)
		}
	}
	if ended != 1 {
		t.Errorf("%d withdrew it, want one", ended)
	}
	is("withdrawn", history.Open, history.Appeared, history.Accepted)
	if _, err := d.s.Withdraw(ctx, made.ID, "eve", history.Bounds{}); !errors.Is(err, history.ErrWaiver) {
		t.Errorf("got %v, want that it is withdrawn", err)
	}
	delete(d.waived, b.ID)
	d.night()
	is("after another scan", history.Open, history.Appeared, history.Accepted, history.Revoked)
	all, err := d.s.Waivers(ctx, history.WaiversQuery{})
	if err != nil || all.Total != 1 || all.Rows[0].WithdrawnBy != "eve" {
		t.Errorf("got %+v, %v, want the one that was withdrawn", all, err)
	}
	if all, err = d.s.Waivers(ctx, history.WaiversQuery{Holding: true}); err != nil || all.Total != 0 {
		t.Errorf("got %+v, %v, want none that holds", all, err)
	}
	b.Exposure.Public = known(false)
	d.night()
	if _, err := d.s.Waive(ctx, w, history.Bounds{}); !errors.Is(err, history.ErrWaiver) {
		t.Errorf("got %v, want that it is fixed", err)
	}
}

// waivedBeside: a waiver that scans took for a second finding too, of the same rule and facts, ends for both at once, in lists and counts alike.
func waivedBeside(t *testing.T, at Place) {
	d := open(t, at)
	ctx := d.ctx()
	b := d.bucket("clients")
	b.Labels = probity.Whole(nil, label("a"), label("b"))
	d.elements = true
	d.night()
	made, err := d.s.Waive(ctx, history.Waiver{Fingerprint: probity.Fingerprint(holding, b.Ref, "labels", "a"), Reason: "on purpose", Owner: "ann", By: "bob", Expires: now().AddDate(0, 1, 0)}, history.Bounds{})
	if err != nil {
		t.Fatal(err)
	}
	accepted, err := d.s.Accepted(ctx)
	if err != nil || len(accepted) != 1 {
		t.Fatalf("got %+v, %v, want the waiver", accepted, err)
	}
	d.waived[b.ID] = &accepted[0]
	d.night()
	is := func(when string, want history.Standing) {
		t.Helper()
		page, err := d.s.Findings(ctx, history.FindingsQuery{States: []history.Standing{want}})
		if err != nil || page.Total != 2 || page.Rows[0].State != want || page.Rows[1].State != want {
			t.Errorf("%s: got %+v, %v, want two that are %s", when, page, err, want)
		}
		p, err := d.s.Posture(ctx, history.PostureQuery{})
		if err != nil || p.States[want] != 2 || len(p.States) != 1 {
			t.Errorf("%s: got %v, %v, want two that are %s", when, p.States, err, want)
		}
	}
	is("after a scan", history.Waived)
	if _, err := d.s.Withdraw(ctx, made.ID, "eve", history.Bounds{}); err != nil {
		t.Fatal(err)
	}
	is("withdrawn", history.Open)
}

// illegible: a text that is none is told to who asks, whatever database it is.
func illegible(t *testing.T, at Place) {
	d := open(t, at)
	d.bucket("clients")
	d.night()
	for _, text := range []string{"a\x00b", "\xff", strings.Repeat("%", 25_001)} {
		for name, ask := range map[string]func() error{
			"findings": func() error { _, err := d.s.Findings(d.ctx(), history.FindingsQuery{Text: text}); return err },
			"stores":   func() error { _, err := d.s.Assets(d.ctx(), history.AssetsQuery{Tag: text}); return err },
			"life":     func() error { _, err := d.s.Life(d.ctx(), text, history.Bounds{}); return err },
			"accounts": func() error { _, err := d.s.Accounts(d.ctx(), history.AccountsQuery{Text: text}); return err },
			"map":      func() error { _, err := d.s.DataMap(d.ctx(), history.MapQuery{Activity: text}); return err },
			"scans":    func() error { _, err := d.s.Scans(d.ctx(), history.ScansQuery{Series: text}); return err },
			"waivers":  func() error { _, err := d.s.Waivers(d.ctx(), history.WaiversQuery{Fingerprint: text}); return err },
			"audit":    func() error { _, err := d.s.AuditLog(d.ctx(), history.AuditQuery{Who: text}); return err },
		} {
			if err := ask(); err == nil || !strings.HasPrefix(err.Error(), "a text that is asked for is ") {
				t.Errorf("%s of %.20q: got %v, want that it is no text", name, text, err)
			}
		}
	}
}

// audit: what was done is told in order, on one line each.
func audit(t *testing.T, at Place) {
	d := open(t, at)
	for i, e := range []history.Entry{{Who: "ann", Came: history.ByProvider, Issuer: "https://login.example.com", Subject: "s-1", Did: "waive", What: "a\nb"}, {Who: "bob", Did: "run", What: "nightly", From: "127.0.0.1"}, {Who: "ann", Did: "refused", What: strings.Repeat("x", 9000)}} {
		e.At = d.now.Add(time.Duration(i) * time.Hour)
		if err := d.s.Audit(d.ctx(), e); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		q    history.AuditQuery
		want []string
	}{
		"all": {history.AuditQuery{}, []string{"refused", "run", "waive"}}, "who": {history.AuditQuery{Who: "ann"}, []string{"refused", "waive"}}, "did": {history.AuditQuery{Did: "run"}, []string{"run"}},
		"since": {history.AuditQuery{Since: d.now.Add(time.Hour)}, []string{"refused", "run"}}, "piece": {history.AuditQuery{After: "1", Limit: 1}, []string{"run"}},
	} {
		page, err := d.s.AuditLog(d.ctx(), c.q)
		var got []string
		for _, e := range page.Rows {
			got = append(got, e.Did)
			if strings.Contains(e.What, "\n") || len(e.What) > 600 {
				t.Errorf("got %q, want one line that is not long", e.What)
			}
		}
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, %v, want %v", name, got, err, c.want)
		}
		for _, e := range page.Rows {
			if known := e.Came == history.ByProvider && e.Issuer == "https://login.example.com" && e.Subject == "s-1"; known != (e.Did == "waive") {
				t.Errorf("%s: got %+v, want by what they came", name, e)
			}
		}
	}
	if err := d.s.Prune(d.ctx(), history.Retention{Counts: now().Sub(d.now.Add(90 * time.Minute))}); err != nil {
		t.Fatal(err)
	}
	if page, err := d.s.AuditLog(d.ctx(), history.AuditQuery{}); err != nil || page.Total != 1 {
		t.Errorf("got %+v, %v, want what was done since", page, err)
	}
}

// older: a history that an older release wrote tells the same once it is brought forward.
func older(t *testing.T, at Place) {
	d := open(t, at)
	r := rand.New(rand.NewPCG(15, 5))
	drawnEstate(d, r, 12)
	var made []*probity.Asset
	for i := range 12 {
		made = append(made, d.assets[id(fmt.Sprintf("secret-name-%02d", i))])
	}
	for range 3 {
		for _, a := range made {
			turn(a, made, r)
		}
		d.night()
	}
	delete(d.assets, made[0].ID)
	d.coverage[0].Gap = &probity.Gap{Reason: probity.Denied}
	d.night()
	want := told(t, d, history.Bounds{})
	for _, q := range []string{"DROP INDEX standing_asset", "DROP INDEX sighting_series", "DROP INDEX asset_cohort", "DROP INDEX asset_text", "CREATE INDEX asset_ref ON asset (root, ref)", "ALTER TABLE asset DROP COLUMN tagging", "ALTER TABLE asset DROP COLUMN cohort", "ALTER TABLE standing DROP COLUMN waiver", "DELETE FROM history_version WHERE version_id > 4"} {
		d.exec(q)
	}
	for _, table := range []string{"cohort", "cohort_mark", "tagging", "tagging_mark", "profile", "profile_rule", "need", "profile_need", "content", "content_label", "glance", "link", "waiver", "audit", "pending", "session"} {
		d.exec("DROP TABLE " + table)
	}
	if err := d.s.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := at.Open()
	if err != nil {
		t.Fatal(err)
	}
	d.s = s
	got := told(t, d, history.Bounds{})
	for name := range want {
		if diff := cmp.Diff(want[name], got[name]); diff != "" {
			t.Errorf("%s (-before +brought forward):\n%s", name, diff)
		}
	}
	d.night()
}

func (d *diary) exec(query string) {
	d.Helper()
	if _, err := d.s.DB().ExecContext(d.ctx(), query); err != nil {
		d.Fatalf("%s: %v", query, err)
	}
}

// bare: what a finding names, and a later scan finds, is a store as others are.
func bare(t *testing.T, at Place) {
	d := open(t, at)
	b := d.bucket("clients")
	other := probity.Ref{ID: id("logs")}
	scan := d.scan(d.now)
	own := scan.Outcomes
	scan.Outcomes = func(yield func(probity.Outcome, error) bool) {
		for o, err := range own {
			if o.Rule == public {
				o.Verdict = probity.Fail
				o.Findings = []probity.Finding{{Fingerprint: probity.Fingerprint(public, other, "exposure.public", ""), Asset: other, Fact: "exposure.public", Message: "logs of " + b.Name, Risk: probity.Risk{Severity: probity.Low}}}
			}
			if !yield(o, err) {
				return
			}
		}
	}
	d.take(scan)
	if got := d.finding(public, other.ID); got.Kind != "" {
		t.Errorf("got %+v, want nothing but a name", got)
	}
	d.bucket("logs").Exposure.Public = known(true)
	d.night()
	if got := d.finding(public, other.ID); got.Kind != kind || got.Class != probity.Bucket || got.Scope.Account != "1" {
		t.Errorf("got %+v, want its kind and account", got)
	}
	if got, err := d.s.Known(d.ctx(), other.ID); err != nil || len(got) != 1 {
		t.Errorf("got %+v, %v under its name, want the store", got, err)
	}
	if page, err := d.s.Assets(d.ctx(), history.AssetsQuery{Account: "aws/1"}); err != nil || page.Total != 2 {
		t.Errorf("got %+v, %v, want two stores", page, err)
	}
}

// eachFinding: all findings are listed as of the moment at which they were asked for, whatever is taken in and waived meanwhile.
func eachFinding(t *testing.T, at Place) {
	d := open(t, at)
	const n = 1100
	for i := range n {
		d.bucket(fmt.Sprintf("store-%04d", i)).Exposure.Public = known(true)
	}
	d.night()
	q := history.FindingsQuery{Sort: history.ByOldest}
	page, err := d.s.Findings(d.ctx(), history.FindingsQuery{Sort: q.Sort, Limit: n})
	if err != nil {
		t.Fatal(err)
	}
	list := func(after string) iter.Seq2[history.Known, error] {
		q.After = after
		all, err := d.s.EachFinding(d.ctx(), q)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	all, rest, none := list(""), list("700"), list("2000") // nothing is told of them yet
	for _, a := range d.assets {
		a.Exposure.Public = known(a.ID >= id("store-0600"))
	}
	d.night()
	w := history.Waiver{Fingerprint: page.Rows[n-1].Fingerprint, Reason: "known", Owner: "ann", By: "bob", Expires: now().AddDate(0, 1, 0)}
	if _, err := d.s.Waive(d.ctx(), w, history.Bounds{}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		rows iter.Seq2[history.Known, error]
		from int
	}{{all, 0}, {rest, 700}, {none, n}} {
		at := c.from
		for k, err := range c.rows {
			if err != nil {
				t.Fatal(err)
			}
			if k.State != history.Open || k.Fingerprint != page.Rows[at].Fingerprint || k.Event != history.Appeared {
				t.Fatalf("%d: got %+v, want %s as it was", at, k, page.Rows[at].Fingerprint)
			}
			at++
		}
		if at != n {
			t.Errorf("from %d: got %d, want %d", c.from, at, n)
		}
	}
	if _, err := d.s.EachFinding(d.ctx(), history.FindingsQuery{After: "x"}); err == nil {
		t.Error("a place that is none is taken")
	}
}
