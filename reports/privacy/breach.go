package privacy

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/gate"
	"github.com/probity-scan/probity/reports/language"
)

// Incident is what a scan cannot know of a breach: whoever handles it says so.
type Incident struct {
	Aware    time.Time // when one became aware, in the zone whose days count; deadlines count from it
	Offset   bool      // the zone of Aware is an offset, of which nobody knows when it changes
	Holidays []string  // days that are no working days, as 2026-12-25
	Role     string    // controller, processor, joint; empty: those of the activities
	Regimes  []Regime
	Seen     []Seen // of the store in this and earlier scans, in any order
}

// Seen is how a store was exposed in one scan.
type Seen struct {
	At     time.Time
	There  bool // the store was in the scan
	Public probity.Fact[bool]
}

// Breach is the scope of a breach of one store, as a draft annex to a notification.
type Breach struct {
	Warnings    []string   `json:"warnings,omitempty"`
	Asset       string     `json:"asset"`
	Stores      []string   `json:"stores"` // the asset and what it holds
	Aware       time.Time  `json:"aware,omitzero"`
	Roles       []string   `json:"roles"`
	Regimes     []Regime   `json:"regimes"`
	Deadlines   []Deadline `json:"deadlines"`
	Without     []string   `json:"no_duty_known"` // regimes of which no duty of these roles is known here
	Data        []Datum    `json:"data"`
	Records     Records    `json:"records"`
	Subjects    []string   `json:"subjects"`
	Activities  []string   `json:"activities"`
	Entities    []string   `json:"entities"`
	Contacts    []Party    `json:"contacts"` // of the entities and, of a processor, the controllers to be told
	Exposure    Exposed    `json:"exposure"`
	Readers     []string   `json:"readers"`
	Copies      []Copy     `json:"copies"`
	Sources     []string   `json:"copied_from"`
	Measures    []Measure  `json:"measures"`
	Annex       []Item     `json:"article_33_3"`
	Open        []string   `json:"open"` // what is not known, and has to be found out
	NotLookedAt []Unseen   `json:"not_looked_at"`
	estate      *Estate
	incident    Incident
	stores      []probity.Asset
	roleOpen    bool // of some of its data nobody said in which role it is processed
}

// Item is a point of GDPR Art. 33(3), with what a scan has to say to it.
type Item struct {
	Point string `json:"point"`
	Asks  string `json:"asks"`
	Draft string `json:"draft"`
}

// Datum is a sort of personal data in one place.
type Datum struct {
	Store      string             `json:"store"`
	On         string             `json:"on"`
	Category   probity.Category   `json:"category"`
	Detector   string             `json:"detector"`
	Declared   bool               `json:"declared"` // by a person, and nobody looked
	Found      int                `json:"found"`    // of those read
	Read       int                `json:"read"`
	Total      *int               `json:"total,omitempty"` // in all, where somebody counted
	Unit       string             `json:"unit"`            // rows, cells, objects …
	Protection probity.Protection `json:"protection"`
}

// Exposed is from where the store can be reached, and since when that was seen.
type Exposed struct {
	Public     string    `json:"public"`
	Networks   []string  `json:"networks"`
	FirstSeen  time.Time `json:"first_observed_public,omitzero"`
	NotPublic  time.Time `json:"last_observed_not_public,omitzero"` // before FirstSeen
	FromSeries int       `json:"scans_looked_at"`
}

// Copy is a copy of what was breached.
type Copy struct {
	Store   string `json:"store"`
	How     string `json:"how"`
	Country string `json:"country"`
	Doubt   string `json:"doubt,omitempty"`
}

// Find gives the store that a person names: by its ID, an alias, its name, or a pattern that one store alone fits.
func (e *Estate) Find(what string) (probity.Asset, error) {
	var fits []probity.Asset
	for _, a := range e.Stores {
		if name(a.Ref) == what { // as papers write it
			return a, nil
		}
		if a.ID == what || a.Name == what || gate.Match(what, a.ID) || slices.ContainsFunc(a.Aliases, func(s string) bool { return gate.Match(what, s) }) {
			fits = append(fits, a)
		}
	}
	switch len(fits) {
	case 0:
		return probity.Asset{}, fmt.Errorf("no store of the scan is called %q", what)
	case 1:
		return fits[0], nil
	}
	var names []string
	for _, a := range fits[:min(5, len(fits))] {
		names = append(names, strconv.Quote(name(a.Ref)))
	}
	return probity.Asset{}, errors.New(strconv.Itoa(len(fits)) + " stores fit " + strconv.Quote(what) + ": name one of them, as in " + strings.Join(names, ", "))
}

