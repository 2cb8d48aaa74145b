package dashboard

import (
	"context"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/sirupsen/logrus"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/cause"
	"github.com/probity-scan/probity/reports/history"
)

// Operations are what pages and the HTTP API do, each within the bounds of the viewer in the context. All fields are required.
type Operations struct {
	Store     *history.Store
	Schedules Schedules
	Now       func() time.Time
	Log       logrus.FieldLogger
}

// operations registers all of them.
func (o *Operations) operations(a *api) {
	list(a, ViewerRole, "/status", "How the schedules stand", o.Status, func(s Status) (any, string) { return scheduledOf(s), "" })
	add(a, OperatorRole, "POST", "/schedules/{name}/run", "Run a schedule at once", o.Run, accepted)
	list(a, ViewerRole, "/posture", "How the estate stands, now, before and over time; as a table: over time", o.Posture, func(p history.Posture) (any, string) { return p.Scans, "" })
	stream(a, ViewerRole, "/findings", "Findings", o.Findings, o.eachFinding)
	add(a, ViewerRole, "GET", "/findings/{fingerprint}", "One finding: its life, evidence, rule and waivers", o.Finding)
	list(a, ViewerRole, "/findings/{fingerprint}/evidence", "The facts of a finding as the verdict saw them", o.Evidence, func(all []probity.Evidence) (any, string) { return all, "" })
	list(a, ViewerRole, "/unknowns", "What is not known, by what would settle it", o.Unknowns, func(p history.Unknowns) (any, string) { return p.Groups, p.Next })
	list(a, ViewerRole, "/unknowns/{group}", "Outcomes that one thing would settle", o.UnknownRows, func(p history.UnknownRows) (any, string) { return p.Rows, p.Next })
	list(a, ViewerRole, "/map", "Which personal data is where, whose, and who reaches it", o.DataMap, func(p history.DataMap) (any, string) { return p.Rows, "" })
	list(a, ViewerRole, "/stores", "Stores and what guards them", o.Assets, func(p history.AssetsPage) (any, string) { return p.Rows, p.Next })
	add(a, ViewerRole, "GET", "/store", "One store: facts, labels, links, outcomes and findings", o.Asset)
	list(a, ViewerRole, "/store/labels", "The personal data of a store, place by place", o.Labels, func(all []probity.Label) (any, string) { return all, "" })
	list(a, ViewerRole, "/store/links", "The links of a store, both ways", o.Links, func(all []Link) (any, string) { return all, "" })
	list(a, ViewerRole, "/store/readers", "Who can read a store, as far as that is known", o.Readers, func(all []probity.Grant) (any, string) { return all, "" })
	list(a, ViewerRole, "/store/missing", "The facts that rules lack to decide of a store", o.Missing, func(all []Missed) (any, string) { return all, "" })
	list(a, ViewerRole, "/store/facts", "The facts of a store, each with its origin", o.Facts, func(all []probity.Evidence) (any, string) { return all, "" })
	list(a, ViewerRole, "/frameworks", "How the estate stands to each framework", o.Frameworks, func(p []history.FrameworkPosture) (any, string) { return p, "" })
	list(a, ViewerRole, "/frameworks/{id}", "One framework by its controls", o.Framework, func(p history.FrameworkPage) (any, string) { return p.Rows, "" })
	list(a, ViewerRole, "/accounts", "How each account stands", o.Accounts, func(p history.AccountsPage) (any, string) { return p.Rows, p.Next })
	list(a, ViewerRole, "/sources", "How each series of scans stands", o.Sources, func(p []history.PostureScan) (any, string) { return p, "" })
	list(a, ViewerRole, "/scans", "Scans", o.Scans, func(p []history.Record) (any, string) {
		if len(p) == 0 {
			return p, ""
		}
		return p, p[len(p)-1].ID
	})
	add(a, ViewerRole, "GET", "/scans/{id}", "One scan", o.Scan)
	list(a, ViewerRole, "/scans/{id}/changes", "What a scan found otherwise than the one before, and why", o.Changes, func(p history.ChangesPage) (any, string) { return p.Rows, p.Next })
	list(a, ViewerRole, "/waivers", "Waivers that were made here", o.Waivers, func(p history.WaiversPage) (any, string) { return p.Rows, p.Next })
	add(a, OperatorRole, "POST", "/waivers", "Accept a finding for a time", o.Waive)
	add(a, OperatorRole, "POST", "/waivers/{id}/withdraw", "End a waiver", o.Withdraw)
	list(a, ViewerRole, "/notifications", "What there was to tell, to whom it went and how that ended", o.Notifications, func(p NotificationsPage) (any, string) { return p.Rows, p.Next }, whole)
	list(a, AdminRole, "/audit", "Who did what", o.AuditLog, func(p history.AuditPage) (any, string) { return p.Rows, p.Next }, whole)
	add(a, OperatorRole, "POST", "/notifications/{id}/retry", "Send a message again that was given up", o.Retry, whole, accepted)
}

