package historytest

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/history"
)

// once: an outcome of a rule on a store that several series see counts once, by the newest scan that could tell.
func once(t *testing.T, at Place) {
	denied := probity.Missing[bool](probity.Gap{Reason: probity.Denied, Needs: "s3:GetBucketPolicy"}, nil)
	by := func(d *diary, series string) { // in an account that is the case's own
		d.series = d.Name() + series
		for _, a := range d.assets {
			a.Scope.Account = d.Name()
		}
		d.night()
	}
	nightly, hourly := func(d *diary) { by(d, " nightly") }, func(d *diary) { by(d, " hourly") }
	type verdicts = map[probity.Verdict]int64
	for name, c := range map[string]struct {
		do   func(d *diary, b *probity.Asset)
		want verdicts // of the rules public, holding and owned
	}{
		"both say the same": {func(d *diary, b *probity.Asset) {
			b.Exposure.Public = denied
			nightly(d)
			hourly(d)
		}, verdicts{probity.Unknown: 1, probity.Pass: 2}},
		"one sees a part": {func(d *diary, b *probity.Asset) {
			other := d.bucket(d.Name() + " other")
			b.Exposure.Public, other.Exposure.Public = known(true), denied
			nightly(d)
			delete(d.assets, other.ID)
			hourly(d)
		}, verdicts{probity.Fail: 1, probity.Unknown: 1, probity.Pass: 4}},
		"the newer one decides": {func(d *diary, b *probity.Asset) {
			b.Exposure.Public = known(true)
			nightly(d)
			b.Exposure.Public = known(false)
			hourly(d)
		}, verdicts{probity.Pass: 3}},
		"the one that looked last decides, though nothing changed for it": {func(d *diary, b *probity.Asset) {
			b.Exposure.Public = known(true)
			nightly(d)
			b.Exposure.Public = known(false)
			hourly(d)
			b.Exposure.Public = known(true)
			nightly(d)
		}, verdicts{probity.Fail: 1, probity.Pass: 2}},
		"a newer one that cannot tell hides no failure": {func(d *diary, b *probity.Asset) {
			b.Exposure.Public = known(true)
			nightly(d)
			b.Exposure.Public = denied
			d.now = d.now.AddDate(0, 2, 0)
			hourly(d)
		}, verdicts{probity.Fail: 1, probity.Pass: 2}},
		"a newer one that cannot tell leaves a pass": {func(d *diary, b *probity.Asset) {
			nightly(d)
			b.Exposure.Public = denied
			hourly(d)
		}, verdicts{probity.Pass: 3}},
		"a pass of long ago proves nothing": {func(d *diary, b *probity.Asset) {
			nightly(d)
			b.Exposure.Public = denied
			d.now = d.now.AddDate(0, 2, 0)
			hourly(d)
		}, verdicts{probity.Unknown: 1, probity.Pass: 2}},
		"each asks other rules": {func(d *diary, b *probity.Asset) {
			b.Exposure.Public = known(true)
			d.rules = newEstate().rules[:2]
			nightly(d)
			d.rules = newEstate().rules[1:]
			hourly(d)
		}, verdicts{probity.Fail: 1, probity.Pass: 2}},
		"a rule of another name": {func(d *diary, b *probity.Asset) {
			b.Exposure.Public = denied
			nightly(d)
			d.renamed = map[string]string{"not-open": public}
			d.rules[2].ID, d.rules[2].Aliases = "not-open", []string{public}
			b.Exposure.Public = known(true)
			hourly(d)
		}, verdicts{probity.Fail: 1, probity.Pass: 2}},
		"a store of another name": {func(d *diary, b *probity.Asset) {
			address := "postgres://db.example.org:5432/" + d.Name()
			b.Aliases, b.Exposure.Public = []string{address}, denied
			nightly(d)
			x := d.bucket(address)
			x.ID, x.Exposure.Public = address, known(true)
			d.assets = map[string]*probity.Asset{x.ID: x}
			hourly(d)
		}, verdicts{probity.Fail: 1, probity.Pass: 2}},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t, at)
			c.do(d, d.bucket(name))
			account := "aws/" + d.Name()
			p, err := d.s.Posture(d.ctx(), history.PostureQuery{Account: account})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, p.Now.Verdicts); diff != "" {
				t.Errorf("posture (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(p.Now, p.Scans[len(p.Scans)-1].Together); diff != "" {
				t.Errorf("the newest scan over time (-now +got):\n%s", diff)
			}
			u, err := d.s.Unknowns(d.ctx(), history.UnknownsQuery{Account: account})
			if err != nil || u.Outcomes != c.want[probity.Unknown] {
				t.Errorf("got %d unknown, %v, want %d", u.Outcomes, err, c.want[probity.Unknown])
			}
			for _, g := range u.Groups {
				rows, err := d.s.UnknownRows(d.ctx(), history.UnknownsQuery{Account: account, Group: g.ID})
				if err != nil || int64(len(rows.Rows)) != g.Outcomes || rows.Total != g.Outcomes {
					t.Errorf("got rows %+v, %v, want %d", rows, err, g.Outcomes)
				}
			}
			all, err := d.s.Accounts(d.ctx(), history.AccountsQuery{})
			i := slices.IndexFunc(all.Rows, func(a history.AccountPosture) bool { return a.Account == account })
			if err != nil || i < 0 {
				t.Fatalf("got %+v, %v, want the account", all, err)
			}
			if diff := cmp.Diff(p.Now, all.Rows[i].Counts); diff != "" {
				t.Errorf("the account (-posture +got):\n%s", diff)
			}
			f, err := d.s.Framework(d.ctx(), "gdpr", history.FrameworksQuery{Account: account})
			if err != nil {
				t.Fatal(err)
			}
			q, err := d.s.Posture(d.ctx(), history.PostureQuery{Account: account, Framework: "gdpr"})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(q.Now, f.Counts); diff != "" || q.Now.Outcomes == 0 {
				t.Errorf("the framework (-posture +got):\n%s", diff)
			}
			for _, x := range p.Newest { // each by itself, as its scan counted
				one, err := d.s.Posture(d.ctx(), history.PostureQuery{Account: account, Series: x.Series})
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(x.Counts, one.Now); diff != "" {
					t.Errorf("%s (-its newest scan +got):\n%s", x.Series, diff)
				}
			}
		})
	}
}

