package reports

import (
	"strings"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/language"
)

// baseline is the result's state; with a base every result of the run has one (SARIF 2.1.0, 3.27.24).
func (r *sarifRun) baseline(f probity.Finding) string {
	if l := r.o.Life; l != nil && f.State == "" {
		switch {
		case l.New[f.Fingerprint]:
			return string(probity.New)
		case l.Worse[f.Fingerprint]:
			return "updated" // it was there, and is another in some way (3.27.24)
		}
		return string(probity.Unchanged)
	}
	if f.State == "" && r.compared {
		return string(probity.New)
	}
	return string(f.State)
}

// gone yields what was found in the base and is there no more, after all that is there.
func (r *sarifRun) gone(yield func(sarifResult, error) bool) {
	if r.o.Present || r.base == nil {
		return
	}
	for _, g := range r.base.Absent {
		f := g.Finding
		f.State = probity.Absent
		if !yield(r.result(probity.Outcome{Rule: g.Rule, Asset: f.Asset, Verdict: probity.Fail}, f), nil) {
			return
		}
	}
}

// related are the other lines that the verdict rests on: the module's, the callers', those of the facts.
func related(evidence []probity.Evidence, place *probity.Origin) []sarifLocation {
	main, _ := place.Source()
	seen := map[string]bool{}
	var out []sarifLocation
	add := func(p probity.Origin, text string, of ...sarifLogical) {
		key := p.String()
		if p.File == "" || p.Line == 0 || (p.File == main.File && p.Line == main.Line) || len(out) == 2*maxExamples || seen[key] {
			return
		}
		seen[key] = true
		out = append(out, sarifLocation{ID: len(out) + 1, Physical: at(p.File, p.Line, max(1, p.Column)), Logical: of, Message: &sarifMessage{Text: text}})
	}
	if main.Inside != nil {
		add(*main.Inside, "In the module.")
	}
	for _, c := range callers(main) {
		add(c, "The module is called here.")
	}
	for i := range min(len(evidence), maxPlaces*maxExamples) {
		if p, ok := evidence[i].Origin.Source(); ok && len(out) < maxExamples {
			add(p, sarifEscape(string(evidence[i].Fact))+" is set here.", logical(evidence[i].Asset))
		}
	}
	return out
}

// callers are the blocks that call the module which holds the place, from the inside out.
func callers(p probity.Origin) []probity.Origin {
	var out []probity.Origin
	for c := p.Caller; c != nil && len(out) < maxExamples; c = c.Caller {
		out = append(out, *c)
	}
	return out
}

func suppressions(w *probity.Waiver) []sarifSuppression {
	if w == nil {
		return []sarifSuppression{}
	}
	s := sarifSuppression{Kind: "external", Status: "accepted", Properties: map[string]any{"waiver": w.Kind}}
	if w.Kind == probity.Inline {
		s.Kind = "inSource"
	}
	if w.Proposed {
		s.Status = "underReview"
	}
	why := []string{visible(w.Reason)}
	if w.Owner != "" {
		s.Properties["owner"] = visible(w.Owner)
		why = append(why, "owner "+visible(w.Owner))
	}
	if w.Approver != "" {
		s.Properties["approver"] = visible(w.Approver)
		why = append(why, "approved by "+visible(w.Approver))
	}
	if !w.Until.IsZero() {
		s.Properties["until"] = lastDay(*w)
	}
	why = append(why, untilWords(nil, *w))
	s.Justification = short(strings.Join(why, "; "), 2000)
	if p, ok := w.Origin.Source(); ok {
		s.Location = &sarifLocation{Physical: at(p.File, max(1, p.Line), max(1, p.Column))}
	}
	return []sarifSuppression{s}
}

// untilWords is how long a waiver holds.
func untilWords(in *language.Language, w probity.Waiver) string {
	switch {
	case w.Kind == probity.FalsePositive:
		return in.Say("until the rule's behaviour changes")
	case w.Until.IsZero():
		return in.Say("until it is taken out")
	}
	return in.Say("until {day}", in.Day(w.Until.UTC().AddDate(0, 0, -1)))
}

// lastDay is the last day on which a waiver holds, as whoever wrote it wrote it.
func lastDay(w probity.Waiver) string { return w.Until.UTC().AddDate(0, 0, -1).Format(time.DateOnly) }
