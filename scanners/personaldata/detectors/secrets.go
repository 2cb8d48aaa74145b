package detectors

import (
	"bytes"
	"encoding/base64"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/probity-scan/probity"
)

// Secrets that only the word before them tells.
func secrets() []Detector {
	behind := func(id, title string, words []string, named float64, find func([]byte, int) Found, examples, counterexamples []string) Detector {
		return Detector{ID: id, Title: title, Category: probity.Credential, Words: words, Find: find, At: Naming,
			Named: named, Examples: func() []string { return examples }, Counterexamples: counterexamples}
	}
	key := "q7Zt2LrVdX9wKcYb4NfHs6Jg1Pm3Qa5T"
	return []Detector{
		behind("password-field", "Password in clear text", passwordWords(), .8,
			findPassword, list("tr0ub4dor&3", "Winter2024!"), list("********", "${DB_PASSWORD}", "null", "UID:GID:GECOS:directory:shell", "(see")),
		behind("azure-credential", "Azure key", list("accountkey", "account key", "sharedaccesskey", "shared access key", "shared access signature", "azure storage key"), .95,
			findLongKey(40, 100), list(strings.Repeat(key, 2)+"aB3=="), list("short", "${KEY}", strings.Repeat("x", 64))),
		behind("kube-token", "Kubernetes key or token", list("client key data", "kubeconfig", "kube token"), .95,
			findLongKey(40, 1<<12), list(strings.Repeat(key, 2)), list("short", "${KEY}", strings.Repeat("x", 64))),
		behind("cookie-session", "Session identifier", list("session", "sessionid", "session id", "sid", "jsessionid", "phpsessid", "connect.sid", "cookie", "sid cookie"), .8,
			findLongKey(20, 256), list(key), list("short", "true", strings.Repeat("x", 40))),
		behind("basic-auth", "Basic authentication", list("authorization basic", "basic"), .9,
			findBasic, list("YWRtaW46c2VjcmV0MQ=="), list("short", "authentication", "MurmurHash2", strings.Repeat("x", 40))),
		behind("generic-high-entropy", "Secret of unknown kind", list("secret", "token", "api key", "apikey", "api token", "client secret", "credential", "secret token", "signing key", "encryption key"), .8,
			findLongKey(20, 256), list(key), list("short", "6d92078a-8246-4ba4-ae5b-76104861e7dc", strings.Repeat("x", 40))),
	}
}

// findPassword takes what is readable and no placeholder, hash or variable.
func findPassword(b []byte, at int) Found {
	const most = 64
	if at == 0 || b[at-1] > ' ' && strings.IndexByte("\"'=:,;\t(", b[at-1]) < 0 {
		if at > 0 {
			return Found{}
		}
	}
	e := at
	for e < len(b) && e-at <= most && b[e] > ' ' && strings.IndexByte("\"'`,;<>", b[e]) < 0 {
		e++
	}
	for e > at && (b[e-1] == '.' || b[e-1] == ')') {
		e--
	}
	v := b[at:e]
	if len(v) < 4 || len(v) > most || strings.IndexByte("(+/", v[0]) >= 0 || bytes.Count(v, []byte(":")) > 1 || expression(v) || !varied(v) || bytes.ContainsAny(v, "${}[]=\\") || hexed(v) {
		return Found{}
	}
	classes := 0
	for _, is := range []func(byte) bool{isDigit, isUpper, func(c byte) bool { return c-'a' < 26 }, func(c byte) bool { return !isWord(c) }} {
		classes += count(bytes.IndexFunc(v, func(r rune) bool { return r < 0x80 && is(byte(r)) }) >= 0)
	}
	if classes < 2 { // a word of the sentence
		return Found{}
	}
	return Found{at, e, Plausible}
}

// expression reports whether a value is code: a name with points and underscores, a call, a word before a colon.
func expression(v []byte) bool {
	if last := v[len(v)-1]; last == '(' || last == ':' {
		return true
	}
	for _, c := range v {
		if !isAlpha(c) && c != '_' && c != '.' {
			return false
		}
	}
	return true
}

// findBasic takes base 64 of user:password, RFC 7617.
func findBasic(b []byte, at int) Found {
	const least, most = 8, 512
	e := at
	for e < len(b) && e-at <= most && (isDigit(b[e]) || isAlpha(b[e]) || b[e] == '+' || b[e] == '/' || b[e] == '=') {
		e++
	}
	if e-at < least || e-at > most || e < len(b) && (isWord(b[e]) || b[e] == '.' && e+1 < len(b) && isWord(b[e+1])) {
		return Found{}
	}
	clear := make([]byte, base64.StdEncoding.DecodedLen(e-at))
	n, err := base64.StdEncoding.Decode(clear, b[at:e])
	if err != nil || bytes.IndexByte(clear[:n], ':') < 1 || !utf8.Valid(clear[:n]) || bytes.ContainsFunc(clear[:n], unicode.IsControl) {
		return Found{}
	}
	return Found{at, e, Distinctive}
}

// hexed: digests and UUIDs.
func hexed(b []byte) bool {
	for _, c := range b {
		if !isDigit(c) && (c|0x20 < 'a' || c|0x20 > 'f') && c != '-' {
			return false
		}
	}
	return len(b) >= 16
}

// findLongKey takes letters and digits, and the marks of base 64, padded or not, that vary as random ones do.
func findLongKey(least, most int) func([]byte, int) Found {
	return func(b []byte, at int) Found {
		e, digits, uppers, lowers := at, 0, 0, 0
		for e < len(b) && e-at <= most && (isDigit(b[e]) || isAlpha(b[e]) || b[e] == '+' || b[e] == '/' || b[e] == '-' || b[e] == '_') {
			digits += count(isDigit(b[e]))
			uppers += count(isUpper(b[e]))
			lowers += count(b[e]-'a' < 26)
			e++
		}
		for from := e; e < len(b) && e-from < 2 && b[e] == '='; e++ { // it pads, and ends
		}
		if n := e - at; n < least || n > most || uppers == 0 || lowers == 0 || digits == 0 || !varied(b[at:e]) || hexed(b[at:e]) {
			return Found{}
		}
		return Found{at, e, Distinctive}
	}
}
