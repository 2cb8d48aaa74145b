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
	since                        int64
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
			if err := t.happen(ctx, id, seen, before); err != nil {
				return err
			}
		}
		if err := t.w.flushIf(ctx); err != nil {
			return err
		}
	}
	return t.w.flush(ctx)
}

// tracked is where a finding is sighted: on which assets it is seen, and whether there are others of which nobody can tell.
type tracked struct {
	on     []int64
	unsure bool
}

// stood reads where findings are seen, and what they were until now.
func (t *taker) stood(ctx context.Context, ids []int64) (seen map[int64]tracked, before map[int64]stood, err error) {
	seen, before = map[int64]tracked{}, map[int64]stood{}
	in := several(len(ids))
	err = t.s.each(ctx, t.s.read, "SELECT finding, asset, seen FROM sighting WHERE until IS NULL AND finding IN "+in+" ORDER BY finding, since, asset", anys(ids), func(scan func(...any) error) error {
		var id, asset int64
		var is bool
		if err := scan(&id, &asset, &is); err != nil {
			return err
		}
		x := seen[id]
		if is {
			x.on = append(x.on, asset)
		} else {
			x.unsure = true
		}
		seen[id] = x
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	err = t.s.each(ctx, t.s.read, "SELECT finding, since, state, severity, asset, fingerprint, message, digest, lapses, owner, waiver FROM standing WHERE until IS NULL AND finding IN "+in, anys(ids), func(scan func(...any) error) error {
		var id, state int64
		var b stood
		if err := scan(&id, &b.since, &state, &b.severity, &b.asset, &b.fingerprint, &b.message, &b.digest, &b.lapses, &b.owner, &b.waiver); err != nil {
			return err
		}
		b.state = standingOf(state)
		before[id] = b
		return nil
	})
	return seen, before, err
}

// happen writes the next row of a finding's life, where something happened.
func (t *taker) happen(ctx context.Context, id int64, seen map[int64]tracked, before map[int64]stood) (err error) {
	touched := t.touched[id]
	was, known := before[id]
	now := was
	is := seen[id]
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
	case len(is.on) > 0: // elsewhere: by another series, or on another snapshot of its own
		if was.asset == touched.asset && !slices.Contains(is.on, was.asset) {
			err = t.follow(ctx, id, touched.rule, &now, is.on[len(is.on)-1])
		}
	case is.unsure:
		now.state = Unseen
	default:
		now.state = Fixed
	}
	if touched.moved != 0 && touched.moved != now.asset && len(is.on) == 0 {
		err = t.follow(ctx, id, touched.rule, &now, touched.moved)
	}
	if err != nil {
		return err
	}
	event := happened(was, now, known, t.started)
	if event == "" {
		if known && now.waiver != was.waiver { // another one waives it, which is no event
			t.w.run("UPDATE standing SET waiver = ?, owner = ?, lapses = ? WHERE until IS NULL AND finding = ?", now.waiver, now.owner, now.lapses, id)
		}
		if known && now.asset != was.asset && !slices.Contains(is.on, was.asset) {
			t.moves = append(t.moves, move{id, now.asset, now.fingerprint, now.message})
		}
		return nil
	}
	why := touched.cause
	switch {
	case event == Accepted || event == Lapsed || event == Revoked:
		why = cause.Declaration
	case touched.lost, now.state == Unseen:
		why = cause.Coverage
	case touched.gone:
		why = cause.Estate
	case why == "" && known:
		if why, err = t.across(ctx, touched, was); err != nil {
			return err
		}
	}
	if known {
		t.w.end("UPDATE standing SET until = ? WHERE until IS NULL AND finding = ?", id)
	}
	t.w.add("standing", "finding, since, state, severity, event, cause, asset, fingerprint, message, digest, lapses, owner, waiver", id, t.version,
		numberOf(now.state), now.severity, string(event), string(why), now.asset, now.fingerprint, now.message, now.digest, now.lapses, now.owner, now.waiver)
	return nil
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
	case was.state == Unseen && (now.state == Waived || was.owner == ""): // with an owner it was waived when it was lost
		return Back
	case was.state != Open && now.state == Open:
		switch {
		case was.lapses > 0 && was.lapses <= started:
			return Lapsed
		case was.digest == now.digest || was.digest == "" || now.digest == "":
			return Revoked
		case now.severity < was.severity:
			return Worsened
		}
		return Altered // the waiver holds for other facts
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
