package reports

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"regexp"
	"strings"
	"testing"

	"github.com/probity-scan/probity"
)

func htmlOf(t *testing.T, s probity.Scan, o HTMLOptions) string {
	t.Helper()
	var b bytes.Buffer
	if err := HTML(&b, s, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestHTML(t *testing.T) {
	t.Parallel()
	golden(t, "clinic.html", []byte(htmlOf(t, clinic(), HTMLOptions{})))
}

func TestHTMLLoadsAndRunsNothing(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]probity.Scan{"clinic": clinic(), "hostile": hostile(), "empty": {}} {
		got := htmlOf(t, s, HTMLOptions{})
		if bad := regexp.MustCompile(`(?i)<script|<link|<[^>]+\s(on\w+|src|style)=|href="[^#h]|@import|url\(|ZgotmplZ|<no value>`).FindString(got); bad != "" {
			t.Errorf("%s: the page holds %q", name, bad)
		}
		style := regexp.MustCompile(`(?s)<style>(.*?)</style>`).FindStringSubmatch(got)
		sum := sha256.Sum256([]byte(style[1]))
		if policy := "default-src &#39;none&#39;; style-src &#39;sha256-" + strings.ReplaceAll(base64.StdEncoding.EncodeToString(sum[:]), "+", "&#43;") + "&#39;"; !strings.Contains(got, policy) {
			t.Errorf("%s: the policy does not allow the page's own style: want %s", name, policy)
		}
	}
}

func TestHTMLShowsHostileNamesAsTheyAre(t *testing.T) {
	t.Parallel()
	got := htmlOf(t, hostile(), HTMLOptions{})
	for _, bad := range []string{"\x1b", "\u202e", "\xff", "<script"} {
		if strings.Contains(got, bad) {
			t.Errorf("%q is in the page", bad)
		}
	}
	if !strings.Contains(got, `\x1b[2J\u202egnp.exe`) {
		t.Error("what was hidden is not spelled out")
	}
}

// The page is for people who listen to it or use keys alone: axe in a browser tells more, this much holds always.
func TestHTMLStructure(t *testing.T) {
	t.Parallel()
	got := htmlOf(t, clinic(), HTMLOptions{})
	for want, n := range map[string]int{"<h1": 1, "<main": 1, `<html lang="en"`: 1, `class="skip"`: 1, "<nav aria-label=": 1} {
		if c := strings.Count(got, want); c != n {
			t.Errorf("%d of %s, want %d", c, want, n)
		}
	}
	level := 0
	for _, h := range regexp.MustCompile(`<h([1-6])`).FindAllStringSubmatch(got, -1) {
		l := int(h[1][0] - '0')
		if l > level+1 {
			t.Errorf("a heading of level %d follows one of level %d", l, level)
		}
		level = l
	}
	for _, table := range strings.Split(got, "<table")[1:] {
		table, _, _ = strings.Cut(table, "</table>")
		if !strings.Contains(table, "<caption") || !strings.Contains(table, `scope="col"`) || !strings.Contains(table, `scope="row"`) {
			t.Errorf("a table without caption or scopes: %.80s", table)
		}
	}
	ids := map[string]bool{}
	for _, id := range regexp.MustCompile(` id="([^"]+)"`).FindAllStringSubmatch(got, -1) {
		if ids[id[1]] {
			t.Errorf("id %s stands twice", id[1])
		}
		ids[id[1]] = true
	}
	for _, ref := range regexp.MustCompile(`(?:href="#|aria-labelledby=")([^"]+)"`).FindAllStringSubmatch(got, -1) {
		for _, id := range strings.Fields(ref[1]) {
			if !ids[id] {
				t.Errorf("nothing has the id %s", id)
			}
		}
	}
}

func TestHTMLSaysWhatItHides(t *testing.T) {
	t.Parallel()
	many := clinic()
	var outcomes []probity.Outcome
	for i := range 300 {
		a := tf("aws_s3_bucket.b" + strings.Repeat("x", i))
		outcomes = append(outcomes, failing("versioning", a, probity.Low, "no versions", ev(a, "resilience.versioning", false, pos(mainTF, i+1, 1))))
	}
	many.Outcomes = over(outcomes)
	got := htmlOf(t, many, HTMLOptions{Findings: 20, Rows: 3})
	for _, want := range []string{"280 more findings of this rule are not told in full", "6 more assets not on this page", "5 more places not on this page"} {
		if !strings.Contains(got, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

func TestProse(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"one\n\ntwo `x < y`":              "<p>one</p><p>two <code>x &lt; y</code></p>",
		"```hcl\na = \"<b>\"\n```\nafter": "<pre><code>a = &#34;&lt;b&gt;&#34;</code></pre><p>after</p>",
		"a lone ` and <i>":                "<p>a lone ` and &lt;i&gt;</p>",
		"":                                "",
	} {
		if got := string(prose(in)); got != want {
			t.Errorf("%q: got %s, want %s", in, got, want)
		}
	}
}

// What applies comes first; of what does not, as declared, the page says that and why, and no more.
func TestHTMLOrdersFrameworks(t *testing.T) {
	t.Parallel()
	s := clinic()
	law := func(id string, a probity.Applies) probity.Framework {
		return probity.Framework{ID: id, Title: "The law " + id, Controls: []probity.Control{{ID: id + "-1", Title: "control of " + id}}, Standing: &probity.Standing{Applies: a, Because: []string{"because of " + id}}}
	}
	s.Frameworks = []probity.Framework{law("outside", probity.OutOfScope), law("maybe", probity.NotSaid), law("inside", probity.InScope)}
	got := htmlOf(t, s, HTMLOptions{})
	at := func(text string) int { return strings.Index(got, text) }
	if !(0 < at("The law inside") && at("The law inside") < at("The law maybe") && at("The law maybe") < at("1 framework out of scope as declared") && at("1 framework out of scope as declared") < at("The law outside")) {
		t.Error("frameworks do not come in the order of what applies")
	}
	if at("because of outside") < 0 || at("control of outside") >= 0 || at("control of maybe") < 0 {
		t.Error("the page does not say why a framework is out of scope, or lists its controls")
	}
}
