package privacy

import (
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/language"
)

// Retention compares how long data may be kept with how long it is.
type Retention struct {
	Warnings    []string `json:"warnings,omitempty"`
	Stores      []Kept   `json:"stores"`
	NotLookedAt []Unseen `json:"not_looked_at"`
	estate      *Estate
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
	r := Retention{Warnings: e.warnings(nil), NotLookedAt: e.notLookedAt(), Stores: []Kept{}, estate: e}
	for _, a := range e.Activities {
		for _, s := range e.serving(a.ID) {
			r.Stores = append(r.Stores, e.keep(a, s))
		}
	}
	for _, s := range e.Stores {
		if len(s.Activities.Items) == 0 && len(own(s)) > 0 {
			r.Stores = append(r.Stores, e.keep(probity.Activity{Days: probity.Missing[int](probity.Gap{Reason: probity.Undeclared, Needs: e.in.Say("an activity that names the store")}, nil)}, s))
		}
	}
	return r
}

func (e *Estate) keep(a probity.Activity, s probity.Asset) Kept {
	in := e.in
	k := Kept{Activity: a.ID, Store: name(s.Ref), May: e.period(a), Rules: e.expiries(s), Backups: said(in, s.Resilience.BackupDays, lasting(in))}
	may, known := a.Days.Get()
	for _, o := range s.Retention.Oldest.Items {
		if start, ok := a.StartsAt.Get(); (!ok || o.Start == start) && !o.Oldest.IsZero() {
			k.Oldest = in.Say("{day} in {place}", in.Day(o.Oldest), o.On)
			if age := int(e.Now.Sub(o.Oldest).Hours() / 24); known && !a.Hold && age > may {
				k.Verdict, k.Why = "too-long", in.Say("data of {day} is {age} old, and {period} are declared", in.Day(o.Oldest), days(in)(age), days(in)(may))
			}
		}
	}
	if k.Verdict != "" {
		return k
	}
	longest, whole, old := 0, false, 0
	for _, x := range s.Retention.Rules.Items {
		switch {
		case len(x.On) > 0 || x.Days <= 0:
		case x.Noncurrent:
			old = max(old, x.Days)
		default:
			longest, whole = max(longest, x.Days), true
		}
	}
	deletes := in.Say("the store deletes {period} after writing", days(in)(longest))
	if old > 0 {
		deletes += ", " + in.Say("and old versions {period} after that", days(in)(old))
	}
	if _, ok := a.StartsAt.Get(); ok && known && !a.Hold {
		deletes += "; " + in.Say("the declared period counts from an event that the store does not know")
	}
	_, open := s.Retention.Rules.Value()
	versions, _ := s.Resilience.Versioning.Get()
	stays := versions && old == 0 // what is deleted lives on as an old version, and nothing ends that
	switch {
	case a.Hold:
		k.Verdict, k.Why = "hold", in.Say("a legal hold is declared")
	case !known:
		k.Verdict, k.Why = "unknown", in.Say("no period is declared")
	case whole && longest <= may && !stays:
		k.Verdict, k.Why = "kept", deletes
	case whole && longest <= may && open == nil:
		k.Verdict, k.Why = "no-rule", deletes+"; "+in.Say("old versions until somebody deletes them")
	case whole && open == nil:
		k.Verdict, k.Why = "too-long", deletes+", "+in.Say("and {period} are declared", days(in)(may))
	case open != nil:
		k.Verdict, k.Why = "unknown", in.Say("what deletes data in it is {unknown}", notKnown(in, open))
	default:
		k.Verdict, k.Why = "no-rule", in.Say("nothing in the store deletes all of it by age: something else has to")
	}
	return k
}

// words are the verdict for people.
func (k Kept) words(in *language.Language) string {
	switch k.Verdict {
	case "kept":
		return in.Say("in keeping")
	case "too-long":
		return in.Say("kept too long")
	case "no-rule":
		return in.Say("no rule deletes it")
	case "hold":
		return in.Say("legal hold")
	}
	return in.Say("not known")
}

// expiries are the rules by which the store deletes.
func (e *Estate) expiries(s probity.Asset) string {
	in := e.in
	var out []string
	for _, x := range s.Retention.Rules.Items {
		t := in.Say("after {period}", days(in)(x.Days))
		if x.By != "" {
			t = in.Say("when {column} says", x.By)
		}
		if x.Noncurrent {
			t = in.Say("old versions {when}", t)
		}
		if len(x.On) > 0 {
			t += " (" + strings.Join(x.On, ", ") + ")"
		}
		out = append(out, t)
	}
	if _, g := s.Retention.Rules.Value(); g != nil {
		out = append(out, in.Say("what else does is {unknown}", notKnown(in, g)))
	}
	if lock, ok := s.Retention.Lock.Get(); ok && lock.Set {
		out = append(out, in.Say("locked for {period}: nothing can be deleted before", days(in)(lock.Value)))
	}
	return list([]string{strings.Join(out, "; ")}, in.Say("none"))
}

// Paper is the report for people.
func (r Retention) Paper(in *language.Language) reports.Paper {
	r = RetentionOf(r.estate.spoken(in))
	p := r.estate.paper(in, in.Say("Retention"),
		in.Say("Draft: how long each activity may keep its data, and what deletes it (GDPR Art. 5(1)(e)). Deletion by an application leaves no trace in a store."))
	rows := make([][]string, len(r.Stores))
	for i, k := range r.Stores {
		rows[i] = []string{list([]string{k.Activity}, in.Say("no activity")), k.Store, k.May, k.Rules, list([]string{k.Oldest}, in.Say("not known")), k.Backups, in.Say("{what}: {text}", k.words(in), k.Why)}
	}
	p.Sections = []reports.Section{{Title: in.Say("By activity and store"), Rows: rows, None: in.Say("No store with personal data or an activity is in this scan."),
		Columns: []string{in.Say("Activity"), in.Say("Store"), in.Say("May be kept"), in.Say("The store deletes"), in.Say("Oldest"), in.Say("Backups"), in.Say("What it comes to")}}, r.estate.unseenSection(in)}
	return p
}

// Differs reports whether data is kept longer than declared.
func (r Retention) Differs() bool {
	return slices.ContainsFunc(r.Stores, func(k Kept) bool { return k.Verdict == "too-long" })
}
