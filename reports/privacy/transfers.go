package privacy

import (
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/language"
)

// Transfers is a register of where data is kept and read, by country.
type Transfers struct {
	Warnings  []string   `json:"warnings,omitempty"`
	Transfers []Transfer `json:"transfers"`
	Readers   []Reader   `json:"readers"` // outside the account: in which country they are no scan knows
	estate    *Estate
}

// Transfer is data of an activity in a country.
type Transfer struct {
	Activity string `json:"activity,omitempty"`
	Store    string `json:"store"`
	Via      string `json:"via"`     // kept, or the kind of link by which it is a copy
	Country  string `json:"country"` // ISO 3166-1 alpha-2, or empty
	Declared bool   `json:"declared"`
	Basis    string `json:"basis,omitempty"`
	Verdict  string `json:"verdict"`
	why      string
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
	withBasis      = "third country, basis declared"
	withoutBasis   = "third country, no basis declared"
	countryUnknown = "country not known"
)

// TransfersOf makes the register: of each activity, and of stores with personal data that none names.
func TransfersOf(e *Estate) Transfers {
	t := Transfers{Warnings: e.warnings(nil), Transfers: []Transfer{}, Readers: []Reader{}, estate: e}
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

// transfersOf are where the stores of an activity, and their copies, are.
func (e *Estate) transfersOf(a probity.Activity) []Transfer {
	var out []Transfer
	for _, s := range e.serving(a.ID) {
		out = append(out, e.kept(a, s)...)
	}
	slices.SortStableFunc(out, func(x, y Transfer) int { return strings.Compare(x.Store, y.Store) })
	return slices.CompactFunc(out, func(x, y Transfer) bool { return x.Store == y.Store && x.Country == y.Country })
}

func (e *Estate) kept(a probity.Activity, s probity.Asset) []Transfer {
	out := []Transfer{e.transfer(a, s, "kept")}
	for _, c := range e.copiesOf(s.Ref) {
		if x, ok := e.store(c.to); ok {
			out = append(out, e.transfer(a, x, string(c.how)))
		} else {
			out = append(out, Transfer{Activity: a.ID, Store: name(c.to), Via: string(c.how), Basis: a.Transfer, Verdict: countryUnknown, why: "not known (this scan does not tell of it)"})
		}
	}
	return out
}

func (e *Estate) transfer(a probity.Activity, s probity.Asset, via string) Transfer {
	t := Transfer{Activity: a.ID, Store: name(s.Ref), Via: via, Basis: a.Transfer}
	country, ok := s.Location.Country.Get()
	if !ok || country == "" {
		t.Verdict, t.why = countryUnknown, said(s.Location.Country, func(string) string { return "not known" })
		return t
	}
	t.Country, t.Declared = country, slices.Contains(a.Countries, country)
	switch {
	case slices.Contains(probity.EEA(), country):
		t.Verdict = withinEEA
	case a.Transfer != "":
		t.Verdict = withBasis
	default:
		t.Verdict = withoutBasis
	}
	return t
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
	p := t.estate.paper(in, in.Say("Register of transfers"),
		in.Say("Draft: in which countries the data of each activity is kept or copied, and on which declared basis (GDPR Chapter V). Whether the basis holds is a question of law."))
	rows := make([][]string, len(t.Transfers))
	for i, x := range t.Transfers {
		country, declared := x.Country, in.Say(yes(x.Declared))
		if country == "" {
			country, declared = x.why, ""
		}
		rows[i] = []string{list([]string{x.Activity}, in.Say("no activity")), x.Store, in.Say(x.Via), country, declared, list([]string{x.Basis}, in.Say("none")), in.Say(x.Verdict)}
	}
	readers := make([][]string, len(t.Readers))
	for i, x := range t.Readers {
		readers[i] = []string{list([]string{x.Activity}, in.Say("no activity")), x.Store, x.Principal}
	}
	p.Sections = []reports.Section{
		{Title: in.Say("Where data is"), Columns: []string{in.Say("Activity"), in.Say("Store"), in.Say("Via"), in.Say("Country"), in.Say("Declared"), in.Say("Basis"), in.Say("What it comes to")}, Rows: rows,
			None: in.Say("No store with personal data or an activity is in this scan.")},
		{Title: in.Say("Who reads from outside the account"), Intro: in.Say("In which country they are no scan knows: ask, and declare them as recipients."),
			Columns: []string{in.Say("Activity"), in.Say("Store"), in.Say("Principal")}, Rows: readers, None: in.Say("Nobody that is known.")},
	}
	return p
}

// Differs reports whether data is in a third country without a declared basis.
func (t Transfers) Differs() bool {
	return slices.ContainsFunc(t.Transfers, func(x Transfer) bool { return x.Verdict == withoutBasis })
}
