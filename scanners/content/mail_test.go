package content_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/content"
)

func TestMail(t *testing.T) {
	t.Parallel()
	simple := "From: =?utf-8?q?Zo=C3=AB?= <zoe@example.org>\nTo: b@example.org\nSubject: Hi\n\nDear Bob\n"
	cells := []string{"From|From|Zoë <zoe@example.org>", "To|To|b@example.org", "Subject|Subject|Hi", "body||Dear Bob"}
	multi := strings.ReplaceAll("From: a@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\nnot read\n--B\nContent-Type: text/plain; charset=windows-1251\nContent-Transfer-Encoding: quoted-printable\n\n=CF=F0=E8 long=\n line\n--B\nContent-Type: text/csv; name=x.csv\nContent-Disposition: attachment; filename=\"../p.csv\"\nContent-Transfer-Encoding: base64\n\n", "\n", "\r\n") +
		base64.StdEncoding.EncodeToString([]byte(table)) + "\r\n--B--\r\n"
	run(t, map[string]edge{
		"simple":    {"a.eml", simple, cells, content.Mail, 2, ""},
		"sniffed":   {"a", "Received: from x\n" + simple, cells, content.Mail, 2, ""},
		"multipart": {"a.eml", multi, []string{"From|From|a@example.org", "body||При long line", "p.csv:id|id|1", "p.csv:name|name|A"}, content.Mail, 3, ""},
		"cut": {"a.eml", multi[:len(multi)-9], []string{"From|From|a@example.org", "body||При long line", "p.csv:id|id|1", "p.csv:name|name|A"}, content.Mail, 3,
			"unreadable: p.csv: unexpected end of mail stream, and 1 more files of the archive"},
		"encrypted":          {"a.eml", "From: a@example.org\nContent-Type: multipart/encrypted; boundary=B\n\n--B\n", []string{"From|From|a@example.org"}, content.Mail, 1, "unreadable: encrypted message"},
		"charset":            {"a.eml", "From: a@example.org\nContent-Type: text/plain; charset=x-none\n\nhi\n", []string{"From|From|a@example.org"}, content.Mail, 1, "unreadable: body: a charset that is not read"},
		"bytes of a charset": {"a.eml", "From: Zo\xeb\nContent-Type: text/plain; charset=koi8-r\n\n\xf0\xf2\xe9 \xd7\n", []string{"From|From|Zoë", "body||ПРИ в"}, content.Mail, 2, ""},
		"old bytes":          {"a.eml", "From: a\n\nZo\xeb\n", []string{"From|From|a", "body||Zoë"}, content.Mail, 2, ""},
		"no headers":         {"a.eml", "hello\n", nil, content.Mail, 1, "unreadable: headers of a message are damaged"},
		"a line in headers":  {"a.eml", "From: a@example.org\nhello\nTo: b\n\nhi\n", []string{"From|From|a@example.org", "body||To: b", "body||hi"}, content.Mail, 4, "unreadable: headers of a message are damaged"},
		"parts in parts":     {"a.eml", nestedParts(25), nil, content.Mail, 1, "unreadable: parts of a message in parts, more than 20 deep"},
		"mbox":               {"a.mbox", "From x Sat Jan  3 01:05:34 1996\n" + simple + "From here on\n\nFrom y Sat Jan  3 01:05:34 1996\n" + simple, append(append(cells[:4:4], "body||From here on", cells[0]), cells[1:]...), content.Mbox, 6, ""},
	})
	deep := "From: a@example.org\n\nhi\n"
	for range 6 {
		deep = "From: a@example.org\nContent-Type: message/rfc822\n\n" + deep
	}
	if _, rep := read(t, "a.eml", deep, content.Options{}); !strings.HasSuffix(gap(rep.Gap), "archives in archives, more than 3 deep") {
		t.Errorf("got gap %q, want the depth", gap(rep.Gap))
	}
}

// nestedParts is a message of parts in parts.
func nestedParts(deep int) string {
	var b strings.Builder
	for i := range deep {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=B%dX\n\n--B%dX\n", i, i)
	}
	for i := deep - 1; i >= 0; i-- {
		fmt.Fprintf(&b, "\n--B%dX--\n", i)
	}
	return b.String()
}
