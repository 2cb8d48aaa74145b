package reports

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"iter"
	"net/url"
	"path"
	"strings"

	"github.com/probity-scan/probity"
)

// results yields the worst first, then what is there no more, up to the limit.
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
		for v, err := range worstFirst(scan, c, r.o.Unknown) {
			if err != nil {
				yield(sarifResult{}, err)
				return
			}
			if !give(r.result(v.Outcome, v.Finding), nil) {
				return
			}
		}
		r.gone(give)
	}
}

func (r *sarifRun) result(o probity.Outcome, f probity.Finding) sarifResult {
	out := sarifResult{
		RuleID: o.Rule, Kind: "fail", Level: level(f.Risk.Severity),
		Message:      sarifMessage{Text: short(sentence(sarifEscape(cmp.Or(strings.TrimSpace(f.Message), r.rules[o.Rule].Title, o.Rule))), 2000)},
		Locations:    []sarifLocation{{Physical: physical(f), Logical: []sarifLogical{logical(f.Asset)}}},
		Related:      related(o.Evidence, f.Place),
		Baseline:     r.baseline(f),
		Fingerprints: map[string]string{"primaryLocationLineHash": f.Fingerprint + ":1", "probity/v1": f.Fingerprint},
		Suppressions: suppressions(f.Waiver),
		Taxa:         r.taxa[o.Rule],
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
	if f.Later {
		out.Properties["later"] = true // its rule is newer than the version that the gate stands at: it does not fail
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

// maxPath is longer than any path of a file (Linux takes 4,096 bytes). Readers of SARIF fail without a word at a URI of 65,520 characters.
const maxPath = 4096

// escapePath is a path as a relative URI reference. What is longer than a path can be is cut, and told apart by its digest.
func escapePath(p string) string {
	p = strings.ToValidUTF8(p, "\uFFFD")
	if len(p) > maxPath {
		sum := sha256.Sum256([]byte(p))
		p = strings.ToValidUTF8(p[:maxPath-33], "") + "~" + hex.EncodeToString(sum[:16])
	}
	parts := strings.Split(strings.TrimLeft(path.Clean(p), "/"), "/")
	for i, s := range parts {
		parts[i] = url.PathEscape(s)
	}
	// A colon in the first segment would read as a scheme (RFC 3986, 4.2).
	parts[0] = strings.ReplaceAll(parts[0], ":", "%3A")
	return strings.Join(parts, "/")
}
