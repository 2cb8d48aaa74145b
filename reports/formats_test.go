package reports

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/probity-scan/probity"
)

// formatted is the scan in the format of that name, as the command writes it.
func formatted(t *testing.T, name string, s probity.Scan) string {
	t.Helper()
	i := slices.IndexFunc(Formats(), func(f Format) bool { return f.Name == name })
	if i < 0 {
		t.Fatalf("no format %s", name)
	}
	f := Formats()[i]
	if f.Public {
		s = Public(s)
	}
	var b bytes.Buffer
	if err := f.Write(&b, s); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestFormats(t *testing.T) {
	t.Parallel()
	for _, f := range Formats() {
		if f.Public {
			golden(t, "clinic."+f.Name, []byte(formatted(t, f.Name, clinic())))
		}
		golden(t, "gated."+f.Name, []byte(formatted(t, f.Name, gated())))
	}
}

// However many things are wrong with names, no format lets one act: on a terminal, a runner, a page, a parser.
func TestFormatsAreSafeFromNames(t *testing.T) {
	t.Parallel()
	for _, f := range Formats() {
		for _, s := range []probity.Scan{hostile(), shouting()} {
			got := formatted(t, f.Name, s)
			if i := strings.IndexFunc(got, func(r rune) bool { return hidden(r) && r != '\n' }); i >= 0 && !slices.Contains([]string{"json", "ndjson", "sarif", "github-sarif"}, f.Name) { // these hold IDs as they are
				t.Errorf("%s holds a hidden character: %q", f.Name, got[max(0, i-40):min(len(got), i+40)])
			}
			if !utf8.ValidString(got) {
				t.Errorf("%s is not UTF-8", f.Name)
			}
		}
	}
}

// shouting is a scan whose names are commands of runners, markup and very long.
func shouting() probity.Scan {
	s := hostile()
	var out []probity.Outcome
	for _, name := range []string{"::add-mask::x", "\n::set-output name=a::b", "##[error]x", "a%0A::warning::b", "a|b\\|c", "@octo/all #1 https://evil.example www.evil.example",
		"```\n# heading", "--> <!-- ", "]]>", "![x](y)", strings.Repeat("long`|<%:,", 3_000), ""} {
		o := failing("r", tf(name), probity.High, name, ev(tf(name), "encryption.at_rest", name, pos(name, 2, 1)))
		out = append(out, o, unknown("r", tf(name), gap(tf(name), "labels", probity.Gap{Reason: probity.Denied, Needs: name, Because: name}, nil)))
	}
	s.Outcomes = over(out)
	return s
}

func TestGitHubCommands(t *testing.T) {
	t.Parallel()
	command := regexp.MustCompile(`^::(error|warning|notice) (?:file=[^,:]*,(?:line=\d+,col=\d+,)?)?title=[^,:]*::[^\n]+$`)
	for name, s := range map[string]probity.Scan{"clinic": clinic(), "gated": gated(), "hostile": hostile(), "shouting": shouting(), "empty": {}, "estate": estate(500)} {
		count := map[string]int{}
		for _, line := range strings.Split(strings.TrimSuffix(formatted(t, "github", s), "\n"), "\n") {
			m := command.FindStringSubmatch(line)
			if m == nil {
				t.Errorf("%s: no command: %.200s", name, line)
				continue
			}
			count[m[1]]++
		}
		for kind, n := range count {
			if n > 10 {
				t.Errorf("%s: %d annotations of kind %s, and GitHub shows 10", name, n, kind)
			}
		}
		if count["notice"] == 0 {
			t.Errorf("%s: no word on the scan as a whole", name)
		}
	}
	got := formatted(t, "github", estate(500))
	if !strings.Contains(got, "more findings not annotated") {
		t.Errorf("does not say what is hidden:\n%s", got)
	}
}

func TestWorkflowEscapes(t *testing.T) {
	t.Parallel()
	if got, want := data("50%\r\n::x"), "50%25%0D%0A::x"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := property("a:b,c%"), "a%3Ab%2Cc%25"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A line of the terminal's summary is no command of a runner either: jobs print it.
func TestSummaryIsNoCommand(t *testing.T) {
	t.Parallel()
	for _, line := range strings.Split(formatted(t, "text", shouting()), "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "::") || strings.Contains(line, "##[") {
			t.Errorf("a runner obeys %.100q", line)
		}
	}
}

func TestMarkdownIsInert(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"markdown", "github-summary"} {
		got := formatted(t, name, shouting()) + formatted(t, name, hostile())
		for i, line := range strings.Split(got, "\n") {
			if line == MarkdownMarker || line == "" || strings.HasPrefix(line, "## Probity: ") || strings.HasPrefix(line, "### ") {
				continue
			}
			bare := strings.ReplaceAll(withoutSpans(line), "&#8203;", "")
			if m := regexp.MustCompile(`(^|[^\\])[<>!\[\]|~_]|://|www\.|(^|[^\\])[@#]|<!--`).FindString(bare); m != "" {
				t.Errorf("%s, line %d: %q acts in %.200s", name, i, m, bare)
			}
		}
	}
}

