package historytest

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/history"
)

// within is what bounds say, in plain words.
func within(a *probity.Asset, b history.Bounds) bool {
	if len(b.Accounts) > 0 && !slices.ContainsFunc(b.Accounts, func(p string) bool {
		return p == a.Scope.Provider+"/"+a.Scope.Account || p == a.Scope.Provider+"/*"
	}) {
		return false
	}
	tags, _ := a.Tags.Get()
	for k, values := range b.Tags {
		if v, ok := tags[k]; !ok || !slices.Contains(values, v) {
			return false
		}
	}
	return len(b.Activities) == 0 || slices.ContainsFunc(a.Activities.Items, func(x probity.Activity) bool { return slices.Contains(b.Activities, x.ID) })
}

// drawnEstate is one by chance. What bounds ask stays; the rest of it changes from night to night.
func drawnEstate(d *diary, r *rand.Rand, n int) {
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	var made []*probity.Asset
	for i := range n {
		a := d.bucket(fmt.Sprintf("secret-name-%02d", i))
		a.Scope.Account, a.Scope.Region = pick("111", "222", "333"), pick("eu-west-1", "us-east-1")
		a.Location.Country = probity.Known(pick("DE", "IE", "US"), nil)
		a.Tags = probity.Known(map[string]string{"team": pick("a", "b", "c"), "stage": pick("test", "production"), "Name": fmt.Sprint("tag-of-", i)}, nil)
		a.Owner = probity.Known(pick("", "ann", "bob"), nil)
		if x := pick("", "billing", "care"); x != "" {
			a.Activities = probity.Whole(nil, probity.Activity{ID: x, Subjects: []string{"of " + x}})
		} else {
			a.Activities = probity.Whole[probity.Activity](nil)
		}
		made = append(made, a)
	}
	for _, a := range made {
		other := made[r.IntN(n)]
		if other != a && r.IntN(2) == 0 {
			a.Links = probity.Whole(nil, probity.Link{Kind: probity.LinkKind(pick(probity.CopyOf.Values()...)), To: other.Ref})
		}
		if r.IntN(4) == 0 {
			a.Lineage.Production = probity.Whole(nil, other.ID)
		}
	}
	d.coverage = nil
	for _, account := range []string{"111", "222", "333"} {
		d.coverage = append(d.coverage, probity.Coverage{Supply: probity.Supply{Kind: kind, Scope: probity.Scope{Provider: "aws", Account: account}, On: probity.Ref{ID: "aws://" + account}}})
	}
}

// turn changes an asset as a night may.
func turn(a *probity.Asset, others []*probity.Asset, r *rand.Rand) {
	other := others[r.IntN(len(others))]
	switch r.IntN(4) {
	case 0:
		a.Exposure.Public = probity.Missing[bool](probity.Gap{Reason: probity.Denied, Needs: "s3:GetBucketPolicy on " + a.ID}, nil)
	case 1:
		a.Exposure.Public = probity.Known(true, &probity.Origin{Call: "s3", Derived: []probity.Evidence{{Asset: other.Ref, Fact: "exposure.public", Value: "told of " + other.ID}}})
	default:
		a.Exposure.Public = known(r.IntN(2) == 0)
	}
	switch r.IntN(3) {
	case 0:
		l := label("mail")
		if r.IntN(2) == 0 && other != a {
			l.Inherited = &other.Ref
		}
		a.Labels = probity.Whole(nil, l)
	case 1:
		a.Labels = probity.Open[probity.Label](probity.Gap{Reason: probity.Sampled, Needs: "a scan of " + other.ID}, nil)
		a.Links = probity.Whole(nil, probity.Link{Kind: probity.ReadsFrom, To: other.Ref})
	default:
		a.Labels = probity.Whole[probity.Label](nil)
	}
}

