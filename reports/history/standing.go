package history

import (
	"context"
	"maps"
	"slices"

	"github.com/probity-scan/probity/reports/cause"
)

// Standing is what a finding is, as far as the history knows.
type Standing string

// The states of findings.
const (
	Open   Standing = "open"
	Waived Standing = "waived"
	Unseen Standing = "not seen" // it was open, and later scans cannot tell whether it still is
	Fixed  Standing = "fixed"    // on evidence
)

// Values lists the states of findings; their place in it is their number in the database, from 1.
func (Standing) Values() []string {
	return []string{string(Open), string(Waived), string(Unseen), string(Fixed)}
}

// Event is what happened to a finding.
type Event string

// The events of a finding's life.
const (
	Appeared Event = "appeared"
	Reopened Event = "reopened"
	WentAway Event = "fixed"
	Lost     Event = "not seen"
	Back     Event = "seen again"
	Accepted Event = "waived"
	Lapsed   Event = "waiver lapsed" // its last day is over
	Revoked  Event = "waiver withdrawn"
	Worsened Event = "worse"
	Eased    Event = "less severe"
	Altered  Event = "other facts decide it"
)

// stood is a row of a finding's life.
type stood struct {
	state                        Standing
	severity                     int64
	asset                        int64
	fingerprint, message, digest string
	lapses                       int64
	owner                        string
	waiver                       int64 // of the history, by which it is waived
}

// live writes what happened to the findings that were touched.
func (t *taker) live(ctx context.Context) error {
	if err := t.w.flush(ctx); err != nil {
		return err
	}
	ids := slices.Sorted(maps.Keys(t.touched))
	for at := 0; at < len(ids); at += 500 {
		some := ids[at:min(at+500, len(ids))]
		seen, before, err := t.stood(ctx, some)
		if err != nil {
			return err
		}
		for _, id := range some {
			t.happen(id, seen, before)
		}
		if err := t.w.flushIf(ctx); err != nil {
			return err
		}
	}
	return t.w.flush(ctx)
}

// stood reads whether findings are seen anywhere, and what they were until now.
func (t *taker) stood(ctx context.Context, ids []int64) (seen map[int64]bool, before map[int64]stood, err error) {
	seen, before = map[int64]bool{}, map[int64]stood{}
	in := several(len(ids))
	err = t.s.each(ctx, t.s.read, "SELECT finding, MAX(seen) FROM sighting WHERE until IS NULL AND finding IN "+in+" GROUP BY finding", anys(ids), func(scan func(...any) error) error {
		var id, is int64
		if err := scan(&id, &is); err != nil {
			return err
		}
		seen[id] = is == 1
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	err = t.s.each(ctx, t.s.read, "SELECT finding, state, severity, asset, fingerprint, message, digest, lapses, owner, waiver FROM standing WHERE until IS NULL AND finding IN "+in, anys(ids), func(scan func(...any) error) error {
		var id, state int64
		var b stood
		if err := scan(&id, &state, &b.severity, &b.asset, &b.fingerprint, &b.message, &b.digest, &b.lapses, &b.owner, &b.waiver); err != nil {
			return err
		}
		b.state = standingOf(state)
		before[id] = b
		return nil
	})
	return seen, before, err
}

// happen writes the next row of a finding's life, where something happened.
func (t *taker) happen(id int64, seen map[int64]bool, before map[int64]stood) {
	touched := t.touched[id]
	was, known := before[id]
	now := was
	there, tracked := seen[id]
	f := touched.finding
	switch {
	case f.Fingerprint != "":
		now = stood{state: Open, severity: rank(f.Risk.Severity), asset: touched.shownAs, fingerprint: f.Fingerprint, message: f.Message, digest: f.Digest}
		if f.Waived() {
			now.state, now.owner, now.waiver = Waived, f.Waiver.Owner, t.said(f.Waiver)
			if !f.Waiver.Until.IsZero() {
				now.lapses = f.Waiver.Until.Unix()
			}
		}
	case there: // elsewhere: by another series, or on another snapshot of its own
		return
	case tracked:
		now.state = Unseen
	default:
		now.state = Fixed
	}
	event := happened(was, now, known, t.started)
	if event == "" {
		if known && now.waiver != was.waiver { // another one waives it, which is no event
			t.w.run("UPDATE standing SET waiver = ?, owner = ?, lapses = ? WHERE until IS NULL AND finding = ?", now.waiver, now.owner, now.lapses, id)
		}
		return
	}
	why := touched.cause
	switch {
	case event == Accepted || event == Lapsed || event == Revoked:
		why = cause.Declaration
	case touched.lost:
		why = cause.Coverage
	case touched.gone:
		why = cause.Estate
	}
	if known {
		t.w.end("UPDATE standing SET until = ? WHERE until IS NULL AND finding = ?", id)
	}
	t.w.add("standing", "finding, since, state, severity, event, cause, asset, fingerprint, message, digest, lapses, owner, waiver", id, t.version,
		numberOf(now.state), now.severity, string(event), string(why), now.asset, now.fingerprint, now.message, now.digest, now.lapses, now.owner, now.waiver)
}

// happened names what happened between two rows of a life; nothing where they say the same.
func happened(was, now stood, known bool, started int64) Event {
	switch {
	case !known:
		return Appeared
	case now.state == Fixed && was.state != Fixed:
		return WentAway
	case now.state == Fixed || now.state == Unseen && was.state == Unseen:
		return ""
	case now.state == Unseen:
		return Lost
	case was.state == Fixed:
		return Reopened
	case was.state == Unseen:
		return Back
	case was.state == Waived && now.state == Open:
		if was.lapses > 0 && was.lapses <= started {
			return Lapsed
		}
		return Revoked
	case was.state == Open && now.state == Waived:
		return Accepted
	case was.severity != now.severity && now.severity < was.severity:
		return Worsened
	case was.severity != now.severity:
		return Eased
	case was.digest != now.digest:
		return Altered
	}
	return ""
}
