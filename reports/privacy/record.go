package privacy

import (
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/language"
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
	r := Record{Warnings: e.warnings(nil), Activities: []Processing{}, estate: e}
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
	out := []string{language.Key("contact details of the controller, its representative and its data protection officer"), language.Key("organisational measures of security")}
	if a.Role == "processor" {
		out[0] = language.Key("contact details of the processor, its representative and its data protection officer")
	}
	ask := func(lacks bool, what string) {
		if lacks {
			out = append(out, what)
		}
	}
	ask(a.Role == "", language.Key("role: controller, processor or joint"))
	ask(a.Entity == "", language.Key("entity"))
	ask(len(a.Purposes) == 0, language.Key("purposes"))
	if a.Role == "processor" {
		return append(out, language.Key("name and contact details of each controller on whose behalf it is done"))
	}
	ask(a.Role == "joint", language.Key("name and contact details of the other joint controllers"))
	ask(len(a.Subjects) == 0, language.Key("categories of data subjects"))
	ask(len(p.Categories) == 0, language.Key("categories of personal data: none was found or declared in its stores"))
	ask(len(a.Recipients) == 0, language.Key("categories of recipients, or that there are none"))
	_, known := a.Days.Get()
	ask(!known, language.Key("time limit for erasure"))
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
func (r Record) Paper(in *language.Language) reports.Paper {
	p := r.estate.paper(in, in.Say("Record of processing activities"),
		in.Say("Draft under GDPR Art. 30, from what probity.yaml declares and what was found in the stores that it names."))
	rows := [][]string{}
	for _, d := range r.Drift {
		rows = append(rows, []string{in.Say(d.Kind), d.Activity, d.Store, d.What})
	}
	p.Sections = append(p.Sections, reports.Section{Title: in.Say("Where declared and found differ"), Columns: []string{in.Say("Drift"), in.Say("Activity"), in.Say("Store"), in.Say("What")}, Rows: rows,
		None: in.Say("Nothing differs in what was read.")})
	for _, a := range r.Activities {
		categories := make([]string, len(a.Categories))
		for i, h := range a.Categories {
			categories[i] = in.Say(string(h.Category)) + " (" + h.basis(in) + ", " + in.Say("{n} store|{n} stores", h.Stores) + ")"
		}
		var security []string
		for _, m := range a.Measures {
			security = append(security, in.Say("{measure}: {holds} of {n} store|{measure}: {holds} of {n} stores", in.Say(m.Measure), m.Holds, m.Holds+m.Lacks+m.Unknown)+unknowns(in, m.Unknown))
		}
		purposes := in.Say("Purposes")
		if a.Role == "processor" {
			purposes = in.Say("Categories of processing")
		}
		p.Sections = append(p.Sections, reports.Section{Title: in.Say("Activity {activity}", a.ID), Columns: []string{in.Say("What Art. {article} asks", a.Article), in.Say("Draft")}, Rows: [][]string{
			{in.Say("Entity and role"), in.Say("{entity}, {role}, established in {country}", list([]string{a.Entity}, in.Say("not declared")), list([]string{in.Say(a.Role)}, in.Say("role not declared")), a.Country)},
			{purposes, list(a.Purposes, in.Say("not declared"))}, {in.Say("Data subjects"), list(a.Subjects, in.Say("not declared"))},
			{in.Say("Personal data"), list(categories, in.Say("none found or declared"))}, {in.Say("Recipients"), list(a.Recipients, in.Say("none declared"))},
			{in.Say("Transfers to third countries"), list(a.Transfers, in.Say("none known"))}, {in.Say("Time limit for erasure"), a.Retention},
			{in.Say("Security (what stores tell)"), strings.Join(security, "; ")}, {in.Say("Stores"), list(a.Stores, in.Say("none in this scan"))}, {in.Say("To fill in"), strings.Join(worded(in, a.ToFill), "; ")}}})
	}
	return p
}

func (h Held) basis(in *language.Language) string {
	switch {
	case h.Found && h.Declared:
		return in.Say("found and declared")
	case h.Found:
		return in.Say("found")
	case h.Declared:
		return in.Say("declared")
	}
	return ""
}

func unknowns(in *language.Language, n int) string {
	if n == 0 {
		return ""
	}
	return " (" + in.Say("{n} not known", n) + ")"
}