// bounds: who sees some assets alone is told what a history would tell that holds nothing else.
func bounds(t *testing.T, one, two Place) {
	r := rand.New(rand.NewPCG(15, 4))
	all := open(t, one)
	drawnEstate(all, r, 24)
	some := all.again(two)
	some.coverage = all.coverage
	b := history.Bounds{Accounts: []string{"aws/111", "aws/222"}, Tags: map[string][]string{"team": {"a", "b"}}}
	others := map[string]history.Bounds{
		"accounts":   {Accounts: []string{"aws/222"}},
		"tag":        {Tags: map[string][]string{"stage": {"production"}}},
		"tags":       {Tags: map[string][]string{"stage": {"production"}, "team": {"c"}}},
		"activity":   {Activities: []string{"care"}},
		"everything": {Accounts: []string{"aws/*"}},
		"nothing":    {Accounts: []string{"aws/444"}},
		"no value":   {Tags: map[string][]string{"team": {}}},
	}
	var made []*probity.Asset
	for _, id := range slices.Sorted(func(yield func(string) bool) {
		for id := range all.assets {
			if !yield(id) {
				return
			}
		}
	}) {
		made = append(made, all.assets[id])
	}
	for night := range 4 {
		for _, a := range made {
			if night == 0 || r.IntN(3) == 0 {
				turn(a, made, r)
			}
		}
		if night == 3 {
			for _, a := range made[:5] {
				delete(all.assets, a.ID)
			}
		}
		for _, series := range []string{"one", "three", "two"} {
			all.series, some.series, some.now = series, series, all.now
			some.assets = map[string]*probity.Asset{}
			for id, a := range all.assets {
				if within(a, b) {
					some.assets[id] = a
				}
			}
			if account := map[string]string{"two": "333", "three": "222"}[series]; account != "" { // sees that account alone
				for _, a := range made {
					if a.Scope.Account != account {
						delete(some.assets, a.ID)
					}
				}
				whole := all.assets
				all.assets = map[string]*probity.Asset{}
				for id, a := range whole {
					if a.Scope.Account == account {
						all.assets[id] = a
					}
				}
				all.night()
				all.assets = whole
			} else {
				all.night()
			}
			some.night()
		}
	}
	waive(t, all, some, b)
	got, want := told(t, all, b), told(t, some, history.Bounds{})
	for name := range want {
		if diff := cmp.Diff(want[name], got[name]); diff != "" {
			t.Errorf("%s (-a history of nothing else +who has bounds):\n%s", name, diff)
		}
	}
	secrets(t, "mixed", all, b, made)
	for name, b := range others {
		secrets(t, name, all, b, made)
	}
	if page, err := all.s.Assets(all.ctx(), history.AssetsQuery{Bounds: others["everything"]}); err != nil || page.Total != int64(len(all.assets)) {
		t.Errorf("got %d assets, %v, want all %d", page.Total, err, len(all.assets))
	}
}

