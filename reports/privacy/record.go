package privacy

import (
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/language"
)

// Record is a draft of the record of processing activities (GDPR Art. 30), and where declared and found differ.
type Record struct {
	Warnings    []string     `json:"warnings,omitempty"`
	Activities  []Processing `json:"activities"`
	Drift       []Drift      `json:"drift"`
	NotLookedAt []Unseen     `json:"not_looked_at"`
	estate      *Estate
}

// Processing is one activity of the record.
type Processing struct {
	ID         string     `json:"id"`
	Article    string     `json:"article"` // 30(1): as controller or joint controller; 30(2): as processor
	Role       string     `json:"role"`
	Entity     string     `json:"entity"`
	Country    string     `json:"country"`
	Parties    []Party    `json:"parties"`  // point (a): who has to be named, with contact details
	Purposes   []string   `json:"purposes"` // of a processor: categories of processing
	Subjects   []string   `json:"subjects"`
	Categories []Held     `json:"categories"`
	Recipients []string   `json:"recipients"`
	NoneElse   bool       `json:"no_recipients"` // it is declared that there are none
	Transfers  []Transfer `json:"transfers"`     // to third countries, and where the country is not known
	Retention  string     `json:"retention"`
	Measures   []Measure  `json:"measures"`          // what stores tell
	Said       []string   `json:"declared_measures"` // what no store tells
	Stores     []string   `json:"stores"`
	ToFill     []Ask      `json:"to_fill"` // what the law asks and nobody declared
}

// Ask is what is left to fill in, of the activity or of somebody or something that it names.
type Ask struct {
	Of   string `json:"of,omitempty"`
	What string `json:"what"`
}

// Party is somebody whom the record names. An empty text was not declared; "none": there is none.
type Party struct {
	As             string `json:"as"` // controller, joint controller, processor, on behalf of
	Name           string `json:"name"`
	Contact        string `json:"contact"`
	Representative string `json:"representative"`
	Officer        string `json:"data_protection_officer"`
	inEEA          bool   // its representative under Art. 27 is not asked for
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
	r := Record{Warnings: e.warnings(nil), Activities: []Processing{}, NotLookedAt: e.notLookedAt(), estate: e}
	for _, a := range e.Activities {
		r.Activities = append(r.Activities, e.processing(a))
	}
	r.Drift = e.drift()
	return r
}

func (e *Estate) processing(a probity.Activity) Processing {
	stores, more := e.serving(a.ID), e.declared.Details[a.ID]
	p := Processing{ID: a.ID, Article: "30(1)", Role: a.Role, Entity: a.Entity, Country: said(e.in, a.Country, itself), Parties: e.parties(a), Purposes: full(a.Purposes), Subjects: full(a.Subjects),
		Recipients: full(a.Recipients), NoneElse: a.Recipients != nil && len(a.Recipients) == 0, Retention: e.period(a), Categories: held(stores, more.Data), Transfers: []Transfer{},
		Measures: measures(stores), Said: full(more.Measures), Stores: []string{}}
	if a.Role == "processor" {
		p.Article = "30(2)"
	}
	for _, s := range stores {
		p.Stores = append(p.Stores, name(s.Ref))
	}
	for _, t := range e.transfersOf(a) {
		if t.Verdict != withinEEA && t.Verdict != withinHome {
			p.Transfers = append(p.Transfers, t)
		}
	}
	p.ToFill = e.missing(a, p)
	return p
}

// The parties of a record.
const (
	asController = "controller"
	asJoint      = "joint controller"
	asProcessor  = "processor"
	asBehalf     = "on behalf of the controller"
)

// parties are whom Art. 30(1)(a) and 30(2)(a) ask to be named.
func (e *Estate) parties(a probity.Activity) []Party {
	out := []Party{}
	add := func(as, name string) {
		x := e.entity(name)
		home, _ := a.Country.Get()
		out = append(out, Party{As: as, Name: name, Contact: x.Contact, Representative: x.Representative, Officer: x.Officer, inEEA: name == a.Entity && slices.Contains(probity.EEA(), home)})
	}
	more := e.declared.Details[a.ID]
	switch a.Role {
	case "processor":
		add(asProcessor, a.Entity)
		for _, c := range more.Controllers {
			add(asBehalf, c)
		}
	case "joint":
		add(asJoint, a.Entity)
	default:
		add(asController, a.Entity)
	}
	if a.Role != "processor" {
		for _, c := range more.JointControllers {
			add(asJoint, c)
		}
	}
	return out
}

