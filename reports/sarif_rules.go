package reports

import (
	"cmp"
	"regexp"
	"strings"
	"unicode"

	"github.com/probity-scan/probity"
)

// sarifRule describes a rule from its METADATA alone; at are the places it has in taxonomies.
func sarifRule(r probity.Rule, at []sarifRelation) sarifDescriptor {
	text, markdown := ruleHelp(r)
	return sarifDescriptor{
		ID: r.ID, Name: pascal(r.ID),
		Short:   &sarifMessage{Text: sentence(short(visible(r.Title), 1000))},
		Full:    &sarifMessage{Text: sentence(short(visible(cmp.Or(r.Description, r.Title)), 1000))},
		Help:    &sarifMessage{Text: text, Markdown: markdown},
		HelpURI: helpURI(r), Default: &sarifLevel{level(r.Severity)}, Relationships: at,
		Properties: map[string]any{
			"security-severity": securitySeverity(r.Severity),
			"precision":         "very-high",
			"problem.severity":  problem(r.Severity),
			"tags":              ruleTags(r),
		},
	}
}

// ruleHelp is the text that code hosts show beside a result.
func ruleHelp(r probity.Rule) (text, markdown string) {
	var t, m strings.Builder
	t.WriteString(plainLines(cmp.Or(r.Description, r.Title)))
	m.WriteString(noTags(plainLines(cmp.Or(r.Description, r.Title))))
	for _, fix := range r.Remediation {
		t.WriteString("\n\nRemediation (" + visible(fix.Source) + "): " + plainLines(fix.Text))
		m.WriteString("\n\n**Remediation (" + noTags(visible(fix.Source)) + ")**\n\n" + noTags(plainLines(fix.Text)))
	}
	if len(r.References) > 0 {
		t.WriteString("\n\nReferences:")
		m.WriteString("\n\n**References**\n")
	}
	for _, ref := range r.References {
		t.WriteString("\n" + visible(ref))
		if strings.HasPrefix(ref, "https://") {
			m.WriteString("\n- <" + strings.ReplaceAll(noTags(visible(ref)), ">", "%3E") + ">")
		} else {
			m.WriteString("\n- " + noTags(visible(ref)))
		}
	}
	return t.String(), m.String()
}

func plainLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = visible(l)
	}
	return strings.Join(lines, "\n")
}

func helpURI(r probity.Rule) string {
	for _, ref := range r.References {
		if strings.HasPrefix(ref, "https://") && !strings.ContainsFunc(ref, func(c rune) bool { return unicode.IsSpace(c) || hidden(c) }) {
			return ref
		}
	}
	return home
}

// ruleTags are at most 20, and none is a CWE: GitLab files CWE-312, 319, 522 and 798 under detected secrets.
func ruleTags(r probity.Rule) []string {
	tags := []string{"security", "privacy", "data-protection"}
	for _, o := range r.Obligations {
		tags = append(tags, string(o))
	}
	for _, c := range r.Classes {
		tags = append(tags, "class:"+string(c))
	}
	return tags[:min(len(tags), 20)]
}

func level(s probity.Severity) string {
	switch s {
	case probity.Critical, probity.High:
		return "error"
	case probity.Medium:
		return "warning"
	}
	return "note"
}

func problem(s probity.Severity) string {
	if l := level(s); l != "note" {
		return l
	}
	return "recommendation"
}

// securitySeverity is within GitHub's ranges: over 9.0 critical, 7.0 high, 4.0 medium.
func securitySeverity(s probity.Severity) string {
	switch s {
	case probity.Critical:
		return "9.5"
	case probity.High:
		return "8.0"
	case probity.Medium:
		return "5.5"
	}
	return "2.5"
}

// pascal is "encryption-at-rest" as "EncryptionAtRest", and never the ID in other letters (SARIF 2.1.0, 3.49.7).
func pascal(id string) string {
	var b strings.Builder
	for _, w := range strings.FieldsFunc(id, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		b.WriteString(strings.ToUpper(w[:1]) + w[1:])
	}
	if strings.EqualFold(b.String(), id) {
		b.WriteString("Rule")
	}
	return b.String()
}

// sentence ends a text with a full stop.
func sentence(s string) string {
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".!?") {
		return s
	}
	return s + "."
}

var semver = regexp.MustCompile(`^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$`)

func toolName(tool string) (name, version string) {
	_, version, _ = strings.Cut(tool, " ")
	version = strings.TrimPrefix(visible(version), "v")
	if version == "" || version[0] < '0' || version[0] > '9' {
		version = strings.TrimSuffix("0.0.0-"+version, "-") // consumers compare versions: one that is none comes first
	}
	return "Probity", version
}

// taxonomy adds the frameworks to the run and tells each rule's places in them. Evidence is "relevant", never more.
func (r *sarifRun) taxonomy(h probity.Header) map[string][]sarifRelation {
	at := map[string][]sarifRelation{}
	for i, f := range h.Frameworks {
		x := sarifTaxonomy{Name: visible(f.ID), Version: visible(f.Version), Organization: visible(f.Publisher), Taxa: []sarifDescriptor{},
			Short: &sarifMessage{Text: sentence(visible(f.Title))}}
		if f.Applies != "" {
			x.Full = &sarifMessage{Text: sentence(short(visible("Applies: "+f.Applies), 1000))}
		}
		for j, c := range f.Controls {
			x.Taxa = append(x.Taxa, sarifDescriptor{ID: visible(c.ID), Short: &sarifMessage{Text: sentence(visible(c.Title))},
				Properties: map[string]any{"mode": c.Mode}})
			for _, rule := range h.Rules {
				if rule.Serves(c) {
					at[rule.ID] = append(at[rule.ID], sarifRelation{Kinds: []string{"relevant"},
						Target: sarifTarget{ID: visible(c.ID), Index: j, Component: sarifComponent{Name: x.Name, Index: i}}})
				}
			}
		}
		r.taxonomies = append(r.taxonomies, x)
		r.driver.SupportedTaxonomies = append(r.driver.SupportedTaxonomies, sarifComponent{Name: x.Name, Index: i})
	}
	return at
}

// taxaOf are the controls that findings of each rule are evidence for, of frameworks that apply or may.
func taxaOf(h probity.Header, at map[string][]sarifRelation) map[string][]sarifTaxon {
	out := map[string][]sarifTaxon{}
	for rule, relations := range at {
		for _, r := range relations {
			if t := r.Target; !outOfScope(h.Frameworks[t.Component.Index]) {
				out[rule] = append(out[rule], sarifTaxon(t))
			}
		}
	}
	return out
}