// onceApart: who sees a store by one of its names is told what is said of that one, and each account tells of what is in it.
func onceApart(t *testing.T, at Place) {
	d := open(t, at)
	address := "postgres://db.example.org:5432/clients"
	b := d.bucket("clients")
	b.Scope.Account, b.Aliases, b.Exposure.Public = "here", []string{address}, probity.Missing[bool](probity.Gap{Reason: probity.Denied, Needs: "s3:GetBucketPolicy"}, nil)
	d.series = "by account"
	d.night()
	x := d.bucket(address)
	x.ID, x.Scope.Account, x.Exposure.Public = address, "there", known(true)
	d.assets = map[string]*probity.Asset{x.ID: x}
	d.series = "by address"
	d.night()
	type verdicts = map[probity.Verdict]int64
	for name, c := range map[string]struct {
		bounds   history.Bounds
		want     verdicts
		accounts map[string]verdicts
	}{
		"both names":  {history.Bounds{}, verdicts{probity.Fail: 1, probity.Pass: 2}, map[string]verdicts{"aws/here": {probity.Unknown: 1, probity.Pass: 2}, "aws/there": {probity.Fail: 1, probity.Pass: 2}}},
		"the first":   {history.Bounds{Accounts: []string{"aws/here"}}, verdicts{probity.Unknown: 1, probity.Pass: 2}, map[string]verdicts{"aws/here": {probity.Unknown: 1, probity.Pass: 2}}},
		"the address": {history.Bounds{Accounts: []string{"aws/there"}}, verdicts{probity.Fail: 1, probity.Pass: 2}, map[string]verdicts{"aws/there": {probity.Fail: 1, probity.Pass: 2}}},
	} {
		p, err := d.s.Posture(d.ctx(), history.PostureQuery{Bounds: c.bounds})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, p.Now.Verdicts); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		u, err := d.s.Unknowns(d.ctx(), history.UnknownsQuery{Bounds: c.bounds})
		if err != nil || u.Outcomes != c.want[probity.Unknown] {
			t.Errorf("%s: got %d unknown, %v, want %d", name, u.Outcomes, err, c.want[probity.Unknown])
		}
		all, err := d.s.Accounts(d.ctx(), history.AccountsQuery{Bounds: c.bounds})
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]verdicts{}
		for _, a := range all.Rows {
			got[a.Account] = a.Counts.Verdicts
		}
		if diff := cmp.Diff(c.accounts, got); diff != "" {
			t.Errorf("%s, by account (-want +got):\n%s", name, diff)
		}
	}
}

// onceOverTime: what was counted in the past is what counted then, for those with bounds too.
func onceOverTime(t *testing.T, at Place) {
	d := open(t, at)
	r := rand.New(rand.NewPCG(15, 3))
	drawnEstate(d, r, 12)
	var made []*probity.Asset
	for _, id := range slices.Sorted(maps.Keys(d.assets)) {
		made = append(made, d.assets[id])
	}
	viewers := map[string]history.PostureQuery{"all": {}, "an account": {Account: "aws/222"}, "a framework": {Framework: "gdpr"}, "bounds": {Bounds: history.Bounds{Tags: map[string][]string{"team": {"a", "b"}}}}}
	then := map[string][]history.Counts{}
	for night := range 12 {
		for _, a := range made {
			if night == 0 || r.IntN(4) == 0 {
				turn(a, made, r)
			}
		}
		d.series = []string{"weekly", "nightly", "by hand"}[[]int{0, 1, 2, 1, 1, 0, 2, 2, 1, 0, 1, 2}[night]]
		d.assets = map[string]*probity.Asset{}
		for i, a := range made {
			if d.series == "weekly" || d.series == "nightly" && i%3 > 0 || d.series == "by hand" && (i+night)%2 > 0 {
				d.assets[a.ID] = a
			}
		}
		if night == 6 {
			d.now = d.now.AddDate(0, 1, 15)
		}
		d.night()
		for name, q := range viewers {
			p, err := d.s.Posture(d.ctx(), q)
			if err != nil {
				t.Fatal(err)
			}
			u, err := d.s.Unknowns(d.ctx(), history.UnknownsQuery{Account: q.Account, Framework: q.Framework, Bounds: q.Bounds})
			if err != nil || u.Outcomes != p.Now.Verdicts[probity.Unknown] {
				t.Errorf("night %d, %s: got %d unknown, %v, want %d", night, name, u.Outcomes, err, p.Now.Verdicts[probity.Unknown])
			}
			then[name] = append(then[name], p.Now)
		}
	}
	for name, q := range viewers {
		p, err := d.s.Posture(d.ctx(), q)
		if err != nil {
			t.Fatal(err)
		}
		var got []history.Counts
		for _, x := range p.Scans {
			got = append(got, x.Together)
		}
		if diff := cmp.Diff(then[name], got); diff != "" {
			t.Errorf("%s (-as counted then +got):\n%s", name, diff)
		}
		// The last three nights are the newest of each series.
		if diff := cmp.Diff(then[name][8], p.Before); diff != "" {
			t.Errorf("%s (-as counted before the newest of each series +got):\n%s", name, diff)
		}
	}
}
