package news

import (
	"strings"
	"unicode/utf8"
)

// Bounds of the chats: Slack takes 50 blocks and 3000 characters of text in each, Teams 28 KiB a message.
const (
	slackText  = 2900
	slackItems = 40
	teamsBytes = 20 << 10
)

// Slack is a message of Slack's incoming webhooks, which others take too: text for who shows no blocks, and blocks.
func (t Text) Slack() any {
	type text struct {
		Type string `json:"type"`
		Text string `json:"text"`
	}
	type block struct {
		Type     string `json:"type"`
		Text     *text  `json:"text,omitempty"`
		Elements []text `json:"elements,omitempty"`
	}
	section := func(s string) block { return block{Type: "section", Text: &text{"mrkdwn", cut(s, slackText)}} }
	blocks := []block{{Type: "header", Text: &text{"plain_text", cut(t.Title, 150)}}}
	if len(t.Lines) > 0 {
		blocks = append(blocks, section(slackSafe(strings.Join(t.Lines, "\n"))))
	}
	for i, x := range t.Items {
		if i == slackItems {
			blocks = append(blocks, section("…"))
			break
		}
		head := slackSafe(cut(x.Head, 500))
		if x.Link != "" {
			head = "<" + x.Link + "|" + strings.NewReplacer("|", "¦").Replace(head) + ">"
		}
		lines := []string{head + " (" + slackSafe(x.Event) + ")"}
		for _, l := range []string{x.Where, x.Says} {
			if l != "" {
				lines = append(lines, slackSafe(cut(l, 800)))
			}
		}
		blocks = append(blocks, section(strings.Join(lines, "\n")))
	}
	if t.More != "" {
		blocks = append(blocks, section(slackSafe(t.More)))
	}
	if len(t.Below) > 0 {
		blocks = append(blocks, block{Type: "context", Elements: []text{{"mrkdwn", slackSafe(cut(strings.Join(t.Below, "\n"), slackText))}}})
	}
	if t.Link != "" {
		blocks = append(blocks, section("<"+t.Link+"|"+slackSafe(t.Open)+">"))
	}
	return struct {
		Text   string  `json:"text"`
		Blocks []block `json:"blocks"`
	}{slackSafe(cut(t.Title, 300)), blocks}
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
	bytes := 0
	for _, x := range t.Items {
		rest := cut(strings.TrimSpace(x.Where+"\n"+x.Says), 800)
		if bytes += len(x.Head) + len(rest) + 300; bytes > teamsBytes {
			c.Body = append(c.Body, said("Small", "", "…"))
			break
		}
		e := said("Medium", "Bolder", cut(x.Head, 500)+" ("+x.Event+")")
		if rest != "" {
			e.Inlines = append(e.Inlines, run{Type: "TextRun", Text: "\n" + rest})
		}
		c.Body = append(c.Body, e)
	}
	if t.More != "" {
		c.Body = append(c.Body, said("Medium", "", t.More))
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