// withoutSpans takes out code as CommonMark finds it (0.31, 6.1): between runs of backticks of one length.
func withoutSpans(line string) string {
	var out strings.Builder
	for i := 0; i < len(line); {
		if line[i] == '\\' && i+1 < len(line) {
			out.WriteString(line[i : i+2])
			i += 2
			continue
		}
		n := len(line[i:]) - len(strings.TrimLeft(line[i:], "`"))
		if n == 0 {
			out.WriteByte(line[i])
			i++
			continue
		}
		end := -1
		for j := i + n; j < len(line); j++ {
			if m := len(line[j:]) - len(strings.TrimLeft(line[j:], "`")); m == n {
				end = j + m
				break
			} else if m > 0 {
				j += m - 1
			}
		}
		if end < 0 {
			out.WriteString(line[i : i+n])
			i += n
			continue
		}
		i = end
	}
	return out.String()
}

func TestMarkdownText(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"@octo/all":              `\@&#8203;octo\/all`,
		"see #1 [x](y)":          `see \#&#8203;1 \[x\]\(y\)`,
		"<b>&amp;":               `&lt;b&gt;&amp;&#8203;amp\;`,
		"gh-12 and GH-x":         `gh&#8203;\-12 and GH\-x`,
		"https://x www.y.z a\nb": `https\:\/\/x www\.y\.z a b`,
	} {
		if want = strings.ReplaceAll(want, `\;`, ";"); MarkdownText(in) != want {
			t.Errorf("%q: got %s, want %s", in, MarkdownText(in), want)
		}
	}
	for in, want := range map[string]string{"a": "`a`", "a`b": "`` a`b ``", "``": "``` `` ```", "": "", "a\nb": "`a b`"} {
		if got := span(in); got != want {
			t.Errorf("%q: got %s, want %s", in, got, want)
		}
	}
}

func TestMarkdownLimits(t *testing.T) {
	t.Parallel()
	many := estate(800)
	many.Trouble = slices.Repeat(shouting().Trouble, 50)
	for name, most := range map[string]int{"markdown": maxComment, "github-summary": maxSummary} {
		for which, s := range map[string]probity.Scan{"many": many, "shouting": shouting()} {
			got := formatted(t, name, s)
			if len(got) > most {
				t.Errorf("%s of %s: %d bytes, and hosts take %d", name, which, len(got), most)
			}
			for _, want := range []string{"The scan is incomplete", "- … and ", "### Unknown", "### Not read"} {
				if !strings.Contains(got, want) && (which == "many" || want != "- … and ") {
					t.Errorf("%s of %s does not say %q", name, which, want)
				}
			}
		}
	}
	if !strings.HasPrefix(formatted(t, "markdown", clinic()), MarkdownMarker+"\n") {
		t.Error("no marker on the first line")
	}
}

