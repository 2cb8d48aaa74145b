package dashboard

import (
	"net/url"
	"slices"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/cause"
	"github.com/probity-scan/probity/reports/history"
)

// sheet is the address at which the API tells a list as a table, by names and values of filters; those that are empty are left out.
func sheet(path string, pairs ...string) string {
	q := url.Values{"format": {"csv"}}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Add(pairs[i], pairs[i+1])
		}
	}
	return APIPath + path + "?" + q.Encode()
}

// moment is a time in an address.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

// rows is how many a page of a list has.
const rows = 50

// listing is what stands around a table that is filtered: the form, how many there are, the next page.
type listing struct {
	ID     string
	Path   string
	Fields []field
	More   []field // filters that are asked for less often
	Opened bool    // one of those is set
	Active bool    // a filter is set
	Total  string
	Next   string // address; empty: there is no more
	First  string // address of the first page; empty: this is it
	CSV    string // address
}

// field is a filter: a choice, or a text where there are no options.
type field struct {
	Name, Label, Value, Class string
	Options                   []option
	Hints                     []option // what a text may be
}

// hinted is a filter with what may be written into it.
func (f field) hinted(hints []option) field {
	f.Hints = hints
	return f
}

type option struct {
	Value, Name string
	Chosen      bool
}

// list makes the frame of a list of which a query gave one page.
func (a *ask) list(total, next string, fields ...field) listing {
	l := listing{Path: a.r.URL.Path, Total: total, Fields: fields}
	for _, f := range fields {
		l.Active = l.Active || f.Value != ""
	}
	if next != "" {
		l.Next = with(a.r.URL, "after", next)
	}
	if a.get("after") != "" {
		l.First = with(a.r.URL)
	}
	return l
}

// more adds filters that are folded together.
func (l listing) more(fields ...field) listing {
	l.More = fields
	for _, f := range fields {
		l.Opened = l.Opened || f.Value != ""
	}
	l.Active = l.Active || l.Opened
	return l
}

func (a *ask) text(name, label string) field {
	return field{Name: name, Label: label, Value: a.get(name)}
}

// search is the text that a list is looked through for.
func (a *ask) search() field {
	return field{Name: "q", Label: a.in.Say("Search"), Value: a.get("q"), Class: "wide-field"}
}

// choose is a filter that takes one of some values, in words.
func (a *ask) choose(name, label string, word func(string) string, values ...string) field {
	f := field{Name: name, Label: label, Value: a.one(name, values...), Class: "narrow", Options: []option{{Name: a.in.Say("all")}}}
	for _, v := range values {
		f.Options = append(f.Options, option{Value: v, Name: word(v), Chosen: v == f.Value})
	}
	return f
}

func (a *ask) say(word string) string { return a.in.Say(word) }

func (a *ask) severities() field {
	return a.choose("severity", a.in.Say("Severity"), a.say, probity.Severity("").Values()...)
}

func (a *ask) categories() field {
	return a.choose("category", a.in.Say("Personal data"), a.say, probity.Category("").Values()...)
}

// ofOne is a list of one filter's value, or nothing.
func ofOne[T ~string](v string) []T {
	if v == "" {
		return nil
	}
	return []T{T(v)}
}

// standingWord is what a finding is, in a word.
func (a *ask) standingWord(s string) string {
	switch history.Standing(s) {
	case history.Open:
		return a.in.Say("open")
	case history.Waived:
		return a.in.Say("waived")
	case history.Unseen:
		return a.in.Say("not seen")
	case history.Fixed:
		return a.in.Say("fixed")
	}
	return a.in.Say("all")
}

// causeWord is what changed, in a few words.
func (a *ask) causeWord(s string) string {
	switch cause.Cause(s) {
	case cause.Estate:
		return a.in.Say("the estate")
	case cause.Content:
		return a.in.Say("its content")
	case cause.Declaration:
		return a.in.Say("a declaration")
	case cause.Rule:
		return a.in.Say("a rule")
	case cause.Tool:
		return a.in.Say("the tool")
	case cause.Coverage:
		return a.in.Say("what could be read")
	}
	return s
}

// eventWord is what happened to a finding.
func (a *ask) eventWord(e history.Event) string {
	switch e {
	case history.Appeared:
		return a.in.Say("appeared")
	case history.Reopened:
		return a.in.Say("reopened")
	case history.WentAway:
		return a.in.Say("fixed")
	case history.Lost:
		return a.in.Say("not seen")
	case history.Back:
		return a.in.Say("seen again")
	case history.Accepted:
		return a.in.Say("waived")
	case history.Lapsed:
		return a.in.Say("waiver lapsed")
	case history.Revoked:
		return a.in.Say("waiver withdrawn")
	case history.Worsened:
		return a.in.Say("worse")
	case history.Eased:
		return a.in.Say("less severe")
	case history.Altered:
		return a.in.Say("other facts decide it")
	}
	return string(e)
}

// worsening are the events by which an estate gets worse.
func worsening() []string {
	return []string{string(history.Appeared), string(history.Reopened), string(history.Worsened), string(history.Lapsed), string(history.Revoked), string(history.Back)}
}

// eventTone is how an event is drawn.
func eventTone(e history.Event) string {
	switch {
	case slices.Contains(worsening(), string(e)):
		return "ill"
	case e == history.WentAway || e == history.Eased || e == history.Accepted:
		return "well"
	case e == history.Lost:
		return "unsure"
	}
	return ""
}