// SeenIn is how a scan saw a store.
func SeenIn(scan probity.Scan, r probity.Ref) (Seen, error) {
	s := Seen{At: scan.Started}
	for a, err := range scan.Assets {
		if err != nil {
			return s, err
		}
		if a.Ref == r {
			s.There, s.Public = true, a.Exposure.Public
			return s, nil
		}
	}
	return s, nil
}

// BreachOf works out the scope of a breach of a store.
func BreachOf(e *Estate, of probity.Asset, in Incident) Breach {
	stores := e.within(of)
	b := Breach{Warnings: e.warnings(nil), Asset: name(of.Ref), Aware: in.Aware, Roles: []string{}, Regimes: append([]Regime{}, in.Regimes...), Stores: []string{}, Data: []Datum{}, Records: e.recordsOf(stores),
		Subjects: []string{}, Activities: []string{}, Entities: []string{}, Contacts: []Party{}, Readers: []string{}, Copies: []Copy{}, Sources: []string{}, Measures: measures(stores), Deadlines: []Deadline{},
		Without: []string{}, NotLookedAt: e.notLookedAt(), estate: e, incident: in, stores: stores}
	if in.Role != "" {
		b.Roles = append(b.Roles, in.Role)
	}
	for _, s := range stores {
		b.store(s)
	}
	b.Roles, b.Subjects, b.Activities, b.Entities, b.Readers = full(sorted(b.Roles)), full(sorted(b.Subjects)), full(sorted(b.Activities)), full(sorted(b.Entities)), full(sorted(b.Readers))
	for _, c := range e.copiesOf(of.Ref) {
		b.copy(e, c)
	}
	for _, l := range of.Links.Items {
		if l.Kind == probity.CopyOf || l.Kind == probity.ReplicaOf || l.Kind == probity.SnapshotOf {
			b.Sources = append(b.Sources, name(l.To))
		}
	}
	b.Exposure = exposed(e.in, of, in.Seen)
	roles := b.Roles
	if b.roleOpen { // the duties of any role may hold
		roles = nil
	}
	for _, r := range in.Regimes {
		ds := deadlines(r, roles, in, e.Now)
		if len(ds) == 0 {
			b.Without = append(b.Without, r.ID)
		}
		b.Deadlines = append(b.Deadlines, ds...)
	}
	b.Annex, b.Open = b.annex(e.in), b.open(e.in)
	return b
}

// within are the store and all that it holds.
func (e *Estate) within(of probity.Asset) []probity.Asset {
	out := []probity.Asset{of}
	seen := map[probity.Ref]bool{of.Ref: true}
	for i := 0; i < len(out); i++ {
		for _, r := range e.inside[out[i].Ref] {
			if a, ok := e.store(r); ok && !seen[r] {
				seen[r] = true
				out = append(out, a)
			}
		}
	}
	return out
}

func (b *Breach) store(s probity.Asset) {
	b.Stores = append(b.Stores, name(s.Ref))
	held := len(b.Data)
	for _, l := range own(s) {
		d := Datum{Store: name(s.Ref), On: l.On, Category: l.Category, Detector: l.Detector, Declared: isDeclared(l), Found: l.Found, Read: l.Sample.Read, Unit: l.Sample.Unit, Protection: cmp.Or(l.Protection, probity.ProtectionUnknown)}
		if n, ok := l.Sample.Total.Get(); ok {
			d.Total = &n
		}
		b.Data = append(b.Data, d)
	}
	b.roleOpen = b.roleOpen || b.incident.Role == "" && len(b.Data) > held && len(s.Activities.Items) == 0
	for _, a := range s.Activities.Items {
		b.roleOpen = b.roleOpen || b.incident.Role == "" && a.Role == ""
		b.Activities, b.Subjects = append(b.Activities, a.ID), append(b.Subjects, a.Subjects...)
		b.Entities = append(b.Entities, a.Entity)
		if b.incident.Role == "" && a.Role != "" {
			b.Roles = append(b.Roles, a.Role)
		}
		for _, p := range b.estate.parties(a) {
			if p.Name != "" && !slices.Contains(b.Contacts, p) {
				b.Contacts = append(b.Contacts, p)
			}
		}
	}
	for _, g := range append(s.Access.Readers.Items[:len(s.Access.Readers.Items):len(s.Access.Readers.Items)], s.Exposure.Outside.Items...) {
		t := g.Principal
		if len(g.On) > 0 {
			t += " (" + strings.Join(g.On, ", ") + ")"
		}
		b.Readers = append(b.Readers, t)
	}
}

