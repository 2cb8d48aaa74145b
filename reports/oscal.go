package reports

import (
	"cmp"
	"crypto/sha1" //nolint:gosec // version 5 of UUIDs is made of it: a name, and no secret
	"encoding/hex"
	"io"
	"iter"
	"strings"
	"time"

	"github.com/probity-scan/probity"
)

// oscalVersion is that of the Open Security Controls Assessment Language, whose assessment results are written.
const oscalVersion = "1.1.3"

// oscalSpace is the name space of properties that are Probity's own.
const oscalSpace = home + "/ns/oscal"

type oscalProp struct {
	Name  string `json:"name"`
	Space string `json:"ns"`
	Value string `json:"value"`
}

type oscalItem struct {
	UUID  string      `json:"uuid"`
	Text  string      `json:"description"`
	Props []oscalProp `json:"props"`
}

type oscalObservation struct {
	UUID      string          `json:"uuid"`
	Title     string          `json:"title"`
	Text      string          `json:"description"`
	Props     []oscalProp     `json:"props,omitempty"`
	Methods   []string        `json:"methods"`
	Types     []string        `json:"types,omitempty"`
	Subjects  []oscalSubject  `json:"subjects,omitempty"`
	Evidence  []oscalEvidence `json:"relevant-evidence,omitempty"`
	Collected string          `json:"collected"`
	Remarks   string          `json:"remarks,omitempty"`
}

type oscalSubject struct {
	UUID string `json:"subject-uuid"`
	Type string `json:"type"`
}

type oscalEvidence struct {
	Text string `json:"description"`
}

// OSCAL writes assessment results as a stream: an inventory item for each asset, an observation for each loss, finding and unknown
// outcome, and a finding for each control that a scan can say something of. Outcomes that passed are counted in those findings.
func OSCAL(w io.Writer, scan probity.Scan) error {
	c, err := Count(scan)
	if err != nil {
		return err
	}
	o := oscal{scan: scan, c: c, rules: rulesByID(scan.Header), at: scan.Started.UTC().Format(time.RFC3339), seen: map[string][]string{}}
	s := newStream(w)
	s.text(`{"assessment-results":{"uuid":"` + uuid5(o.id()) + "\",\n\"metadata\":")
	s.value(o.metadata())
	s.text(",\n\"import-ap\":")
	s.value(map[string]string{"href": "#" + uuid5(o.id()+" plan"), "remarks": "There is no assessment plan: the rules of the scan stand for it."})
	s.text(",\n\"results\":[{\"uuid\":\"" + uuid5(o.id()+" result") + `",`)
	s.members(o.result())
	if c.Assets > 0 {
		s.text(",\n\"local-definitions\":{\"inventory-items\":[")
		elements(s, o.items)
		s.text("]}")
	}
	if len(c.Losses)+c.Verdicts[probity.Fail]+c.Verdicts[probity.Unknown] > 0 {
		s.text(",\n\"observations\":[")
		elements(s, o.observations)
		s.text("]")
	}
	if findings := o.findings(); len(findings) > 0 {
		s.text(",\n\"findings\":[")
		elements(s, all(findings))
		s.text("]")
	}
	s.text("}],\n\"back-matter\":{\"resources\":[")
	s.value(map[string]any{"uuid": uuid5(o.id() + " plan"), "title": "Rules of the scan", "description": Plural(len(scan.Rules), "rule") + " of Probity"})
	s.text("]}}}\n")
	return s.close()
}

type oscal struct {
	scan  probity.Scan
	c     *Counts
	rules map[string]probity.Rule
	at    string
	seen  map[string][]string // observations of each rule, as many as a finding names
}

// id is what makes the document's names its own, and the same for the same scan.
func (o *oscal) id() string {
	return "probity " + o.at + " " + strings.Join(o.scan.Targets, " ")
}

func (o *oscal) metadata() map[string]any {
	_, version := toolName(o.scan.Tool)
	return map[string]any{"title": "Assessment results of Probity", "last-modified": o.at, "version": o.at, "oscal-version": oscalVersion,
		"props": []oscalProp{oscalProperty("tool-version", version)}}
}

// result is what all is found under, without its lists.
func (o *oscal) result() map[string]any {
	out := map[string]any{"title": "Scan of " + oscalLine(strings.Join(o.scan.Targets, ", ")), "description": headline(o.c), "start": o.at,
		"reviewed-controls": o.reviewed()}
	if s := incomplete(o.c); s != "" {
		out["remarks"] = s
	}
	return out
}

