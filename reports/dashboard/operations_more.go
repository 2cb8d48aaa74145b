package dashboard

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/probity-scan/probity/reports/cause"
	"github.com/probity-scan/probity/reports/history"
)

// FrameworksIn says of which part of the estate.
type FrameworksIn struct {
	Series  string `query:"series" doc:"of scans"`
	Account string `query:"account" doc:"provider/account"`
	Format  string `query:"format" enum:"json,csv" default:"json"`
}

// Frameworks is how the estate stands to each framework.
func (o *Operations) Frameworks(ctx context.Context, in *FrameworksIn) ([]history.FrameworkPosture, error) {
	b, err := bounds(ctx)
	if err != nil {
		return nil, err
	}
	return o.Store.Frameworks(ctx, history.FrameworksQuery{Series: in.Series, Account: in.Account, Bounds: b})
}

// FrameworkIn names a framework.
type FrameworkIn struct {
	FrameworksIn
	ID string `path:"id"`
}

// Framework is one framework by its controls.
func (o *Operations) Framework(ctx context.Context, in *FrameworkIn) (history.FrameworkPage, error) {
	b, err := bounds(ctx)
	if err != nil {
		return history.FrameworkPage{}, err
	}
	return o.Store.Framework(ctx, in.ID, history.FrameworksQuery{Series: in.Series, Account: in.Account, Bounds: b})
}

// AccountsIn says which accounts.
type AccountsIn struct {
	Page
	Series    string `query:"series" doc:"of scans"`
	Framework string `query:"framework" doc:"ID"`
	Text      string `query:"q" doc:"in the account's name"`
}

// Accounts is how each account stands.
func (o *Operations) Accounts(ctx context.Context, in *AccountsIn) (history.AccountsPage, error) {
	b, err := bounds(ctx)
	if err != nil {
		return history.AccountsPage{}, err
	}
	return o.Store.Accounts(ctx, history.AccountsQuery{Series: in.Series, Framework: in.Framework, Text: in.Text, After: in.After, Limit: in.Limit, Bounds: b})
}

// SourcesIn says how they are written.
type SourcesIn struct {
	Format string `query:"format" enum:"json,csv" default:"json"`
}

// Sources is how each series of scans stands.
func (o *Operations) Sources(ctx context.Context, _ *SourcesIn) ([]history.PostureScan, error) {
	b, err := bounds(ctx)
	if err != nil {
		return nil, err
	}
	return o.Store.Sources(ctx, b)
}

// ScansIn says which scans.
type ScansIn struct {
	Page
	Series string    `query:"series"`
	State  string    `query:"state" enum:"running,complete,incomplete,failed"`
	Since  time.Time `query:"since" doc:"that began from then on"`
}

// Scans lists scans, the newest first.
func (o *Operations) Scans(ctx context.Context, in *ScansIn) ([]history.Record, error) {
	b, err := bounds(ctx)
	if err != nil {
		return nil, err
	}
	return o.Store.Scans(ctx, history.ScansQuery{Series: in.Series, State: history.State(in.State), Since: in.Since, After: in.After, Limit: in.Limit, Bounds: b})
}

// ScanIn names a scan.
type ScanIn struct {
	ID string `path:"id" doc:"or its beginning; last: the newest, last~1: the one before it"`
}

// Scan is one scan, as far as the viewer may see it.
func (o *Operations) Scan(ctx context.Context, in *ScanIn) (history.Record, error) {
	b, err := bounds(ctx)
	if err != nil {
		return history.Record{}, err
	}
	if b.Zero() {
		return o.Store.Record(ctx, in.ID)
	}
	seen, err := o.Store.Scans(ctx, history.ScansQuery{Bounds: b})
	if err != nil {
		return history.Record{}, err
	}
	return named(seen, in.ID)
}

// named finds a scan as history.Store.Record does, among those that somebody may see, the newest first: which others there are is not
// told by which beginning of an ID is one alone, or by what the last one is.
func named(all []history.Record, id string) (history.Record, error) {
	back, last := strings.CutPrefix(id, "last")
	n := 0
	if last && back != "" {
		var err error
		if n, err = strconv.Atoi(strings.TrimPrefix(back, "~")); err != nil || n < 0 || back[0] != '~' {
			return history.Record{}, fmt.Errorf("scan %q: write last, or last~1 for the one before", id)
		}
	}
	var found []history.Record
	for _, r := range all {
		switch {
		case last && r.Published && (len(found) == 0 || r.Series == found[0].Series):
			found = append(found, r)
		case !last && r.ID == id:
			return r, nil
		case !last && strings.HasPrefix(r.ID, id):
			found = append(found, r)
		}
	}
	switch {
	case n >= len(found):
		return history.Record{}, fmt.Errorf("scan %q: %w", id, history.ErrUnknown)
	case !last && len(found) > 1:
		return history.Record{}, fmt.Errorf("scan %q: several begin like that: write more of it", id)
	}
	return found[n], nil
}

// ChangesIn says which changes of a scan.
type ChangesIn struct {
	Page
	ScanIn
	Cause []cause.Cause `query:"cause,explode"`
	Rule  string        `query:"rule" doc:"ID"`
}

