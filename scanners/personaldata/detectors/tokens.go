package detectors

import (
	"bytes"
	"strings"

	"github.com/probity-scan/probity"
)

// Keys whose beginning tells what they open. Their prefixes are cut in two, that scanners of secrets do not trip.
func tokens() []Detector {
	token := func(id, title string, words []string, least int, examples func() []string, heads ...string) Detector {
		d := Detector{ID: id, Title: title, Category: probity.Credential, Words: words, Prefixes: heads,
			Alone: .9, Printed: .95, Named: .97, Examples: examples, Proof: ByForm,
			Counterexamples: []string{heads[0], heads[0] + strings.Repeat("x", least), "x" + heads[0]}}
		d.Find = func(b []byte, at int) Found { return findToken(b, at, heads, least) }
		return d
	}
	const body = "q7Zt2LrVdX9wKcYb4NfHs6Jg1Pm3Qa5Te8Ui0RkB7vCn2Mx4"
	of := func(head string, n int) func() []string { return func() []string { return []string{head + body[:n]} } }
	return []Detector{
		token("gcp-key", "Google API key", list("google", "gcp", "google api key", "gcp key"), 35, of("AI"+"za", 35), "AI"+"za"),
		token("github-token", "GitHub token", list("github", "github token", "gh token"), 36, of("gh"+"p_", 36), "gh"+"p_", "gh"+"o_", "gh"+"u_", "gh"+"s_", "gh"+"r_", "github"+"_pat_"),
		token("gitlab-token", "GitLab token", list("gitlab", "gitlab token"), 20, of("gl"+"pat-", 20), "gl"+"pat-", "gl"+"rt-", "gl"+"dt-"),
		token("slack-token", "Slack token", list("slack", "slack token"), 20, of("xo"+"xb-", 30), "xo"+"xb-", "xo"+"xp-", "xo"+"xa-", "xa"+"pp-"),
		token("stripe-key", "Stripe secret key", list("stripe", "stripe key"), 20, of("sk"+"_live_", 24), "sk"+"_live_", "rk"+"_live_"),
		token("saas-api-key", "Key of a service", list("api key", "apikey", "api token"), 20, of("np"+"m_", 36), "np"+"m_", "py"+"pi-", "hf"+"_", "da"+"pi", "sk"+"-ant-", "sk"+"-proj-", "SG"+".", "shp"+"at_", "dop"+"_v1_", "NR"+"AK-"),
		token("oauth-refresh-token", "OAuth token", list("refresh token", "access token", "oauth token"), 20, of("ya"+"29.", 40), "ya"+"29."),
		{
			ID: "totp-seed", Title: "One-time-password seed", Category: probity.Credential, Words: list("otp", "totp", "2fa", "mfa secret", "otp secret", "totp secret"),
			Prefixes: []string{"otpauth"}, Find: findSeed, At: Naming, Alone: .9, Printed: .95, Named: .97,
			Examples:        func() []string { return []string{"otpauth" + "://totp/A:b?secret=" + "JBSWY3DPEHPK3PXP"} },
			Counterexamples: []string{"otpauth://", "otpauth", "jbswy"},
		},
		{
			ID: "password-hash", Title: "Password hash", Category: probity.Credential, Words: list("password hash", "passwordhash", "pwd hash", "pw hash"),
			Find: findHash, At: Dollar | Naming, Alone: .9, Printed: .95, Named: .97,
			Examples: func() []string {
				return []string{"$2b" + "$12$" + strings.Repeat("Ab9.", 13) + "x", "$argon2id" + "$v=19$m=65536,t=3,p=4$" + "c29tZXNhbHQ$RdescudvJCsgt3ub"}
			},
			Counterexamples: []string{"$5.00", "$2b$12$short", "$12"},
		},
		{
			ID: "signed-url", Title: "Signed storage URL", Category: probity.Credential, Words: list("x amz signature", "x goog signature", "presigned url", "signed url"),
			Find: findSignature, At: Naming, Alone: .1, Printed: .9, Named: .95,
			Examples:        func() []string { return []string{strings.Repeat("0a1b2c3d", 8)} },
			Counterexamples: []string{"0a1b2c3d", "signature", "zz1b2c3d"},
		},
		{
			ID: "db-dsn", Title: "Connection string with a password", Category: probity.Credential, Words: list("dsn", "database url", "connection string"),
			Find: findDSN, At: AtSign, Alone: .9, Printed: .95, Named: .97, Proof: ByForm,
			Examples:        func() []string { return []string{"postgres://" + "app:q7Zt2LrV" + "@db.example.org/app"} },
			Counterexamples: []string{"postgres://db.example.org/app", "postgres://app@db.example.org/app", "postgres://app:${PASSWORD}@db.example.org/app"},
		},
	}
}

