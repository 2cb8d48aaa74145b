package privacy

import (
	"slices"
	"strconv"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/language"
)

// Retention compares how long data may be kept with how long it is.
type Retention struct {
	Warnings []string `json:"warnings,omitempty"`
	Stores   []Kept   `json:"stores"`
	estate   *Estate
}

// Kept is one store of an activity.
type Kept struct {
	Activity string `json:"activity"`
	Store    string `json:"store"`
	May      string `json:"may_keep"`
	Rules    string `json:"rules"`            // by which the store deletes
	Oldest   string `json:"oldest,omitempty"` // day of the oldest data, by the column from which the period counts
	Backups  string `json:"backups"`
	Verdict  string `json:"verdict"` // kept, too-long, no-rule, hold, unknown
	Why      string `json:"why"`
}

// RetentionOf makes the report.
func RetentionOf(e *Estate) Retention {
	r := Retention{Warnings: e.warnings(nil), Stores: []Kept{}, estate: e}
	for _, a := range e.Activities {
		for _, s := range e.serving(a.ID) {
			r.Stores = append(r.Stores, e.keep(a, s))
		}
	}
	for _, s := range e.Stores {
		if len(s.Activities.Items) == 0 && len(own(s)) > 0 {
			r.Stores = append(r.Stores, e.keep(probity.Activity{Days: probity.Missing[int](probity.Gap{Reason: probity.Undeclared, Needs: "an activity that names the store"}, nil)}, s))
		}
	}
	return r
}

func (e *Estate) keep(a probity.Activity, s probity.Asset) Kept {
	k := Kept{Activity: a.ID, Store: name(s.Ref), May: period(a), Rules: expiries(s), Backups: said(s.Resilience.BackupDays, func(n int) string { return reports.Plural(n, "day") })}
	days, known := a.Days.Get()
	for _, o := range s.Retention.Oldest.Items {
		if start, ok := a.StartsAt.Get(); (!ok || o.Start == start) && !o.Oldest.IsZero() {
			k.Oldest = day(o.Oldest) + " in " + o.On
			if age := int(e.Now.Sub(o.Oldest).Hours() / 24); known && !a.Hold && age > days {
				k.Verdict, k.Why = "too-long", "data of "+day(o.Oldest)+" is "+reports.Plural(age, "day")+" old, and "+reports.Plural(days, "day")+" are declared"
			}
		}
	}
	if k.Verdict != "" {
		return k
	}
	longest, whole := 0, false
	for _, x := range s.Retention.Rules.Items {
		if !x.Noncurrent && len(x.On) == 0 && x.Days > 0 {
			longest, whole = max(longest, x.Days), true
		}
	}
	_, open := s.Retention.Rules.Value()
	switch {
	case a.Hold:
		k.Verdict, k.Why = language.Key("hold"), language.Key("a legal hold is declared")
	case !known:
		k.Verdict, k.Why = "unknown", language.Key("no period is declared")
	case whole && longest <= days:
		k.Verdict, k.Why = language.Key("kept"), "the store deletes after "+reports.Plural(longest, "day")
	case whole && open == nil:
		k.Verdict, k.Why = language.Key("too-long"), "the store deletes after "+reports.Plural(longest, "day")+", and "+reports.Plural(days, "day")+" are declared"
	case open != nil:
		k.Verdict, k.Why = "unknown", "what deletes data in it is "+notKnown(open)
	default:
		k.Verdict, k.Why = language.Key("no-rule"), language.Key("nothing in the store deletes all of it by age: something else has to")
	}
	return k
}

// expiries are the rules by which the store deletes.
func expiries(s probity.Asset) string {
	var out []string
	for _, x := range s.Retention.Rules.Items {
		t := "after " + reports.Plural(x.Days, "day")
		if x.By != "" {
			t = "when " + x.By + " says"
		}
		if x.Noncurrent {
			t += ", old versions"
		}
		if len(x.On) > 0 {
			t += " (" + strings.Join(x.On, ", ") + ")"
		}
		out = append(out, t)
	}
	if _, g := s.Retention.Rules.Value(); g != nil {
		out = append(out, "what else does is "+notKnown(g))
	}
	if lock, ok := s.Retention.Lock.Get(); ok && lock.Set {
		out = append(out, "locked for "+strconv.Itoa(lock.Value)+" days: nothing can be deleted before")
	}
	return list(out, "none")
}

// Paper is the report for people.
func (r Retention) Paper(in *language.Language) reports.Paper {
	p := r.estate.paper(in, in.Say("Retention"),
		in.Say("Draft: how long each activity may keep its data, and what deletes it (GDPR Art. 5(1)(e)). Deletion by an application leaves no trace in a store."))
	rows := make([][]string, len(r.Stores))
	for i, k := range r.Stores {
		rows[i] = []string{list([]string{k.Activity}, in.Say("no activity")), k.Store, k.May, in.Say(k.Rules), list([]string{k.Oldest}, in.Say("not known")), k.Backups, in.Say(k.Verdict) + ": " + in.Say(k.Why)}
	}
	p.Sections = []reports.Section{{Title: in.Say("By activity and store"), Rows: rows, None: in.Say("No store with personal data or an activity is in this scan."),
		Columns: []string{in.Say("Activity"), in.Say("Store"), in.Say("May be kept"), in.Say("The store deletes"), in.Say("Oldest"), in.Say("Backups"), in.Say("What it comes to")}}}
	return p
}

// Differs reports whether data is kept longer than declared.
func (r Retention) Differs() bool {
	return slices.ContainsFunc(r.Stores, func(k Kept) bool { return k.Verdict == "too-long" })
}