// counts say how much of it there is, for people.
func (d Datum) counts(in *language.Language) string {
	if d.Declared {
		return in.Say("declared, not looked for")
	}
	s := in.Say("{found} of {read} {unit} read", in.Number(d.Found), in.Number(d.Read), in.Say(d.Unit))
	if d.Total != nil {
		s += ", " + in.Say("{n} in all", *d.Total)
	}
	return s
}

func (b *Breach) copy(e *Estate, c edge) {
	x := Copy{Store: name(c.to), How: string(c.how), Country: e.in.Say("not known")}
	if a, ok := e.store(c.to); ok {
		x.Country = said(e.in, a.Location.Country, itself)
	}
	if c.gap != nil {
		x.Doubt = e.in.Say("whether it is one is {unknown}", notKnown(e.in, c.gap))
	}
	b.Copies = append(b.Copies, x)
}

// exposed is since when the store was seen public: the first of an unbroken row of scans that end with the newest.
func exposed(in *language.Language, of probity.Asset, seen []Seen) Exposed {
	x := Exposed{Public: said(in, of.Exposure.Public, func(b bool) string { return in.Say(yes(b)) }), Networks: []string{}, FromSeries: len(seen)}
	for _, o := range of.Exposure.Networks.Items {
		ports := ""
		if o.To > 0 {
			ports = " " + strconv.Itoa(o.From) + "-" + strconv.Itoa(o.To)
		}
		x.Networks = append(x.Networks, o.CIDR+" "+o.Protocol+ports)
	}
	slices.SortFunc(seen, func(a, b Seen) int { return b.At.Compare(a.At) })
	for _, s := range seen {
		public, known := s.Public.Get()
		switch {
		case s.There && known && public:
			x.FirstSeen = s.At
		case s.There && known:
			if x.NotPublic = s.At; !x.FirstSeen.IsZero() {
				return x
			}
		}
		if !x.NotPublic.IsZero() && x.FirstSeen.IsZero() {
			x.NotPublic = time.Time{} // it is not public now: when it was, no scan saw yet
		}
	}
	return x
}

// annex is what Art. 33(3) asks. What no scan tells is left to be filled in, and beside it stands what bears on it.
func (b Breach) annex(in *language.Language) []Item {
	var kinds []string
	for _, d := range b.Data {
		kinds = append(kinds, in.Say(string(d.Category))+" ("+in.Say(string(d.Protection))+")")
	}
	fill := in.Say("to fill in: no scan tells")
	var officers, told []string
	for _, p := range b.Contacts {
		if p.As == asBehalf {
			told = append(told, p.words(in))
		} else {
			officers = append(officers, p.words(in))
		}
	}
	var grave []string
	for _, d := range b.Data {
		switch d.Category {
		case probity.Health, probity.Special, probity.Child, probity.Financial, probity.Credential, probity.Identifier:
			if d.Protection == probity.Clear || d.Protection == probity.ProtectionUnknown {
				grave = append(grave, in.Say(string(d.Category))+" ("+in.Say(string(d.Protection))+")")
			}
		}
	}
	out := []Item{
		{"a", in.Say("Nature of the breach: confidentiality, integrity or availability"), fill},
		{"a", in.Say("Categories of data subjects"), list(b.Subjects, in.Say("not declared"))},
		{"a", in.Say("Approximate number of data subjects"), b.Records.peopleWords(in)},
		{"a", in.Say("Categories of personal data, and how they are protected"), list(sorted(kinds), in.Say("No personal data is known in it."))},
		{"a", in.Say("Approximate number of records"), b.Records.words(in)},
		{"b", in.Say("Data protection officer or other contact point"), list([]string{strings.Join(unique(officers), ". ")}, in.Say("not declared"))},
		{"c", in.Say("Likely consequences"), fill + ". " + in.Say("What weighs: {what}", strings.Join(append(sorted(grave), in.Say("public: {public}", b.Exposure.Public),
			in.Say("{n} known copy|{n} known copies", len(b.Copies)), in.Say("{n} known reader|{n} known readers", len(b.Readers))), ", "))},
		{"d", in.Say("Measures taken or proposed"), fill},
	}
	if len(told) > 0 {
		out = append(out, Item{"33(2)", in.Say("Controllers to be told"), strings.Join(unique(told), ". ")})
	}
	return out
}