// note keeps what somebody did. What cannot be kept is in the log: the deed itself is done.
func (o *Operations) note(ctx context.Context, v Viewer, did, what string) {
	e := v.Entry(did, what)
	e.At, e.From = o.Now(), FromAddress(ctx)
	log := o.Log.WithFields(logrus.Fields{"who": e.Who, "came": e.Came, "did": e.Did, "from": e.From})
	if err := o.Store.Audit(context.WithoutCancel(ctx), e); err != nil {
		log.WithError(err).Error("the audit cannot be written")
		return
	}
	log.Info(reports.Visible(e.What)) // a terminal may show the log, and whoever asks writes addresses
}

// bounds are those of the viewer. Without a viewer nothing is within.
func bounds(ctx context.Context) (history.Bounds, error) {
	v, ok := ViewerFrom(ctx)
	if !ok {
		return history.Bounds{}, errNobody
	}
	return v.Bounds, nil
}

// operator is the viewer, if they may change something.
func operator(ctx context.Context) (Viewer, error) {
	v, ok := ViewerFrom(ctx)
	if !ok {
		return v, errNobody
	}
	if !v.Role.May(OperatorRole) {
		return v, errMay
	}
	return v, nil
}

// StatusIn says how schedules are written.
type StatusIn struct {
	Format string `query:"format" enum:"json,csv" default:"json"`
}

// Status tells how schedules stand: of who has bounds, those whose scans saw something within, with counts of that.
func (o *Operations) Status(ctx context.Context, _ *StatusIn) (Status, error) {
	b, err := bounds(ctx)
	if err != nil {
		return Status{}, err
	}
	all, err := o.Schedules.Status(ctx)
	if err != nil || b.Zero() {
		return all, err
	}
	out := Status{Schedules: []ScheduleStatus{}}
	for _, s := range all.Schedules {
		scans, err := o.Store.Scans(ctx, history.ScansQuery{Series: s.Name, Limit: 50, Bounds: b})
		if err != nil {
			return Status{}, err
		}
		if len(scans) == 0 {
			continue
		}
		s.Last, s.Running, s.Waiting = within(s.Last, scans), within(s.Running, scans), 0
		out.Schedules = append(out.Schedules, s)
	}
	return out, nil
}

// within is a scan as somebody with bounds may see it.
func within(of *history.Record, seen []history.Record) *history.Record {
	if of == nil {
		return nil
	}
	for i := range seen {
		if seen[i].ID == of.ID {
			return &seen[i]
		}
	}
	return nil
}

// RunIn names a schedule.
type RunIn struct {
	Name string `path:"name" doc:"of a schedule of the configuration"`
}

// Asked says what was asked for.
type Asked struct {
	Schedule string `json:"schedule"`
}

// Run asks for a scan of a schedule that the viewer may see.
func (o *Operations) Run(ctx context.Context, in *RunIn) (Asked, error) {
	v, err := operator(ctx)
	if err != nil {
		return Asked{}, err
	}
	st, err := o.Status(ctx, nil)
	if err != nil {
		return Asked{}, err
	}
	if !slices.ContainsFunc(st.Schedules, func(s ScheduleStatus) bool { return s.Name == in.Name }) {
		return Asked{}, huma.Error404NotFound("no such schedule, or none that you may see")
	}
	if err := o.Schedules.Ask(ctx, in.Name); err != nil {
		return Asked{}, err
	}
	o.note(ctx, v, "run", in.Name)
	return Asked{in.Name}, nil
}

