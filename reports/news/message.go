package news

import (
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/cause"
	"github.com/probity-scan/probity/reports/history"
)

// Format names the form of a message. Later minor versions only add members.
const Format = "probity.notification/1.0"

// Test is the kind of a message that only shows that a sink is reached.
const Test history.NoticeKind = "test"

// Message is what a sink is told: no value that was read from content, and names masked as in every report.
type Message struct {
	Format   string             `json:"format"`
	ID       string             `json:"id"`                 // the same when a message is sent again
	Kind     history.NoticeKind `json:"kind"`               // findings, failed scan, missed scan, no whole scan, test
	At       time.Time          `json:"at"`                 // when there was something to tell
	Schedule string             `json:"schedule,omitempty"` //
	Scan     *Scan              `json:"scan,omitempty"`     //
	Counts   history.Tally      `json:"counts"`             // of what passes the sink's filter
	Findings []Finding          `json:"findings,omitempty"` // new, worse and open again, the worst first
	More     int                `json:"more,omitempty"`     // findings beyond those that are named
	Unknown  int                `json:"unknown,omitempty"`  // of the verdicts that changed for another reason: those that are unknown now
	Link     string             `json:"link,omitempty"`     // to the pages
}

// Scan is the one that a message is of.
type Scan struct {
	ID       string        `json:"id"`
	Started  time.Time     `json:"started"`
	Finished time.Time     `json:"finished,omitzero"`
	State    history.State `json:"state"`
}

// Finding is one that a message names.
type Finding struct {
	Fingerprint string             `json:"fingerprint"`
	Event       history.Event      `json:"event"` // appeared, worse, reopened
	Cause       cause.Cause        `json:"cause"` // estate, content
	Rule        string             `json:"rule"`
	Title       string             `json:"title,omitempty"` // of the rule
	Severity    probity.Severity   `json:"severity"`
	Store       string             `json:"store,omitempty"`   // not where the sink names none
	Message     string             `json:"message,omitempty"` // likewise
	Kind        probity.Kind       `json:"asset_kind,omitempty"`
	Account     string             `json:"account,omitempty"` // provider/account
	Region      string             `json:"region,omitempty"`
	Owner       string             `json:"owner,omitempty"` // of the store
	Activities  []string           `json:"activities,omitempty"`
	Categories  []probity.Category `json:"categories,omitempty"` // of personal data in the store
	FirstSeen   time.Time          `json:"first_seen"`
	Link        string             `json:"link,omitempty"` // to its page
}

// Titled is a finding's rule in words.
func (f Finding) titled() string {
	if f.Title != "" {
		return f.Title
	}
	return f.Rule
}

// FindingOf is a finding as a message has it; pages is the address of the pages, if there is one.
func FindingOf(e history.Happened, title, pages string, named bool) Finding {
	f := Finding{Fingerprint: e.Fingerprint, Event: e.Event, Cause: e.Cause, Rule: e.Rule, Title: title, Severity: e.Severity, Kind: e.Kind, Region: e.Scope.Region,
		Activities: e.Activities, Categories: e.Categories, FirstSeen: e.FirstSeen}
	if e.Scope.Account != "" {
		f.Account = e.Scope.Provider + "/" + e.Scope.Account
	}
	if named {
		f.Store, f.Message, f.Owner = e.Asset.ID, e.Message, e.Whose
		if e.Asset.Root != "" {
			f.Store = e.Asset.Root + ": " + e.Asset.ID
		}
	}
	if pages != "" {
		f.Link = pages + "/findings/" + e.Fingerprint
	}
	return f
}
