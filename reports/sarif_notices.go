package reports

import (
	"fmt"
	"time"

	"github.com/probity-scan/probity"
)

// What a run tells beside results. Their order is their index.
const (
	noticeLost = iota
	noticeUnknown
	noticeLeftOut
	noticeHidden
)

func sarifNotices() []sarifDescriptor {
	d := func(id, name, text, help string) sarifDescriptor {
		return sarifDescriptor{ID: "scan/" + id, Name: name, Short: &sarifMessage{Text: text}, Full: &sarifMessage{Text: text},
			Help: &sarifMessage{Text: help, Markdown: help}, HelpURI: home}
	}
	return []sarifDescriptor{
		d("lost", "Lost", "Something could not be read; the scan is incomplete.", "Give what the message names, then scan again."),
		d("unknown", "Unknown", "Rules that could not be decided, by the gap that decides them.", "Give what the message names, and the rules decide."),
		d("left-out", "LeftOut", "Something was left out on purpose or read in part.", "Nothing to do, unless it was not meant to be left out."),
		d("hidden", "Hidden", "Results beyond the limit of this file.", "Read the JSON report, or mend the worst results first."),
	}
}

func (r *sarifRun) invocation(h probity.Header, c *Counts, part int) sarifInvocation {
	inv := sarifInvocation{Successful: !c.Incomplete(), ExitCode: r.o.ExitCode, ExitReason: visible(r.o.ExitReason)}
	if !h.Started.IsZero() {
		inv.Start = h.Started.UTC().Format(time.RFC3339Nano)
	}
	if r.parts > 1 {
		inv.Notifications = append(inv.Notifications, notice(noticeHidden, "note",
			fmt.Sprintf("this is part %d of %d of one scan, with %d results in all, the worst first; gaps are told in the first", part+1, r.parts, r.total), nil))
	}
	if part > 0 {
		return inv
	}
	if n := r.over(); n > 0 {
		inv.Notifications = append(inv.Notifications, notice(noticeHidden, "warning",
			fmt.Sprintf("%d of %d results are left out; the worst %d are here. The JSON report has all", n, r.total, r.limit), nil))
	}
	for _, l := range c.Losses {
		inv.Notifications = append(inv.Notifications, notice(noticeLost, "error", lossLine(nil, l), lossProperties(l)))
	}
	for _, g := range c.Gaps {
		lvl := "note"
		if g.Gap.Reason.Loss() {
			lvl = "error"
		}
		inv.Notifications = append(inv.Notifications, notice(noticeUnknown, lvl, gapLine(g),
			map[string]any{"reason": g.Gap.Reason, "outcomes": g.Outcomes, "rules": byCount(g.Rules), "facts": byCount(g.Facts)}))
	}
	for _, l := range c.LeftOut {
		inv.Notifications = append(inv.Notifications, notice(noticeLeftOut, "note", lossLine(nil, l), lossProperties(l)))
	}
	return inv
}

func notice(kind int, level, text string, properties map[string]any) sarifNotification {
	return sarifNotification{Descriptor: sarifReference{sarifNotices()[kind].ID, kind}, Level: level,
		Message: sarifMessage{Text: short(sentence(sarifEscape(text)), 2000)}, Properties: properties}
}

func lossProperties(l LossCount) map[string]any {
	p := map[string]any{"reason": l.Gap.Reason, "times": l.Times}
	if l.Places > 0 {
		p["places"] = l.Places
	}
	if l.Things > 0 {
		p["things"] = l.Things
	}
	if len(l.Examples) > 0 {
		p["examples"] = l.Examples
	}
	return p
}