// PostureIn says which part of the estate.
type PostureIn struct {
	Series    string    `query:"series" doc:"of scans"`
	Account   string    `query:"account" doc:"provider/account"`
	Framework string    `query:"framework" doc:"ID"`
	Since     time.Time `query:"since" doc:"scans from then on"`
	Format    string    `query:"format" enum:"json,csv" default:"json"`
}

// Posture is how the estate stands.
func (o *Operations) Posture(ctx context.Context, in *PostureIn) (history.Posture, error) {
	b, err := bounds(ctx)
	if err != nil {
		return history.Posture{}, err
	}
	return o.Store.Posture(ctx, history.PostureQuery{Series: in.Series, Account: in.Account, Framework: in.Framework, Since: in.Since, Bounds: b})
}

// FindingsIn says which findings.
type FindingsIn struct {
	Page
	State     []history.Standing   `query:"state,explode" doc:"default: open"`
	Severity  []probity.Severity   `query:"severity,explode"`
	Rule      string               `query:"rule" doc:"ID"`
	Store     string               `query:"store" doc:"ID of an asset"`
	Root      string               `query:"root" doc:"of that asset, where it has one"`
	Account   string               `query:"account" doc:"provider/account"`
	Framework string               `query:"framework" doc:"ID"`
	Category  probity.Category     `query:"category" doc:"of personal data in the store"`
	Owner     string               `query:"owner" doc:"of the store"`
	Activity  string               `query:"activity" doc:"of processing, that the store belongs to"`
	Series    string               `query:"series" doc:"of scans that see it"`
	Text      string               `query:"q" doc:"in message, rule or ID of the store"`
	Since     time.Time            `query:"since" doc:"to which something happened from then on"`
	Cause     []cause.Cause        `query:"cause,explode" doc:"of the newest event"`
	Event     []string             `query:"event,explode" doc:"the newest of the finding"`
	Sort      history.FindingsSort `query:"sort" doc:"default: worst"`
}

// Query is that of the history, without bounds.
func (in *FindingsIn) Query() history.FindingsQuery {
	q := history.FindingsQuery{States: in.State, Severities: in.Severity, Rule: in.Rule, Account: in.Account, Framework: in.Framework, Category: in.Category, Owner: in.Owner, Activity: in.Activity,
		Series: in.Series, Text: in.Text, Changed: in.Since, Causes: in.Cause, Sort: in.Sort, After: in.After, Limit: in.Limit}
	for _, e := range in.Event {
		q.Events = append(q.Events, history.Event(e))
	}
	if in.Store != "" {
		q.Asset = &probity.Ref{Root: in.Root, ID: in.Store}
	}
	return q
}

// Findings lists findings.
func (o *Operations) Findings(ctx context.Context, in *FindingsIn) (history.FindingsPage, error) {
	b, err := bounds(ctx)
	if err != nil {
		return history.FindingsPage{}, err
	}
	q := in.Query()
	q.Bounds = b
	return o.Store.Findings(ctx, q)
}

// eachFinding is all findings from a place in the list on, as of one moment.
func (o *Operations) eachFinding(ctx context.Context, in *FindingsIn) (iter.Seq2[history.Known, error], error) {
	b, err := bounds(ctx)
	if err != nil {
		return nil, err
	}
	q := in.Query()
	q.Bounds = b
	return o.Store.EachFinding(ctx, q)
}

// FindingIn names a finding.
type FindingIn struct {
	Fingerprint string `path:"fingerprint" doc:"or its beginning"`
}

// Finding is one finding.
func (o *Operations) Finding(ctx context.Context, in *FindingIn) (history.Life, error) {
	b, err := bounds(ctx)
	if err != nil {
		return history.Life{}, err
	}
	return o.Store.Life(ctx, in.Fingerprint, b)
}

// UnknownsIn says which unknown outcomes.
type UnknownsIn struct {
	Page
	Rule      string `query:"rule" doc:"ID"`
	Account   string `query:"account" doc:"provider/account"`
	Framework string `query:"framework" doc:"ID"`
	Series    string `query:"series" doc:"of scans"`
}

