package privacy

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
)

func breach(t *testing.T, e *Estate) Breach {
	t.Helper()
	store, err := e.Find(bucket)
	if err != nil {
		t.Fatal(err)
	}
	gdpr, _ := FindRegime("GDPR")
	return BreachOf(e, store, Incident{Aware: now().Add(-10 * time.Hour), Role: "controller", Regimes: []Regime{gdpr}, Seen: []Seen{{now(), true, probity.Known(true, nil)}}})
}

func TestPapers(t *testing.T) {
	t.Parallel()
	e := estate(t, shop(), declarations()...)
	for name, p := range papers(t, e) {
		var md, html, table bytes.Buffer
		b, err := json.MarshalIndent(p, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Paper(nil).Markdown(&md); err != nil {
			t.Fatal(err)
		}
		if err := p.Paper(nil).HTML(&html); err != nil {
			t.Fatal(err)
		}
		if err := p.Paper(nil).CSV(&table); err != nil {
			t.Fatal(err)
		}
		golden(t, name+".json", append(b, '\n'))
		golden(t, name+".md", md.Bytes())
		golden(t, name+".csv", table.Bytes())
		for form, text := range map[string]string{"markdown": strings.ReplaceAll(md.String(), `\`, ""), "html": html.String(), "csv": table.String(), "json": string(b)} {
			if !strings.Contains(text, "The scan is incomplete") || !strings.Contains(text, "rds:DescribeDBInstances") {
				t.Errorf("%s as %s does not tell what was lost", name, form)
			}
		}
	}
}

// What strangers call things is text in each form.
func TestPapersAreInert(t *testing.T) {
	t.Parallel()
	s := shop()
	evil := probity.Asset{Ref: probity.Ref{ID: "<script>alert(1)</script>|`[x](https://evil.example)\x1b[2J\u202e"}, Class: probity.Bucket,
		Labels: probity.Whole(nil, label(probity.Contact, "email", "=cmd()|<b>", 1, 1, 1, 1)), Activities: probity.Whole[probity.Activity](nil)}
	s.Assets = over(evil)
	e := estate(t, s)
	var out bytes.Buffer
	for _, p := range []reports.Paper{RecordOf(e).Paper(nil), BreachOf(e, e.Stores[0], Incident{}).Paper(nil), ErasureOf(e, Wanted{}).Paper(nil)} {
		for _, write := range []func() error{func() error { return p.HTML(&out) }, func() error { return p.Markdown(&out) }, func() error { return p.CSV(&out) }} {
			if err := write(); err != nil {
				t.Fatal(err)
			}
		}
		text := out.String()
		if strings.ContainsAny(text, "\x1b\u202e") || strings.Contains(p.Title, "<script>") && strings.Contains(text, "<h1 id=\"summary-h\">Scope of a breach of <script>") || strings.Contains(text, ",=cmd") {
			t.Errorf("a name acts in %q", p.Title)
		}
	}
}
