package privacy

import (
	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/language"
)

// Assessment is the evidence that a scan has for impact assessments (GDPR Art. 35), by activity.
type Assessment struct {
	Warnings    []string   `json:"warnings,omitempty"`
	Activities  []Evidence `json:"activities"`
	NotLookedAt []Unseen   `json:"not_looked_at"`
	estate      *Estate
	only        string
}

// Evidence is of one activity.
type Evidence struct {
	Processing
	Filed     string         `json:"impact_assessment"` // what it is filed under, by declaration
	Signs     []Sign         `json:"signs"`
	Records   Records        `json:"records"`
	Findings  map[string]int `json:"findings"`  // of its stores, by severity
	Undecided int            `json:"undecided"` // rules that could not decide about one of its stores
	Unread    []string       `json:"not_read"`
}

// Sign is a criterion of the guidelines on impact assessments (WP 248 rev.01) of which a scan sees something.
type Sign struct {
	Criterion string `json:"criterion"`
	Seen      string `json:"seen"` // yes, no, not known, or that a person has to say
	Why       string `json:"why"`
}

// AssessmentOf collects the evidence; only names one activity, empty: all.
func AssessmentOf(e *Estate, only string) Assessment {
	out := Assessment{Warnings: e.warnings(nil), NotLookedAt: e.notLookedAt(), Activities: []Evidence{}, estate: e, only: only}
	for _, a := range e.Activities {
		if only != "" && a.ID != only {
			continue
		}
		stores := e.serving(a.ID)
		x := Evidence{Processing: e.processing(a), Filed: said(e.in, a.Assessment, itself), Records: e.recordsOf(stores), Findings: map[string]int{}, Unread: []string{}}
		for _, s := range stores {
			for severity, n := range e.findings[s.Ref] {
				x.Findings[string(severity)] += n
			}
			x.Undecided += e.undecided[s.Ref]
			if gap := e.read(s); gap != "" {
				x.Unread = append(x.Unread, name(s.Ref)+": "+gap)
			}
		}
		x.Signs = x.signs(e.in)
		out.Activities = append(out.Activities, x)
	}
	return out
}

// signs are what was seen of each criterion. Silence is "no" only where there was something to read, and all of it was.
func (x Evidence) signs(in *language.Language) []Sign {
	holds := map[probity.Category]bool{}
	for _, h := range x.Categories {
		holds[h.Category] = true
	}
	seen := func(is bool) string {
		switch {
		case is:
			return language.Key("yes")
		case len(x.Unread) > 0 || len(x.Stores) == 0:
			return language.Key("not known")
		}
		return language.Key("no")
	}
	sensitive := holds[probity.Health] || holds[probity.Special] || holds[probity.Financial] || holds[probity.Whereabouts]
	var abroad []string
	where := seen(false)
	for _, t := range x.Transfers {
		if t.Verdict == countryUnknown { // of which nobody can say that it is none
			where = language.Key("not known")
			continue
		}
		abroad = append(abroad, t.words(in))
	}
	if len(abroad) > 0 {
		where = language.Key("yes")
	}
	person := language.Key("a person has to say")
	return []Sign{
		{language.Key("sensitive or highly personal data"), seen(sensitive), list(x.categories(in), in.Say("none found or declared"))},
		{language.Key("data of vulnerable people"), seen(holds[probity.Child]), in.Say("data of children; of others a person has to say")},
		{language.Key("large scale"), person, in.Say("Records: {records}. People: {people}", x.Records.words(in), x.Records.peopleWords(in))},
		{language.Key("data sets matched or combined"), person, in.Say("{n} store serves the activity|{n} stores serve the activity", len(x.Stores))},
		{language.Key("evaluation or scoring, automated decisions, monitoring, new technology, barring people from a right"), person, in.Say("no store tells")},
		{language.Key("transfers to third countries"), where, list(unique(abroad), in.Say("none known"))},
	}
}

// Paper is the evidence for people.
func (x Assessment) Paper(in *language.Language) reports.Paper {
	x = AssessmentOf(x.estate.spoken(in), x.only)
	p := x.estate.paper(in, in.Say("Evidence for impact assessments"),
		in.Say("Draft: what a scan has to say to GDPR Art. 35(7). Necessity, proportionality and the decision are a person's."))
	for _, a := range x.Activities {
		var rows [][]string
		for _, s := range a.Signs {
			rows = append(rows, []string{in.Say(s.Criterion), in.Say(s.Seen), s.Why})
		}
		var notes []string
		notes = append(notes, in.Say("Purposes: {purposes}. Data subjects: {subjects}. Recipients: {recipients}. Kept: {period}.", list(a.Purposes, in.Say("not declared")),
			list(a.Subjects, in.Say("not declared")), a.recipients(in), a.Retention),
			in.Say("Impact assessment: {filed}.", a.Filed), a.risks(in))
		for _, u := range a.Unread {
			notes = append(notes, in.Say("Not looked into: {store}", u))
		}
		p.Sections = append(p.Sections, reports.Section{Title: in.Say("Activity {activity}", a.ID), Columns: []string{in.Say("Criterion"), in.Say("Seen"), in.Say("Why")}, Rows: rows, Notes: notes},
			reports.Section{Title: in.Say("Measures of {activity}", a.ID), Columns: measureColumns(in), Rows: measureRows(in, a.Measures)})
	}
	if len(x.Activities) == 0 {
		p.Sections = []reports.Section{{Title: in.Say("Activities"), None: in.Say("No activity is declared.")}}
	}
	p.Sections = append(p.Sections, x.estate.unseenSection(in))
	return p
}

// risks are the findings of the stores, and how many rules could not decide: silence of these is no absence.
func (x Evidence) risks(in *language.Language) string {
	if len(x.Stores) == 0 {
		return in.Say("Risks in its stores: not known, no store of it is in this scan.")
	}
	var out []string
	for _, s := range probity.Severity("").Values() {
		if n := x.Findings[s]; n > 0 {
			out = append(out, in.Number(n)+" "+in.Say(s))
		}
	}
	t := in.Say("Risks seen in its stores: {risks}.", list(out, in.Say("none found")))
	if x.Undecided > 0 {
		t += " " + in.Say("Not decided: {n} outcome, for want of facts.|Not decided: {n} outcomes, for want of facts.", x.Undecided)
	}
	return t
}