// open lists what has to be found out.
func (b Breach) open(in *language.Language) []string {
	out := []string{}
	ask := func(yes bool, what string) {
		if yes {
			out = append(out, what)
		}
	}
	ask(b.Aware.IsZero(), in.Say("when one became aware: --aware; deadlines count from it"))
	ask(len(b.Roles) == 0 || b.roleOpen, in.Say("in which role: --role controller, processor or joint"))
	ask(len(b.Roles) > 1, in.Say("in which role: its activities are done as {roles}", strings.Join(worded(in, b.Roles), ", ")))
	ask(len(b.Regimes) == 0, in.Say("which laws hold: --regime"))
	for _, r := range b.Without {
		out = append(out, in.Say("what {regime} asks in this role: no duty is known here", r))
	}
	for _, s := range b.stores {
		if gap := b.estate.read(s); gap != "" {
			out = append(out, in.Say("what else is inside {store}: {why}", name(s.Ref), gap))
		}
		if _, g := s.Access.Readers.Value(); g != nil {
			out = append(out, in.Say("who else reads {store}: {why}", name(s.Ref), notKnown(in, g)))
		}
		if _, g := s.Exposure.Public.Value(); g != nil && g.Reason != probity.NotApplicable {
			out = append(out, in.Say("whether {store} is public: {why}", name(s.Ref), notKnown(in, g)))
		}
	}
	ask(len(b.Subjects) == 0, in.Say("whose data it is: no activity names the store"))
	ask(b.Exposure.FromSeries <= 1, in.Say("since when it was exposed: one scan was looked at; --earlier gives more"))
	return append(out, in.Say("what happened, its likely consequences and what was done against it (GDPR Art. 33(3)): no scan tells"))
}

