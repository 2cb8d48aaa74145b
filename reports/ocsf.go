package reports

import (
	"cmp"
	"io"
	"strings"

	"github.com/probity-scan/probity"
)

// ocsfVersion is that of the Open Cybersecurity Schema Framework, whose classes the events are of.
const ocsfVersion = "1.5.0"

// Classes of events: what rests on what is inside a store is a data security finding, what rests on how it is set up a compliance finding.
const (
	ocsfCompliance = 2003
	ocsfData       = 2006
)

// The part of both classes that is written.
type ocsfEvent struct {
	Class        int               `json:"class_uid"`
	ClassName    string            `json:"class_name"`
	Category     int               `json:"category_uid"`
	CategoryName string            `json:"category_name"`
	Activity     int               `json:"activity_id"`
	Type         int               `json:"type_uid"`
	Time         int64             `json:"time"` // milliseconds since 1970
	Severity     int               `json:"severity_id"`
	SeverityName string            `json:"severity"`
	Status       int               `json:"status_id"`
	StatusDetail string            `json:"status_detail,omitempty"`
	Message      string            `json:"message"`
	Metadata     ocsfMetadata      `json:"metadata"`
	Info         ocsfInfo          `json:"finding_info"`
	Compliance   *ocsfState        `json:"compliance,omitempty"`
	Remediation  *ocsfRemedy       `json:"remediation,omitempty"` // of compliance findings alone
	Data         *ocsfContent      `json:"data_security,omitempty"`
	Resources    []ocsfResource    `json:"resources,omitempty"`
	Cloud        *ocsfCloud        `json:"cloud,omitempty"`
	Unmapped     map[string]string `json:"unmapped,omitempty"`
}

type ocsfMetadata struct {
	Version  string      `json:"version"`
	Product  ocsfProduct `json:"product"`
	Profiles []string    `json:"profiles,omitempty"`
	UID      string      `json:"uid,omitempty"`
}

type ocsfProduct struct {
	Name    string `json:"name"`
	Vendor  string `json:"vendor_name"`
	Version string `json:"version"`
}

type ocsfInfo struct {
	UID      string        `json:"uid"`
	Title    string        `json:"title"`
	Text     string        `json:"desc"`
	Types    []string      `json:"types"`
	Analytic *ocsfAnalytic `json:"analytic,omitempty"`
}

type ocsfAnalytic struct {
	UID  string `json:"uid"`
	Name string `json:"name"`
	Type int    `json:"type_id"`
}

type ocsfState struct {
	Status       int      `json:"status_id"`
	Details      []string `json:"status_details,omitempty"`
	Control      string   `json:"control,omitempty"`
	Requirements []string `json:"requirements,omitempty"`
	Standards    []string `json:"standards,omitempty"`
}

type ocsfRemedy struct {
	Text       string   `json:"desc"`
	References []string `json:"references,omitempty"`
}

type ocsfContent struct {
	Policy   ocsfPolicy `json:"policy"`
	Pattern  string     `json:"detection_pattern,omitempty"`
	Category string     `json:"category,omitempty"`
	Total    int        `json:"total,omitempty"` // places that hold it, of those that were read
}

type ocsfPolicy struct {
	UID  string `json:"uid"`
	Name string `json:"name,omitempty"`
}

type ocsfResource struct {
	UID    string   `json:"uid"`
	Name   string   `json:"name,omitempty"`
	Type   string   `json:"type,omitempty"`
	Labels []string `json:"labels,omitempty"`
	Region string   `json:"region,omitempty"`
}

type ocsfCloud struct {
	Provider string       `json:"provider"`
	Region   string       `json:"region,omitempty"`
	Account  *ocsfAccount `json:"account,omitempty"`
}

type ocsfAccount struct {
	UID string `json:"uid"`
}

// OCSF writes an event for each finding, each unknown outcome and each loss, as one JSON list. It carries no outcome that passed.
func OCSF(w io.Writer, scan probity.Scan) error {
	c, err := Count(scan)
	if err != nil {
		return err
	}
	e := events{scan: scan, c: c, rules: rulesByID(scan.Header), asks: requirements(scan.Header)}
	s := newStream(w)
	s.text("[")
	elements(s, e.all)
	s.text("]\n")
	return s.close()
}

type events struct {
	scan  probity.Scan
	c     *Counts
	rules map[string]probity.Rule
	asks  map[string][]requirement
}

func (e events) all(yield func(ocsfEvent, error) bool) {
	for _, l := range e.c.Losses {
		x := e.event(ocsfCompliance, probity.Fingerprint("scan-incomplete", probity.Ref{}, "", lossLine(nil, l)), "Not all could be read", lossLine(nil, l), probity.Medium)
		x.Activity, x.Status = 1, 1
		x.Compliance = &ocsfState{Details: []string{Because(nil, l.Gap)}, Control: "scan-incomplete"}
		if !yield(x.typed(), nil) {
			return
		}
	}
	for o, b := range beside(e.scan) {
		if b.err != nil {
			yield(ocsfEvent{}, b.err)
			return
		}
		for _, f := range o.Findings {
			if !yield(e.of(o, f, b), nil) {
				return
			}
		}
	}
	if e.scan.Base == nil {
		return
	}
	for _, g := range e.scan.Base.Absent {
		x := e.of(probity.Outcome{Rule: g.Rule, Asset: g.Asset, Verdict: probity.Pass}, g.Finding, &besides{})
		x.Activity, x.Status, x.StatusDetail = 3, 4, "is there no more"
		if !yield(x.typed(), nil) {
			return
		}
	}
}

