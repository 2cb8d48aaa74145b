package news

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// Bounds of the chats: Slack takes 50 blocks and 3000 characters of text in each, Teams 28 KiB a message.
const (
	slackText  = 2900
	slackItems = 22 // two blocks each, beside five others
	teamsBytes = 24 << 10
)

// Slack is a message of Slack's incoming webhooks, which others take too: text for who shows no blocks, with the address, and blocks. Names stand in
// plain text, in which nothing is a mark; what stands beside our own link is taken as it is (verbatim).
func (t Text) Slack() any {
	type text struct {
		Type     string `json:"type"`
		Text     string `json:"text"`
		Verbatim bool   `json:"verbatim,omitempty"` // of mrkdwn: no address, channel or name in it becomes a link
	}
	type block struct {
		Type     string `json:"type"`
		Text     *text  `json:"text,omitempty"`
		Elements []text `json:"elements,omitempty"`
	}
	plain := func(s string) text { return text{Type: "plain_text", Text: cut(slackSafe(s), slackText)} }
	marked := func(s string) block { return block{Type: "section", Text: &text{"mrkdwn", s, true}} }
	section := func(s string) block { x := plain(s); return block{Type: "section", Text: &x} }
	blocks := []block{{Type: "header", Text: &text{Type: "plain_text", Text: cut(slackSafe(t.Title), 150)}}}
	if len(t.Lines) > 0 {
		blocks = append(blocks, section(strings.Join(t.Lines, "\n")))
	}
	items := t.Items[:min(len(t.Items), slackItems)]
	for _, x := range items {
		if x.Link != "" {
			blocks = append(blocks, marked("<"+x.Link+"|"+slackSafe(strings.ReplaceAll(cut(x.Head, longHead), "|", "¦"))+"> ("+slackSafe(x.Event)+")"))
		} else {
			blocks = append(blocks, section(x.Head+" ("+x.Event+")"))
		}
		if s := details(x); s != "" {
			blocks = append(blocks, block{Type: "context", Elements: []text{plain(s)}})
		}
	}
	if s := t.rest(len(t.Items) - len(items)); s != "" {
		blocks = append(blocks, section(s))
	}
	if len(t.Below) > 0 {
		blocks = append(blocks, block{Type: "context", Elements: []text{plain(strings.Join(t.Below, "\n"))}})
	}
	if t.Link != "" {
		blocks = append(blocks, marked("<"+t.Link+"|"+slackSafe(t.Open)+">"))
	}
	return struct {
		Text   string  `json:"text"`
		Blocks []block `json:"blocks"`
	}{strings.TrimSpace(slackSafe(cut(t.Title, 300)) + " " + t.Link), blocks}
}

// details are where a finding is and what it says, as much of both as a chat shows.
func details(x Item) string {
	return strings.TrimSpace(cut(x.Where, 600) + "\n" + cut(x.Says, 600))
}

// slackSafe leaves no mark by which Slack would link, mention or call anybody.
func slackSafe(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

// Teams is a message of a webhook of Teams' Workflows: an Adaptive Card, whose runs of text know no marks.
func (t Text) Teams() any {
	type run struct {
		Type   string `json:"type"`
		Text   string `json:"text"`
		Weight string `json:"weight,omitempty"`
	}
	type element struct {
		Type    string `json:"type"`
		Inlines []run  `json:"inlines"`
		Spacing string `json:"spacing,omitempty"`
	}
	type action struct {
		Type  string `json:"type"`
		Title string `json:"title"`
		URL   string `json:"url"`
	}
	type card struct {
		Schema  string    `json:"$schema"`
		Type    string    `json:"type"`
		Version string    `json:"version"`
		Body    []element `json:"body"`
		Actions []action  `json:"actions,omitempty"`
	}
	type attachment struct {
		ContentType string `json:"contentType"`
		Content     card   `json:"content"`
	}
	said := func(spacing, weight string, lines ...string) element {
		return element{Type: "RichTextBlock", Spacing: spacing, Inlines: []run{{Type: "TextRun", Text: strings.Join(lines, "\n"), Weight: weight}}}
	}
	c := card{Schema: "http://adaptivecards.io/schemas/adaptive-card.json", Type: "AdaptiveCard", Version: "1.4", Body: []element{said("", "Bolder", cut(t.Title, 300))}}
	if len(t.Lines) > 0 {
		c.Body = append(c.Body, said("Small", "", cut(strings.Join(t.Lines, "\n"), 2000)))
	}
	bytes, shown := 0, 0
	for _, x := range t.Items {
		e := said("Medium", "Bolder", x.Head+" ("+x.Event+")")
		if rest := details(x); rest != "" {
			e.Inlines = append(e.Inlines, run{Type: "TextRun", Text: "\n" + rest})
		}
		b, err := json.Marshal(e) // as it goes out: one sign may take six bytes
		if bytes += len(b); err != nil || bytes > teamsBytes {
			break
		}
		c.Body = append(c.Body, e)
		shown++
	}
	if s := t.rest(len(t.Items) - shown); s != "" {
		c.Body = append(c.Body, said("Medium", "", s))
	}
	if len(t.Below) > 0 {
		c.Body = append(c.Body, said("Medium", "", cut(strings.Join(t.Below, "\n"), 2000)))
	}
	if t.Link != "" {
		c.Actions = []action{{"Action.OpenUrl", t.Open, t.Link}}
	}
	return struct {
		Type        string       `json:"type"`
		Attachments []attachment `json:"attachments"`
	}{"message", []attachment{{"application/vnd.microsoft.card.adaptive", c}}}
}

// cut leaves the beginning of a text, in whole characters.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most -= len("…"); most > 0 && !utf8.RuneStart(s[most]); most-- {
	}
	return s[:most] + "…"
}
