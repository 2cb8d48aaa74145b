package gate

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
)

// Baseline is the findings of a first day: they are there, and fail no build until they change.
type Baseline struct {
	Name    string // the file or folder
	Central bool   // named by a person, not taken from a repository: no limit binds it
	Entries []Entry
}

// Entry is one finding of a baseline, on a line of its own: fingerprint and digest decide, the rest is for people.
type Entry struct {
	Rule        string           `json:"rule"`
	Root        string           `json:"root,omitempty"`
	Asset       string           `json:"asset"`
	Kind        probity.Kind     `json:"kind,omitempty"`
	Fact        probity.Path     `json:"fact"`
	Element     string           `json:"element,omitempty"`
	Severity    probity.Severity `json:"severity"`
	Fingerprint string           `json:"fingerprint"`
	Digest      string           `json:"digest"`
}

func (e Entry) finding() probity.Finding {
	return probity.Finding{Fingerprint: e.Fingerprint, Asset: probity.Ref{Root: e.Root, ID: e.Asset}, Fact: e.Fact, Element: e.Element,
		Risk: probity.Risk{Severity: e.Severity}, Digest: e.Digest}
}

const (
	heading   = `{"baseline":"1"}`
	maxLine   = 1 << 20
	ofNoRoot  = "_.jsonl"
	ofTopRoot = "_root.jsonl"
)

// ReadBaseline reads what [WriteBaseline] wrote. Lines may stand twice or in another order, as merges leave them.
func ReadBaseline(r io.Reader) ([]Entry, error) {
	var out []Entry
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	n := 0
	for lines.Scan() {
		n++
		line := strings.TrimSpace(lines.Text())
		if line == "" || line == heading {
			continue
		}
		for _, mark := range []string{"<<<<<<<", "=======", ">>>>>>>"} {
			if strings.HasPrefix(line, mark) {
				return nil, fmt.Errorf("line %d is of a merge conflict: keep the findings of both sides, and take out the lines between them", n)
			}
		}
		var e Entry
		if json.Unmarshal([]byte(line), &e) != nil || e.Fingerprint == "" || e.Digest == "" || e.Rule == "" {
			return nil, fmt.Errorf("line %d is no entry of a baseline", n)
		}
		out = append(out, e)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("line %d: %w", n+1, err)
	}
	return out, nil
}

// WriteBaseline writes one entry a line, sorted, so that two branches merge.
func WriteBaseline(w io.Writer, entries []Entry) error {
	entries = slices.Clone(entries)
	slices.SortFunc(entries, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.Root, b.Root), cmp.Compare(a.Asset, b.Asset), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Fact, b.Fact),
			cmp.Compare(a.Element, b.Element), cmp.Compare(a.Fingerprint, b.Fingerprint))
	})
	to := bufio.NewWriter(w)
	fmt.Fprintln(to, heading)
	for _, e := range slices.Compact(entries) {
		b, err := json.Marshal(e)
		if err != nil {
			return err
		}
		fmt.Fprintf(to, "%s\n", b)
	}
	return to.Flush()
}

// BaselineFile is the name of a root's file below the folder of a baseline, with slashes.
func BaselineFile(root string) string {
	switch root {
	case "":
		return ofNoRoot
	case ".":
		return ofTopRoot
	}
	var parts []string
	for _, p := range strings.FieldsFunc(root, func(r rune) bool { return r == '/' || r == '\\' }) {
		if strings.Trim(p, ".") == "" {
			p = strings.Repeat("_", len(p))
		}
		parts = append(parts, strings.Map(func(r rune) rune {
			if strings.ContainsRune("/\\:*?\"<>|", r) || r < 0x20 || r == 0x7f {
				return '_'
			}
			return r
		}, p))
	}
	return strings.Join(parts, "/") + ".jsonl"
}

// Entries are what a baseline written from a judged scan holds: what fails now or was in the baseline before. What a waiver
// lets be is left out, so that it fails when the waiver lapses. Entries of kept that the scan does not show gone stay.
func Entries(scan probity.Scan, decided Options, kept *Baseline) ([]Entry, error) {
	kinds := map[probity.Ref]probity.Kind{}
	var out []Entry
	for a, err := range each(scan.Assets) {
		if err != nil {
			return nil, err
		}
		kinds[a.Ref] = a.Kind
	}
	there := map[string]bool{}
	for o, err := range each(scan.Outcomes) {
		if err != nil {
			return nil, err
		}
		if o.Verdict == probity.Unknown && len(reasons(o, decided.Unknown)) == 0 {
			continue
		}
		for _, f := range o.Findings {
			there[f.Fingerprint] = true
			if f.Waived() || f.Later || f.Digest == "" {
				continue
			}
			out = append(out, Entry{Rule: o.Rule, Root: f.Asset.Root, Asset: f.Asset.ID, Kind: kinds[f.Asset], Fact: f.Fact, Element: f.Element,
				Severity: f.Risk.Severity, Fingerprint: f.Fingerprint, Digest: f.Digest})
		}
	}
	if kept == nil {
		return out, nil
	}
	var missing []absence
	for _, e := range kept.Entries {
		if !there[e.Fingerprint] {
			missing = append(missing, absence{rule: e.Rule, finding: e.finding(), kind: e.Kind})
		}
	}
	_, unseen, err := closed(scan, missing)
	for _, m := range unseen {
		f := m.finding
		out = append(out, Entry{Rule: m.rule, Root: f.Asset.Root, Asset: f.Asset.ID, Kind: m.kind, Fact: f.Fact, Element: f.Element,
			Severity: f.Risk.Severity, Fingerprint: f.Fingerprint, Digest: f.Digest})
	}
	return out, err
}
