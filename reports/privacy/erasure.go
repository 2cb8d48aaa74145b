package privacy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/gate"
	"github.com/probity-scan/probity/reports/language"
)

// Wanted says whose data is to be erased; empty fields are any.
type Wanted struct {
	Activity string
	Subject  string   // as an activity calls them
	Stores   []string // patterns over IDs and aliases
}

// Erasure is where the data of a person may be, and until when copies keep it (GDPR Art. 17).
type Erasure struct {
	Warnings    []string `json:"warnings,omitempty"`
	Stores      []Erase  `json:"stores"`
	Unassigned  []string `json:"unassigned"` // with personal data, and no activity names them: whose it is nobody knows
	NotLookedAt []Unseen `json:"not_looked_at"`
	estate      *Estate
	wanted      Wanted
}

// Erase is one store in the trail.
type Erase struct {
	Store    string   `json:"store"`
	From     string   `json:"copy_of,omitempty"` // it is a copy of that store
	How      string   `json:"how"`               // kept, or the kind of link
	Activity []string `json:"activities"`
	FindBy   []string `json:"find_by"` // places that name a person
	Holds    []string `json:"holds"`   // categories
	Hold     bool     `json:"legal_hold"`
	Until    string   `json:"copies_keep_until"` // of what is erased in the store now
	Open     string   `json:"open,omitempty"`    // why there may be more
}

// ErasureOf makes the trail. A store that nobody could look into is in it: data may be there.
func ErasureOf(e *Estate, w Wanted) Erasure {
	out := Erasure{Warnings: e.warnings(nil), NotLookedAt: e.notLookedAt(), Stores: []Erase{}, Unassigned: []string{}, estate: e, wanted: w}
	seen := map[probity.Ref]bool{}
	add := func(s probity.Asset, from probity.Ref, how string) {
		if !seen[s.Ref] {
			seen[s.Ref] = true
			out.Stores = append(out.Stores, e.erase(s, from, how))
		}
	}
	for _, s := range e.Stores {
		if !w.covers(s) {
			if w.open(s) {
				out.Unassigned = append(out.Unassigned, name(s.Ref))
			}
			continue
		}
		add(s, probity.Ref{}, "kept")
		for _, c := range e.copiesOf(s.Ref) {
			if x, ok := e.store(c.to); ok {
				add(x, s.Ref, string(c.how))
			} else if !seen[c.to] {
				seen[c.to] = true
				out.Stores = append(out.Stores, Erase{Store: name(c.to), From: name(s.Ref), How: string(c.how), Activity: []string{}, FindBy: []string{}, Holds: []string{},
					Until: e.in.Say("not known"), Open: e.in.Say("this scan does not tell of it")})
			}
		}
	}
	return out
}

// open reports whether a store was left out for want of an activity alone: the data of the wanted may be there.
func (w Wanted) open(s probity.Asset) bool {
	return len(s.Activities.Items) == 0 && len(own(s)) > 0 && Wanted{Stores: w.Stores}.covers(s)
}

// Check tells of words that no activity has: a slip would make an empty trail of a full one.
func (w Wanted) Check(e *Estate) error {
	var ids, subjects []string
	for _, a := range e.Activities {
		ids, subjects = append(ids, a.ID), append(subjects, a.Subjects...)
	}
	if w.Activity != "" && !slices.Contains(ids, w.Activity) {
		return fmt.Errorf("--activity: no activity is called %q: there are %s", w.Activity, list(sorted(ids), none))
	}
	if w.Subject != "" && !slices.Contains(subjects, w.Subject) {
		return fmt.Errorf("--subject: no activity is about %q: there are %s", w.Subject, list(sorted(subjects), none))
	}
	return nil
}

// covers reports whether data of the wanted may be in the store.
func (w Wanted) covers(s probity.Asset) bool {
	if len(w.Stores) > 0 && !slices.ContainsFunc(w.Stores, func(p string) bool {
		return gate.Match(p, s.ID) || slices.ContainsFunc(s.Aliases, func(a string) bool { return gate.Match(p, a) })
	}) {
		return false
	}
	if w.Activity != "" || w.Subject != "" {
		return slices.ContainsFunc(s.Activities.Items, func(a probity.Activity) bool {
			// Of an activity that names nobody nobody knows whose data it is.
			return (w.Activity == "" || a.ID == w.Activity) && (w.Subject == "" || len(a.Subjects) == 0 || slices.Contains(a.Subjects, w.Subject))
		})
	}
	return len(own(s)) > 0 || len(s.Activities.Items) > 0
}