func (e events) event(class int, uid, title, text string, s probity.Severity) ocsfEvent {
	name, version := toolName(e.scan.Tool)
	out := ocsfEvent{Class: class, ClassName: "Compliance Finding", Category: 2, CategoryName: "Findings", Time: e.scan.Started.UnixMilli(),
		Message: visible(text), Metadata: ocsfMetadata{Version: ocsfVersion, Product: ocsfProduct{name, name, version}},
		Info: ocsfInfo{UID: visible(uid), Title: visible(title), Text: visible(text), Types: []string{"Data Protection"}}}
	if class == ocsfData {
		out.ClassName = "Data Security Finding"
	}
	out.Severity, out.SeverityName = 99, cmp.Or(visible(string(s)), "unknown")
	switch s {
	case probity.Critical:
		out.Severity, out.SeverityName = 5, "Critical"
	case probity.High:
		out.Severity, out.SeverityName = 4, "High"
	case probity.Medium:
		out.Severity, out.SeverityName = 3, "Medium"
	case probity.Low:
		out.Severity, out.SeverityName = 2, "Low"
	}
	return out
}

// typed is the event with its type: class and activity.
func (x ocsfEvent) typed() ocsfEvent {
	x.Type = x.Class*100 + x.Activity
	return x
}

func (e events) of(o probity.Outcome, f probity.Finding, b *besides) ocsfEvent {
	r, class := e.rules[o.Rule], ocsfCompliance
	if o.Verdict == probity.Fail && r.ID != "" && readsLabels(r) {
		class = ocsfData
	}
	x := e.event(class, f.Fingerprint, cmp.Or(r.Title, o.Rule), f.Message, f.Risk.Severity)
	x.Info.Analytic = &ocsfAnalytic{visible(o.Rule), cmp.Or(visible(r.Title), visible(o.Rule)), 1}
	x.Resources = []ocsfResource{{UID: visible(f.Asset.ID), Type: visible(string(b.kind()))}}
	x.place(b)
	if x.Unmapped = map[string]string{"rule": visible(o.Rule), "fact": visible(string(f.Fact)), "verdict": string(o.Verdict)}; f.Element != "" {
		x.Unmapped["element"] = visible(f.Element)
	}
	if p, ok := f.Place.Source(); ok {
		x.Unmapped["place"] = visible(p.String())
	}
	if class == ocsfData {
		x.Data = &ocsfContent{Policy: ocsfPolicy{visible(o.Rule), visible(r.Title)}}
		x.content(f, b)
	} else {
		x.Compliance = e.state(o, r)
		x.Remediation = ocsfRemediation(r)
	}
	x.history(f)
	return x.typed()
}

// place tells where the store is: in whose account and region.
func (x *ocsfEvent) place(b *besides) {
	if b.asset == nil {
		return
	}
	x.Resources[0].Name = visible(b.asset.Name)
	at := b.asset.Scope
	if at.Provider != "aws" {
		return
	}
	x.Metadata.Profiles = []string{"cloud"}
	x.Cloud = &ocsfCloud{Provider: "AWS", Region: visible(at.Region)}
	x.Resources[0].Region = visible(at.Region)
	if at.Account != "" {
		x.Cloud.Account = &ocsfAccount{visible(at.Account)}
	}
}

// content tells which label the finding speaks of.
func (x *ocsfEvent) content(f probity.Finding, b *besides) {
	if b.asset == nil {
		return
	}
	for _, l := range b.asset.Labels.Items {
		if f.Element != "" && l.On == f.Element {
			x.Data.Pattern, x.Data.Category, x.Data.Total = visible(l.Detector), visible(string(l.Category)), l.Found
			return
		}
	}
}

// state is how the outcome came out, and what asks for it. An unknown is no pass: its status says so, with the gap.
func (e events) state(o probity.Outcome, r probity.Rule) *ocsfState {
	s := &ocsfState{Control: visible(o.Rule)}
	switch o.Verdict {
	case probity.Pass:
		s.Status = 1
	case probity.Fail:
		s.Status = 3
	default:
		for _, v := range o.Evidence {
			if v.Gap != nil {
				s.Details = append(s.Details, visible(string(v.Fact))+": "+Because(nil, *v.Gap))
			}
		}
	}
	seen := map[string]bool{}
	for _, q := range e.asks[r.ID] {
		s.Requirements = append(s.Requirements, q.String())
		if name := strings.TrimSpace(visible(q.framework.Title + " " + q.framework.Version)); !seen[name] {
			seen[name] = true
			s.Standards = append(s.Standards, name)
		}
	}
	return s
}

// history is what is known of the finding from before, and who accepted it.
func (x *ocsfEvent) history(f probity.Finding) {
	x.Activity, x.Status = 1, 1
	if f.State == probity.Unchanged || f.Later {
		x.Activity, x.Status, x.StatusDetail = 2, 2, beforeWords(nil, f)
	}
	if f.Waived() {
		x.Status, x.StatusDetail = 3, waiverWords(nil, f.Waiver.Kind)+" by "+owner(nil, *f.Waiver)+" "+untilWords(nil, *f.Waiver)+": "+visible(f.Waiver.Reason)
	}
}

func ocsfRemediation(r probity.Rule) *ocsfRemedy {
	var out ocsfRemedy
	for _, fix := range r.Remediation {
		out.Text += visible(fix.Source) + ": " + visible(fix.Text) + " "
	}
	if out.Text = strings.TrimSpace(out.Text); out.Text == "" {
		return nil
	}
	for _, u := range r.References {
		if strings.HasPrefix(u, "https://") {
			out.References = append(out.References, visible(u))
		}
	}
	return &out
}
