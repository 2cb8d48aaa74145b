package privacy

import (
	"strconv"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
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
	out := Assessment{Warnings: e.warnings(), Activities: []Evidence{}, estate: e}
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
			return "yes"
		case len(x.Unread) > 0:
			return "not known"
		}
		return "no"
	}
	sensitive := holds[probity.Health] || holds[probity.Special] || holds[probity.Financial] || holds[probity.Whereabouts]
	const person = "a person has to say"
	return []Sign{
		{"sensitive or highly personal data", seen(sensitive), categoriesOf(x.Categories)},
		{"data of vulnerable people", seen(holds[probity.Child]), "data of children; of others a person has to say"},
		{"large scale", person, scale(x.Records)},
		{"data sets matched or combined", person, reports.Plural(len(stores), "store") + " serve the activity"},
		{"evaluation or scoring, automated decisions, monitoring, new technology, barring people from a right", person, "no store tells"},
		{"transfers to third countries", map[bool]string{true: "yes", false: seen(false)}[len(x.Transfers) > 0], list(x.Transfers, "none known")},
	}
}

func categoriesOf(hs []Held) string {
	var out []string
	for _, h := range hs {
		out = append(out, string(h.Category)+" ("+h.basis()+")")
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
func (x Assessment) Paper() reports.Paper {
	p := x.estate.paper("Evidence for impact assessments", "Draft: what a scan has to say to GDPR Art. 35(7). Necessity, proportionality and the decision are a person's.")
	for _, a := range x.Activities {
		var rows [][]string
		for _, s := range a.Signs {
			rows = append(rows, []string{s.Criterion, s.Seen, s.Why})
		}
		var notes []string
		notes = append(notes, "Purposes: "+list(a.Purposes, "not declared")+". Data subjects: "+list(a.Subjects, "not declared")+". Recipients: "+list(a.Recipients, "none declared")+". Kept: "+a.Retention+".",
			"Impact assessment: "+a.Filed+".", "Risks seen in its stores: "+severities(a.Findings)+".")
		for _, u := range a.Unread {
			notes = append(notes, "Not looked into: "+u)
		}
		p.Sections = append(p.Sections, reports.Section{Title: "Activity " + a.ID, Columns: []string{"Criterion", "Seen", "Why"}, Rows: rows, Notes: notes},
			reports.Section{Title: "Measures of " + a.ID, Columns: []string{"Measure", "Holds", "Lacks", "Not known"}, Rows: measureRows(a.Measures)})
	}
	if len(x.Activities) == 0 {
		p.Sections = []reports.Section{{Title: "Activities", None: "No activity is declared."}}
	}
	return p
}

func severities(n map[string]int) string {
	var out []string
	for _, s := range probity.Severity("").Values() {
		if n[s] > 0 {
			out = append(out, strconv.Itoa(n[s])+" "+s)
		}
	}
	return list(out, "none found")
}