// waive waives a finding in both, and tries one that is out of bounds.
func waive(t *testing.T, all, some *diary, b history.Bounds) {
	t.Helper()
	open, err := some.s.Findings(some.ctx(), history.FindingsQuery{})
	if err != nil || len(open.Rows) < 3 {
		t.Fatalf("got %+v, %v, want findings", open, err)
	}
	w := history.Waiver{Fingerprint: open.Rows[1].Fingerprint, Reason: "known", Owner: "ann", By: "bob", Expires: now().AddDate(0, 1, 0)}
	for d, b := range map[*diary]history.Bounds{all: b, some: {}} {
		if _, err := d.s.Waive(d.ctx(), w, b); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := all.s.Findings(all.ctx(), history.FindingsQuery{Limit: 500})
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range rows.Rows {
		if within(all.assets[k.Asset.ID], b) {
			continue
		}
		w.Fingerprint = k.Fingerprint
		if _, err := all.s.Waive(all.ctx(), w, b); !errors.Is(err, history.ErrUnknown) {
			t.Errorf("got %v for a finding that is out of bounds, want that there is none", err)
		}
		made, err := all.s.Waive(all.ctx(), w, history.Bounds{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := all.s.Withdraw(all.ctx(), made.ID, "eve", b); !errors.Is(err, history.ErrUnknown) {
			t.Errorf("got %v for a waiver that is out of bounds, want that there is none", err)
		}
		break
	}
}

// now is what the databases of tests are told to be the time.
func now() time.Time { return time.Date(2028, 2, 20, 0, 0, 0, 0, time.UTC) }

// told is all that somebody is told, by query, without what differs between two histories of the same.
func told(t *testing.T, d *diary, b history.Bounds) map[string]string {
	t.Helper()
	ctx := d.ctx()
	out := map[string]string{}
	put := func(name string, v any, err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out[name] = plainly(t, v)
	}
	inView := func(of []history.PostureScan) (out []history.PostureScan) {
		for _, x := range of {
			if x.Series != "two" || !b.Zero() {
				out = append(out, history.PostureScan{Scan: x.Scan, Series: x.Series, Started: x.Started, Assets: x.Assets, Counts: x.Counts})
			}
		}
		return out
	}
	for name, q := range map[string]history.PostureQuery{"all": {}, "account": {Account: "aws/111"}, "framework": {Framework: "gdpr"}, "series": {Series: "one"}} {
		q.Bounds = b
		p, err := d.s.Posture(ctx, q)
		p.Newest = inView(p.Newest)
		p.Scans = slices.DeleteFunc(p.Scans, func(x history.PostureMoment) bool { return len(inView([]history.PostureScan{x.PostureScan})) == 0 })
		for i, x := range p.Scans {
			p.Scans[i].PostureScan = inView([]history.PostureScan{x.PostureScan})[0]
		}
		put("posture of "+name, p, err)
	}
	for name, q := range map[string]history.FindingsQuery{"open": {}, "all": {States: []history.Standing{history.Open, history.Waived, history.Unseen, history.Fixed}}, "text": {Text: "NAME-1"}, "paged": {Limit: 2, After: "1"},
		"owner": {Owner: "ann"}, "category": {Category: probity.Contact}, "activity": {Activity: "care"}, "framework": {Framework: "gdpr", Sort: history.ByOldest}, "series": {Series: "one", Sort: history.ByNewest}, "account": {Account: "aws/222"}} {
		q.Bounds = b
		p, err := d.s.Findings(ctx, q)
		for i := range p.Rows {
			p.Rows[i].ID = 0
		}
		put("findings, "+name, p, err)
		if name != "all" {
			continue
		}
		for _, k := range p.Rows {
			l, err := d.s.Life(ctx, k.Fingerprint, b)
			l.ID, l.Seen, l.Outcome = 0, nil, nil // with names of others, where nothing is out of bounds
			for i := range l.Waivers {
				l.Waivers[i].ID = 0
			}
			put("life of "+k.Fingerprint, l, err)
		}
	}
	groups, err := d.s.Unknowns(ctx, history.UnknownsQuery{Bounds: b})
	put("unknowns", groups, err)
	for _, g := range groups.Groups {
		rows, err := d.s.UnknownRows(ctx, history.UnknownsQuery{Group: g.ID, Bounds: b})
		put("unknowns of "+g.Needs, rows, err)
	}
	for name, q := range map[string]history.AssetsQuery{"all": {}, "text": {Text: "name-2"}, "country": {Country: "DE"}, "category": {Category: probity.Contact}, "failing": {Failing: true}, "tag": {Tag: "team=a"}, "owner": {Owner: "bob"}, "paged": {Limit: 3, After: "2"}} {
		q.Bounds = b
		p, err := d.s.Assets(ctx, q)
		put("assets, "+name, p, err)
		if name != "all" {
			continue
		}
		for _, row := range p.Rows {
			page, err := d.s.Asset(ctx, row.Asset, b)
			page.Asset, page.Outcomes, page.Hidden = probity.Asset{}, nil, 0
			for i := range page.Findings {
				page.Findings[i].ID = 0
			}
			put("asset "+row.Asset.ID, page, err)
		}
	}
	for name, q := range map[string]history.MapQuery{"all": {}, "category": {Category: probity.Contact}, "country": {Country: "US"}, "activity": {Activity: "billing"}} {
		q.Bounds = b
		m, err := d.s.DataMap(ctx, q)
		put("map, "+name, m, err)
	}
	f, err := d.s.Frameworks(ctx, history.FrameworksQuery{Bounds: b})
	put("frameworks", f, err)
	page, err := d.s.Framework(ctx, "gdpr", history.FrameworksQuery{Bounds: b})
	put("framework", page, err)
	accounts, err := d.s.Accounts(ctx, history.AccountsQuery{Bounds: b})
	put("accounts", accounts, err)
	sources, err := d.s.Sources(ctx, b)
	put("sources", inView(sources), err)
	scans, err := d.s.Scans(ctx, history.ScansQuery{Bounds: b})
	var records []history.Record
	for _, x := range scans {
		if x.Series != "two" || !b.Zero() {
			x.Targets, x.Version, x.State = nil, 0, "" // whether all could be read is told of a scan as a whole
			records = append(records, x)
		}
	}
	put("scans", records, err)
	for _, x := range records {
		c, err := d.s.Changes(ctx, history.ChangesQuery{Scan: x.ID, Bounds: b})
		put("changes of "+x.ID, c, err)
	}
	w, err := d.s.Waivers(ctx, history.WaiversQuery{Bounds: b})
	for i := range w.Rows {
		w.Rows[i].ID, w.Rows[i].At = 0, time.Time{}
	}
	put("waivers", w, err)
	return out
}

// plainly is a value as a program is told it.
func plainly(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// secrets: nothing that is told within bounds names what is out of them, and what is out of them cannot be asked for.
func secrets(t *testing.T, name string, d *diary, b history.Bounds, made []*probity.Asset) {
	t.Helper()
	ctx := d.ctx()
	var text strings.Builder
	text.WriteString(plainly(t, told(t, d, b)))
	for _, a := range made {
		page, err := d.s.Asset(ctx, a.Ref, b)
		if !within(a, b) {
			if !errors.Is(err, history.ErrUnknown) {
				t.Errorf("%s: got %v for %s, which is out of bounds, want that there is none", name, err, a.ID)
			}
			for rule, fact := range map[string]probity.Path{public: "exposure.public", holding: "labels", owned: "owner"} {
				if _, err := d.s.Life(ctx, probity.Fingerprint(rule, a.Ref, fact, ""), b); !errors.Is(err, history.ErrUnknown) {
					t.Errorf("%s: got %v for a finding on %s, which is out of bounds, want that there is none", name, err, a.ID)
				}
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %s: %v", name, a.ID, err)
			continue
		}
		text.WriteString(plainly(t, page))
		for _, f := range page.Findings {
			l, err := d.s.Life(ctx, f.Fingerprint, b)
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			text.WriteString(plainly(t, l))
		}
	}
	for _, a := range made {
		if within(a, b) {
			continue
		}
		for _, secret := range []string{a.ID, a.Name, probity.Fingerprint(public, a.Ref, "exposure.public", ""), probity.Fingerprint(owned, a.Ref, "owner", "")} {
			if i := strings.Index(text.String(), secret); i >= 0 {
				t.Errorf("%s: %q is told, near %q", name, secret, text.String()[max(0, i-200):min(text.Len(), i+100)])
				return
			}
		}
	}
}

// belonging: who may see an asset changes with a scan that is shown, in all series, and with none that came to nothing, wherever it failed.
func belonging(t *testing.T, at Place) {
	d := open(t, at)
	team := func(name string) probity.Fact[map[string]string] {
		return probity.Known(map[string]string{"team": name}, nil)
	}
	sees := func(name string) int64 {
		t.Helper()
		page, err := d.s.Assets(d.ctx(), history.AssetsQuery{Bounds: history.Bounds{Tags: map[string][]string{"team": {name}}}})
		if err != nil {
			t.Fatal(err)
		}
		findings, err := d.s.Findings(d.ctx(), history.FindingsQuery{Bounds: history.Bounds{Tags: map[string][]string{"team": {name}}}})
		if err != nil || int64(len(findings.Rows)) != page.Total {
			t.Errorf("team %s sees %d assets and %d findings, %v", name, page.Total, len(findings.Rows), err)
		}
		return page.Total
	}
	b := d.bucket("clients")
	b.Exposure.Public, b.Tags = known(true), team("a")
	for _, series := range []string{"weekly", ""} {
		d.series = series
		d.night()
	}
	b.Tags = team("b")
	failures := 0
	for ; ; failures++ {
		scan, n := d.scan(d.now), 0
		whole := scan.Coverage
		scan.Coverage = func(yield func(probity.Coverage, error) bool) {
			if n++; n > failures {
				yield(probity.Coverage{}, errors.New("the disk is full"))
				return
			}
			whole(yield)
		}
		if _, err := d.tryTake(scan); err == nil {
			break
		}
		if a, b := sees("a"), sees("b"); a != 1 || b != 0 {
			t.Fatalf("after failure %d team a sees %d assets and team b %d", failures, a, b)
		}
	}
	if failures < 2 {
		t.Errorf("%d tries failed: want some before and some after rows are written", failures)
	}
	if a, b := sees("a"), sees("b"); a != 0 || b != 1 {
		t.Errorf("team a sees %d assets and team b %d", a, b)
	}
}