// Paper is the annex for people.
func (b Breach) Paper(in *language.Language) reports.Paper {
	b = BreachOf(b.estate.spoken(in), b.stores[0], b.incident)
	p := b.estate.paper(in, in.Say("Scope of a breach of {store}", b.Asset),
		in.Say("Draft annex to a notification, from what a scan knows of the store. It does not say that a breach happened."))
	aware := in.Say("not said: --aware")
	if !b.Aware.IsZero() {
		aware = moment(in, b.Aware)
	}
	p.Facts = append(p.Facts, [2]string{in.Say("Aware"), aware}, [2]string{in.Say("Role"), list(worded(in, b.Roles), in.Say("not said: --role"))}, [2]string{in.Say("Records"), b.Records.words(in)},
		[2]string{in.Say("People"), b.Records.peopleWords(in)}, [2]string{in.Say("Whose"), list(b.Subjects, in.Say("not declared"))}, [2]string{in.Say("Of"), list(b.Entities, in.Say("not declared"))},
		[2]string{in.Say("Public"), b.Exposure.Public}, [2]string{in.Say("Seen public"), b.Exposure.words(in)})
	section := func(title, intro, none string, columns []string, rows [][]string, notes ...string) {
		p.Sections = append(p.Sections, reports.Section{Title: title, Intro: intro, None: none, Columns: columns, Rows: rows, Notes: notes})
	}
	var rows [][]string
	for _, d := range b.Deadlines {
		whom := in.Say(d.Whom)
		if d.As != "" {
			whom = in.Say("{whom} (as {role})", whom, in.Say(d.As))
		}
		rows = append(rows, []string{whom, in.Say(d.Within), d.words(in), d.Regime})
	}
	none := in.Say("No regime was named: --regime.")
	if len(b.Regimes) > 0 {
		none = in.Say("Of the regimes that were named no duty is known here.")
	}
	section(in.Say("Whom to tell until when"), in.Say("Counted from awareness. Which laws hold, and whether the risk asks for it, is for counsel."), none,
		[]string{in.Say("Whom"), in.Say("Within"), in.Say("Until"), in.Say("Regime")}, rows, b.sources(in)...)
	rows = nil
	for _, x := range b.Annex {
		rows = append(rows, []string{"(" + x.Point + ") " + x.Asks, x.Draft})
	}
	section(in.Say("What GDPR Art. 33(3) asks"), in.Say("Other laws ask much the same. What is not known yet may follow in phases."), "", []string{in.Say("What Art. {article} asks", "33(3)"), in.Say("Draft")}, rows)
	rows = nil
	for _, d := range b.Data {
		rows = append(rows, []string{in.Say(string(d.Category)), d.Detector, d.On, d.Store, d.counts(in), in.Say(string(d.Protection))})
	}
	section(in.Say("Which data"), "", in.Say("No personal data is known in it."),
		[]string{in.Say("Category"), in.Say("Detector"), in.Say("Where"), in.Say("Store"), in.Say("How much"), in.Say("Protection")}, rows, b.Records.unknowns(in)...)
	rows = nil
	for _, c := range b.Copies {
		rows = append(rows, []string{c.Store, in.Say(c.How), c.Country, c.Doubt})
	}
	section(in.Say("Copies"), "", in.Say("No copy is known."), []string{in.Say("Store"), in.Say("How"), in.Say("Country"), in.Say("Doubt")}, rows)
	section(in.Say("Who reads it"), "", in.Say("Nobody is known to."), []string{in.Say("Principal")}, column(b.Readers))
	section(in.Say("Networks let in"), "", in.Say("None that is known."), []string{in.Say("Range")}, column(b.Exposure.Networks))
	section(in.Say("How it was protected"), "", "", measureColumns(in), measureRows(in, b.Measures))
	section(in.Say("To be found out"), "", "", []string{in.Say("What")}, column(b.Open))
	p.Sections = append(p.Sections, b.estate.unseenSection(in))
	return p
}

// sources say of each law as of which day it is told, whether it holds yet, and how its time was counted.
func (b Breach) sources(in *language.Language) []string {
	var out []string
	for _, r := range b.Regimes {
		s := in.Say("{regime}: {law}, as of {day}.", r.ID, in.Say(r.Law), dayIn(in, r.AsOf))
		if from, err := time.Parse(time.DateOnly, r.From); err == nil && cmp.Or(b.Aware, b.estate.Now).Before(from) {
			s += " " + in.Say("It holds from {day} only.", in.Day(from))
		}
		for _, n := range r.Notes {
			s += " " + in.Say(n)
		}
		if r.days() && b.incident.Offset && !b.Aware.IsZero() {
			s += " " + in.Say("Its days end at midnight of the offset {offset}, whatever the clocks do meanwhile: --zone names a place.", b.Aware.Format("-07:00"))
		}
		if r.working() && len(b.incident.Holidays) == 0 {
			s += " " + in.Say("Working days leave out Saturdays and Sundays; holidays are those of --holiday, and none was named.")
		}
		out = append(out, s)
	}
	return out
}

func (x Exposed) words(in *language.Language) string {
	if x.FirstSeen.IsZero() {
		return in.Say("in none of {n} scan|in none of {n} scans", x.FromSeries)
	}
	s := in.Say("first on {time}, of {n} scan|first on {time}, of {n} scans", moment(in, x.FirstSeen), x.FromSeries)
	if !x.NotPublic.IsZero() {
		s = in.Say("{seen}; not yet on {time}", s, moment(in, x.NotPublic))
	}
	return s
}

func column(s []string) [][]string {
	out := make([][]string, len(s))
	for i, t := range s {
		out[i] = []string{t}
	}
	return out
}
