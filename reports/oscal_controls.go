package reports

import (
	"strings"
	"unicode"

	"github.com/probity-scan/probity"
)

// maxRelated is how many observations of a rule a finding on a control names; the others bear the rule's ID.
const maxRelated = 200

type oscalFinding struct {
	UUID    string         `json:"uuid"`
	Title   string         `json:"title"`
	Text    string         `json:"description"`
	Props   []oscalProp    `json:"props"`
	Target  oscalTarget    `json:"target"`
	Related []oscalRelated `json:"related-observations,omitempty"`
	Remarks string         `json:"remarks,omitempty"`
}

type oscalTarget struct {
	Type   string      `json:"type"`
	ID     string      `json:"target-id"`
	Status oscalStatus `json:"status"`
}

type oscalStatus struct {
	State  string `json:"state"`
	Reason string `json:"reason"`
}

type oscalRelated struct {
	UUID string `json:"observation-uuid"`
}

// reviewed are the controls of each framework that the scan's rules can say something of. One that does not apply, as declared, is left out.
func (o *oscal) reviewed() map[string]any {
	var selections []map[string]any
	for _, f := range o.scan.Frameworks {
		var ids []map[string]string
		seen := map[string]bool{}
		for _, c := range newLaw(nil, f, o.scan.Rules, o.c).Rows {
			if id := controlToken(f, c.Control); !c.Out && c.Pass+c.Fail+c.Unknown+c.NA > 0 && !seen[id] {
				seen[id] = true
				ids = append(ids, map[string]string{"control-id": id})
			}
		}
		if len(ids) > 0 {
			selection := map[string]any{"description": oscalLine(f.Title + " " + f.Version), "include-controls": ids}
			if scope := ScopeWords(nil, f); scope != "" {
				selection["remarks"] = oscalLine(scope)
			}
			selections = append(selections, selection)
		}
	}
	if len(selections) == 0 {
		return map[string]any{"control-selections": []map[string]any{{"description": "No framework was asked for.", "props": []oscalProp{oscalProperty("controls", "none")}}}}
	}
	return map[string]any{"control-selections": selections}
}

// findings are one for each control with evidence. None says that a control which only a person can judge whole is met.
func (o *oscal) findings() []oscalFinding {
	var out []oscalFinding
	for _, f := range o.scan.Frameworks {
		for _, c := range newLaw(nil, f, o.scan.Rules, o.c).Rows {
			if !c.Out && c.Pass+c.Fail+c.Unknown > 0 {
				out = append(out, o.finding(f, c))
			}
		}
	}
	return out
}

func (o *oscal) finding(f probity.Framework, c control) oscalFinding {
	id := controlToken(f, c.Control)
	x := oscalFinding{UUID: uuid5(o.id() + " control " + id), Title: oscalLine(f.Title + " " + c.ID + ": " + c.Title), Target: oscalTarget{Type: "statement-id", ID: id},
		Text: Plural(c.Fail, "outcome") + " failed, " + thousands(c.Unknown) + " unknown, " + thousands(c.Pass) + " passed",
		Props: []oscalProp{oscalProperty("control", c.ID), oscalProperty("framework", f.ID), oscalProperty("mode", string(c.Mode)),
			oscalProperty("failed", thousands(c.Fail)), oscalProperty("unknown", thousands(c.Unknown)), oscalProperty("passed", thousands(c.Pass))}}
	switch x.Target.Status = (oscalStatus{"not-satisfied", "other"}); {
	case c.Fail > 0:
		x.Target.Status.Reason = "fail"
	case c.Unknown > 0:
		x.Remarks = "Not decided: what is unknown may be against it."
	case c.Mode == probity.Automatic && !o.c.Incomplete():
		x.Target.Status = oscalStatus{"satisfied", "pass"}
	case c.Mode == probity.Automatic:
		x.Remarks = "Nothing that was read is against it, and not all could be read."
	default:
		x.Remarks = "Nothing that was read is against it; a person has to look at the rest: " + oscalLine(c.Why)
	}
	related := map[string]bool{}
	for _, r := range c.Rules {
		for _, u := range o.seen[r] {
			if !related[u] && len(x.Related) < maxRelated {
				related[u] = true
				x.Related = append(x.Related, oscalRelated{u})
			}
		}
	}
	return x
}

// controlToken is a control's name as the format takes names: "gdpr-32.1.a" of "32(1)(a)".
func controlToken(f probity.Framework, c probity.Control) string {
	var b strings.Builder
	gap := false
	for _, r := range f.ID + "-" + c.ID {
		switch {
		case unicode.IsLetter(r) && r < 0x80, unicode.IsDigit(r) && r < 0x80, r == '-', r == '_':
			if gap && b.Len() > 0 {
				b.WriteByte('.')
			}
			gap = false
			b.WriteRune(r)
		default:
			gap = true
		}
	}
	id := b.String()
	if id == "" || !unicode.IsLetter(rune(id[0])) {
		id = "_" + id
	}
	return id
}
