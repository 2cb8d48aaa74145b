package privacy

import (
	"cmp"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/language"
)

// Transfers is a register of where data is kept and read, by country.
type Transfers struct {
	Warnings    []string   `json:"warnings,omitempty"`
	AsOf        string     `json:"adequacy_as_of"` // decisions on adequacy are known as of this day
	Transfers   []Transfer `json:"transfers"`
	Readers     []Reader   `json:"readers"` // outside the account: in which country they are no scan knows
	NotLookedAt []Unseen   `json:"not_looked_at"`
	estate      *Estate
}

// Transfer is data of an activity in a country.
type Transfer struct {
	Activity   string           `json:"activity,omitempty"`
	Exporter   string           `json:"exporter,omitempty"` // country of the establishment; empty: not declared, taken to be in the EEA
	Store      string           `json:"store,omitempty"`    // empty: declared, and no store of the scan is there
	Via        string           `json:"via"`                // kept, declared, or the kind of link by which it is a copy
	Country    string           `json:"country"`            // ISO 3166-1 alpha-2, or empty
	Declared   bool             `json:"declared"`
	Adequacy   probity.Adequacy `json:"adequacy,omitempty"`
	Basis      string           `json:"basis,omitempty"`
	Recipient  string           `json:"recipient,omitempty"`
	Document   string           `json:"document,omitempty"`
	Assessment string           `json:"assessment,omitempty"` // of the transfer's impact; none: there is none
	At         string           `json:"at,omitempty"`         // day of signature
	Until      string           `json:"until,omitempty"`      // day on which it ends or is looked at again
	Verdict    string           `json:"verdict"`
	Lacks      []string         `json:"lacks"` // what documents it and is not declared, or is over
	why        string
}

// Reader is somebody outside the account who may read a store.
type Reader struct {
	Activity  string `json:"activity,omitempty"`
	Store     string `json:"store"`
	Principal string `json:"principal"`
}

// What a transfer comes to.
const (
	withinEEA      = "inside the EEA"
	withinHome     = "inside the exporter's country"
	isAdequate     = "third country, adequate by decision"
	withBasis      = "third country, basis declared"
	withoutBasis   = "third country, no basis declared"
	noDecision     = "third country, adequacy declared and no decision known"
	countryUnknown = "country not known"
)

// viaDeclared is how a transfer is known that no store shows.
const viaDeclared = "declared"

// TransfersOf makes the register: of each activity, and of stores with personal data that none names.
func TransfersOf(e *Estate) Transfers {
	t := Transfers{Warnings: e.warnings(nil), AsOf: probity.AdequacyAsOf, Transfers: []Transfer{}, Readers: []Reader{}, NotLookedAt: e.notLookedAt(), estate: e}
	for _, a := range e.Activities {
		t.Transfers = append(t.Transfers, e.transfersOf(a)...)
		for _, s := range e.serving(a.ID) {
			t.Readers = append(t.Readers, outside(a.ID, s)...)
		}
	}
	for _, s := range e.Stores {
		if len(s.Activities.Items) == 0 && len(own(s)) > 0 {
			t.Transfers = append(t.Transfers, e.kept(probity.Activity{}, s)...)
			t.Readers = append(t.Readers, outside("", s)...)
		}
	}
	return t
}

// transfersOf are where the stores of an activity, and their copies, are, and declared transfers to other countries.
func (e *Estate) transfersOf(a probity.Activity) []Transfer {
	var out []Transfer
	for _, s := range e.serving(a.ID) {
		out = append(out, e.kept(a, s)...)
	}
	slices.SortStableFunc(out, func(x, y Transfer) int { return strings.Compare(x.Store, y.Store) })
	out = slices.CompactFunc(out, func(x, y Transfer) bool { return x.Store == y.Store && x.Country == y.Country })
	var said []Transfer
	for _, g := range e.declared.Details[a.ID].Safeguards {
		if !slices.ContainsFunc(out, func(t Transfer) bool { return t.Country == g.Country && t.Recipient == g.Recipient }) {
			t := Transfer{Activity: a.ID, Via: viaDeclared, Country: g.Country, Declared: true}
			e.ground(a, &t, g)
			said = append(said, t)
		}
	}
	return append(out, said...)
}