// Changes are what a scan found otherwise than the one before.
func (o *Operations) Changes(ctx context.Context, in *ChangesIn) (history.ChangesPage, error) {
	b, err := bounds(ctx)
	if err != nil {
		return history.ChangesPage{}, err
	}
	r, err := o.Scan(ctx, &in.ScanIn)
	if err != nil {
		return history.ChangesPage{}, err
	}
	if !r.Published {
		return history.ChangesPage{}, fmt.Errorf("the scan is %s: there is nothing of it to tell", r.State)
	}
	return o.Store.Changes(ctx, history.ChangesQuery{Scan: r.ID, Causes: in.Cause, Rule: in.Rule, After: in.After, Limit: in.Limit, Bounds: b})
}

// WaiversIn says which waivers.
type WaiversIn struct {
	Page
	Fingerprint string `query:"fingerprint" doc:"of a finding"`
	Holding     bool   `query:"holding" doc:"those alone that hold"`
}

// Waivers lists waivers that were made here.
func (o *Operations) Waivers(ctx context.Context, in *WaiversIn) (history.WaiversPage, error) {
	b, err := bounds(ctx)
	if err != nil {
		return history.WaiversPage{}, err
	}
	return o.Store.Waivers(ctx, history.WaiversQuery{Fingerprint: in.Fingerprint, Holding: in.Holding, After: in.After, Limit: in.Limit, Bounds: b})
}

// WaiveIn is a waiver to be made.
type WaiveIn struct {
	Body WaiveBody
}

// WaiveBody says what is accepted, why, by whom and until when.
type WaiveBody struct {
	Fingerprint string    `json:"fingerprint" minLength:"1" doc:"of the finding"`
	Reason      string    `json:"reason" minLength:"1" maxLength:"2000"`
	Owner       string    `json:"owner" minLength:"1" maxLength:"200" doc:"who answers for it"`
	Approver    string    `json:"approver,omitempty" maxLength:"200" doc:"who agreed"`
	Expires     time.Time `json:"expires" doc:"the first moment at which it does not hold any more"`
}

// Waive accepts a finding that the viewer may see.
func (o *Operations) Waive(ctx context.Context, in *WaiveIn) (history.Waiver, error) {
	v, err := operator(ctx)
	if err != nil {
		return history.Waiver{}, err
	}
	w, err := o.Store.Waive(ctx, history.Waiver{Fingerprint: in.Body.Fingerprint, Reason: in.Body.Reason, Owner: in.Body.Owner, Approver: in.Body.Approver, Expires: in.Body.Expires, By: v.Name, At: o.Now()}, v.Bounds)
	if err != nil {
		return history.Waiver{}, err
	}
	o.note(ctx, v, "waive", w.Fingerprint)
	return w, nil
}

// WithdrawIn names a waiver.
type WithdrawIn struct {
	ID int64 `path:"id" doc:"of a waiver"`
}

// Withdraw ends a waiver.
func (o *Operations) Withdraw(ctx context.Context, in *WithdrawIn) (history.Waiver, error) {
	v, err := operator(ctx)
	if err != nil {
		return history.Waiver{}, err
	}
	w, err := o.Store.Withdraw(ctx, in.ID, v.Name, v.Bounds)
	if err != nil {
		return history.Waiver{}, err
	}
	o.note(ctx, v, "withdraw", strconv.FormatInt(w.ID, 10)+" of "+w.Fingerprint)
	return w, nil
}

// AuditIn says which entries.
type AuditIn struct {
	Page
	Who   string    `query:"who"`
	Did   string    `query:"did" doc:"such as sign-in, waive, withdraw, run, refused"`
	Since time.Time `query:"since"`
}

// AuditLog is who did what. It tells of everything: whoever has bounds does not see it.
func (o *Operations) AuditLog(ctx context.Context, in *AuditIn) (history.AuditPage, error) {
	v, ok := ViewerFrom(ctx)
	if !ok || !v.Role.May(AdminRole) || !v.Bounds.Zero() {
		return history.AuditPage{}, errMay
	}
	return o.Store.AuditLog(ctx, history.AuditQuery{Who: in.Who, Did: in.Did, Since: in.Since, After: in.After, Limit: in.Limit})
}

// NotificationsIn says which notices.
type NotificationsIn struct {
	Page
	Series string                `query:"series" doc:"of scans"`
	Sink   string                `query:"sink" doc:"of serve.notify, that was told"`
	State  history.DeliveryState `query:"state" doc:"of what was sent there"`
	Kind   history.NoticeKind    `query:"kind"`
}

// NotificationsPage is some of the notices.
type NotificationsPage struct {
	Rows []history.Notice `json:"rows"`
	Next string           `json:"next,omitempty"`
}

// Notifications are what there was to tell, to whom it went and how that ended. They count everything: whoever has bounds sees none.
func (o *Operations) Notifications(ctx context.Context, in *NotificationsIn) (out NotificationsPage, err error) {
	b, err := bounds(ctx)
	if err != nil {
		return out, err
	}
	if !b.Zero() {
		return out, errMay
	}
	out.Rows, out.Next, err = o.Store.Notifications(ctx, history.NotificationsQuery{Series: in.Series, Sink: in.Sink, State: in.State, Kind: in.Kind, After: in.After, Limit: in.Limit, Bounds: b})
	return out, err
}