// lacks says what is not declared of a party. Who is established in the EEA needs no representative there.
func (p Party) lacks() []string {
	var out []string
	if p.Name == "" {
		return append(out, language.Key("name and contact details"))
	}
	if p.Contact == "" {
		out = append(out, language.Key("contact details"))
	}
	if p.Representative == "" && !p.inEEA {
		out = append(out, language.Key("representative (or that there is none)"))
	}
	if p.Officer == "" {
		out = append(out, language.Key("data protection officer (or that there is none)"))
	}
	return out
}

// words are the party for people: what is declared, and what is not.
func (p Party) words(in *language.Language) string {
	out := []string{list([]string{p.Name}, in.Say("not declared"))}
	if p.Contact != "" {
		out = append(out, p.Contact)
	}
	say := func(key, what string) {
		switch what {
		case "":
		case none:
			out = append(out, in.Say(key, in.Say("none")))
		default:
			out = append(out, in.Say(key, what))
		}
	}
	say(language.Key("representative: {who}"), p.Representative)
	say(language.Key("data protection officer: {who}"), p.Officer)
	if lacks := worded(in, p.lacks()); len(lacks) > 0 {
		out = append(out, in.Say("not declared: {what}", strings.Join(lacks, ", ")))
	}
	return strings.Join(out, "; ")
}

// missing is what Art. 30 asks and the declaration does not say.
func (e *Estate) missing(a probity.Activity, p Processing) []Ask {
	out, there := []Ask{}, map[Ask]bool{}
	ask := func(lacks bool, of, what string) {
		if x := (Ask{of, what}); lacks && !there[x] {
			there[x] = true
			out = append(out, x)
		}
	}
	ask(a.Role == "", "", language.Key("role: controller, processor or joint"))
	ask(a.Entity == "", "", language.Key("entity"))
	for _, x := range p.Parties {
		for _, l := range x.lacks() {
			ask(x.Name != "", x.Name, l)
		}
	}
	more := e.declared.Details[a.ID]
	if a.Role == "processor" {
		ask(len(a.Purposes) == 0, "", language.Key("categories of processing"))
		ask(len(more.Controllers) == 0, "", language.Key("name and contact details of each controller on whose behalf it is done"))
	} else {
		ask(len(a.Purposes) == 0, "", language.Key("purposes"))
		ask(a.Role == "joint" && len(more.JointControllers) == 0, "", language.Key("name and contact details of the other joint controllers"))
		ask(len(a.Subjects) == 0, "", language.Key("categories of data subjects"))
		ask(len(p.Categories) == 0, "", language.Key("categories of personal data: none was found or declared in its stores"))
		ask(a.Recipients == nil, "", language.Key("categories of recipients, or that there are none"))
		_, known := a.Days.Get()
		ask(!known && !a.Hold, "", language.Key("time limit for erasure"))
	}
	for _, t := range p.Transfers {
		for _, l := range t.Lacks {
			ask(true, t.Country, l)
		}
		ask(t.Verdict == countryUnknown, t.Store, language.Key("the country it is in"))
	}
	ask(len(more.Measures) == 0, "", language.Key("organisational measures of security"))
	return out
}

// asked are the words of what is left to fill in.
func asked(in *language.Language, asks []Ask) string {
	out := make([]string, len(asks))
	for i, a := range asks {
		if out[i] = in.Say(a.What); a.Of != "" {
			out[i] = a.Of + ": " + out[i]
		}
	}
	return list([]string{strings.Join(out, "; ")}, in.Say("nothing"))
}