func (e *Estate) kept(a probity.Activity, s probity.Asset) []Transfer {
	out := []Transfer{e.transfer(a, s, "kept")}
	for _, c := range e.copiesOf(s.Ref) {
		if x, ok := e.store(c.to); ok {
			out = append(out, e.transfer(a, x, string(c.how)))
		} else {
			out = append(out, Transfer{Activity: a.ID, Store: name(c.to), Via: string(c.how), Basis: a.Transfer, Verdict: countryUnknown, Lacks: []string{}, why: e.in.Say("not known (this scan does not tell of it)")})
		}
	}
	return out
}

func (e *Estate) transfer(a probity.Activity, s probity.Asset, via string) Transfer {
	t := Transfer{Activity: a.ID, Store: name(s.Ref), Via: via, Basis: a.Transfer, Lacks: []string{}}
	country, ok := s.Location.Country.Get()
	if !ok || country == "" {
		t.Verdict, t.why = countryUnknown, said(e.in, s.Location.Country, func(string) string { return e.in.Say("not known") })
		return t
	}
	t.Country, t.Declared = country, slices.Contains(a.Countries, country)
	gs := e.declared.Details[a.ID].Safeguards
	var g Safeguard
	if i := slices.IndexFunc(gs, func(g Safeguard) bool { return g.Country == country }); i >= 0 {
		g = gs[i]
	}
	e.ground(a, &t, g)
	return t
}

// ground says what a transfer to a country rests on, as declared, and what documents it.
func (e *Estate) ground(a probity.Activity, t *Transfer, g Safeguard) {
	t.Exporter, _ = a.Country.Get()
	t.Adequacy = probity.AdequacyOf(cmp.Or(t.Exporter, "DE"), t.Country) // nobody said from where: the paper is one under the GDPR
	if slices.Contains(e.declared.Adequate, t.Country) && t.Adequacy != probity.Domestic {
		t.Adequacy = probity.Adequate
	}
	t.Basis, t.Lacks = cmp.Or(g.Basis, a.Transfer), []string{}
	switch inEEA := slices.Contains(probity.EEA(), t.Country); {
	case inEEA && (t.Adequacy == probity.Domestic || t.Adequacy == probity.NoSuchLaw):
		t.Verdict, t.Basis = withinEEA, ""
	case t.Adequacy == probity.Domestic, t.Exporter == t.Country:
		t.Verdict, t.Basis = withinHome, ""
	case t.Adequacy == probity.Adequate:
		t.Verdict = isAdequate
	case t.Basis == "":
		t.Verdict = withoutBasis
	case t.Basis == "adequacy" && t.Adequacy == probity.NoDecision:
		t.Verdict = noDecision
	default:
		t.Verdict = withBasis
	}
	if t.Verdict == withinEEA || t.Verdict == withinHome {
		return
	}
	t.Recipient, t.Document, t.Assessment, t.At, t.Until = g.Recipient, g.Document, g.Assessment, day(g.At), day(g.Until)
	lacks := func(yes bool, what string) {
		if yes {
			t.Lacks = append(t.Lacks, what)
		}
	}
	lacks(!g.Until.IsZero() && !e.Now.Before(g.Until.AddDate(0, 0, 1)), language.Key("its safeguard is over, or was to be looked at again"))
	switch t.Verdict {
	case withoutBasis:
		lacks(true, language.Key("a basis of the transfer"))
	case noDecision:
		lacks(true, language.Key("a basis other than adequacy: no decision is known for the country"))
	case withBasis:
		if t.Basis == "adequacy" {
			lacks(t.Document == "", language.Key("that the decision covers this recipient: where it is filed"))
			return
		}
		lacks(t.Document == "", language.Key("documentation of the safeguards: where it is filed"))
		lacks(t.At == "", language.Key("since when the safeguards hold"))
		lacks(t.Basis != "derogation" && (t.Assessment == "" || t.Assessment == none), language.Key("an assessment of the transfer's impact (TIA)"))
	}
}

// words are the transfer in the record of processing: to where, on what, documented where.
func (t Transfer) words(in *language.Language) string {
	if t.Verdict == countryUnknown {
		return in.Say("not known of some stores: see the register of transfers")
	}
	out := t.Country
	if t.Recipient != "" {
		out += ", " + t.Recipient
	}
	out += " (" + in.Say(t.Verdict)
	if s := t.safeguards(in); s != "" {
		out = in.Say("{what}: {text}", out, s)
	}
	return out + ")"
}

