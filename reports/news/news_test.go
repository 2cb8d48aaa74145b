package news

import (
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/invopop/jsonschema"
	valid "github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/cause"
	"github.com/probity-scan/probity/reports/history"
	"github.com/probity-scan/probity/reports/language"
)

var update = flag.Bool("update", false, "write generated files anew")

func generate(t *testing.T) []byte {
	t.Helper()
	r := &jsonschema.Reflector{ExpandedStruct: true, AllowAdditionalProperties: true}
	s := r.Reflect(Message{})
	s.ID = "https://github.com/probity-scan/probity/blob/main/reports/news/message.schema.json"
	s.Title, s.Description = "A notification of Probity, format "+Format, "docs/formats/notification.md tells it in words. Later minor versions only add members."
	b, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return append(b, '\n')
}

// TestSchema: it is that of the types, and messages pass it.
func TestSchema(t *testing.T) {
	t.Parallel()
	want := generate(t)
	if *update {
		if err := os.WriteFile("message.schema.json", want, 0o644); err != nil {
			t.Fatal(err)
		}
	} else if string(want) != Schema() {
		t.Error("message.schema.json is stale: run make generate")
	}
	doc, err := valid.UnmarshalJSON(strings.NewReader(string(want)))
	if err != nil {
		t.Fatal(err)
	}
	c := valid.NewCompiler()
	if err := c.AddResource("message", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("message")
	if err != nil {
		t.Fatal(err)
	}
	for name, m := range samples() {
		b, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		v, err := valid.UnmarshalJSON(strings.NewReader(string(b)))
		if err == nil {
			err = s.Validate(v)
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if v, err := valid.UnmarshalJSON(strings.NewReader(`{"format": 1}`)); err != nil || s.Validate(v) == nil {
		t.Error("what is no message passes")
	}
}

func samples() map[string]Message {
	at := time.Date(2026, 11, 28, 2, 30, 0, 0, time.UTC)
	of := func(kind history.NoticeKind, counts history.Tally) Message {
		return Message{Format: Format, ID: "1", Kind: kind, At: at, Schedule: "nightly", Counts: counts}
	}
	news := of(history.NewsNotice, history.Tally{New: 2, Worse: 1, Reopened: 1, Fixed: 3, Others: map[cause.Cause]int{cause.Tool: 4, cause.Coverage: 2}})
	news.Scan, news.Unknown, news.More, news.Link = &Scan{ID: "s", Started: at, State: history.Incomplete}, 2, 1, "https://probity.example/scans/s"
	news.Findings = []Finding{
		FindingOf(history.Happened{Known: history.Known{Fingerprint: "f", Event: history.Appeared, Cause: cause.Estate, Rule: "r", Severity: probity.High, Asset: probity.Ref{ID: "arn:aws:s3:::a"}, Scope: probity.Scope{Provider: "aws", Account: "1"}, Message: "it is open", FirstSeen: at},
			Whose: "team", Activities: []string{"billing"}, Categories: []probity.Category{probity.Contact}}, "No store is open", "https://probity.example", true),
		FindingOf(history.Happened{Known: history.Known{Fingerprint: "g", Event: history.Worsened, Cause: cause.Content, Rule: "r", Severity: probity.Critical, Asset: probity.Ref{ID: "hidden"}, Message: "hidden is open", FirstSeen: at}, Whose: "hidden"}, "", "", false),
	}
	missed := of(history.MissedNotice, history.Tally{Ticks: 2})
	missed.Counts.Why, _ = Missed()
	missed.Counts.Caught = true
	partly := of(history.NewsNotice, history.Tally{First: true})
	partly.Scan = &Scan{ID: "s", Started: at, State: history.Incomplete}
	return map[string]Message{"news": news, "first": of(history.NewsNotice, history.Tally{Stand: 7}), "partly": partly, "rules": of(history.NewsNotice, history.Tally{Others: map[cause.Cause]int{cause.Rule: 1}}),
		"failed": of(history.FailedNotice, history.Tally{Why: "planning: {x}"}), "missed": missed, "overdue": of(history.OverdueNotice, history.Tally{Ticks: 2, Since: at}), "never": of(history.OverdueNotice, history.Tally{Ticks: 2}), "test": {Format: Format, ID: "1", Kind: Test, At: at}}
}

// TestWords: what messages say in English; other languages say all of it by their catalogues.
func TestWords(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"news": `Probity nightly: 2 new findings, 1 worse, 1 open again, 3 fixed
Scan of 28 November 2026, 02:30 UTC
The scan is incomplete: something could not be read.

* high: No store is open (new)
  arn:aws:s3:::a, aws/1
  it is open
  https://probity.example/findings/f

* critical: r (worse)

and 1 more

6 verdicts changed for other reasons: release of Probity 4, what could be read 2; 2 unknown now

Open in Probity: https://probity.example/scans/s
`,
		"first": "Probity nightly: first scan, 7 findings\n",
		"partly": `Probity nightly: first scan, 0 findings
Scan of 28 November 2026, 02:30 UTC
The scan is incomplete: something could not be read.
`,
		"rules":   "Probity nightly: nothing that the estate changed\n\n1 verdict changed for another reason: rules 1\n",
		"failed":  "Probity nightly: the scan failed\nWhy: planning: {x}\n",
		"missed":  "Probity nightly: 2 scans were missed\nWhy: the server was not running\nThe last of them runs now.\n",
		"overdue": "Probity nightly: no whole scan for 2 intervals\nThe last one began: 28 November 2026, 02:30 UTC\n",
		"never":   "Probity nightly: no whole scan for 2 intervals\nThere was none yet.\n",
		"test":    "Probity: test message\nMessages of Probity arrive here.\n",
	}
	got := map[string]string{}
	for name, m := range samples() {
		text := Of(m, nil)
		got[name] = text.Title + "\n" + text.Plain()
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestForms: however much a message says, chats take it.
func TestForms(t *testing.T) {
	t.Parallel()
	m := samples()["news"]
	long := m.Findings[0]
	long.Message, long.Store = strings.Repeat("ü<&", 5000), strings.Repeat("n", 3000)
	for range 200 {
		m.Findings = append(m.Findings, long)
	}
	in, err := language.Of("de")
	if err != nil {
		t.Fatal(err)
	}
	text := Of(m, in)
	raw, err := json.Marshal(text.Slack())
	if err != nil {
		t.Fatal(err)
	}
	var slack struct {
		Blocks []struct{ Text struct{ Text string } }
	}
	if err := json.Unmarshal(raw, &slack); err != nil || len(slack.Blocks) > 50 {
		t.Errorf("%d blocks, %v, want 50 at most", len(slack.Blocks), err)
	}
	for _, b := range slack.Blocks {
		if len(b.Text.Text) > 3000 {
			t.Errorf("a block of %d bytes, want 3000 at most", len(b.Text.Text))
		}
	}
	raw, err = json.Marshal(text.Teams())
	if err != nil || len(raw) > 28<<10 {
		t.Errorf("a card of %d bytes, %v, want 28 KiB at most", len(raw), err)
	}
	page, err := text.HTML(in)
	if err != nil || !strings.Contains(page, `<html lang="de">`) || strings.Contains(page, "ü<&") {
		t.Errorf("a mail: %.300s %v", page, err)
	}
}
