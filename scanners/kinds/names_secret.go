package kinds

import (
	"slices"
	"strings"
	"unicode"
)

// NamesSecret reports whether a name is that of a secret: DB_PASSWORD, apiKey, /shop/stripe-token. A name that leads to
// where the secret lies is none: DB_PASSWORD_ARN, TOKEN_URL.
func NamesSecret(name string) bool {
	words := nameWords(name)
	if len(words) == 0 {
		return false
	}
	last := words[len(words)-1]
	if slices.Contains([]string{"arn", "id", "ids", "name", "url", "uri", "path", "file", "ref", "prefix", "endpoint", "enabled", "ttl", "length",
		"policy", "rotation", "expiry", "expires", "days", "minutes", "seconds", "type", "version", "region", "algorithm", "issuer", "limit", "count"}, last) {
		return strings.Join(words, " ") == "database url" // which holds the password
	}
	joined := " " + strings.Join(words, " ") + " "
	for _, w := range []string{"password", "passwd", "passphrase", "pwd", "secret", "token", "credential", "credentials", "apikey", "api key",
		"private key", "access key", "secret key", "encryption key", "signing key", "license key", "auth key", "dsn", "connection string",
		"connectionstring", "htpasswd"} {
		if strings.Contains(joined, " "+w+" ") {
			return true
		}
	}
	return false
}

// nameWords cuts a name at what joins words and at capitals: "dbPassword" is two words, "DB_PASSWORD" as well.
func nameWords(name string) []string {
	var out []string
	var word []rune
	flush := func() {
		if len(word) > 0 {
			out = append(out, strings.ToLower(string(word)))
			word = word[:0]
		}
	}
	lower := false
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			flush()
			lower = false
			continue
		}
		if unicode.IsUpper(r) && lower {
			flush()
		}
		lower = unicode.IsLower(r)
		word = append(word, r)
	}
	flush()
	return out
}
