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
	Aware   time.Time // when one became aware; deadlines count from it
	Role    string    // controller, processor, joint; empty: that of the activities
	Regimes []Regime
	Seen    []Seen // of the store in this and earlier scans, in any order
}

// Seen is how a store was exposed in one scan.
type Seen struct {
	At     time.Time
	There  bool // the store was in the scan
	Public probity.Fact[bool]
}

// Breach is the scope of a breach of one store, as a draft annex to a notification.
type Breach struct {
	Warnings   []string   `json:"warnings,omitempty"`
	Asset      string     `json:"asset"`
	Stores     []string   `json:"stores"` // the asset and what it holds
	Aware      time.Time  `json:"aware,omitzero"`
	Role       string     `json:"role,omitempty"`
	Deadlines  []Deadline `json:"deadlines"`
	Data       []Datum    `json:"data"`
	Records    Records    `json:"records"`
	Subjects   []string   `json:"subjects"`
	Activities []string   `json:"activities"`
	Entities   []string   `json:"entities"`
	Exposure   Exposed    `json:"exposure"`
	Readers    []string   `json:"readers"`
	Copies     []Copy     `json:"copies"`
	Sources    []string   `json:"copied_from"`
	Measures   []Measure  `json:"measures"`
	Open       []string   `json:"open"` // what is not known, and has to be found out
	estate     *Estate
}

