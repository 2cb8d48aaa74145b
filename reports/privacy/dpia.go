package privacy

import (
	"strconv"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/language"
)

// Assessment is the evidence that a scan has for impact assessments (GDPR Art. 35), by activity.
type Assessment struct {
	Warnings   []string   `json:"warnings,omitempty"`
	Activities []Evidence `json:"activities"`
	estate     *Estate
}

// Evidence is of one activity.
type Evidence struct {
	Processing
	Filed    string         `json:"impact_assessment"` // what it is filed under, by declaration
	Signs    []Sign         `json:"signs"`
	Records  Records        `json:"records"`
	Findings map[string]int `json:"findings"` // of its stores, by severity
	Unread   []string       `json:"not_read"`
}

// Sign is a criterion of the guidelines on impact assessments (WP 248 rev.01) of which a scan sees something.
type Sign struct {
	Criterion string `json:"criterion"`
	Seen      string `json:"seen"` // yes, no, not known, or that a person has to say
	Why       string `json:"why"`
}

// AssessmentOf collects the evidence; only names one activity, empty: all.
func AssessmentOf(e *Estate, only string) Assessment {
	out := Assessment{Warnings: e.warnings(nil), Activities: []Evidence{}, estate: e}
	for _, a := range e.Activities {
		if only != "" && a.ID != only {
			continue
		}
		stores := e.serving(a.ID)
		x := Evidence{Processing: e.processing(a), Filed: said(a.Assessment, itself), Records: recordsOf(stores), Findings: map[string]int{}, Unread: []string{}}
		for _, s := range stores {
			for severity, n := range e.findings[s.Ref] {
				x.Findings[string(severity)] += n
			}
			if gap := read(s); gap != "" {
				x.Unread = append(x.Unread, name(s.Ref)+": "+gap)
			}
		}
		x.Signs = signs(x, stores)
		out.Activities = append(out.Activities, x)
	}
	return out
}

// signs are what was seen of each criterion. Silence is "no" only where all was read.
func signs(x Evidence, stores []probity.Asset) []Sign {
	holds := map[probity.Category]bool{}
	for _, h := range x.Categories {
		holds[h.Category] = true
	}
	seen := func(is bool) string {
		switch {
		case is:
			return language.Key("yes")
		case len(x.Unread) > 0:
			return language.Key("not known")
		}
		return language.Key("no")
	}
	sensitive := holds[probity.Health] || holds[probity.Special] || holds[probity.Financial] || holds[probity.Whereabouts]
	person := language.Key("a person has to say")
	return []Sign{
		{language.Key("sensitive or highly personal data"), seen(sensitive), categoriesOf(x.Categories)},
		{language.Key("data of vulnerable people"), seen(holds[probity.Child]), language.Key("data of children; of others a person has to say")},
		{language.Key("large scale"), person, scale(x.Records)},
		{language.Key("data sets matched or combined"), person, reports.Plural(len(stores), "store") + " serve the activity"},
		{language.Key("evaluation or scoring, automated decisions, monitoring, new technology, barring people from a right"), person, language.Key("no store tells")},
		{language.Key("transfers to third countries"), map[bool]string{true: "yes", false: seen(false)}[len(x.Transfers) > 0], list(x.Transfers, "none known")},
	}
}

func categoriesOf(hs []Held) string {
	var out []string
	for _, h := range hs {
		out = append(out, string(h.Category)+" ("+h.basis(nil)+")")
	}
	return list(out, "none found or declared")
}

func scale(r Records) string {
	s := strconv.Itoa(r.AtMost) + " records counted"
	if !r.AllThose {
		s += ", and more that nobody counted"
	}
	if r.People > 0 {
		s += "; about " + strconv.Itoa(r.People) + " people, an estimate"
	}
	return s
}

// Paper is the evidence for people.
func (x Assessment) Paper(in *language.Language) reports.Paper {
	p := x.estate.paper(in, in.Say("Evidence for impact assessments"),
		in.Say("Draft: what a scan has to say to GDPR Art. 35(7). Necessity, proportionality and the decision are a person's."))
	for _, a := range x.Activities {
		var rows [][]string
		for _, s := range a.Signs {
			rows = append(rows, []string{in.Say(s.Criterion), in.Say(s.Seen), in.Say(s.Why)})
		}
		var notes []string
		notes = append(notes, in.Say("Purposes: {purposes}. Data subjects: {subjects}. Recipients: {recipients}. Kept: {period}.", list(a.Purposes, in.Say("not declared")),
			list(a.Subjects, in.Say("not declared")), list(a.Recipients, in.Say("none declared")), a.Retention),
			in.Say("Impact assessment: {filed}.", a.Filed), in.Say("Risks seen in its stores: {risks}.", severities(in, a.Findings)))
		for _, u := range a.Unread {
			notes = append(notes, in.Say("Not looked into: {store}", u))
		}
		p.Sections = append(p.Sections, reports.Section{Title: in.Say("Activity {activity}", a.ID), Columns: []string{in.Say("Criterion"), in.Say("Seen"), in.Say("Why")}, Rows: rows, Notes: notes},
			reports.Section{Title: in.Say("Measures of {activity}", a.ID), Columns: measureColumns(in), Rows: measureRows(in, a.Measures)})
	}
	if len(x.Activities) == 0 {
		p.Sections = []reports.Section{{Title: in.Say("Activities"), None: in.Say("No activity is declared.")}}
	}
	return p
}

func severities(in *language.Language, n map[string]int) string {
	var out []string
	for _, s := range probity.Severity("").Values() {
		if n[s] > 0 {
			out = append(out, in.Number(n[s])+" "+in.Say(s))
		}
	}
	return list(out, in.Say("none found"))
}
