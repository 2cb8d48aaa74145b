package content_test

import (
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/content"
)

func TestHTML(t *testing.T) {
	t.Parallel()
	run(t, map[string]edge{
		"blocks": {"a.html", "<!DOCTYPE html>\n<html><head><title>A &amp; B</title><style>p { x }</style></head><body><p>Ada  <b>Love</b>lace\n<br>Rome &lt;</p><div>x<ul><li>y</ul></div>z",
			[]string{"title|title|A & B", "||Ada Lovelace Rome <", "||x", "||y", "||z"}, content.HTML, 4, ""},
		"a table": {"a.htm", "<table><tr><th>Name<th>E-mail</tr><tr><td>Ada<td><a href=\"mailto:a@example.org\">a@example.org</a></tr><tr><td>Bob<td><p>b</p><p>c</p></table>x",
			[]string{"||Name", "||E-mail", "table.Name|Name|Ada", "links||mailto:a@example.org", "table.E-mail|E-mail|a@example.org", "table.Name|Name|Bob", "table.E-mail|E-mail|b c", "||x"}, content.HTML, 5, ""},
		"rows with headings": {"a.html", "<table><tr><th>Phone</th><td>030 1</td></tr><tr><td>x</td></tr></table>", []string{"||Phone", "table.Phone|Phone|030 1", "table||x"}, content.HTML, 2, ""},
		"tables in tables":   {"a.html", "<table><tr><td><table><tr><td>x</td></tr></table></td></tr></table>", []string{"table||x"}, content.HTML, 1, ""},
		"a form": {"a.html", "<form action='/x?u=1'><input name=email value=\"a@example.org\"><textarea name=note>hi <b></textarea><select name=sex><option value=f>female</select></form>",
			[]string{"links||/x?u=1", "form.email|email|a@example.org", "form.note|note|hi <b>", "form.sex|sex|f", "||female"}, content.HTML, 1, ""},
		"attributes":     {"a.html", "<meta name=author content=Ada><img alt='of Bob' src=data:x data-id=7><p title=t>", []string{"meta.author|author|Ada", "attributes||of Bob", "attributes||7", "attributes||t"}, content.HTML, 0, ""},
		"comments":       {"a.html", "<!-- by Ada --><script>var x = {a: 1}</script>", []string{"||by Ada", "script||var x = {a: 1}"}, content.HTML, 0, ""},
		"kept blanks":    {"a.html", "<pre>a\n  b</pre>", []string{"||a\n  b"}, content.HTML, 1, ""},
		"sniffed":        {"a", " \n<HTML><p>x", []string{"||x"}, content.HTML, 1, ""},
		"declared":       {"a.html", "<html><meta charset=windows-1251><p>\xdf\xed", []string{"||Ян"}, content.HTML, 1, ""},
		"never closed":   {"a.html", "<p>x<table><tr><td>y", []string{"||x", "table||y"}, content.HTML, 2, ""},
		"a cut tag":      {"a.html", "<p>x<a href=\"y", []string{"||x"}, content.HTML, 1, ""},
		"odd names":      {"a.html", "<input name=a@example.org value=x>", []string{"form||x"}, content.HTML, 0, ""},
		"part of a mail": {"a.eml", "From: a\nContent-Type: text/html\n\n<p>Ada</p>", []string{"From|From|a", "body.html||Ada"}, content.Mail, 2, ""},
	})
}

// TestHostileHTML: what never ends is told, and what repeats is bounded.
func TestHostileHTML(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		in, gap string
		most    int
	}{
		"tables":      {strings.Repeat("<table><tr><td>x", 20000), "", 20000},
		"attributes":  {"<p " + numbered("a%d=b ", 1<<16) + ">x", "unreadable: a tag of HTML has more than 10000 attributes", 1},
		"a long tag":  {"<p title=\"" + strings.Repeat("x", 17<<20), "unreadable: an element of HTML is longer than 8 MiB", 0},
		"a long cell": {"<table><td>" + strings.Repeat("word ", 1<<20), "", 100},
		"columns":     {"<table><tr>" + strings.Repeat("<th>name", 5000) + "<tr>" + strings.Repeat("<td>x", 5000), "", 10000},
		"a script":    {"<script>" + strings.Repeat("<p>x", 1<<20), "", 100},
	} {
		got, rep := read(t, "a.html", c.in, content.Options{})
		if len(got) > c.most || gap(rep.Gap) != c.gap {
			t.Errorf("%s: got %d cells, gap %q", name, len(got), gap(rep.Gap))
		}
	}
}