// unique keeps the first of each text.
func unique(s []string) []string {
	out := []string{}
	for _, t := range s {
		if !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

func (e *Estate) period(a probity.Activity) string {
	if a.Hold {
		return e.in.Say("legal hold: nothing is erased while it lasts")
	}
	s := said(e.in, a.Days, lasting(e.in))
	if start, ok := a.StartsAt.Get(); ok {
		s = e.in.Say("{period} from {event}", s, start)
	}
	return s
}

// held are the categories in stores, and those that the activity is meant to process, in the order of the vocabulary.
func held(stores []probity.Asset, meant []probity.Category) []Held {
	out := []Held{}
	for _, c := range probity.Category("").Values() {
		h := Held{Category: probity.Category(c), Declared: slices.Contains(meant, probity.Category(c))}
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
		if h.Stores > 0 || h.Declared {
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
	r = RecordOf(r.estate.spoken(in))
	p := r.estate.paper(in, in.Say("Record of processing activities"),
		in.Say("Draft under GDPR Art. 30, from what probity.yaml declares and what was found in the stores that it names."))
	rows := [][]string{}
	for _, d := range r.Drift {
		rows = append(rows, []string{d.words(in), d.Activity, d.Store, d.What})
	}
	p.Sections = append(p.Sections, reports.Section{Title: in.Say("Where declared and found differ"), Columns: []string{in.Say("Drift"), in.Say("Activity"), in.Say("Store"), in.Say("What")}, Rows: rows,
		None: in.Say("Nothing differs in what was read.")})
	for _, a := range r.Activities {
		p.Sections = append(p.Sections, a.section(in))
	}
	p.Sections = append(p.Sections, r.estate.unseenSection(in))
	return p
}

// section is an activity, row by row as Art. 30(1) or 30(2) asks, and after that what stands behind it.
func (a Processing) section(in *language.Language) reports.Section {
	s := reports.Section{Title: in.Say("Activity {activity}", a.ID), Columns: []string{in.Say("What Art. {article} asks", a.Article), in.Say("Draft")}}
	row := func(point, what, draft string) {
		if point != "" {
			what = "(" + point + ") " + what
		}
		s.Rows = append(s.Rows, []string{what, draft})
	}
	for _, x := range a.Parties {
		row("a", in.Say(x.As), x.words(in))
	}
	var transfers []string
	for _, t := range a.Transfers {
		transfers = append(transfers, t.words(in))
	}
	transferred := list([]string{strings.Join(unique(transfers), "; ")}, in.Say("none known"))
	categories := list(a.categories(in), in.Say("none found or declared"))
	recipients := a.recipients(in)
	subjects, purposes := list(a.Subjects, in.Say("not declared")), list(a.Purposes, in.Say("not declared"))
	measured := list(a.Said, in.Say("not declared"))
	if a.Article == "30(2)" {
		row("b", in.Say("Categories of processing"), purposes)
		row("c", in.Say("Transfers to third countries"), transferred)
		row("d", in.Say("Security (what stores tell)"), a.security(in))
		row("d", in.Say("Security (what no store tells)"), measured)
		row("", in.Say("Data subjects"), subjects)
		row("", in.Say("Personal data"), categories)
		row("", in.Say("Recipients"), recipients)
		row("", in.Say("Time limit for erasure"), a.Retention)
	} else {
		row("b", in.Say("Purposes"), purposes)
		row("c", in.Say("Data subjects"), subjects)
		row("c", in.Say("Personal data"), categories)
		row("d", in.Say("Recipients"), recipients)
		row("e", in.Say("Transfers to third countries"), transferred)
		row("f", in.Say("Time limit for erasure"), a.Retention)
		row("g", in.Say("Security (what stores tell)"), a.security(in))
		row("g", in.Say("Security (what no store tells)"), measured)
	}
	row("", in.Say("Established in"), a.Country)
	row("", in.Say("Stores"), list(a.Stores, in.Say("none in this scan")))
	row("", in.Say("To fill in"), asked(in, a.ToFill))
	return s
}

func (a Processing) recipients(in *language.Language) string {
	if a.NoneElse {
		return in.Say("none, as declared")
	}
	return list(a.Recipients, in.Say("not declared"))
}

func (a Processing) categories(in *language.Language) []string {
	out := make([]string, len(a.Categories))
	for i, h := range a.Categories {
		out[i] = in.Say(string(h.Category)) + " (" + h.basis(in) + ", " + in.Say("{n} store|{n} stores", h.Stores) + ")"
	}
	return out
}

// security is how many of the stores hold each measure. Of no store there is nothing to tell.
func (a Processing) security(in *language.Language) string {
	var out []string
	for _, m := range a.Measures {
		if all := m.Holds + m.Lacks + m.Unknown; all > 0 {
			out = append(out, in.Say("{measure}: {holds} of {n} store|{measure}: {holds} of {n} stores", in.Say(m.Measure), m.Holds, all)+unknowns(in, m.Unknown))
		}
	}
	return list([]string{strings.Join(out, "; ")}, in.Say("none in this scan"))
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
