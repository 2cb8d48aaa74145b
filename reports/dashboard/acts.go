package dashboard

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/probity-scan/probity/reports/history"
)

// longest is how many characters people may write into one field of a form.
const longest = 2000

func (a *ask) written(name string) string {
	s := strings.TrimSpace(a.r.PostFormValue(name))
	return s[:min(len(s), longest)]
}

// operates lets operators go on.
func (a *ask) operates() error {
	if a.viewer.Role.May(OperatorRole) {
		return nil
	}
	return errMay
}

// then leads from a form that was posted to a page that tells what came of it.
func (a *ask) then(path, told string) error {
	http.Redirect(a.w, a.r, at(path, "told", told), http.StatusSeeOther)
	return nil
}

// waive accepts a finding for a time.
func (a *ask) waive() error {
	if err := a.operates(); err != nil {
		return err
	}
	ctx := a.r.Context()
	life, err := a.Finding(ctx, &FindingIn{Fingerprint: a.r.PathValue("fingerprint")})
	if err != nil {
		return err
	}
	form := waiverForm{Reason: a.written("reason"), Owner: a.written("owner"), Approver: a.written("approver"), Until: a.written("until")}
	until, ok := dayOf(form.Until)
	switch {
	case life.State != history.Open:
		form.Wrong = a.in.Say("It is not open: there is nothing to waive.")
	case form.Reason == "":
		form.Wrong = a.in.Say("Say why: whoever reads it next year was not there.")
	case form.Owner == "":
		form.Wrong = a.in.Say("Name who answers for it.")
	case !ok:
		form.Wrong = a.in.Say("Name the last day on which it holds, as 2027-01-31.")
	case !until.After(a.Now()):
		form.Wrong = a.in.Say("That day is over: name one that is to come.")
	default:
		_, err = a.Waive(ctx, &WaiveIn{Body: WaiveBody{Fingerprint: life.Fingerprint, Reason: form.Reason, Owner: form.Owner, Approver: form.Approver, Expires: until}})
		if errors.Is(err, history.ErrWaiver) {
			form.Wrong = err.Error()
		} else if err != nil {
			return err
		}
	}
	if form.Wrong != "" {
		return a.showFinding(life, form)
	}
	return a.then(findingAt(life.Fingerprint), "waived")
}

// withdraw ends a waiver.
func (a *ask) withdraw() error {
	if err := a.operates(); err != nil {
		return err
	}
	id, err := strconv.ParseInt(a.r.PathValue("id"), 10, 64)
	if err != nil {
		return history.ErrUnknown
	}
	w, err := a.Withdraw(a.r.Context(), &WithdrawIn{ID: id})
	if err != nil {
		return err
	}
	return a.then(findingAt(w.Fingerprint), "withdrawn")
}

// run asks for a scan of a schedule.
func (a *ask) run() error {
	if err := a.operates(); err != nil {
		return err
	}
	if _, err := a.Run(a.r.Context(), &RunIn{Name: a.r.PathValue("name")}); err != nil {
		return err
	}
	return a.then("/schedules", "asked")
}

// waivers lists those that were made here.
func (a *ask) waivers() error {
	holding := a.choose("which", a.in.Say("Which"), func(string) string { return a.in.Say("that hold") }, "holding")
	if err := a.checked(); err != nil {
		return err
	}
	found, err := a.Waivers(a.r.Context(), &WaiversIn{Holding: holding.Value != "", Page: Page{After: a.get("after"), Limit: rows}})
	if err != nil {
		return err
	}
	page := struct {
		shell
		List listing
		Rows []waiver
	}{shell: a.shell(a.in.Say("Waivers")), List: a.list(a.in.Say("{n} waiver|{n} waivers", int(found.Total)), found.Next, holding)}
	page.List.CSV = sheet("/waivers", "holding", yes(holding.Value != ""))
	for _, w := range found.Rows {
		page.Rows = append(page.Rows, a.waiverOf(w))
	}
	return a.show("waivers.gohtml", page)
}

// waiver is one in a list, in words.
type waiver struct {
	history.Waiver
	State string
	Tone  string
}

// Finding is where what it accepts is told, Store where its store is.
func (w waiver) Finding() string { return findingAt(w.Fingerprint) }

// Store is where its store is told.
func (w waiver) Store() string { return storeAt(w.Asset) }

func (a *ask) waiverOf(w history.Waiver) waiver {
	switch {
	case !w.Withdrawn.IsZero():
		return waiver{w, a.in.Say("withdrawn"), ""}
	case !w.Expires.After(a.Now()):
		return waiver{w, a.in.Say("lapsed"), "unseen"}
	}
	return waiver{w, a.in.Say("holds"), "waived"}
}

// audit lists who did what.
func (a *ask) audit() error {
	did := a.choose("did", a.in.Say("Did"), a.didWord, "sign-in", "sign-out", "waive", "withdraw", "run", "retry", "refused")
	days := a.days("days", 0)
	if err := a.checked(); err != nil {
		return err
	}
	in := AuditIn{Who: a.get("who"), Did: did.Value, Since: a.since(days), Page: Page{After: a.get("after"), Limit: rows}}
	found, err := a.AuditLog(a.r.Context(), &in)
	if err != nil {
		return err
	}
	page := struct {
		shell
		List listing
		Rows []entry
	}{shell: a.shell(a.in.Say("Audit log")), List: a.list(a.in.Say("{n} entry|{n} entries", int(found.Total)), found.Next,
		a.text("who", a.in.Say("Who")), did, field{Name: "days", Label: a.in.Say("In the last days"), Value: a.get("days"), Class: "narrow"})}
	page.List.CSV = sheet("/audit", "who", in.Who, "did", in.Did, "since", moment(in.Since))
	for _, e := range found.Rows {
		page.Rows = append(page.Rows, entry{e, Role(e.Role), a.didWord(e.Did), a.cameWord(e)})
	}
	return a.show("audit.gohtml", page)
}

type entry struct {
	history.Entry
	Role Role
	Word string
	By   string
}

// Page is where that is told to which somebody did something; "": there is no such page.
func (e entry) Page() string {
	switch e.Did {
	case "waive":
		return findingAt(e.What)
	case "withdraw":
		if _, fingerprint, ok := strings.Cut(e.What, " of "); ok {
			return findingAt(fingerprint)
		}
	case "run":
		return at("/scans", "series", e.What)
	}
	return ""
}

// cameWord is by what somebody came: a token, or which provider.
func (a *ask) cameWord(e history.Entry) string {
	switch e.Came {
	case history.ByToken:
		return a.in.Say("a token")
	case history.ByProvider:
		if u, err := url.Parse(e.Issuer); err == nil && u.Host != "" {
			return u.Host
		}
		return e.Issuer
	}
	return ""
}

// didWord is what somebody did, in words.
func (a *ask) didWord(s string) string {
	switch s {
	case "sign-in":
		return a.in.Say("signed in")
	case "sign-out":
		return a.in.Say("signed out")
	case "waive":
		return a.in.Say("waived")
	case "withdraw":
		return a.in.Say("withdrew a waiver")
	case "run":
		return a.in.Say("asked for a scan")
	case "retry":
		return a.in.Say("sent a message again")
	case "refused":
		return a.in.Say("was refused")
	}
	return s
}