func (o *oscal) items(yield func(oscalItem, error) bool) {
	for a, err := range each(o.scan.Assets) {
		x := oscalItem{UUID: assetUUID(a.Ref), Text: cmp.Or(oscalLine(a.ID), "-"), Props: []oscalProp{oscalProperty("asset-id", a.ID)}}
		for _, p := range []struct{ name, value string }{{"root", a.Root}, {"name", a.Name}, {"kind", string(a.Kind)}, {"class", string(a.Class)},
			{"account", a.Scope.Account}, {"region", a.Scope.Region}, {"personal-data", dataWords(nil, a)}} {
			if p.value != "" {
				x.Props = append(x.Props, oscalProperty(p.name, p.value))
			}
		}
		if !yield(x, err) {
			return
		}
	}
}

func (o *oscal) observations(yield func(oscalObservation, error) bool) {
	for _, l := range o.c.Losses {
		text := lossLine(nil, l)
		x := oscalObservation{UUID: uuid5(o.id() + " lost " + text), Title: "Not all could be read", Text: text, Methods: []string{"UNKNOWN"}, Collected: o.at,
			Props: []oscalProp{oscalProperty("verdict", "lost"), oscalProperty("reason", string(l.Gap.Reason))}}
		if !yield(x, nil) {
			return
		}
	}
	for v, err := range each(o.scan.Outcomes) {
		if err != nil {
			yield(oscalObservation{}, err)
			return
		}
		for i, f := range v.Findings {
			if !yield(o.observation(v, f, i), nil) {
				return
			}
		}
	}
}

func (o *oscal) observation(v probity.Outcome, f probity.Finding, i int) oscalObservation {
	x := oscalObservation{UUID: uuid5(o.id() + " finding " + v.Rule + " " + f.Fingerprint + " " + number(i)), Title: oscalLine(cmp.Or(o.rules[v.Rule].Title, v.Rule)),
		Text: cmp.Or(oscalLine(f.Message), "-"), Methods: []string{"TEST"}, Types: []string{"finding"}, Collected: o.at,
		Subjects: []oscalSubject{{assetUUID(f.Asset), "inventory-item"}},
		Props:    []oscalProp{oscalProperty("rule", v.Rule), oscalProperty("verdict", string(v.Verdict)), oscalProperty("severity", string(f.Risk.Severity)), oscalProperty("fingerprint", f.Fingerprint)}}
	if s := cmp.Or(map[bool]string{true: beforeWords(nil, f)}[f.Later], string(f.State)); s != "" {
		x.Props = append(x.Props, oscalProperty("state", s))
	}
	if f.Waived() {
		x.Props = append(x.Props, oscalProperty("waived", string(f.Waiver.Kind)))
		x.Remarks = waiverWords(nil, f.Waiver.Kind) + " by " + owner(nil, *f.Waiver) + " " + untilWords(nil, *f.Waiver) + ": " + visible(f.Waiver.Reason)
	}
	for _, e := range v.Evidence {
		text := visible(string(e.Fact)) + " of " + visible(e.Asset.ID)
		if e.Gap != nil {
			text += ": " + Because(nil, *e.Gap)
		} else if e.Value != nil {
			text += " = " + valueText(nil, e.Value)
		}
		if at := e.Origin.String(); at != "" {
			text += " (" + visible(at) + ")"
		}
		x.Evidence = append(x.Evidence, oscalEvidence{oscalLine(text)})
	}
	if len(o.seen[v.Rule]) < maxRelated {
		o.seen[v.Rule] = append(o.seen[v.Rule], x.UUID)
	}
	return x
}

// all is a slice as a sequence that cannot fail.
func all[T any](items []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range items {
			if !yield(v, nil) {
				return
			}
		}
	}
}

// oscalProperty is a property of Probity's own. Values are lines that neither begin nor end with a space.
func oscalProperty(name, value string) oscalProp {
	return oscalProp{name, oscalSpace, cmp.Or(oscalLine(value), "-")}
}

func oscalLine(s string) string { return strings.TrimSpace(visible(s)) }

func assetUUID(r probity.Ref) string { return uuid5("asset " + r.Root + "\x00" + r.ID) }

// uuid5 is a UUID of a name (RFC 9562, version 5), the only kind beside random ones that the format takes.
func uuid5(name string) string {
	sum := sha1.Sum([]byte(oscalSpace + "\x00" + name)) //nolint:gosec // see above
	sum[6], sum[8] = sum[6]&0x0f|0x50, sum[8]&0x3f|0x80
	h := hex.EncodeToString(sum[:16])
	return strings.Join([]string{h[:8], h[8:12], h[12:16], h[16:20], h[20:]}, "-")
}
