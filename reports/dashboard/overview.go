package dashboard

import (
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/history"
)

// overview answers three questions of any morning: what got worse, what is not known, and what there is to show an auditor.
func (a *ask) overview() error {
	days := a.days("days", 7)
	if err := a.checked(); err != nil {
		return err
	}
	var (
		posture    history.Posture
		worse      history.FindingsPage
		unknowns   history.Unknowns
		frameworks []history.FrameworkPosture
		waivers    history.WaiversPage
		schedules  []schedule
	)
	g, ctx := errgroup.WithContext(a.r.Context())
	g.Go(func() (err error) {
		posture, err = a.Posture(ctx, &PostureIn{Since: a.Now().AddDate(0, 0, -90)})
		return err
	})
	g.Go(func() (err error) {
		worse, err = a.Findings(ctx, &FindingsIn{Since: a.since(days), Event: worsening(), Page: Page{Limit: 8}})
		return err
	})
	g.Go(func() (err error) {
		unknowns, err = a.Unknowns(ctx, &UnknownsIn{Page: Page{Limit: 8}})
		return err
	})
	g.Go(func() (err error) {
		frameworks, err = a.Frameworks(ctx, &FrameworksIn{})
		return err
	})
	g.Go(func() (err error) {
		waivers, err = a.Waivers(ctx, &WaiversIn{Holding: true, Page: Page{Limit: 100}})
		return err
	})
	g.Go(func() (err error) {
		schedules, err = a.seenSchedules()
		return err
	})
	if err := g.Wait(); err != nil {
		return err
	}
	// What does not apply is settled by nobody.
	open := slices.DeleteFunc(unknowns.Groups, func(g history.UnknownGroup) bool { return g.Reason == probity.NotApplicable })
	open = open[:min(len(open), 6)]
	page := struct {
		shell
		Days       int
		Spans      []choice
		Posture    history.Posture
		Open       int64
		Bar        reports.Chart
		Trend      trend
		Worse      []listedFinding
		WorseTotal int64
		Unknown    int64
		Change     change
		Groups     []unknownGroup
		Frameworks []framework
		Waivers    int64
		Lapsing    []history.Waiver
		Schedules  []schedule
		Lost       []history.PostureScan
	}{shell: a.shell(a.in.Say("Overview")), Days: days, Posture: posture, Open: posture.States[history.Open], Trend: a.trendOf("trend", posture.Scans), Worse: a.knowns(worse.Rows), WorseTotal: worse.Total,
		Unknown: posture.Now.Verdicts[probity.Unknown], Groups: a.groups(open), Frameworks: a.inScope(frameworks), Waivers: waivers.Total, Schedules: schedules}
	if posture.Before.Outcomes > 0 {
		page.Change = changeOf(posture.Before.Verdicts[probity.Unknown], page.Unknown)
	}
	for _, n := range []int{1, 7, 30} {
		page.Spans = append(page.Spans, choice{Name: a.in.Say("{n} day|{n} days", n), Href: with(a.r.URL, "days", a.in.Number(n)), Here: n == days})
	}
	var parts []reports.Segment
	for _, s := range probity.Severity("").Values() {
		parts = append(parts, reports.Segment{Class: s, Name: a.in.Say(s), N: int(posture.Open[probity.Severity(s)])})
	}
	page.Bar = reports.Bar("standing", a.in.Say("Open findings by severity"), parts...)
	page.Lapsing = lapsing(waivers.Rows, a.Now().AddDate(0, 0, 30))
	page.Lost = slices.DeleteFunc(slices.Clone(posture.Newest), func(s history.PostureScan) bool { return s.State != history.Incomplete })
	return a.show("overview.gohtml", page)
}

// change is how a count moved.
type change struct {
	N     int // how far
	Known bool
	Up    bool
}

func changeOf(was, is int64) change {
	return change{N: int(max(is-was, was-is)), Known: true, Up: is > was}
}

// lapsing are waivers that end before a time, the soonest first.
func lapsing(all []history.Waiver, before time.Time) []history.Waiver {
	out := slices.DeleteFunc(slices.Clone(all), func(w history.Waiver) bool { return w.Expires.After(before) })
	slices.SortFunc(out, func(x, y history.Waiver) int { return x.Expires.Compare(y.Expires) })
	return out[:min(len(out), 5)]
}
