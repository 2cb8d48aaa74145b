package reports

import (
	"iter"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/probity-scan/probity"
)

// results yields the worst first, within a severity in the scan's order, up to the limit.
func (r *sarifRun) results(scan probity.Scan, c *Counts) iter.Seq2[sarifResult, error] {
	return func(yield func(sarifResult, error) bool) {
		left := r.limit
		give := func(v sarifResult, err error) bool {
			if err == nil && left == 0 {
				return false
			}
			left--
			return yield(v, err)
		}
		for _, sev := range append(probity.Severity("").Values(), "") {
			if c.Severities[probity.Severity(sev)] == 0 && c.Waived+c.Known+c.Later == 0 && !r.o.Unknown && sev != "" {
				continue
			}
			if !r.walk(scan, probity.Severity(sev), give) {
				return
			}
		}
	}
}

// walk yields the results of one severity; the empty one stands for any that is not listed.
func (r *sarifRun) walk(scan probity.Scan, sev probity.Severity, yield func(sarifResult, error) bool) bool {
	for o, err := range each(scan.Outcomes) {
		if err != nil {
			yield(sarifResult{}, err)
			return false
		}
		if o.Verdict != probity.Fail && (o.Verdict != probity.Unknown || !r.o.Unknown) {
			continue
		}
		for _, f := range o.Findings {
			if known(f.Risk.Severity) == sev && !yield(r.result(o, f), nil) {
				return false
			}
		}
	}
	return true
}

func known(s probity.Severity) probity.Severity {
	if s.AtLeast(probity.Low) {
		return s
	}
	return ""
}

func (r *sarifRun) result(o probity.Outcome, f probity.Finding) sarifResult {
	out := sarifResult{
		RuleID: o.Rule, Kind: "fail", Level: level(f.Risk.Severity),
		Message:      sarifMessage{Text: short(sentence(sarifEscape(f.Message)), 2000)},
		Locations:    []sarifLocation{{Physical: physical(f), Logical: []sarifLogical{logical(f.Asset)}}},
		Related:      related(o.Evidence, f.Place),
		Fingerprints: map[string]string{"primaryLocationLineHash": f.Fingerprint + ":1", "probity/v1": f.Fingerprint},
		Suppressions: suppressions(f.Waiver),
		Properties:   map[string]any{"fact": visible(string(f.Fact)), "severity": f.Risk.Severity},
	}
	if o.Verdict == probity.Unknown {
		out.Kind, out.Level = "open", "none"
	}
	if i, ok := r.index[o.Rule]; ok {
		out.RuleIndex = &i
	}
	if f.Element != "" {
		out.Properties["element"] = visible(f.Element)
	}
	if f.Asset.Root != "" {
		out.Properties["root"] = visible(f.Asset.Root)
	}
	if f.Asset != o.Asset {
		out.Properties["judged"] = visible(o.Asset.ID)
	}
	return out
}

// logical names the asset: its ID as it is, since others join on it. JSON escapes what a terminal would obey.
func logical(r probity.Ref) sarifLogical {
	return sarifLogical{Name: short(visible(last(r.ID)), 200), Full: r.ID, Kind: "resource"}
}

// last is the end of an ID after its last slash or colon, if something is left.
func last(id string) string {
	if i := strings.LastIndexAny(id, "/:"); i >= 0 && i < len(id)-1 {
		return id[i+1:]
	}
	return id
}

// physical is the place in a file. A live store has none and gets a URI of its own: consumers drop results without one and
// merge those that share it.
func physical(f probity.Finding) *sarifPhysical {
	if p, ok := f.Place.Source(); ok {
		return at(p.File, max(1, p.Line), max(1, p.Column))
	}
	return at(assetPath(f), 1, 1)
}

// at spans one column: where a fact ends is not known.
func at(file string, line, column int) *sarifPhysical {
	return &sarifPhysical{sarifArtifact{escapePath(file), "SRCROOT"}, sarifRegion{line, column, line, column + 1}}
}

// assetPath is a relative path unique to the asset and element: "aws/s3/name", "postgres/host/people/email".
func assetPath(f probity.Finding) string {
	id := strings.TrimPrefix(f.Asset.ID, "arn:")
	id = strings.NewReplacer("://", "/", ":", "/").Replace(id)
	var parts []string
	for _, p := range strings.Split(strings.Join([]string{f.Asset.Root, id, f.Element}, "/"), "/") {
		if p != "" && p != "." && p != ".." {
			parts = append(parts, p)
		}
	}
	return path.Join(parts...)
}

// escapePath is a path as a relative URI reference.
func escapePath(p string) string {
	parts := strings.Split(strings.TrimLeft(path.Clean(strings.ToValidUTF8(p, "\uFFFD")), "/"), "/")
	for i, s := range parts {
		parts[i] = url.PathEscape(s)
	}
	// A colon in the first segment would read as a scheme (RFC 3986, 4.2).
	parts[0] = strings.ReplaceAll(parts[0], ":", "%3A")
	return strings.Join(parts, "/")
}

// related are the other lines that the verdict rests on.
func related(evidence []probity.Evidence, place *probity.Origin) []sarifLocation {
	main, _ := place.Source()
	seen := map[string]bool{}
	var out []sarifLocation
	for _, e := range evidence {
		p, ok := e.Origin.Source()
		key := p.String()
		if !ok || p.Line == 0 || (p.File == main.File && p.Line == main.Line) || len(out) == maxExamples || seen[key] {
			continue
		}
		seen[key] = true
		out = append(out, sarifLocation{ID: len(out) + 1, Physical: at(p.File, p.Line, max(1, p.Column)),
			Logical: []sarifLogical{logical(e.Asset)}, Message: &sarifMessage{Text: sarifEscape(string(e.Fact)) + " is set here."}})
	}
	return out
}

func suppressions(w *probity.Waiver) []sarifSuppression {
	if w == nil {
		return []sarifSuppression{}
	}
	return []sarifSuppression{{Kind: "external", Status: "accepted", Justification: sarifEscape(w.Reason),
		Properties: map[string]any{"owner": visible(w.Owner), "approver": visible(w.Approver), "until": w.Until.UTC().Format(time.DateOnly)}}}
}
