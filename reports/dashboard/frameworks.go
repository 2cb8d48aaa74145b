package dashboard

import (
	"cmp"
	"net/url"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/history"
)

// framework is how the estate stands to a framework, drawn.
type framework struct {
	history.FrameworkPosture
	Chart reports.Chart
	Scope string
}

// Page is where all of it is told.
func (f framework) Page() string { return "/frameworks/" + url.PathEscape(f.ID) }

func (a *ask) frameworkOf(f history.FrameworkPosture) framework {
	title, _ := a.in.Framework(f.Title)
	return framework{f, a.verdicts("of-"+f.ID, title, f.Counts), reports.ScopeWords(a.in, probity.Framework{Standing: &probity.Standing{Applies: cmp.Or(f.Applies, probity.InScope), Because: f.Because}})}
}

// verdicts draws outcomes by verdict.
func (a *ask) verdicts(id, of string, c history.Counts) reports.Chart {
	return reports.Bar(reports.Slug(id), a.in.Say("Outcomes by verdict")+": "+of,
		reports.Segment{Class: "fail", Name: a.in.Say("failed"), N: int(c.Verdicts[probity.Fail])}, reports.Segment{Class: "unknown", Name: a.in.Say("unknown"), N: int(c.Verdicts[probity.Unknown])},
		reports.Segment{Class: "pass", Name: a.in.Say("passed"), N: int(c.Verdicts[probity.Pass])})
}

// inScope are the frameworks that apply, or may.
func (a *ask) inScope(all []history.FrameworkPosture) []framework {
	var out []framework
	for _, f := range all {
		if f.Applies != probity.OutOfScope {
			out = append(out, a.frameworkOf(f))
		}
	}
	slices.SortStableFunc(out, func(x, y framework) int { return inScopeFirst(x) - inScopeFirst(y) })
	return out
}

func inScopeFirst(f framework) int {
	if f.Applies == probity.NotSaid {
		return 1
	}
	return 0
}

// frameworkNames is a filter by framework: those that are not out of scope.
func (a *ask) frameworkNames() (field, error) {
	all, err := a.Frameworks(a.r.Context(), &FrameworksIn{})
	if err != nil {
		return field{}, err
	}
	var ids []string
	for _, f := range all {
		if f.Applies != probity.OutOfScope {
			ids = append(ids, f.ID)
		}
	}
	f := a.choose("framework", a.in.Say("Framework"), func(s string) string { return s }, ids...)
	return f, a.checked()
}

// frameworks lists frameworks, those that apply first.
func (a *ask) frameworks() error {
	in := FrameworksIn{Series: a.get("series"), Account: a.get("account")}
	all, err := a.Frameworks(a.r.Context(), &in)
	if err != nil {
		return err
	}
	page := struct {
		shell
		List    listing
		Rows    []framework
		Outside []framework
	}{shell: a.shell(a.in.Say("Frameworks")), Rows: a.inScope(all)}
	for _, f := range all {
		if f.Applies == probity.OutOfScope {
			page.Outside = append(page.Outside, a.frameworkOf(f))
		}
	}
	page.List = a.list(a.in.Say("{n} framework|{n} frameworks", len(page.Rows)), "", a.text("account", a.in.Say("Account")), a.text("series", a.in.Say("Schedule")))
	page.List.CSV = sheet("/frameworks", "series", in.Series, "account", in.Account)
	return a.show("frameworks.gohtml", page)
}

// control is how the estate stands to a control, in words.
type control struct {
	history.ControlPosture
	State, Class string
}

// framework tells all of one framework.
func (a *ask) framework() error {
	in := FrameworkIn{ID: a.r.PathValue("id"), FrameworksIn: FrameworksIn{Series: a.get("series"), Account: a.get("account")}}
	var f history.FrameworkPage
	var posture history.Posture
	g, ctx := errgroup.WithContext(a.r.Context())
	g.Go(func() (err error) {
		f, err = a.Framework(ctx, &in)
		return err
	})
	g.Go(func() (err error) {
		posture, err = a.Posture(ctx, &PostureIn{Series: in.Series, Account: in.Account, Framework: in.ID, Since: a.Now().AddDate(0, 0, -90)})
		return err
	})
	if err := g.Wait(); err != nil {
		return err
	}
	title, _ := a.in.Framework(f.Title)
	page := struct {
		shell
		Framework      framework
		Judged, Manual []control
		Trend          trend
		List           listing
	}{shell: a.shell(title), Framework: a.frameworkOf(f.FrameworkPosture), Trend: a.trendOf("trend", posture.Scans)}
	for _, row := range f.Rows {
		slices.SortStableFunc(row.Rules, func(x, y history.RulePosture) int { // those that fail first
			return cmp.Or(cmp.Compare(y.Counts.Verdicts[probity.Fail], x.Counts.Verdicts[probity.Fail]), cmp.Compare(y.Counts.Verdicts[probity.Unknown], x.Counts.Verdicts[probity.Unknown]))
		})
		c := control{ControlPosture: row}
		c.State, c.Class = reports.ControlWords(a.in, row.Control, f.Applies == probity.OutOfScope, len(row.Rules) > 0, row.Counts.Verdicts)
		if row.Control.Mode == probity.Manual {
			page.Manual = append(page.Manual, c)
		} else {
			page.Judged = append(page.Judged, c)
		}
	}
	page.List = a.list(a.in.Say("{n} control|{n} controls", len(f.Rows)), "", a.text("account", a.in.Say("Account")), a.text("series", a.in.Say("Schedule")))
	page.List.CSV = sheet("/frameworks/"+url.PathEscape(f.ID), "series", in.Series, "account", in.Account)
	return a.show("framework.gohtml", page)
}
