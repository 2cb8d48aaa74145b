package dashboard

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/cause"
	"github.com/probity-scan/probity/reports/history"
)

// listedFinding is a finding in a list.
type listedFinding struct {
	history.Known
	Event, Cause, Standing string // in words
	Tone                   string
}

func (a *ask) knowns(of []history.Known) []listedFinding {
	out := make([]listedFinding, len(of))
	for i, k := range of {
		out[i] = listedFinding{k, a.eventWord(k.Event), a.causeWord(string(k.Cause)), a.standingWord(string(k.State)), toneOf(k.State)}
	}
	return out
}

// findingTable is findings of one store, or of many.
type findingTable struct {
	Rows   []listedFinding
	Stores bool
}

// States reports whether they are not all open: else a column of states would say nothing.
func (t findingTable) States() bool {
	return slices.ContainsFunc(t.Rows, func(k listedFinding) bool { return k.State != history.Open })
}

// toneOf is the style of a standing.
func toneOf(s history.Standing) string {
	if s == history.Unseen {
		return "unseen"
	}
	return string(s)
}

// Store is where the finding's store is.
func (k listedFinding) Store() string { return storeAt(k.Asset) }

// Page is where all of the finding is told.
func (k listedFinding) Page() string { return findingAt(k.Fingerprint) }

func findingAt(fingerprint string) string { return "/findings/" + url.PathEscape(fingerprint) }

// storeAt is where all of a store is told. Its names have slashes and more, which proxies mend in paths and leave alone in queries.
func storeAt(r probity.Ref) string { return at("/store", "id", r.ID, "root", r.Root) }

// findings lists findings.
func (a *ask) findings() error {
	standing := a.standings()
	severity, category := a.severities(), a.categories()
	because := a.choose("cause", a.in.Say("Cause"), a.causeWord, cause.Cause("").Values()...)
	worse := a.choose("worse", a.in.Say("Which"), func(string) string { return a.in.Say("what got worse") }, "yes")
	order := a.choose("sort", a.in.Say("Order"), a.orderWord, history.FindingsSort("").Values()...)
	order.Options = order.Options[1:]
	days := a.days("days", 0)
	frameworks, err := a.frameworkNames()
	if err != nil {
		return err
	}
	if err := a.checked(); err != nil {
		return err
	}
	in := FindingsIn{State: statesOf(standing.Value), Severity: ofOne[probity.Severity](severity.Value), Rule: a.get("rule"), Account: a.get("account"),
		Framework: a.get("framework"), Category: probity.Category(category.Value), Owner: a.get("owner"), Activity: a.get("activity"), Series: a.get("series"), Text: a.get("q"),
		Since: a.since(days), Cause: ofOne[cause.Cause](because.Value), Sort: history.FindingsSort(order.Value), Page: Page{After: a.get("after"), Limit: rows}}
	table := []string{"severity", severity.Value, "rule", in.Rule, "account", in.Account, "framework", in.Framework, "category", category.Value, "owner", in.Owner,
		"activity", in.Activity, "series", in.Series, "q", in.Text, "since", moment(in.Since), "cause", because.Value, "sort", order.Value}
	for _, s := range in.State {
		table = append(table, "state", string(s))
	}
	if worse.Value != "" {
		in.Event = worsening()
		for _, e := range in.Event {
			table = append(table, "event", e)
		}
	}
	found, err := a.Findings(a.r.Context(), &in)
	if err != nil {
		return err
	}
	l := a.list(a.in.Say("{n} finding|{n} findings", int(found.Total)), found.Next,
		a.search(), standing, severity, category, worse).more(because, frameworks, a.text("rule", a.in.Say("Rule")), a.text("account", a.in.Say("Account")), a.text("activity", a.in.Say("Activity")),
		a.text("owner", a.in.Say("Owner")), a.text("series", a.in.Say("Schedule")), field{Name: "days", Label: a.in.Say("Changed in the last days"), Value: a.get("days"), Class: "narrow"}, order)
	l.CSV = sheet("/findings", table...)
	page := struct {
		shell
		List listing
		Rows []listedFinding
	}{a.shell(a.in.Say("Findings")), l, a.knowns(found.Rows)}
	return a.show("findings.gohtml", page)
}

// everyState asks for findings whatever they are; what is not asked for otherwise is open.
const everyState = "all"

// standings is a filter by what findings are.
func (a *ask) standings() field {
	f := a.choose("state", a.in.Say("State"), a.standingWord, append(history.Standing("").Values(), everyState)...)
	f.Options = f.Options[1:]
	f.Options[0].Chosen = f.Value == "" || f.Options[0].Chosen
	return f
}

func statesOf(filter string) []history.Standing {
	if filter != everyState {
		return ofOne[history.Standing](filter)
	}
	var all []history.Standing
	for _, s := range history.Standing("").Values() {
		all = append(all, history.Standing(s))
	}
	return all
}

func (a *ask) orderWord(s string) string {
	switch history.FindingsSort(s) {
	case history.ByNewest:
		return a.in.Say("the newest first")
	case history.ByOldest:
		return a.in.Say("the oldest first")
	}
	return a.in.Say("the worst first")
}

// happened is what happened to a finding, in words.
type happened struct {
	history.Moment
	Event, Cause, Tone string
}

// finding tells all of one finding.
func (a *ask) finding() error {
	life, err := a.Finding(a.r.Context(), &FindingIn{Fingerprint: a.r.PathValue("fingerprint")})
	if err != nil {
		return err
	}
	return a.showFinding(life, waiverForm{})
}

// waiverForm is what somebody wrote to waive a finding, and what is wrong with it.
type waiverForm struct {
	Reason, Owner, Approver, Until, Wrong string
}

func (a *ask) showFinding(life history.Life, form waiverForm) error {
	page := struct {
		shell
		Finding listedFinding
		Life    history.Life
		Moments []happened
		Waiver  *history.Waiver // that holds
		Past    []history.Waiver
		Form    waiverForm
		MayAct  bool
		First   string // day that a waiver may end at
	}{shell: a.shell(life.Message), Finding: a.knowns([]history.Known{life.Known})[0], Life: life, Form: form,
		MayAct: a.viewer.Role.May(OperatorRole), First: a.Now().UTC().Format(time.DateOnly)}
	for i := len(life.Moments) - 1; i >= 0; i-- { // the newest first
		m := life.Moments[i]
		page.Moments = append(page.Moments, happened{m, a.eventWord(m.Event), a.causeWord(string(m.Cause)), eventTone(m.Event)})
	}
	for i, w := range life.Waivers {
		if page.Waiver == nil && w.Withdrawn.IsZero() && w.Expires.After(a.Now()) {
			page.Waiver = &life.Waivers[i]
		} else {
			page.Past = append(page.Past, w)
		}
	}
	status := http.StatusOK
	if form.Wrong != "" {
		status = http.StatusUnprocessableEntity
	}
	return a.Look.write(a.w, status, a.in, "finding.gohtml", page)
}

// dayOf reads a day as a date field sends it: the last one on which something holds. It ends with the day, in UTC.
func dayOf(s string) (time.Time, bool) {
	t, err := time.Parse(time.DateOnly, strings.TrimSpace(s))
	return t.AddDate(0, 0, 1), err == nil
}
