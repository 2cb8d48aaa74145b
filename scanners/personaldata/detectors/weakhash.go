package detectors

import (
	"bytes"

	"github.com/probity-scan/probity"
)

// passwordWords name a password, in clear or hashed.
func passwordWords() []string {
	return list("password", "passwd", "pwd", "passwort", "kennwort", "mot de passe", "motdepasse", "contraseña", "hasło", "haslo", "wachtwoord", "parola", "senha", "пароль", "密码",
		"heslo", "jelszó", "lösenord", "passord", "adgangskode", "salasana", "şifre", "lozinka", "geslo", "パスワード", "비밀번호")
}

// weakHash is a password behind one fast hash: who has it tries billions of words a second, and those without a salt are looked up.
func weakHash() Detector {
	return Detector{
		ID: "password-hash-weak", Title: "Password hashed by MD5, SHA-1, LM or NTLM", Category: probity.Credential,
		Words:  append(passwordWords(), "password hash", "pwd hash", "pw hash", "user pass", "pass hash", "ntlm", "nt hash", "lm hash"),
		Unless: list("salt", "reset", "token", "nonce", "guid", "uuid"),
		Find:   findDigest, At: Naming, Named: .9,
		Examples: func() []string {
			return []string{"5f4dcc3b5aa765d6" + "1d8327deb882cf99", "5BAA61E4C9B93F3F" + "0682250B6CF8331B7EE68FD8", "md5" + "32e12f215ba27cb7" + "50c9e093ce4b5127"}
		},
		Counterexamples: []string{"00000000000000000000000000000000", "12345678901234567890123456789012", "5f4dcc3b5aa765d61d8327deb882cf", "5f4dcc3b5AA765D61d8327deb882cf99"},
	}
}

// findDigest takes as many digits in hex as MD5 and SHA-1 make, in letters of one case, as they are or behind what PostgreSQL, MySQL
// and SQL Server write before them.
func findDigest(b []byte, at int) Found {
	from := at
	for _, head := range []string{"md5", "*", "0x"} {
		if bytes.HasPrefix(b[at:], []byte(head)) {
			from += len(head)
		}
	}
	e := from
	const most = 40
	var digits, uppers, lowers int
	for ; e < len(b) && e-from <= most && (isDigit(b[e]) || b[e]|0x20 >= 'a' && b[e]|0x20 <= 'f'); e++ {
		digits += count(isDigit(b[e]))
		uppers += count(isUpper(b[e]))
		lowers += count(b[e]-'a' < 26)
	}
	if e-at == 40 && uppers == 0 && at > 1 && b[at-1] == ' ' && isAlpha(b[at-2]) {
		return Found{} // a revision, as git writes it: "Fix password 1f3a…"
	}
	if n := e - from; n != 32 && n != 40 || e < len(b) && (isWord(b[e]) || b[e] == '-') || at > 0 && isWord(b[at-1]) {
		return Found{}
	}
	if digits == 0 || (uppers == 0) == (lowers == 0) || !varied(b[from:e]) {
		return Found{}
	}
	return Found{at, e, Distinctive}
}