// safeguards are the basis, and what documents it.
func (t Transfer) safeguards(in *language.Language) string {
	var out []string
	for _, s := range []string{basisWords(in, t.Basis), t.Document} {
		if s != "" {
			out = append(out, s)
		}
	}
	if t.At != "" {
		out = append(out, in.Say("of {day}", dayIn(in, t.At)))
	}
	if t.Until != "" {
		out = append(out, in.Say("until {day}", dayIn(in, t.Until)))
	}
	if t.Assessment != "" && t.Assessment != none {
		out = append(out, in.Say("assessment {id}", t.Assessment))
	}
	return strings.Join(out, ", ")
}

// basisWords is what the declaration's word for a basis stands for.
func basisWords(in *language.Language, basis string) string {
	switch basis {
	case "adequacy":
		return in.Say("adequacy decision")
	case "scc":
		return in.Say("standard contractual clauses")
	case "bcr":
		return in.Say("binding corporate rules")
	case "derogation":
		return in.Say("derogation for a specific situation")
	}
	return basis
}

// copiesOf are the copies of a store, of what it holds, and of copies, each once.
func (e *Estate) copiesOf(of probity.Ref) []edge {
	var out []edge
	seen := map[probity.Ref]bool{of: true}
	queue := []probity.Ref{of}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for _, r := range e.inside[at] {
			if !seen[r] {
				seen[r] = true
				queue = append(queue, r)
			}
		}
		for _, c := range e.copies[at] {
			if !seen[c.to] {
				seen[c.to] = true
				out, queue = append(out, c), append(queue, c.to)
			}
		}
	}
	return out
}

func outside(activity string, s probity.Asset) []Reader {
	var out []Reader
	for _, g := range s.Exposure.Outside.Items {
		out = append(out, Reader{activity, name(s.Ref), g.Principal})
	}
	return out
}

// Paper is the register for people.
func (t Transfers) Paper(in *language.Language) reports.Paper {
	t = TransfersOf(t.estate.spoken(in))
	p := t.estate.paper(in, in.Say("Register of transfers"),
		in.Say("Draft: in which countries the data of each activity is kept or copied, and on which declared basis (GDPR Chapter V). Whether the basis holds is a question of law."))
	p.Facts = append(p.Facts, [2]string{in.Say("Decisions on adequacy"), in.Say("as of {day}", dayIn(in, t.AsOf))})
	rows := make([][]string, len(t.Transfers))
	for i, x := range t.Transfers {
		country, declared := x.Country, in.Say(yes(x.Declared))
		if country == "" {
			country, declared = x.why, ""
		}
		if x.Recipient != "" {
			country += ", " + x.Recipient
		}
		comes := in.Say(x.Verdict)
		if len(x.Lacks) > 0 {
			comes += ". " + in.Say("{what}: {text}", in.Say("To fill in"), strings.Join(worded(in, x.Lacks), "; "))
		}
		rows[i] = []string{list([]string{x.Activity}, in.Say("no activity")), list([]string{x.Store}, in.Say("no store of this scan")), in.Say(x.Via), country, declared, list([]string{x.safeguards(in)}, in.Say("none")), comes}
	}
	readers := make([][]string, len(t.Readers))
	for i, x := range t.Readers {
		readers[i] = []string{list([]string{x.Activity}, in.Say("no activity")), x.Store, x.Principal}
	}
	p.Sections = []reports.Section{
		{Title: in.Say("Where data is"), Columns: []string{in.Say("Activity"), in.Say("Store"), in.Say("Via"), in.Say("Country"), in.Say("Declared"), in.Say("Basis and documents"), in.Say("What it comes to")}, Rows: rows,
			None: in.Say("No store with personal data or an activity is in this scan.")},
		{Title: in.Say("Who reads from outside the account"), Intro: in.Say("In which country they are no scan knows: ask, and declare them as recipients."),
			Columns: []string{in.Say("Activity"), in.Say("Store"), in.Say("Principal")}, Rows: readers, None: in.Say("Nobody that is known.")},
		t.estate.unseenSection(in),
	}
	return p
}

// Differs reports whether data is in a third country without a basis that can hold.
func (t Transfers) Differs() bool {
	return slices.ContainsFunc(t.Transfers, func(x Transfer) bool { return x.Verdict == withoutBasis || x.Verdict == noDecision })
}