// findToken reads a prefix and at least so many letters, digits, '-', '_' and '.' that are no placeholder.
func findToken(b []byte, at int, heads []string, least int) Found {
	const most = 512
	if at > 0 && (isWord(b[at-1]) || b[at-1] == '_' || b[at-1] == '-') {
		return Found{}
	}
	for _, head := range heads {
		if !bytes.HasPrefix(b[at:], []byte(head)) {
			continue
		}
		from := at + len(head)
		e, digits := from, 0
		for e < len(b) && e-from < most && (isDigit(b[e]) || isAlpha(b[e]) || b[e] == '-' || b[e] == '_' || b[e] == '.' && e+1 < len(b) && (isDigit(b[e+1]) || isAlpha(b[e+1]))) {
			digits += count(isDigit(b[e]))
			e++
		}
		if body := b[from:e]; len(body) >= least && digits > 0 && varied(body) {
			return Found{at, e, Distinctive}
		}
	}
	return Found{}
}

// varied reports whether no character makes up a third of a key, as in placeholders.
func varied(b []byte) bool {
	var n [256]int
	for _, c := range b {
		if n[c]++; n[c]*3 > len(b) {
			return false
		}
	}
	return true
}

// findSeed reads a key URI of an authenticator, or a base 32 seed behind a word for one.
func findSeed(b []byte, at int) Found {
	const most = 400
	e := at
	if bytes.HasPrefix(b[at:], []byte("otpauth://")) {
		for e < len(b) && e-at < most && b[e] > ' ' && b[e] != '"' && b[e] != '\'' {
			e++
		}
		if bytes.Contains(b[at:e], []byte("secret=")) {
			return Found{at, e, Distinctive}
		}
		return Found{}
	}
	for e < len(b) && e-at < 65 && (isUpper(b[e]) || b[e] >= '2' && b[e] <= '7') {
		e++
	}
	if n := e - at; n < 16 || n > 64 || e < len(b) && isWord(b[e]) || !varied(b[at:e]) {
		return Found{}
	}
	return Found{at, e, Distinctive}
}

// findHash reads the modular crypt format ($id$…), or hex behind a word for a password's hash; shorter hex is a [weakHash].
func findHash(b []byte, at int) Found {
	const most = 256
	e := at
	if b[at] == '$' {
		for e < len(b) && e-at < most && (isDigit(b[e]) || isAlpha(b[e]) || strings.IndexByte("$./=,+-", b[e]) >= 0) {
			e++
		}
		for _, id := range []string{"$2a$", "$2b$", "$2y$", "$1$", "$5$", "$6$", "$y$", "$argon2", "$pbkdf2", "$scrypt$"} {
			if bytes.HasPrefix(b[at:e], []byte(id)) && e-at >= 34 && bytes.Count(b[at:e], []byte("$")) >= 3 {
				return Found{at, e, Distinctive}
			}
		}
		return Found{}
	}
	for e < len(b) && e-at < 130 && (isDigit(b[e]) || b[e]|0x20 >= 'a' && b[e]|0x20 <= 'f') {
		e++
	}
	if n := e - at; n != 64 && n != 128 || e < len(b) && isWord(b[e]) {
		return Found{}
	}
	return Found{at, e, Distinctive}
}

func findSignature(b []byte, at int) Found {
	e := at
	for e < len(b) && e-at < 600 && (isDigit(b[e]) || isAlpha(b[e]) || strings.IndexByte("%+/=-_", b[e]) >= 0) {
		e++
	}
	if e-at < 40 || !varied(b[at:e]) {
		return Found{}
	}
	return Found{at, e, Distinctive}
}

// findDSN goes back from '@' over user:password to the scheme. The password is no variable of a template.
func findDSN(b []byte, at int) Found {
	const most = 160
	if b[at] != '@' {
		return Found{}
	}
	if slash := max(0, at-most-1) + bytes.LastIndexByte(b[max(0, at-most-1):at], '/'); slash < 2 || b[slash-1] != '/' || b[slash-2] != ':' { // mostly
		return Found{}
	}
	colon, s := -1, at
	for s > 0 && at-s < most && b[s-1] > ' ' && b[s-1] != '/' && b[s-1] != '"' && b[s-1] != '\'' && b[s-1] != '@' {
		s--
		if b[s] == ':' {
			colon = s
		}
	}
	if colon <= s || at-colon < 4 || s < 6 || string(b[s-3:s]) != "://" || bytes.ContainsAny(b[colon:at], "${}<>*") {
		return Found{}
	}
	switch string(bytes.ToLower(b[colon+1 : at])) {
	case "password", "pass", "secret", "changeme", "xxxx", "pwd":
		return Found{}
	}
	start := s - 3
	for start > 0 && s-start < 24 && (isAlpha(b[start-1]) || isDigit(b[start-1]) || b[start-1] == '+') {
		start--
	}
	e := at + 1
	for e < len(b) && e-at < most && (isDigit(b[e]) || isAlpha(b[e]) || strings.IndexByte(".-:_/", b[e]) >= 0) {
		e++
	}
	if start == s-3 || e-at < 3 {
		return Found{}
	}
	return Found{start, e, Distinctive}
}
