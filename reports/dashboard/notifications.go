package dashboard

import (
	"maps"
	"slices"
	"strings"

	"github.com/probity-scan/probity/reports/cause"
	"github.com/probity-scan/probity/reports/history"
)

// notice is something that there was to tell, in words.
type notice struct {
	history.Notice
	Word, Counts string
	Ways         []delivery
}

// Page is where the scan is told that it is of.
func (n notice) Page() string { return record{Record: history.Record{ID: n.Scan}}.Page() }

// delivery is a notice on its way, in words.
type delivery struct {
	history.Delivery
	Word, Tone string
}

// Dead reports whether it was given up.
func (d delivery) Dead() bool { return d.State == history.DeliveryDead }

// notifications lists who was told what, and how that ended. They count everything: whoever has bounds sees none.
func (a *ask) notifications() error {
	if !a.viewer.Bounds.Zero() {
		return errMay
	}
	kind := a.choose("kind", a.in.Say("Kind"), a.noticeWord, history.NoticeKind("").Values()...)
	state := a.choose("state", a.in.Say("State"), func(s string) string { return a.deliveryOf(history.Delivery{State: history.DeliveryState(s)}).Word }, history.DeliveryState("").Values()...)
	if err := a.checked(); err != nil {
		return err
	}
	in := NotificationsIn{Series: a.get("series"), Sink: a.get("sink"), State: history.DeliveryState(state.Value), Kind: history.NoticeKind(kind.Value), Page: Page{After: a.get("after"), Limit: rows}}
	found, err := a.Notifications(a.r.Context(), &in)
	if err != nil {
		return err
	}
	page := struct {
		shell
		List   listing
		Rows   []notice
		MayAct bool
	}{shell: a.shell(a.in.Say("Notifications")), List: a.list("", found.Next, a.text("series", a.in.Say("Schedule")), a.text("sink", a.in.Say("To")), kind, state)}
	page.List.CSV = sheet("/notifications", "series", in.Series, "sink", in.Sink, "state", state.Value, "kind", kind.Value)
	page.MayAct = a.viewer.Role.May(OperatorRole)
	for _, n := range found.Rows {
		row := notice{Notice: n, Word: a.noticeWord(string(n.Kind)), Counts: a.tally(n.Tally)}
		for _, d := range n.Deliveries {
			row.Ways = append(row.Ways, a.deliveryOf(d))
		}
		page.Rows = append(page.Rows, row)
	}
	return a.show("notifications.gohtml", page)
}

// retry sends a message again that was given up.
func (a *ask) retry() error {
	if err := a.operates(); err != nil {
		return err
	}
	if !a.viewer.Bounds.Zero() {
		return errMay
	}
	if _, err := a.Retry(a.r.Context(), &RetryIn{ID: a.r.PathValue("id")}); err != nil {
		return err
	}
	return a.then("/notifications", "again")
}

// noticeWord is what a notice tells of.
func (a *ask) noticeWord(kind string) string {
	switch history.NoticeKind(kind) {
	case history.NewsNotice:
		return a.in.Say("what a scan found")
	case history.FailedNotice:
		return a.in.Say("a scan that failed")
	case history.MissedNotice:
		return a.in.Say("a scan that was missed")
	case history.OverdueNotice:
		return a.in.Say("no whole scan for long")
	}
	return kind
}

func (a *ask) deliveryOf(d history.Delivery) delivery {
	switch d.State {
	case history.DeliveryWaiting:
		return delivery{d, a.in.Say("on its way"), "unknown"}
	case history.DeliverySent:
		return delivery{d, a.in.Say("sent"), "pass"}
	case history.DeliveryDead:
		return delivery{d, a.in.Say("given up"), "fail"}
	}
	return delivery{d, string(d.State), ""}
}

// tally is what a notice counts, in words.
func (a *ask) tally(t history.Tally) string {
	var out []string
	add := func(n int, words string) {
		if n > 0 {
			out = append(out, words)
		}
	}
	add(t.New, a.in.Say("{n} new", t.New))
	add(t.Worse, a.in.Say("{n} worse", t.Worse))
	add(t.Reopened, a.in.Say("{n} open again", t.Reopened))
	add(t.Fixed, a.in.Say("{n} fixed", t.Fixed))
	if t.First && t.Stand == 0 {
		out = append(out, a.in.Say("first scan, {n} finding|first scan, {n} findings", 0))
	}
	add(t.Stand, a.in.Say("{n} open in all", t.Stand))
	for _, c := range slices.Sorted(maps.Keys(t.Others)) {
		add(t.Others[c], a.in.Say("{n} verdict by {cause}|{n} verdicts by {cause}", t.Others[c], a.causeWord(string(cause.Cause(c)))))
	}
	if t.Why != "" {
		out = append(out, t.Why)
	}
	return strings.Join(out, ", ")
}
