package content_test

import (
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/content"
)

func TestXML(t *testing.T) {
	t.Parallel()
	run(t, map[string]edge{
		"elements": {"a.xml", "<?xml version=\"1.0\"?>\n<people xmlns:p=\"u\">\n <p:person id=\"7\"><email>a@example.org</email>\n<note>x <b>bold</b> y &amp; <![CDATA[<z>]]></note></p:person>\n <person/>\n</people>\n",
			[]string{"people.person.id|id|7", "people.person.email|email|a@example.org", "people.person.note|note|x ", "people.person.note.b|b|bold", "people.person.note|note| y & <z>"}, content.XML, 2, ""},
		"sniffed":                  {"a", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>Zo\xeb</a>", []string{"a|a|Zoë"}, content.XML, 0, ""},
		"UTF-16":                   {"a.xml", utf16le("\ufeff<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>Zoë</a>"), []string{"a|a|Zoë"}, content.XML, 0, ""},
		"another charset":          {"a.xml", "<?xml version=\"1.0\" encoding=\"KOI8-R\"?><a>\xf0</a>", []string{"a|a|П"}, content.XML, 0, ""},
		"no charset that is known": {"a.xml", "<?xml version=\"1.0\" encoding=\"x-none\"?><a>x</a>", []string{"||><a>x</a>"}, content.XML, 1, "unreadable: malformed XML at line 1"},
		"cut":                      {"a.xml", "<a>\n<b>x</b><c>y", []string{"a.b|b|x", "a.c|c|y"}, content.XML, 2, "unreadable: malformed XML at line 2"},
		"entities":                 {"a.xml", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\"><!ENTITY y \"&x;&x;\">]>\n<a>&y;</a>", []string{"||DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\"><!ENTITY y \"&x;&x;\">]", "a|a|&y;"}, content.XML, 0, ""},
		"comments":                 {"a.xml", "<a>x<!-- by Ada --><b/></a>", []string{"a|a|x", "||by Ada"}, content.XML, 1, ""},
		"overlap":                  {"a.xml", "<a><b>x</a></b>\n<c>y</c>", []string{"a.b|b|x", "||>", "||<c>y</c>"}, content.XML, 3, "unreadable: malformed XML at line 1"},
	})
	if _, rep := read(t, "a.xml", strings.Repeat("<a>", 10001), content.Options{}); gap(rep.Gap) != "unreadable: nested deeper than 10000 levels at line 1" {
		t.Errorf("got gap %q, want the depth", gap(rep.Gap))
	}
}