// What was lost, or is unknown, shows in every format: none reads as clean.
func TestNoFormatIsSilentOnLosses(t *testing.T) {
	t.Parallel()
	lost := probity.Scan{Header: probity.Header{Targets: []string{"./infra"}, Started: now(), Trouble: []probity.Trouble{{What: "target ./infra", Gap: probity.Gap{Reason: probity.Unreadable, Because: "it broke"}}}}}
	for _, f := range Formats() {
		got := formatted(t, f.Name, lost)
		if !strings.Contains(strings.ReplaceAll(got, `\`, ""), "it broke") {
			t.Errorf("%s does not tell the loss:\n%s", f.Name, got)
		}
		open := probity.Scan{Header: lost.Header, Outcomes: over([]probity.Outcome{unknown("r", tf("a"), gap(tf("a"), "encryption.at_rest", probity.Gap{Reason: probity.Unresolved, Needs: "variable v"}, nil))})}
		open.Trouble = nil
		if got := formatted(t, f.Name, open); !strings.Contains(got, "unknown") {
			t.Errorf("%s does not tell what is unknown:\n%s", f.Name, got)
		}
	}
}

func TestGitLabQualityShape(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]probity.Scan{"clinic": clinic(), "gated": gated(), "hostile": hostile(), "shouting": shouting(), "empty": {}} {
		var issues []qualityIssue
		if err := json.Unmarshal([]byte(formatted(t, "gitlab-codequality", s)), &issues); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		seen := map[string]bool{}
		for _, i := range issues {
			if i.Description == "" || i.Check == "" || i.Fingerprint == "" || i.Location.Path == "" || strings.HasPrefix(i.Location.Path, "./") || i.Location.Lines.Begin < 1 ||
				!slices.Contains([]string{"info", "minor", "major", "critical", "blocker"}, i.Severity) {
				if name != "shouting" {
					t.Errorf("%s: %+v lacks something", name, i)
				}
			}
			if seen[i.Fingerprint] {
				t.Errorf("%s: fingerprint %s stands twice: GitLab would drop one", name, i.Fingerprint)
			}
			seen[i.Fingerprint] = true
		}
	}
}

// What GitLab's schema of SAST reports 15.0.7 asks for, all of it that is written. The schema itself is in no registry that tests install
// from: docs/formats/README.md.
func TestGitLabSASTShape(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]probity.Scan{"clinic": clinic(), "gated": gated(), "hostile": hostile(), "shouting": shouting(), "empty": {}} {
		var doc struct {
			Version         string
			Scan            sastScan
			Vulnerabilities []sastFinding
		}
		dec := json.NewDecoder(strings.NewReader(formatted(t, "gitlab-sast", s)))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&doc); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		moment := regexp.MustCompile(`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$`)
		if !regexp.MustCompile(`^15\.\d+\.\d+$`).MatchString(doc.Version) || doc.Scan.Type != "sast" || !moment.MatchString(doc.Scan.Start) || !moment.MatchString(doc.Scan.End) ||
			!slices.Contains([]string{"success", "failure"}, doc.Scan.Status) {
			t.Errorf("%s: scan %+v", name, doc.Scan)
		}
		for _, tool := range []sastTool{doc.Scan.Analyzer, doc.Scan.Scanner} {
			if tool.ID == "" || tool.Name == "" || tool.Version == "" || tool.Vendor["name"] == "" || !strings.HasPrefix(tool.URL, "https://") {
				t.Errorf("%s: tool %+v", name, tool)
			}
		}
		for _, m := range doc.Scan.Messages {
			if m.Value == "" || !slices.Contains([]string{"info", "warn", "fatal"}, m.Level) {
				t.Errorf("%s: message %+v", name, m)
			}
		}
		ids := map[string]bool{}
		for _, v := range doc.Vulnerabilities {
			if !regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(v.ID) || ids[v.ID] {
				t.Errorf("%s: id %s is none, or stands twice", name, v.ID)
			}
			ids[v.ID] = true
			if len([]rune(v.Name)) > 255 || len(v.Description) > 1<<20 || len([]rune(v.Solution)) > 7000 || len(v.Identifiers) == 0 || v.Identifiers[0].Value == "" || v.Location.Start < 1 ||
				!slices.Contains([]string{"Info", "Unknown", "Low", "Medium", "High", "Critical"}, v.Severity) {
				t.Errorf("%s: %+v", name, v)
			}
			for _, i := range v.Identifiers {
				if i.Type == "" || i.Name == "" || i.Value == "" {
					t.Errorf("%s: identifier %+v", name, i)
				}
			}
			for _, l := range v.Links {
				if !regexp.MustCompile(`^(https?|ftp)://.+`).MatchString(l.URL) {
					t.Errorf("%s: link %+v", name, l)
				}
			}
			for _, f := range v.Flags {
				if f.Type != "flagged-as-likely-false-positive" || f.Origin == "" || f.Description == "" {
					t.Errorf("%s: flag %+v", name, f)
				}
			}
		}
	}
}

// Of findings beyond the limit, also of those that are known or not yet asked, GitLab's formats tell how many there are.
func TestGitLabTellsWhatIsBeyondItsLimit(t *testing.T) {
	t.Parallel()
	s := clinic()
	s.Outcomes = func(yield func(probity.Outcome, error) bool) {
		for i := range MaxResults + 12 {
			o := failing("encryption-at-rest", tf(fmt.Sprint("b", i)), probity.High, "x", ev(tf("b"), "encryption.at_rest", false, pos("a.tf", i+1, 1)))
			switch {
			case i < 4: // waived, and not told of
				o = waived(o)
				o.Findings[0].Waiver.Kind = probity.AcceptedRisk
			case i < 8: // called false, which one of the formats flags
				o = waived(o)
				o.Findings[0].Waiver.Kind = probity.FalsePositive
			case i%2 == 0:
				o.Findings[0].State = probity.Unchanged
			case i%3 == 0:
				o.Findings[0].Later = true
			}
			if !yield(o, nil) {
				return
			}
		}
	}
	for format, c := range map[string]struct{ entry, say string }{
		"gitlab-codequality": {`"check_name":"encryption-at-rest"`, "4 findings more; the worst are here"},
		"gitlab-sast":        {`"value":"encryption-at-rest"`, "8 findings beyond the limit of this report; the worst are here"},
	} {
		got := formatted(t, format, s)
		if n := strings.Count(got, c.entry); n != MaxResults {
			t.Errorf("%s: %d findings, want %d", format, n, MaxResults)
		}
		if !strings.Contains(got, c.say) {
			t.Errorf("%s does not say %q", format, c.say)
		}
	}
}

