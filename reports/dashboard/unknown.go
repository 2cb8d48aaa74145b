package dashboard

import (
	"net/url"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/history"
)

// unknownGroup is what one thing would settle, in words.
type unknownGroup struct {
	history.UnknownGroup
	How string
}

// Page is where its outcomes are listed.
func (g unknownGroup) Page() string { return "/unknown/" + url.PathEscape(g.ID) }

func (a *ask) groups(of []history.UnknownGroup) []unknownGroup {
	out := make([]unknownGroup, len(of))
	for i, g := range of {
		out[i] = unknownGroup{UnknownGroup: g}
		if g.Reason != probity.NotApplicable { // which nothing settles
			out[i].How = a.settlesWord(string(g.Settles))
		}
	}
	return out
}

// settlesWord is who or what would settle it.
func (a *ask) settlesWord(s string) string {
	switch history.Settles(s) {
	case history.ByPermission:
		return a.in.Say("a permission")
	case history.ByDeclaration:
		return a.in.Say("a declaration")
	case history.ByValue:
		return a.in.Say("a value")
	case history.ByReading:
		return a.in.Say("reading more")
	}
	return s
}

// unknownsIn is what the address asks for.
func (a *ask) unknownsIn() UnknownsIn {
	return UnknownsIn{Rule: a.get("rule"), Account: a.get("account"), Framework: a.get("framework"), Series: a.get("series"), Page: Page{After: a.get("after"), Limit: rows}}
}

// pairs are the filters with their names in the API.
func (in *UnknownsIn) pairs() []string {
	return []string{"rule", in.Rule, "account", in.Account, "framework", in.Framework, "series", in.Series}
}

// unknown lists what is not known, by what would settle it.
func (a *ask) unknown() error {
	frameworks, err := a.frameworkNames()
	if err != nil {
		return err
	}
	in := a.unknownsIn()
	found, err := a.Unknowns(a.r.Context(), &in)
	if err != nil {
		return err
	}
	l := a.list(a.in.Say("{n} unknown outcome|{n} unknown outcomes", int(found.Outcomes)), found.Next,
		frameworks, a.text("rule", a.in.Say("Rule")), a.text("account", a.in.Say("Account")), a.text("series", a.in.Say("Schedule")))
	l.CSV = sheet("/unknowns", in.pairs()...)
	page := struct {
		shell
		List     listing
		Groups   []unknownGroup
		Outcomes int64
	}{a.shell(a.in.Say("What is unknown")), l, a.groups(found.Groups), found.Outcomes}
	return a.show("unknown.gohtml", page)
}

// unknownGroup lists the outcomes that one thing would settle.
func (a *ask) unknownGroup() error {
	in := UnknownRowsIn{UnknownsIn: a.unknownsIn(), Group: a.r.PathValue("group")}
	found, err := a.UnknownRows(a.r.Context(), &in)
	if err != nil {
		return err
	}
	g := a.groups([]history.UnknownGroup{found.Group})[0]
	l := a.list(a.in.Say("{n} outcome|{n} outcomes", int(found.Total)), found.Next, a.text("rule", a.in.Say("Rule")), a.text("account", a.in.Say("Account")))
	l.CSV = sheet("/unknowns/"+url.PathEscape(in.Group), in.pairs()...)
	page := struct {
		shell
		List  listing
		Group unknownGroup
		Rows  []history.UnknownRow
	}{a.shell(a.in.Say("What is unknown")), l, g, found.Rows}
	return a.show("unknown_group.gohtml", page)
}