// Datum is a sort of personal data in one place.
type Datum struct {
	Store      string             `json:"store"`
	On         string             `json:"on"`
	Category   probity.Category   `json:"category"`
	Detector   string             `json:"detector"`
	Counts     string             `json:"counts"`
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
		if a.ID == what {
			return a, nil
		}
		if a.Name == what || gate.Match(what, a.ID) || slices.ContainsFunc(a.Aliases, func(s string) bool { return gate.Match(what, s) }) {
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
		names = append(names, a.ID)
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
	b := Breach{Warnings: e.warnings(nil), Asset: name(of.Ref), Aware: in.Aware, Role: in.Role, Stores: []string{}, Data: []Datum{}, Records: recordsOf(stores), Subjects: []string{},
		Activities: []string{}, Entities: []string{}, Readers: []string{}, Copies: []Copy{}, Sources: []string{}, Measures: measures(stores), Open: []string{}, Deadlines: []Deadline{}, estate: e}
	for _, s := range stores {
		b.store(s)
	}
	b.Subjects, b.Activities, b.Entities, b.Readers = full(sorted(b.Subjects)), full(sorted(b.Activities)), full(sorted(b.Entities)), full(sorted(b.Readers))
	for _, c := range e.copiesOf(of.Ref) {
		b.copy(e, c)
	}
	for _, l := range of.Links.Items {
		if l.Kind == probity.CopyOf || l.Kind == probity.ReplicaOf || l.Kind == probity.SnapshotOf {
			b.Sources = append(b.Sources, name(l.To))
		}
	}
	b.Exposure = exposed(of, in.Seen)
	for _, r := range in.Regimes {
		b.Deadlines = append(b.Deadlines, deadlines(r, in.Role, in.Aware, e.Now)...)
	}
	b.open(stores)
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
	for _, l := range own(s) {
		b.Data = append(b.Data, Datum{Store: name(s.Ref), On: l.On, Category: l.Category, Detector: l.Detector, Counts: counts(l), Protection: cmp.Or(l.Protection, probity.ProtectionUnknown)})
	}
	for _, a := range s.Activities.Items {
		b.Activities, b.Subjects = append(b.Activities, a.ID), append(b.Subjects, a.Subjects...)
		b.Entities = append(b.Entities, a.Entity)
		if b.Role == "" {
			b.Role = a.Role
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

func counts(l probity.Label) string {
	if isDeclared(l) {
		return "declared, not looked for"
	}
	s := strconv.Itoa(l.Found) + " of " + strconv.Itoa(l.Sample.Read) + " " + l.Sample.Unit + " read"
	if n, ok := l.Sample.Total.Get(); ok {
		s += ", " + strconv.Itoa(n) + " in all"
	}
	return s
}

func (b *Breach) copy(e *Estate, c edge) {
	x := Copy{Store: name(c.to), How: string(c.how), Country: "not known"}
	if a, ok := e.store(c.to); ok {
		x.Country = said(a.Location.Country, itself)
	}
	if c.gap != nil {
		x.Doubt = "whether it is one is " + notKnown(c.gap)
	}
	b.Copies = append(b.Copies, x)
}

// exposed is since when the store was seen public: the first of an unbroken row of scans that end with the newest.
func exposed(of probity.Asset, seen []Seen) Exposed {
	x := Exposed{Public: said(of.Exposure.Public, yes), Networks: []string{}, FromSeries: len(seen)}
	for _, o := range of.Exposure.Networks.Items {
		ports := ""
		if o.To > 0 {
			ports = " ports " + strconv.Itoa(o.From) + "-" + strconv.Itoa(o.To)
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

// open lists what has to be found out.
func (b *Breach) open(stores []probity.Asset) {
	if b.Aware.IsZero() {
		b.Open = append(b.Open, "when one became aware: --aware; deadlines count from it")
	}
	if b.Role == "" {
		b.Open = append(b.Open, "in which role: --role controller, processor or joint")
	}
	if len(b.Deadlines) == 0 {
		b.Open = append(b.Open, "which laws hold: --regime")
	}
	for _, s := range stores {
		if gap := read(s); gap != "" {
			b.Open = append(b.Open, "what else is inside "+name(s.Ref)+": "+gap)
		}
		if _, g := s.Access.Readers.Value(); g != nil {
			b.Open = append(b.Open, "who else reads "+name(s.Ref)+": "+notKnown(g))
		}
	}
	if len(b.Subjects) == 0 {
		b.Open = append(b.Open, "whose data it is: no activity names the store")
	}
	b.Open = append(b.Open, "what happened, its likely consequences and what was done against it (GDPR Art. 33(3)): no scan tells")
}

// Paper is the annex for people.
func (b Breach) Paper(in *language.Language) reports.Paper {
	p := b.estate.paper(in, in.Say("Scope of a breach of {store}", b.Asset),
		in.Say("Draft annex to a notification, from what a scan knows of the store. It does not say that a breach happened."))
	aware := in.Say("not said: --aware")
	if !b.Aware.IsZero() {
		aware = moment(in, b.Aware)
	}
	records := in.Say("{n} at most", b.Records.AtMost)
	if !b.Records.AllThose {
		records = in.Say("no upper bound; {n} were counted", b.Records.AtMost)
	}
	people := in.Say("no estimate")
	if b.Records.People > 0 {
		people = in.Say("about {n}, an estimate {basis}", b.Records.People, b.Records.Basis)
	}
	p.Facts = append(p.Facts, [2]string{in.Say("Aware"), aware}, [2]string{in.Say("Role"), list([]string{in.Say(b.Role)}, in.Say("not said: --role"))}, [2]string{in.Say("Records"), records}, [2]string{in.Say("People"), people},
		[2]string{in.Say("Whose"), list(b.Subjects, in.Say("not declared"))}, [2]string{in.Say("Of"), list(b.Entities, in.Say("not declared"))}, [2]string{in.Say("Public"), in.Say(b.Exposure.Public)}, [2]string{in.Say("Seen public"), b.Exposure.words(in)})
	section := func(title, intro, none string, columns []string, rows [][]string, notes ...string) {
		p.Sections = append(p.Sections, reports.Section{Title: title, Intro: intro, None: none, Columns: columns, Rows: rows, Notes: notes})
	}
	var rows [][]string
	for _, d := range b.Deadlines {
		until := in.Say("no fixed time")
		if !d.Until.IsZero() {
			until = moment(in, d.Until) + " (" + d.Left + ")"
		}
		rows = append(rows, []string{in.Say(d.Whom), in.Say(d.Within), until, d.Regime})
	}
	section(in.Say("Whom to tell until when"), in.Say("Counted from awareness. Which laws hold, and whether the risk asks for it, is for counsel."), in.Say("No regime was named: --regime."),
		[]string{in.Say("Whom"), in.Say("Within"), in.Say("Until"), in.Say("Regime")}, rows, b.sources()...)
	rows = nil
	for _, d := range b.Data {
		rows = append(rows, []string{in.Say(string(d.Category)), d.Detector, d.On, d.Store, d.Counts, in.Say(string(d.Protection))})
	}
	section(in.Say("Which data"), "", in.Say("No personal data is known in it."),
		[]string{in.Say("Category"), in.Say("Detector"), in.Say("Where"), in.Say("Store"), in.Say("How much"), in.Say("Protection")}, rows, b.Records.Unknown...)
	rows = nil
	for _, c := range b.Copies {
		rows = append(rows, []string{c.Store, in.Say(c.How), in.Say(c.Country), c.Doubt})
	}
	section(in.Say("Copies"), "", in.Say("No copy is known."), []string{in.Say("Store"), in.Say("How"), in.Say("Country"), in.Say("Doubt")}, rows)
	section(in.Say("Who reads it"), "", in.Say("Nobody is known to."), []string{in.Say("Principal")}, column(b.Readers))
	section(in.Say("Networks let in"), "", in.Say("None that is known."), []string{in.Say("Range")}, column(b.Exposure.Networks))
	section(in.Say("How it was protected"), "", "", measureColumns(in), measureRows(in, b.Measures))
	section(in.Say("To be found out"), "", "", []string{in.Say("What")}, column(b.Open))
	return p
}

func (b Breach) sources() []string {
	var out []string
	for _, r := range Regimes() {
		if slices.ContainsFunc(b.Deadlines, func(d Deadline) bool { return d.Regime == r.ID }) {
			out = append(out, r.ID+": "+r.Law+", as of "+r.AsOf)
		}
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
