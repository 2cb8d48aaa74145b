package notify

import (
	"context"
	"encoding/json"
	"strings"
	"text/template"

	"github.com/probity-scan/probity/reports"
)

// The templates that are there by themselves.
const (
	github = `{"title": "{{.title}}", "body": "{{.markdown}}", "labels": ["probity"{{range .findings}}, "{{.severity}}"{{end}}]}`
	jira   = `{"fields": {"project": {"key": "{{.project}}"}, "issuetype": {"name": "Task"}, "summary": "{{.title}}", "description": "{{.wiki}}", "labels": ["probity"{{range .findings}}, "{{.severity}}"{{end}}]}}`
)

// issue opens one by a template over the message, whose texts stand in JSON without harm: each comes escaped.
func (t sending) issue(ctx context.Context) error {
	name, project, _ := strings.Cut(t.sink.Template, ":")
	if name != "jira" {
		name = t.sink.Template
	}
	text, err := templateOf(name)
	if err != nil {
		return err
	}
	b, err := t.render(text, project)
	if err != nil {
		return err
	}
	h, err := t.headers()
	if err != nil {
		return err
	}
	return t.send(ctx, b, h)
}

func (t sending) render(text, project string) ([]byte, error) {
	page, err := template.New("issue").Parse(text)
	if err != nil {
		return nil, forGood("template %s: %v", t.sink.Template, err)
	}
	raw, err := json.Marshal(t.m)
	if err != nil {
		return nil, forGood("the message cannot be written")
	}
	var data map[string]any
	if err := json.Unmarshal(raw, &data); err != nil {
		return nil, forGood("the message cannot be written")
	}
	title := t.text.Title
	if len(t.text.Items) == 1 && len(t.m.Findings) == 1 {
		title = t.text.Items[0].Head
		if s := t.m.Findings[0].Store; s != "" {
			title += ": " + reports.Visible(s)
		}
	}
	data["title"], data["text"], data["markdown"], data["wiki"], data["project"] = cut(title, 250), t.text.Plain(), t.text.Markdown(), t.text.Wiki(), project
	var b strings.Builder
	if err := page.Execute(&b, safe(data)); err != nil {
		return nil, forGood("template %s: %v", t.sink.Template, err)
	}
	if !json.Valid([]byte(b.String())) {
		return nil, forGood("template %s does not make JSON", t.sink.Template)
	}
	return []byte(b.String()), nil
}

// quoted is a text that prints as JSON has it between quotes.
type quoted string

func (q quoted) String() string {
	b, _ := json.Marshal(string(q)) // of a string it is never refused
	return string(b[1 : len(b)-1])
}

// safe gives all texts of a document in the form in which they stand between quotes.
func safe(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k := range v {
			v[k] = safe(v[k])
		}
	case []any:
		for i := range v {
			v[i] = safe(v[i])
		}
	case string:
		return quoted(v)
	case float64:
		return int64(v) // all numbers of a message are whole
	}
	return v
}

func cut(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}