func TestJUnitShape(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]probity.Scan{"clinic": clinic(), "gated": gated(), "hostile": hostile(), "shouting": shouting(), "empty": {}} {
		got := formatted(t, "junit", s)
		var doc struct {
			Suites []junitSuite `xml:"testsuite"`
		}
		if err := xml.Unmarshal([]byte(got), &doc); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, u := range doc.Suites {
			n := [3]int{}
			for _, c := range u.Cases {
				for i, r := range []*junitResult{c.Failure, c.Error, c.Skipped} {
					if r != nil {
						n[i]++
					}
				}
			}
			if len(u.Cases) == 0 || u.Tests != len(u.Cases) || n != [3]int{u.Failures, u.Errors, u.Skipped} {
				t.Errorf("%s: suite %s counts %d tests, %d %d %d, and has %d, %v", name, u.Name, u.Tests, u.Failures, u.Errors, u.Skipped, len(u.Cases), n)
			}
		}
		if strings.ContainsFunc(got, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }) {
			t.Errorf("%s: a control character is in the XML", name)
		}
	}
	if big := formatted(t, "junit", estate(maxCases/8+1)); !strings.Contains(big, "that passed") {
		t.Error("does not say that it leaves out what passed")
	}
}

// The instances of a block are one line for people, and one result each for machines.
func TestSameRuleAndLineOnce(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]int{"text": 1, "markdown": 1, "github-summary": 1, "github": 1} {
		got := formatted(t, name, gated())
		if n := strings.Count(strings.ReplaceAll(got, `\`, ""), "store[0].aws_s3_bucket.b is not encrypted at rest"); n != want {
			t.Errorf("%s: %d times, want %d", name, n, want)
		}
		for _, say := range []string{"5 times on this line", "called at infra/main.tf:10:1, infra/main.tf:20:1, infra/main.tf:30:1 and 2 more"} {
			if !strings.Contains(strings.Join(strings.Fields(strings.NewReplacer(`\`, "", "%3A", ":").Replace(got)), " "), say) {
				t.Errorf("%s does not say %q:\n%s", name, say, got)
			}
		}
		if strings.Contains(got, "store[1]") {
			t.Errorf("%s tells the second instance too", name)
		}
	}
	_, failed, _ := strings.Cut(formatted(t, "html", gated()), `<section id="failed"`)
	failed, _, _ = strings.Cut(failed, "</section>")
	if !strings.Contains(failed, "5 times") || strings.Contains(failed, "store[1]") {
		t.Error("html does not tell the instances once")
	}
	for _, name := range []string{"sarif", "github-sarif", "gitlab-codequality", "gitlab-sast"} {
		if n := strings.Count(strings.ReplaceAll(formatted(t, name, gated()), `\\`, ""), ".aws_s3_bucket.b is not"); n != 5 && !strings.Contains(name, "sast") {
			t.Errorf("%s: %d results, want 5", name, n)
		}
	}
}

func TestChoiceKeepsTheWorstOfALine(t *testing.T) {
	t.Parallel()
	c := choice{2, map[string]*group{}}
	for i, s := range []probity.Severity{probity.Low, probity.Medium, probity.Critical, probity.Low} {
		c.add(probity.Outcome{Rule: "r"}, probity.Finding{Place: pos("a.tf", 1+i%2, 1), Risk: probity.Risk{Severity: s}})
	}
	c.add(probity.Outcome{Rule: "r"}, probity.Finding{Place: pos("b.tf", 1, 1), Risk: probity.Risk{Severity: probity.High}})
	var got []string
	for _, s := range c.groups["r"].Items {
		got = append(got, place(s.Finding)+" "+string(s.Risk.Severity)+" "+thousands(s.Times))
	}
	if want := []string{"a.tf:1 critical 2", "b.tf:1 high 1"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