func (in *UnknownsIn) query(b history.Bounds) history.UnknownsQuery {
	return history.UnknownsQuery{Rule: in.Rule, Account: in.Account, Framework: in.Framework, Series: in.Series, After: in.After, Limit: in.Limit, Bounds: b}
}

// Unknowns are unknown outcomes by what would settle them.
func (o *Operations) Unknowns(ctx context.Context, in *UnknownsIn) (history.Unknowns, error) {
	b, err := bounds(ctx)
	if err != nil {
		return history.Unknowns{}, err
	}
	return o.Store.Unknowns(ctx, in.query(b))
}

// UnknownRowsIn names a group of them.
type UnknownRowsIn struct {
	UnknownsIn
	Group string `path:"group" doc:"ID of a group"`
}

// UnknownRows are those of one group.
func (o *Operations) UnknownRows(ctx context.Context, in *UnknownRowsIn) (history.UnknownRows, error) {
	b, err := bounds(ctx)
	if err != nil {
		return history.UnknownRows{}, err
	}
	q := in.query(b)
	q.Group = in.Group
	return o.Store.UnknownRows(ctx, q)
}

// MapIn says which part of the data map.
type MapIn struct {
	Category probity.Category `query:"category"`
	Country  string           `query:"country" doc:"ISO 3166-1 alpha-2"`
	Activity string           `query:"activity" doc:"of processing"`
	Account  string           `query:"account" doc:"provider/account"`
	Format   string           `query:"format" enum:"json,csv" default:"json"`
}

// DataMap is which personal data is where.
func (o *Operations) DataMap(ctx context.Context, in *MapIn) (history.DataMap, error) {
	b, err := bounds(ctx)
	if err != nil {
		return history.DataMap{}, err
	}
	return o.Store.DataMap(ctx, history.MapQuery{Category: in.Category, Country: in.Country, Activity: in.Activity, Account: in.Account, Bounds: b})
}

// AssetsIn says which stores.
type AssetsIn struct {
	Page
	Text     string           `query:"q" doc:"in ID or name"`
	Class    probity.Class    `query:"class"`
	Kind     string           `query:"kind" doc:"such as aws.s3.bucket"`
	Account  string           `query:"account" doc:"provider/account"`
	Region   string           `query:"region"`
	Country  string           `query:"country" doc:"ISO 3166-1 alpha-2"`
	Category probity.Category `query:"category" doc:"of personal data that was found in it"`
	Detector string           `query:"detector" doc:"of personal data that was found in it"`
	Activity string           `query:"activity" doc:"of processing"`
	Owner    string           `query:"owner"`
	Tag      string           `query:"tag" doc:"key, or key=value"`
	Failing  bool             `query:"failing" doc:"with a finding that stands"`
	Personal bool             `query:"personal" doc:"with personal data"`
	Series   string           `query:"series" doc:"of scans that see it"`
}

// Query is that of the history, without bounds.
func (in *AssetsIn) Query() history.AssetsQuery {
	return history.AssetsQuery{Text: in.Text, Class: in.Class, Kind: probity.Kind(in.Kind), Account: in.Account, Region: in.Region, Country: strings.ToUpper(in.Country), Category: in.Category, Detector: in.Detector,
		Activity: in.Activity, Owner: in.Owner, Tag: in.Tag, Failing: in.Failing, Personal: in.Personal, Series: in.Series, After: in.After, Limit: in.Limit}
}

// Assets lists stores.
func (o *Operations) Assets(ctx context.Context, in *AssetsIn) (history.AssetsPage, error) {
	b, err := bounds(ctx)
	if err != nil {
		return history.AssetsPage{}, err
	}
	q := in.Query()
	q.Bounds = b
	return o.Store.Assets(ctx, q)
}

// AssetIn names a store.
type AssetIn struct {
	ID   string `query:"id" required:"true" doc:"the provider's own"`
	Root string `query:"root" doc:"where it has one"`
}

// Asset is one store.
func (o *Operations) Asset(ctx context.Context, in *AssetIn) (history.AssetPage, error) {
	b, err := bounds(ctx)
	if err != nil {
		return history.AssetPage{}, err
	}
	return o.Store.Asset(ctx, probity.Ref{Root: in.Root, ID: in.ID}, b)
}
