// Package timetable says when scans that run by themselves are due.
package timetable

import (
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"strings"
	"time"
	_ "time/tzdata" // time zones where the system has none, as in a container

	cron "github.com/netresearch/go-cron"
)

// Table is when something is due.
type Table struct {
	name   string
	ticks  cron.Schedule
	zone   *time.Location
	jitter time.Duration
	hourly bool // its hours are * or */n: it goes by the time that passes, whatever clocks say
}

// Parse reads a schedule as cron does: minute, hour, day of the month, month, weekday, or @daily and the like. Where day and
// weekday are both said, either will do. The name decides over the jitter.
func Parse(name, spec, zone string, jitter time.Duration) (Table, error) {
	if strings.HasPrefix(spec, "TZ=") || strings.HasPrefix(spec, "CRON_TZ=") {
		return Table{}, errors.New("say the time zone as zone")
	}
	if strings.HasPrefix(spec, "@every") || strings.HasPrefix(spec, "@reboot") {
		return Table{}, errors.New("it counts from no time of day, so that two servers would not agree: write */15 * * * * or the like")
	}
	where, err := time.LoadLocation(zone)
	if err != nil || zone == "Local" {
		return Table{}, fmt.Errorf("there is no time zone %q: write it as Europe/Berlin", zone)
	}
	p, err := cron.TryNewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow | cron.Descriptor | cron.DowOrDom)
	if err != nil {
		return Table{}, fmt.Errorf("reading schedules: %w", err)
	}
	ticks, err := p.Parse(spec)
	if err != nil {
		return Table{}, fmt.Errorf("it is no schedule as cron has them: %w", err)
	}
	fields := strings.Fields(spec)
	t := Table{name: name, ticks: ticks, zone: where, jitter: jitter, hourly: spec == "@hourly" || len(fields) > 1 && strings.HasPrefix(fields[1], "*")}
	if t.Next(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return Table{}, errors.New("it is never due")
	}
	if least := t.least(); jitter >= least {
		return Table{}, fmt.Errorf("jitter %s: it has to be shorter than from one tick to the next, which is %s at the least", short(jitter), short(least))
	}
	return t, nil
}

// least is the shortest time from a tick to the next, of those of a year or so.
func (t Table) least() time.Duration {
	least := time.Duration(math.MaxInt64)
	at := t.Next(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	for range 400 {
		next := t.Next(at)
		if next.IsZero() {
			break
		}
		least, at = min(least, next.Sub(at)), next
	}
	return least
}

// short is a time without the zeros that it ends with.
func short(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

// Ahead is the first tick whose work begins after a time: one that is past may still wait for its jitter.
func (t Table) Ahead(of time.Time) time.Time {
	next := t.Next(of.Add(-t.jitter))
	for !next.IsZero() && !t.Begin(next).After(of) {
		next = t.Next(next)
	}
	return next
}

// Next is the first tick after a time. One in the hour that a change of clocks leaves out comes an hour later by the clock; one
// in the hour that comes twice counts once, unless it is due every hour.
//
// Ticks are those of a clock that never changes, put into the zone: so no change of clocks loses one, be it at midnight or by half an hour.
func (t Table) Next(after time.Time) time.Time {
	const near = 4 * time.Hour // more than clocks are ever set forward or back
	from := after.In(t.zone)
	begin, end := from.ZoneBounds()
	if begin.IsZero() || from.Sub(begin) > near {
		next := t.ticks.Next(shown(from))
		if next.IsZero() {
			return next
		}
		if at, _ := t.instants(next); end.IsZero() || end.Sub(at) > near {
			return at.UTC()
		}
	}
	var best time.Time // in the hours around a change later ticks of the clock may come sooner
	for w := t.ticks.Next(shown(from).Add(-near)); !w.IsZero(); w = t.ticks.Next(w) {
		first, second := t.instants(w)
		for _, at := range []time.Time{first, second} {
			if at.After(after) && (best.IsZero() || at.Before(best)) {
				best = at
			}
		}
		if !best.IsZero() && w.After(shown(best).Add(near)) {
			break
		}
	}
	if best.IsZero() {
		return best
	}
	return best.UTC()
}

// shown is what clocks show at a time, as one of a clock that never changes.
func shown(at time.Time) time.Time {
	_, offset := at.Zone()
	return at.Add(time.Duration(offset) * time.Second).UTC()
}

// instants is when clocks show something, which they may do twice. What they leave out is as long after the change as it should have
// been after it. The second time counts for what goes by the time that passes alone.
func (t Table) instants(w time.Time) (first, second time.Time) {
	by := func(of time.Time) time.Time { // as clocks went at a time
		_, offset := of.In(t.zone).Zone()
		return w.Add(-time.Duration(offset) * time.Second).In(t.zone)
	}
	at := time.Date(w.Year(), w.Month(), w.Day(), w.Hour(), w.Minute(), w.Second(), 0, t.zone)
	switch is := shown(at); {
	case is.Before(w): // left out, and told by the clocks after the change
		return by(at), second
	case is.After(w):
		return at, second
	}
	begin, end := at.ZoneBounds()
	if before := by(begin.Add(-time.Second)); !begin.IsZero() && before.Before(begin) {
		first, second = before, at
	} else if after := by(end); !end.IsZero() && !after.Before(end) {
		first, second = at, after
	} else {
		first = at
	}
	if !t.hourly {
		second = time.Time{}
	}
	return first, second
}

// Missed is the last tick after a time up to another, and how many there were. At most a thousand are counted.
func (t Table) Missed(after, until time.Time) (last time.Time, n int) {
	for next := t.Next(after); !next.IsZero() && !next.After(until); next = t.Next(next) {
		if last = next; n == 1000 {
			return t.lastBefore(until), n
		}
		n++
	}
	return last, n
}

// lastBefore looks back in steps that grow until a tick lies in one.
func (t Table) lastBefore(until time.Time) (last time.Time) {
	for back := time.Minute; last.IsZero(); back *= 2 {
		for next := t.Next(until.Add(-back)); !next.IsZero() && !next.After(until); next = t.Next(next) {
			last = next
		}
	}
	return last
}

// Begin is when the work of a tick begins. Of one tick it is always the same, whichever server asks.
func (t Table) Begin(tick time.Time) time.Time {
	if t.jitter <= 0 {
		return tick
	}
	h := fnv.New64a()
	fmt.Fprintf(h, "%s %d", t.name, tick.Unix())
	return tick.Add(time.Duration(h.Sum64() % uint64(t.jitter))) //nolint:gosec // it is above 0
}
