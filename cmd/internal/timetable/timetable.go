// Package timetable says when scans that run by themselves are due.
package timetable

import (
	"errors"
	"fmt"
	"hash/fnv"
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
	return t, nil
}

// Next is the first tick after a time. One in the hour that a change of clocks leaves out comes an hour later by the clock; one
// in the hour that comes twice counts once, unless it is due every hour.
func (t Table) Next(after time.Time) time.Time {
	next := t.ticks.Next(after.In(t.zone))
	for ; !next.IsZero() && !t.hourly && again(next); next = t.ticks.Next(next) {
	}
	if next.IsZero() {
		return next
	}
	return next.UTC()
}

// again reports whether clocks showed the same a while before, when they were not set back yet.
func again(at time.Time) bool {
	_, is := at.Zone()
	_, was := at.Add(-3 * time.Hour).Zone()
	_, then := at.Add(-time.Duration(was-is) * time.Second).Zone()
	return was > is && then == was
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
