package history

import (
	"context"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/cause"
)

// Known is a finding as a list of them shows it.
type Known struct {
	ID          int64            `json:"-"`
	Fingerprint string           `json:"fingerprint"` // as the newest scan that saw it has it
	Rule        string           `json:"rule"`
	Asset       probity.Ref      `json:"asset"`
	Kind        probity.Kind     `json:"kind,omitempty"`
	Class       probity.Class    `json:"class,omitempty"`
	Scope       probity.Scope    `json:"scope,omitzero"`
	Fact        probity.Path     `json:"fact"`
	Element     string           `json:"element,omitempty"`
	State       Standing         `json:"state"`
	Severity    probity.Severity `json:"severity,omitempty"`
	Message     string           `json:"message"`
	Owner       string           `json:"owner,omitempty"` // of its waiver
	Lapses      time.Time        `json:"lapses,omitzero"` // when its waiver does
	FirstSeen   time.Time        `json:"first_seen"`      //
	LastSeen    time.Time        `json:"last_seen"`       // when the newest scan began that saw it
	Changed     time.Time        `json:"changed"`         // when the newest event was seen
	Event       Event            `json:"event"`           // the newest
	Cause       cause.Cause      `json:"cause,omitempty"` // of it; empty: the first scan of its series
}

// Moment is one event of a finding's life.
type Moment struct {
	At       time.Time        `json:"at"`
	Scan     string           `json:"scan"`
	Series   string           `json:"series"`
	Event    Event            `json:"event"`
	Cause    cause.Cause      `json:"cause,omitempty"`
	State    Standing         `json:"state"`
	Severity probity.Severity `json:"severity,omitempty"`
	Asset    probity.Ref      `json:"asset"`
	Message  string           `json:"message"`
	Owner    string           `json:"owner,omitempty"`
	Lapses   time.Time        `json:"lapses,omitzero"`
}

// Life is a finding with all that happened to it, the oldest first.
type Life struct {
	Known
	Moments []Moment         `json:"moments"`
	Seen    *probity.Finding `json:"seen,omitempty"`    // as the newest scan that saw it told it
	Outcome *probity.Outcome `json:"outcome,omitempty"` // that it belongs to, with evidence
	Of      *probity.Rule    `json:"of,omitempty"`      // its rule, as of that scan
	Waivers []Waiver         `json:"waivers,omitempty"` // made here, the newest first
}

// lastSeen fills in when findings were seen last: by the newest scan of a series that goes on seeing it, or the last before one
// that did not.
func (l *look) lastSeen(ctx context.Context, of []Known) error {
	place := map[int64]int{}
	var ids []int64
	for i, k := range of {
		place[k.ID] = i
		ids = append(ids, k.ID)
	}
	for at := 0; at < len(ids); at += 500 {
		some := ids[at:min(at+500, len(ids))]
		args := append([]any{l.version, l.version}, anys(some)...)
		err := l.each(ctx, `SELECT g.finding, (SELECT MAX(c.started) FROM scan c WHERE c.published = 1 AND c.series = g.series AND c.version >= g.since AND c.version <= ? AND (g.until IS NULL OR c.version < g.until))
			FROM sighting g WHERE g.seen = 1 AND g.since <= ? AND g.finding IN `+several(len(some)), args, func(scan func(...any) error) error {
			var id int64
			var at *int64
			if err := scan(&id, &at); err != nil {
				return err
			}
			if k := &of[place[id]]; at != nil && seconds(*at).After(k.LastSeen) {
				k.LastSeen = seconds(*at)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func standingOf(number int64) Standing {
	if all := Standing("").Values(); number >= 1 && number <= int64(len(all)) {
		return Standing(all[number-1])
	}
	return ""
}

func numberOf(s Standing) int64 {
	for i, v := range s.Values() {
		if v == string(s) {
			return int64(i + 1)
		}
	}
	return 0
}

func words[T ~string](in []T) []string {
	out := make([]string, len(in))
	for i, s := range in {
		out[i] = string(s)
	}
	return out
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
