package detectors

import (
	"bytes"

	"github.com/probity-scan/probity"
)

func email() Detector {
	return Detector{
		ID: "email", Title: "E-mail address", Category: probity.Contact,
		Words: []string{"email", "e-mail", "mail", "courriel", "correo", "correo electrónico", "posta", "posta elettronica", "e-post", "adres e-mail", "mailadres", "mailadresse", "adresse mail", "mailaddr", "emailaddr", "e-mailadresse", "邮箱", "电子邮件", "電子郵件", "メール", "メールアドレス", "이메일", "почта", "эл почта", "البريد الإلكتروني"},
		Find:  findEmail, At: AtSign,
		Alone: .9, Printed: .9, Named: .95, Proof: ByForm,
		Examples: func() []string {
			return []string{"anna.kowalska@poczta.example.pl", "j+tag@mail.example.org", "o'neill@a.ie", "jörg@müller.de", "https://example.org/unsubscribe?to=anna.m%40mail.example.com&x=1"[37:59]}
		},
		Counterexamples: []string{"package@1.2.3", "lodash@4.17.21", "@angular/core@17.0.1", "git@github.com:probity/x.git", "postgres://user@host:5432/db", "user@localhost", "@handle", "a@b", "logo@2x.png", "logo@2x.dark.png", "a@b.min.js.json"},
	}
}

// localByte reports whether a byte may stand before '@'; RFC 5322 allows more that nobody uses.
func localByte(c byte) bool {
	return isWord(c) || c == '.' || c == '_' || c == '-' || c == '+' || c == '%' || c == '\''
}

// findEmail widens '@', or %40 as URLs have it, to both sides, by no more than RFC 5321 allows (64 and 255).
func findEmail(b []byte, at int) Found {
	s, domain := at, at+1
	encoded := b[at] == '%'
	if encoded {
		domain = at + 3
	}
	for s > 0 && at-s <= 64 && localByte(b[s-1]) {
		if encoded && b[s-1] == '%' && (s+1 >= len(b) || b[s] != '2' || b[s+1]|0x20 != 'b') { // %2C ends what is before it, %2B is a plus
			s = min(s+2, at)
			break
		}
		s--
	}
	for s < at && !isWord(b[s]) {
		s++
	}
	e, dot := domain, 0
	for e < len(b) && e-at <= 255 && (isWord(b[e]) || b[e] == '-' || b[e] == '.' && e+1 < len(b) && isWord(b[e+1]) && e > domain) {
		if b[e] == '.' {
			dot = e
		}
		e++
	}
	for e > domain && b[e-1] == '-' {
		e--
	}
	if e < len(b) && b[e] == '<' && b[e-1] == 'E' && e-dot > 3 && b[e-2]-'a' < 26 {
		e-- // of Perl's E<gt>
	}
	switch {
	case s == at || at-s > 64 || b[at-1] == '.' || dot == 0 || e-dot < 3:
		return Found{}
	case s > 0 && b[s-1] == '@', e < len(b) && b[e] == '@', userinfo(b, s):
		return Found{} // a package, the user of a URL
	case e+1 < len(b) && b[e] == ':' && (isDigit(b[e+1]) || string(b[s:at]) == "git"):
		return Found{} // a host with its port, a git remote
	}
	if isFile(b[dot+1 : e]) { // the name of a file may be an address: jane@example.org.json
		e = dot
		dot = domain + bytes.LastIndexByte(b[domain:e], '.')
		if dot < domain || e-dot < 3 || isScale(b[domain:]) || isFile(b[dot+1:e]) {
			return Found{}
		}
	}
	for _, c := range b[dot+1 : e] { // the top level has letters only; xn-- has digits, and is rare
		if !isAlpha(c) && c < 0x80 {
			return Found{}
		}
	}
	if e-dot > len(".com") {
		switch string(bytes.ToLower(b[dot+1 : e])) {
		case "local", "internal", "localdomain":
			return Found{}
		}
	}
	return Found{s, e, Distinctive}
}

// isFile reports whether what follows the last dot is of a file and no domain.
func isFile(last []byte) bool {
	var low [4]byte
	if len(last) > len(low) {
		return false
	}
	for i, c := range last {
		low[i] = c | 0x20
	}
	switch string(low[:len(last)]) {
	case "png", "jpg", "jpeg", "gif", "svg", "webp", "js", "css", "json":
		return true
	}
	return false
}

// isScale reports whether a picture's scale stands there: logo@2x.dark.png.
func isScale(b []byte) bool {
	n := 0
	for n < len(b) && isDigit(b[n]) {
		n++
	}
	return n > 0 && n < len(b) && b[n]|0x20 == 'x'
}

// userinfo reports whether s follows "//" or "//user:", as in a URL.
func userinfo(b []byte, s int) bool {
	i := s
	for i > 0 && s-i < 64 && (isWord(b[i-1]) || b[i-1] == ':' || b[i-1] == '.' || b[i-1] == '-' || b[i-1] == '_') {
		i--
	}
	return i > 1 && b[i-1] == '/' && b[i-2] == '/'
}
