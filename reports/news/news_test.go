package news

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

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

// strangers are what stores may be called: each tries to be more than a name.
func strangers() []string {
	return []string{"@octo/all", "<!channel> <@U012AB3CD> <https://evil.example|click>", "@here @channel *bold* _x_ ~y~ `z`", "fixes #1, closes GH-2", "[x](https://evil.example) ![x](y)", "https://evil.example www.evil.example",
		"x\n/close\n/assign @me", "x\r\nBcc: all@example.com\r\n\r\nbody", "{noformat}[~admin] !x.png! {color:red}", "{NoFormat}", "<script>alert(1)</script><img src=x>", "</pre>&lt;b&gt;", "\x1b[2J\u202egnp.exe\u2066\u200b",
		"{{DATE(2026-01-01)}} ${x} @{y}", "```\n# heading\n| a |\n---", "😀👩‍👩‍👧", "bad\xffutf8\xc3", "", strings.Repeat("<&>'\"", 4000), strings.Repeat("🧨", 3000)}
}

// hostile is a message whose every name is a stranger's.
func hostile(names ...string) Message {
	at := time.Date(2026, 11, 28, 2, 30, 0, 0, time.UTC)
	m := Message{Format: Format, ID: "1", Kind: history.NewsNotice, At: at, Schedule: "nightly", Scan: &Scan{ID: "s", Started: at, State: history.Complete}, Link: "https://probity.example/scans/s", More: 3}
	for i, n := range names {
		f := FindingOf(history.Happened{Known: history.Known{Fingerprint: "f", Event: history.Appeared, Cause: cause.Estate, Rule: n, Severity: probity.High, Asset: probity.Ref{Root: n, ID: n},
			Scope: probity.Scope{Provider: "aws", Account: n, Region: n}, Message: n + " is open", FirstSeen: at}, Whose: n}, n, "https://probity.example", true)
		if i%5 == 4 {
			f.Link = ""
		}
		m.Findings = append(m.Findings, f)
	}
	m.Counts.New = len(m.Findings) + m.More
	return m
}

// TestFormsInValidators: the libraries of Slack and of Adaptive Cards, and GitHub's renderer, take messages with whatever names there are, and
// no name is a mark, a link or a mention in them.
func TestFormsInValidators(t *testing.T) {
	t.Parallel()
	python := os.Getenv("PROBITY_VALIDATORS")
	if python == "" {
		t.Fatal("PROBITY_VALIDATORS is not set to a Python that has the validators of formats; run make test, which installs them")
	}
	dir := t.TempDir()
	args, want, broken := []string{filepath.Join("..", "testdata", "validate.py")}, 0, map[string]bool{}
	judged := func(kind, name, text string) {
		file := filepath.Join(dir, name+"."+kind)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, kind, file)
		want++
	}
	messages := samples()
	messages["strangers"], messages["more strangers"] = hostile(strangers()...), hostile(slices.Repeat(strangers(), 10)...)
	for name, m := range messages {
		text := Of(m, nil)
		judged("markdown", name, text.Markdown())
		for kind, form := range map[string]any{"slack": text.Slack(), "teams": text.Teams()} {
			raw, err := json.Marshal(form)
			if err != nil {
				t.Fatal(err)
			}
			judged(kind, name, string(raw))
		}
	}
	for kind, text := range map[string]string{"markdown": "see @octo/all", "slack": `{"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "<!channel>"}}]}`,
		"teams": `{"attachments": [{"content": {"type": "AdaptiveCard", "version": "1.4", "body": [{"type": "Poem"}]}}]}`} {
		judged(kind, "broken", text)
	}
	out, err := exec.CommandContext(t.Context(), python, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("running %s: %v\n%s", python, err, out)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		kind, _, _ := strings.Cut(line, " ")
		switch done := strings.HasSuffix(line, ": judged"); {
		case done:
			want--
		case strings.Contains(line, "broken."):
			broken[kind] = true
		default:
			t.Error(line)
		}
	}
	if want != 0 || len(broken) != 3 {
		t.Errorf("%d messages were not judged, and spoilt ones refused are %v", want, broken)
	}
}

// TestNamesStayNames: in texts without marks each name is on one line, hides nothing, and in Jira's stays in the block of no format.
func TestNamesStayNames(t *testing.T) {
	t.Parallel()
	for _, name := range strangers() {
		text := Of(hostile(name), nil)
		for form, got := range map[string]string{"title": text.Title, "plain": text.Plain(), "wiki": text.Wiki(), "markdown": text.Markdown()} {
			if i := strings.IndexFunc(got, func(r rune) bool {
				return (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) && r != '\n' && (form != "wiki" || r != '\u200b')
			}); i >= 0 || !utf8.ValidString(got) {
				t.Errorf("%q, %s: hides something: %q", name, form, got[max(0, i):min(len(got), max(0, i)+40)])
			}
			if form != "title" && len(got) > 30_000 { // Jira takes 32,767 characters, GitHub 65,536
				t.Errorf("%q, %s: %d bytes", name, form, len(got))
			}
			for _, line := range strings.Split(got, "\n") {
				if strings.HasPrefix(line, "/") || strings.HasPrefix(line, "Bcc:") {
					t.Errorf("%q, %s: a line of its own: %q", name, form, line)
				}
			}
		}
		wiki := text.Wiki()
		end := strings.LastIndex(wiki, "{noformat}\n")
		if !strings.HasPrefix(wiki, "{noformat}\n") || strings.Contains(strings.ToLower(wiki[10:end]), "{noformat") || wiki[end:] != "{noformat}\nOpen in Probity: https://probity.example/scans/s\n" {
			t.Errorf("%q: gets out of its block: %.300q", name, wiki)
		}
	}
}

// TestChatsCount: of findings that a chat has no room for, it tells how many there are.
func TestChatsCount(t *testing.T) {
	t.Parallel()
	text := Of(hostile(slices.Repeat([]string{strings.Repeat("<", 2000)}, 60)...), nil)
	for name, c := range map[string]struct {
		form any
		item string
	}{"slack": {text.Slack(), `"mrkdwn"`}, "teams": {text.Teams(), `"weight":"Bolder"`}} {
		raw, err := json.Marshal(c.form)
		if err != nil {
			t.Fatal(err)
		}
		shown := strings.Count(string(raw), c.item) - 1 // the link, the title
		if name == "slack" {
			shown += 4 // every fifth has no link of its own
		}
		if say := fmt.Sprintf("and %d more", 63-shown); shown < 2 || !strings.Contains(string(raw), say) {
			t.Errorf("%s shows %d of 63, and does not say %q", name, shown, say)
		}
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