func (e *Estate) erase(s probity.Asset, from probity.Ref, how string) Erase {
	x := Erase{Store: name(s.Ref), How: how, Activity: []string{}, FindBy: []string{}, Holds: []string{}, Until: e.copiesUntil(s), Open: e.read(s)}
	if from.ID != "" {
		x.From = name(from)
	}
	for _, a := range s.Activities.Items {
		x.Activity = append(x.Activity, a.ID)
		x.Hold = x.Hold || a.Hold
	}
	for _, l := range s.Labels.Items {
		x.Holds = append(x.Holds, string(l.Category))
		if l.Category == probity.Identifier || l.Category == probity.Contact {
			x.FindBy = append(x.FindBy, l.On+" ("+l.Detector+")")
		}
	}
	x.Holds, x.FindBy = full(sorted(x.Holds)), full(sorted(x.FindBy))
	return x
}

// copiesUntil is how long what is erased now stays in backups, old versions and under a lock.
func (e *Estate) copiesUntil(s probity.Asset) string {
	in := e.in
	var out []string
	after := func(n int) string { return in.Day(e.Now.AddDate(0, 0, n)) }
	switch n, ok := s.Resilience.BackupDays.Get(); {
	case !ok:
		out = append(out, in.Say("automatic backups: {unknown}", said(in, s.Resilience.BackupDays, days(in))))
	case n > 0:
		out = append(out, in.Say("automatic backups until {day} ({period})", after(n), days(in)(n)))
	default:
		out = append(out, in.Say("no automatic backups"))
	}
	switch on, ok := s.Resilience.Versioning.Get(); {
	case ok && on:
		old := 0
		for _, r := range s.Retention.Rules.Items {
			if r.Noncurrent && len(r.On) == 0 && r.Days > 0 {
				old = r.Days
			}
		}
		if old > 0 {
			out = append(out, in.Say("old versions until {day}", after(old)))
		} else {
			out = append(out, in.Say("old versions until somebody deletes them"))
		}
	case !ok && s.Class == probity.Bucket:
		if _, g := s.Resilience.Versioning.Value(); g.Reason != probity.NotApplicable {
			out = append(out, in.Say("old versions: {unknown}", notKnown(in, g)))
		}
	}
	if lock, ok := s.Retention.Lock.Get(); ok && lock.Set {
		out = append(out, in.Say("a lock forbids deletion for {period} from writing", days(in)(lock.Value)))
	}
	if s.Class == probity.Snapshot || s.Class == probity.Backup {
		out = append(out, in.Say("it is a snapshot or backup: until it is deleted as a whole, or restored without the person"))
	}
	return strings.Join(out, "; ")
}

// Paper is the trail for people.
func (x Erasure) Paper(in *language.Language) reports.Paper {
	x = ErasureOf(x.estate.spoken(in), x.wanted)
	p := x.estate.paper(in, in.Say("Trail of an erasure"),
		in.Say("Draft: where the data of a person may be, by which places it is found there, and until when copies keep it (GDPR Art. 17). Days count from today."))
	var rows [][]string
	for _, s := range x.Stores {
		how := in.Say(s.How)
		if s.From != "" {
			how += " " + s.From
		}
		activity := list(s.Activity, in.Say("none"))
		if s.Hold {
			activity += " (" + in.Say("legal hold: not to be erased while it lasts") + ")"
		}
		rows = append(rows, []string{s.Store, how, activity, list(s.FindBy, in.Say("no place is known that names a person")), list(worded(in, s.Holds), in.Say("none known")), s.Until, list([]string{s.Open}, in.Say("all was read"))})
	}
	p.Sections = []reports.Section{{Title: in.Say("Stores and copies"), Rows: rows, None: in.Say("No store of the scan fits."),
		Columns: []string{in.Say("Store"), in.Say("How"), in.Say("Activities"), in.Say("Find the person by"), in.Say("Contains"), in.Say("Copies keep it until"), in.Say("Not known")}}}
	if len(x.Unassigned) > 0 {
		p.Sections = append(p.Sections, reports.Section{Title: in.Say("Stores that no activity names"), Intro: in.Say("They hold personal data, and whose it is nobody declared: look there too."),
			Columns: []string{in.Say("Store")}, Rows: column(x.Unassigned)})
	}
	p.Sections = append(p.Sections, x.estate.unseenSection(in))
	return p
}
