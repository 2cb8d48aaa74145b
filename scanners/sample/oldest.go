package sample

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/probity-scan/probity"
)

// Starts are the columns from which somebody declared that a period of retention counts: "ended_at", or with what holds it,
// "visits.ended_at". Events that are no column match none.
type Starts []string

// of gives the declared name that a column goes by.
func (s Starts) of(column string) (string, bool) {
	for _, start := range s {
		if last := start[strings.LastIndexByte(start, '.')+1:]; column != "" && strings.EqualFold(last, column[strings.LastIndexByte(column, '.')+1:]) {
			return start, true
		}
	}
	return "", false
}

// Oldest keeps the earliest day in each column that a period counts from, and nothing of the others.
type Oldest struct {
	starts Starts
	days   map[string]*probity.Age
}

// NewOldest looks at the columns of starts.
func NewOldest(starts Starts) *Oldest {
	return &Oldest{starts: starts, days: map[string]*probity.Age{}}
}

const mostAges = 1000 // places of one store

// Column gives what takes the cells of a column: add, which also keeps its earliest day where a period counts from it.
func (o *Oldest) Column(on, name string, add func([]byte)) func([]byte) {
	start, ok := o.starts.of(name)
	if !ok || len(o.days) >= mostAges {
		return add
	}
	a := o.days[on]
	if a == nil {
		a = &probity.Age{On: on, Start: start}
		o.days[on] = a
	}
	return func(cell []byte) {
		if day, ok := dayOf(string(cell[:min(len(cell), longestDay)])); ok && (a.Oldest.IsZero() || day.Before(a.Oldest)) {
			a.Oldest = day
		}
		add(cell)
	}
}

// Ages are the earliest days, by place; asked is false where no period counts from any column.
func (o *Oldest) Ages() (ages []probity.Age, asked bool) {
	for _, a := range o.days {
		ages = append(ages, *a)
	}
	slices.SortFunc(ages, func(a, b probity.Age) int { return cmp.Compare(a.On, b.On) })
	return ages, len(o.starts) > 0
}

// Ageing is a tally that tells how old data is.
type Ageing interface {
	Ages() (ages []probity.Age, asked bool)
}

// Ages are the earliest days that a tally kept; asked is false where nobody wants to know.
func Ages(tally any) (ages []probity.Age, asked bool) {
	if t, ok := tally.(Ageing); ok {
		return t.Ages()
	}
	return nil, false
}

// AgesOf is what a store tells of how old its data is, if somebody asked. The gap is why there may be older data.
func AgesOf(ages []probity.Age, asked bool, gap *probity.Gap, from *probity.Origin) probity.List[probity.Age] {
	dated := slices.DeleteFunc(slices.Clone(ages), func(a probity.Age) bool { return a.Oldest.IsZero() })
	switch {
	case !asked:
		return probity.List[probity.Age]{}
	case len(ages) == 0:
		return probity.Open[probity.Age](probity.Gap{Reason: probity.Undeclared, Because: "no column of it is declared to start a period", Needs: string(probity.AskPeriodColumn)}, from)
	case gap != nil:
		return probity.Open(*gap, from, dated...)
	case len(dated) < len(ages):
		return probity.Open(probity.Gap{Reason: probity.Unreadable, Because: "a column that starts a period holds no dates"}, from, dated...)
	}
	return probity.Whole(from, dated...)
}

const longestDay = 35 // of RFC 3339 with nanoseconds and a zone

// dayOf reads a day, or the day of a moment, in the forms that databases and exports write and that leave no doubt.
func dayOf(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	for _, form := range []string{time.DateOnly, "2006/01/02", "02.01.2006", "20060102"} {
		if len(s) < len(form) || form == "20060102" && len(s) != len(form) {
			continue
		}
		if t, err := time.Parse(form, s[:len(form)]); err == nil && plausible(t) {
			return t, true
		}
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return time.Time{}, false
	}
	switch len(s) {
	case 10:
		return time.Unix(n, 0).UTC().Truncate(24 * time.Hour), true
	case 13:
		return time.UnixMilli(n).UTC().Truncate(24 * time.Hour), true
	}
	return time.Time{}, false
}

// plausible: before that nobody kept records in computers; 1900-01-01 and its like stand for no date.
func plausible(t time.Time) bool { return t.Year() >= 1950 && t.Year() < 2200 }
