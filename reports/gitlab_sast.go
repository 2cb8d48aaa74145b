package reports

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"iter"
	"strings"

	"github.com/probity-scan/probity"
)

// sastVersion is that of GitLab's security report schemas, which the report follows.
const sastVersion = "15.0.7"

// The part of GitLab's SAST report that is written.
type sastScan struct {
	Analyzer sastTool      `json:"analyzer"`
	Scanner  sastTool      `json:"scanner"`
	Type     string        `json:"type"`
	Start    string        `json:"start_time"` // UTC, without a zone
	End      string        `json:"end_time"`
	Status   string        `json:"status"`
	Messages []sastMessage `json:"messages,omitempty"`
}

type sastTool struct {
	ID      string            `json:"id"`
	Name    string            `json:"name"`
	URL     string            `json:"url"`
	Version string            `json:"version"`
	Vendor  map[string]string `json:"vendor"`
}

type sastMessage struct {
	Level string `json:"level"`
	Value string `json:"value"`
}

type sastFinding struct {
	ID          string           `json:"id"`
	Name        string           `json:"name"`
	Description string           `json:"description"` // Markdown
	Severity    string           `json:"severity"`
	Solution    string           `json:"solution,omitempty"`
	Identifiers []sastIdentifier `json:"identifiers"`
	Links       []sastLink       `json:"links,omitempty"`
	Location    sastLocation     `json:"location"`
	Flags       []sastFlag       `json:"flags,omitempty"`
}

type sastIdentifier struct {
	Type  string `json:"type"`
	Name  string `json:"name"`
	Value string `json:"value"`
}

type sastLink struct {
	URL string `json:"url"`
}

type sastLocation struct {
	File  string `json:"file"`
	Start int    `json:"start_line"`
	End   int    `json:"end_line"`
}

type sastFlag struct {
	Type        string `json:"type"`
	Origin      string `json:"origin"`
	Description string `json:"description"`
}

// GitLabSAST writes GitLab's security report, worst first. GitLab takes it only from a job that exits 0. A finding that somebody
// called false is flagged; accepted ones are left out and counted in a message, where losses and unknowns stand too.
func GitLabSAST(w io.Writer, scan probity.Scan) error {
	c, err := Count(scan)
	if err != nil {
		return err
	}
	if scan, err = located(scan, false); err != nil {
		return err
	}
	s := newStream(w)
	s.text(`{"version":"` + sastVersion + "\",\n\"scan\":")
	s.value(newSASTScan(scan.Header, c))
	s.text(",\n\"vulnerabilities\":[")
	elements(s, sastFindings(scan, c))
	s.text("]}\n")
	return s.close()
}

func newSASTScan(h probity.Header, c *Counts) sastScan {
	name, version := toolName(h.Tool)
	tool := sastTool{ID: "probity", Name: name, URL: home, Version: version, Vendor: map[string]string{"name": "Probity"}}
	at := h.Started.UTC().Format("2006-01-02T15:04:05")
	out := sastScan{Analyzer: tool, Scanner: tool, Type: "sast", Start: at, End: at, Status: "success"}
	say := func(level, text string) {
		out.Messages = append(out.Messages, sastMessage{level, short(visible(text), 2000)})
	}
	if s := incomplete(c); s != "" {
		out.Status = "failure"
		say("fatal", s)
	}
	for _, l := range c.Losses {
		say("warn", lossLine(nil, l))
	}
	for _, g := range c.Gaps {
		say("info", gapLine(g))
	}
	say("info", headline(c))
	if n := c.Findings + c.Known + c.Later + c.Refuted - MaxResults; n > 0 {
		say("warn", Plural(n, "finding")+" beyond the limit of this report; the worst are here")
	}
	return out
}

func sastFindings(scan probity.Scan, c *Counts) iter.Seq2[sastFinding, error] {
	rules := map[string]probity.Rule{}
	for _, r := range scan.Rules {
		rules[r.ID] = r
	}
	return func(yield func(sastFinding, error) bool) {
		left := MaxResults
		for v, err := range worstFirst(scan, c, false) {
			if err != nil {
				yield(sastFinding{}, err)
				return
			}
			if v.Finding.Waived() && v.Finding.Waiver.Kind != probity.FalsePositive {
				continue
			}
			if left--; left < 0 || !yield(sastOf(v, rules[v.Outcome.Rule]), nil) {
				return
			}
		}
	}
}

func sastOf(v violation, r probity.Rule) sastFinding {
	f := v.Finding
	if r.ID == "" {
		r = probity.Rule{ID: v.Outcome.Rule, Title: v.Outcome.Rule}
	}
	out := sastFinding{ID: uuid(f.Fingerprint), Name: short(visible(r.Title), 255), Description: MarkdownText(short(visible(f.Message), 2000)), Severity: "Unknown",
		Identifiers: []sastIdentifier{{"probity_rule", "Probity " + visible(r.ID), visible(r.ID)}}}
	if known(f.Risk.Severity) != "" {
		out.Severity = capitalised(string(f.Risk.Severity))
	}
	if r.Description != "" {
		out.Description += "\n\n" + MarkdownText(short(visible(r.Description), 4000))
	}
	for _, fix := range r.Remediation {
		out.Solution += visible(fix.Source) + ": " + visible(fix.Text) + "\n"
	}
	out.Solution = short(strings.TrimSpace(out.Solution), 7000)
	for _, ref := range r.References {
		if strings.HasPrefix(ref, "https://") {
			out.Links = append(out.Links, sastLink{visible(ref)})
		}
	}
	file, line, _ := inFile(f)
	out.Location = sastLocation{visible(file), line, line}
	if w := f.Waiver; w != nil && w.Kind == probity.FalsePositive {
		out.Flags = []sastFlag{{"flagged-as-likely-false-positive", "Probity waiver", short(owner(nil, *w)+": "+visible(w.Reason), 1000)}}
	}
	return out
}

func capitalised(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// uuid is the fingerprint as a UUID (RFC 9562, version 8).
func uuid(fingerprint string) string {
	sum := sha256.Sum256([]byte(fingerprint))
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80
	h := hex.EncodeToString(sum[:16])
	return strings.Join([]string{h[:8], h[8:12], h[12:16], h[16:20], h[20:]}, "-")
}
