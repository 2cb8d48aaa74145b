package privacy

import (
	"slices"
	"strconv"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
)

// Record is a draft of the record of processing activities (GDPR Art. 30), and where declared and found differ.
type Record struct {
	Warnings   []string     `json:"warnings,omitempty"`
	Activities []Processing `json:"activities"`
	Drift      []Drift      `json:"drift"`
	estate     *Estate
}

// Processing is one activity of the record.
type Processing struct {
	ID         string    `json:"id"`
	Article    string    `json:"article"` // 30(1): as controller or joint controller; 30(2): as processor
	Role       string    `json:"role"`
	Entity     string    `json:"entity"`
	Country    string    `json:"country"`
	Purposes   []string  `json:"purposes"` // of a processor: categories of processing
	Subjects   []string  `json:"subjects"`
	Categories []Held    `json:"categories"`
	Recipients []string  `json:"recipients"`
	Transfers  []string  `json:"transfers"`
	Retention  string    `json:"retention"`
	Measures   []Measure `json:"measures"`
	Stores     []string  `json:"stores"`
	ToFill     []string  `json:"to_fill"` // what the law asks and nobody declared
}

// Held is a category of personal data in the stores of an activity.
type Held struct {
	Category probity.Category `json:"category"`
	Stores   int              `json:"stores"`
	Found    bool             `json:"found"`    // in what was read
	Declared bool             `json:"declared"` // by a person
}

// RecordOf makes the record.
func RecordOf(e *Estate) Record {
	r := Record{Warnings: e.warnings(), Activities: []Processing{}, estate: e}
	for _, a := range e.Activities {
		r.Activities = append(r.Activities, e.processing(a))
	}
	r.Drift = e.drift()
	return r
}

func (e *Estate) processing(a probity.Activity) Processing {
	stores := e.serving(a.ID)
	p := Processing{ID: a.ID, Article: "30(1)", Role: a.Role, Entity: a.Entity, Country: said(a.Country, itself), Purposes: full(a.Purposes), Subjects: full(a.Subjects),
		Recipients: full(a.Recipients), Retention: period(a), Categories: held(stores), Transfers: []string{}, Measures: measures(stores), Stores: []string{}}
	if a.Role == "processor" {
		p.Article = "30(2)"
	}
	for _, s := range stores {
		p.Stores = append(p.Stores, name(s.Ref))
	}
	for _, t := range e.transfersOf(a) {
		switch t.Verdict {
		case withinEEA:
		case countryUnknown:
			p.Transfers = append(p.Transfers, "not known of some stores: see the register of transfers")
		default:
			p.Transfers = append(p.Transfers, t.Country+" ("+t.Verdict+")")
		}
	}
	p.Transfers = full(sorted(p.Transfers))
	p.ToFill = missing(a, p)
	return p
}

// missing is what Art. 30 asks and the declaration does not say.
func missing(a probity.Activity, p Processing) []string {
	out := []string{"contact details of the " + map[bool]string{true: "processor", false: "controller"}[a.Role == "processor"] + ", its representative and its data protection officer",
		"organisational measures of security"}
	ask := func(lacks bool, what string) {
		if lacks {
			out = append(out, what)
		}
	}
	ask(a.Role == "", "role: controller, processor or joint")
	ask(a.Entity == "", "entity")
	ask(len(a.Purposes) == 0, "purposes")
	if a.Role == "processor" {
		return append(out, "name and contact details of each controller on whose behalf it is done")
	}
	ask(a.Role == "joint", "name and contact details of the other joint controllers")
	ask(len(a.Subjects) == 0, "categories of data subjects")
	ask(len(p.Categories) == 0, "categories of personal data: none was found or declared in its stores")
	ask(len(a.Recipients) == 0, "categories of recipients, or that there are none")
	_, known := a.Days.Get()
	ask(!known, "time limit for erasure")
	return out
}

func period(a probity.Activity) string {
	if a.Hold {
		return "legal hold: nothing is erased while it lasts"
	}
	s := said(a.Days, func(n int) string { return reports.Plural(n, "day") })
	if start, ok := a.StartsAt.Get(); ok {
		s += " from " + start
	}
	return s
}

// held are the categories in stores, in the order of the vocabulary.
func held(stores []probity.Asset) []Held {
	out := []Held{}
	for _, c := range probity.Category("").Values() {
		h := Held{Category: probity.Category(c)}
		for _, s := range stores {
			in := false
			for _, l := range s.Labels.Items {
				if l.Category == h.Category {
					in = true
					h.Declared = h.Declared || isDeclared(l)
					h.Found = h.Found || !isDeclared(l)
				}
			}
			if in {
				h.Stores++
			}
		}
		if h.Stores > 0 {
			out = append(out, h)
		}
	}
	return out
}

// full is a list that JSON writes as one.
func full(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

// Paper is the record for people.
func (r Record) Paper() reports.Paper {
	p := r.estate.paper("Record of processing activities", "Draft under GDPR Art. 30, from what probity.yaml declares and what was found in the stores that it names.")
	rows := [][]string{}
	for _, d := range r.Drift {
		rows = append(rows, []string{d.Kind, d.Activity, d.Store, d.What})
	}
	p.Sections = append(p.Sections, reports.Section{Title: "Where declared and found differ", Columns: []string{"Drift", "Activity", "Store", "What"}, Rows: rows,
		None: "Nothing differs in what was read."})
	for _, a := range r.Activities {
		categories := make([]string, len(a.Categories))
		for i, h := range a.Categories {
			categories[i] = string(h.Category) + " (" + h.basis() + ", " + reports.Plural(h.Stores, "store") + ")"
		}
		var security []string
		for _, m := range a.Measures {
			security = append(security, m.Measure+": "+strconv.Itoa(m.Holds)+" of "+reports.Plural(m.Holds+m.Lacks+m.Unknown, "store")+unknowns(m.Unknown))
		}
		purposes := "Purposes"
		if a.Role == "processor" {
			purposes = "Categories of processing"
		}
		p.Sections = append(p.Sections, reports.Section{Title: "Activity " + a.ID, Columns: []string{"What Art. " + a.Article + " asks", "Draft"}, Rows: [][]string{
			{"Entity and role", list([]string{a.Entity}, "not declared") + ", " + list([]string{a.Role}, "role not declared") + ", established in " + a.Country},
			{purposes, list(a.Purposes, "not declared")}, {"Data subjects", list(a.Subjects, "not declared")},
			{"Personal data", list(categories, "none found or declared")}, {"Recipients", list(a.Recipients, "none declared")},
			{"Transfers to third countries", list(a.Transfers, "none known")}, {"Time limit for erasure", a.Retention},
			{"Security (what stores tell)", strings.Join(security, "; ")}, {"Stores", list(a.Stores, "none in this scan")}, {"To fill in", strings.Join(a.ToFill, "; ")}}})
	}
	return p
}

func (h Held) basis() string {
	return strings.Join(slices.DeleteFunc([]string{word(h.Found, "found"), word(h.Declared, "declared")}, func(s string) bool { return s == "" }), " and ")
}

func word(is bool, w string) string {
	if is {
		return w
	}
	return ""
}

func unknowns(n int) string {
	if n == 0 {
		return ""
	}
	return " (" + strconv.Itoa(n) + " not known)"
}
