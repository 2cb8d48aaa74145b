package news

import (
	"strings"

	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/cause"
	"github.com/probity-scan/probity/reports/history"
	"github.com/probity-scan/probity/reports/language"
)

// Most that is said of one thing, in bytes: hosts of issues refuse what is much longer, and nobody reads it.
const (
	longHead  = 300
	longPlace = 1000
	longSays  = 2000
)

// Text is a message in words, of which each is one line that hides nothing: names are a stranger's.
type Text struct {
	Title string   // one line
	Lines []string // above the findings
	Items []Item   // a finding each
	More  string   // what is beyond them; empty: nothing
	Below []string
	Link  string // address of the pages; empty: there is none
	Open  string // what it is called
	rest  func(hidden int) string
}

// Item is a finding in words.
type Item struct {
	Head  string // severity, and what is wrong
	Event string
	Where string // empty: nobody may name it
	Says  string // likewise
	Link  string
}

// Of says a message in a language.
func Of(m Message, in *language.Language) Text {
	t := Text{Link: m.Link, Open: in.Say("Open in Probity"), rest: func(hidden int) string {
		if m.More+hidden == 0 {
			return ""
		}
		return in.Say("and {n} more", m.More+hidden)
	}}
	head, lines := headed(m, in)
	t.Title = "Probity"
	if m.Schedule != "" {
		t.Title += " " + cut(reports.Visible(m.Schedule), 200)
	}
	t.Title += ": " + head
	t.Lines = lines
	if m.Scan != nil {
		t.Lines = append([]string{in.Say("Scan of {time}", in.Time(m.Scan.Started))}, t.Lines...)
		if m.Scan.State == history.Incomplete {
			t.Lines = append(t.Lines, in.Say("The scan is incomplete: something could not be read."))
		}
	}
	for _, f := range m.Findings {
		t.Items = append(t.Items, itemOf(f, in))
	}
	t.More = t.rest(0)
	t.Below = below(m, in)
	return t
}

// headed is what a message says first.
func headed(m Message, in *language.Language) (head string, lines []string) {
	c := m.Counts
	switch m.Kind {
	case Test:
		return in.Say("test message"), []string{in.Say("Messages of Probity arrive here.")}
	case history.FailedNotice:
		return in.Say("the scan failed"), reason(c.Why, in)
	case history.MissedNotice:
		if c.Caught {
			lines = append(lines, in.Say("The last of them runs now."))
		}
		return in.Say("{n} scan was missed|{n} scans were missed", c.Ticks), append(reason(c.Why, in), lines...)
	case history.OverdueNotice:
		last := in.Say("There was none yet.")
		if !c.Since.IsZero() {
			last = in.Say("The last one began: {time}", in.Time(c.Since))
		}
		return in.Say("no whole scan for {n} interval|no whole scan for {n} intervals", c.Ticks), []string{last}
	}
	var parts []string
	if c.New > 0 {
		parts = append(parts, in.Say("{n} new finding|{n} new findings", c.New))
	}
	if c.Worse > 0 {
		parts = append(parts, in.Say("{n} worse", c.Worse))
	}
	if c.Reopened > 0 {
		parts = append(parts, in.Say("{n} open again", c.Reopened))
	}
	if c.Fixed > 0 {
		parts = append(parts, in.Say("{n} fixed", c.Fixed))
	}
	if c.Stand > 0 || c.First {
		parts = append(parts, in.Say("first scan, {n} finding|first scan, {n} findings", c.Stand))
	}
	if len(parts) == 0 {
		parts = append(parts, in.Say("nothing that the estate changed"))
	}
	return strings.Join(parts, ", "), nil
}

func reason(why string, in *language.Language) []string {
	if why == "" {
		return nil
	}
	return []string{in.Say("Why: {reason}", cut(reports.Visible(in.Say(why)), longSays))}
}

// below is the summary of what changed for other reasons.
func below(m Message, in *language.Language) []string {
	total := 0
	var why []string
	for _, c := range cause.Cause("").Values() {
		if n := m.Counts.Others[cause.Cause(c)]; n > 0 {
			total += n
			why = append(why, causeWords(cause.Cause(c), in)+" "+in.Number(n))
		}
	}
	if total == 0 {
		return nil
	}
	line := in.Say("{n} verdict changed for another reason: {reasons}|{n} verdicts changed for other reasons: {reasons}", total, strings.Join(why, ", "))
	if m.Unknown > 0 {
		line += "; " + in.Say("{n} unknown now", m.Unknown)
	}
	return []string{line}
}

func causeWords(c cause.Cause, in *language.Language) string {
	switch c {
	case cause.Declaration:
		return in.Say("what people declared")
	case cause.Rule:
		return in.Say("rules")
	case cause.Tool:
		return in.Say("release of Probity")
	case cause.Coverage:
		return in.Say("what could be read")
	}
	return string(c)
}

func itemOf(f Finding, in *language.Language) Item {
	event := in.Say("new")
	switch f.Event {
	case history.Worsened:
		event = in.Say("worse")
	case history.Reopened:
		event = in.Say("open again")
	}
	i := Item{Head: in.Say(string(f.Severity)) + ": " + cut(reports.Visible(f.titled()), longHead), Event: event, Says: cut(reports.Visible(f.Message), longSays), Link: f.Link}
	var where []string
	for _, w := range []string{cut(reports.Visible(f.Store), longPlace), cut(reports.Visible(f.Account), 200), cut(reports.Visible(f.Region), 200)} {
		if w != "" {
			where = append(where, w)
		}
	}
	i.Where = strings.Join(where, ", ")
	return i
}

// Missed are reasons for which a scan that was due did not run.
func Missed() (down, busy string) {
	return language.Key("the server was not running"), language.Key("the scan before it still ran")
}

// Plain is the text without any form: of mail.
func (t Text) Plain() string {
	var b strings.Builder
	line := func(s string) {
		if s != "" {
			b.WriteString(s + "\n")
		}
	}
	for _, l := range t.Lines {
		line(l)
	}
	for _, i := range t.Items {
		b.WriteString("\n")
		line("* " + i.Head + " (" + i.Event + ")")
		for _, l := range []string{i.Where, i.Says, i.Link} {
			if l != "" {
				line("  " + l)
			}
		}
	}
	if t.More != "" {
		line("\n" + t.More)
	}
	if len(t.Below) > 0 {
		b.WriteString("\n")
	}
	for _, l := range t.Below {
		line(l)
	}
	if t.Link != "" {
		line("\n" + t.Open + ": " + t.Link)
	}
	return b.String()
}
