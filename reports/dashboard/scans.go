package dashboard

import (
	"net/url"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/cause"
	"github.com/probity-scan/probity/reports/history"
)

// record is a scan in a list, in words.
type record struct {
	history.Record
	Word, Tone string
}

// Page is where all of it is told.
func (r record) Page() string { return "/scans/" + url.PathEscape(r.ID) }

func (a *ask) recordOf(r history.Record) record {
	out := record{Record: r, Word: string(r.State)}
	switch r.State {
	case history.Running:
		out.Word = a.in.Say("running")
	case history.Complete:
		out.Word, out.Tone = a.in.Say("complete"), "pass"
	case history.Incomplete:
		out.Word, out.Tone = a.in.Say("incomplete"), "fail"
	case history.Failed:
		out.Word, out.Tone = a.in.Say("failed"), "fail"
	}
	return out
}

// scans lists scans, the newest first.
func (a *ask) scans() error {
	state := a.choose("state", a.in.Say("State"), func(s string) string { return a.recordOf(history.Record{State: history.State(s)}).Word }, string(history.Complete), string(history.Incomplete), string(history.Failed), string(history.Running))
	days := a.days("days", 0)
	if err := a.checked(); err != nil {
		return err
	}
	in := ScansIn{Series: a.get("series"), State: state.Value, Since: a.since(days), Page: Page{After: a.get("after"), Limit: rows + 1}}
	found, err := a.Scans(a.r.Context(), &in)
	if err != nil {
		return err
	}
	next := ""
	if len(found) > rows {
		found = found[:rows]
		next = found[rows-1].ID
	}
	page := struct {
		shell
		List listing
		Rows []record
	}{shell: a.shell(a.in.Say("Scans")), List: a.list("", next, a.text("series", a.in.Say("Schedule")), state, field{Name: "days", Label: a.in.Say("In the last days"), Value: a.get("days"), Class: "narrow"})}
	page.List.CSV = sheet("/scans", "series", in.Series, "state", in.State, "since", moment(in.Since))
	for _, r := range found {
		page.Rows = append(page.Rows, a.recordOf(r))
	}
	return a.show("scans.gohtml", page)
}

// changed is a verdict that changed, in words.
type changed struct {
	history.Change
	Because, Was, Is string
}

// Store is where its store is told.
func (c changed) Store() string { return storeAt(c.Asset) }

// scan tells of one scan, and what it changed.
func (a *ask) scan() error {
	ctx := a.r.Context()
	r, err := a.Scan(ctx, &ScanIn{ID: a.r.PathValue("id")})
	if err != nil {
		return err
	}
	because := a.choose("cause", a.in.Say("Cause"), a.causeWord, cause.Cause("").Values()...)
	if err := a.checked(); err != nil {
		return err
	}
	page := struct {
		shell
		Scan record
		List listing
		Rows []changed
	}{shell: a.shell(a.in.Say("Scan {scan}", r.ID)), Scan: a.recordOf(r)}
	if r.Published {
		found, err := a.Changes(ctx, &ChangesIn{ScanIn: ScanIn{ID: r.ID}, Cause: ofOne[cause.Cause](because.Value), Rule: a.get("rule"), Page: Page{After: a.get("after"), Limit: rows}})
		if err != nil {
			return err
		}
		page.List = a.list(a.in.Say("{n} change|{n} changes", int(found.Total)), found.Next, because, a.text("rule", a.in.Say("Rule")))
		page.List.CSV = sheet("/scans/"+url.PathEscape(r.ID)+"/changes", "cause", because.Value, "rule", a.get("rule"))
		for _, c := range found.Rows {
			page.Rows = append(page.Rows, changed{c, a.causeWord(string(c.Cause)), a.verdictWord(c.Was), a.verdictWord(c.Is)})
		}
	}
	return a.show("scan.gohtml", page)
}

func (a *ask) verdictWord(v probity.Verdict) string {
	switch v {
	case probity.Fail:
		return a.in.Say("failed")
	case probity.Unknown:
		return a.in.Say("unknown")
	case probity.Pass:
		return a.in.Say("passed")
	case probity.NA:
		return a.in.Say("does not apply")
	}
	return a.in.Say("none")
}

// schedule is how one stands, in words.
type schedule struct {
	ScheduleStatus
	LastScan, RunningScan *record
}

// seenSchedules are those that the viewer may see.
func (a *ask) seenSchedules() ([]schedule, error) {
	st, err := a.Status(a.r.Context(), nil)
	if err != nil {
		return nil, err
	}
	out := make([]schedule, len(st.Schedules))
	for i, s := range st.Schedules {
		out[i].ScheduleStatus = s
		for _, x := range []struct {
			from *history.Record
			to   **record
		}{{s.Last, &out[i].LastScan}, {s.Running, &out[i].RunningScan}} {
			if x.from != nil {
				r := a.recordOf(*x.from)
				*x.to = &r
			}
		}
	}
	return out, nil
}

// schedules tells how schedules stand.
func (a *ask) schedules() error {
	all, err := a.seenSchedules()
	if err != nil {
		return err
	}
	page := struct {
		shell
		Rows   []schedule
		MayRun bool
	}{a.shell(a.in.Say("Schedules")), all, a.viewer.Role.May(OperatorRole)}
	return a.show("schedules.gohtml", page)
}
