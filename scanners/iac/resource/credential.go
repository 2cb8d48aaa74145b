package resource

import (
	"encoding/base64"
	"regexp"
	"slices"
	"strings"

	"github.com/probity-scan/probity/scanners/kinds"
	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

// HoldsSecret reports whether a text holds what looks like a secret: a key in its own form, a password in a URL, or a value
// given to a name that is a secret's. It is told by nobody else what the text was.
func HoldsSecret(text string) bool {
	const longest = 1 << 16 // well above what a provider takes
	text = text[:min(len(text), longest)]
	return keyed(text) || passwordInURL(text) || slices.ContainsFunc(strings.Split(text, "\n"), assigned)
}

// IsScript reports whether a secret attribute of that name is a script, in which a secret may stand.
func IsScript(attr string) bool { return attr == "user_data" || attr == "user_data_base64" }

// ScriptHolds reports whether the script that an attribute holds holds a secret.
func ScriptHolds(attr, text string) bool {
	if !IsScript(attr) {
		return false
	}
	if plain, err := base64.StdEncoding.DecodeString(text); err == nil {
		text = string(plain)
	}
	return HoldsSecret(text)
}

// keyed looks for keys whose form tells them.
func keyed(text string) bool {
	for _, mark := range []string{"AKI" + "A", "ASI" + "A", "eyJ", "-----BEGIN "} {
		if !strings.Contains(text, mark) {
			continue
		}
		for _, d := range detectors.All() {
			if !contains([]string{"aws-access-key-id", "jwt", "private-key-pem"}, d.ID) {
				continue
			}
			for i := strings.Index(text, mark); i >= 0; {
				if d.Find([]byte(text), i).Strength == detectors.Distinctive && (i == 0 || !letter(text[i-1])) {
					return true
				}
				next := strings.Index(text[i+1:], mark)
				if next < 0 {
					break
				}
				i += 1 + next
			}
		}
	}
	return false
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' }

func contains(list []string, s string) bool { return slices.Contains(list, s) }

// passwordInURL: scheme://user:password@host.
func passwordInURL(text string) bool {
	if !strings.Contains(text, "://") || !strings.Contains(text, "@") {
		return false
	}
	for _, m := range regexp.MustCompile(`[a-z][a-z0-9+.-]*://[^\s/:@"']*:([^\s/@"']+)@`).FindAllStringSubmatch(text, -1) {
		if literal(m[1]) {
			return true
		}
	}
	return false
}

// assigned: export DB_PASSWORD="…", password: …, --token=….
func assigned(line string) bool {
	at := strings.IndexAny(line, "=:")
	if at <= 0 || strings.HasPrefix(strings.TrimSpace(line), "#") {
		return false
	}
	before := strings.Fields(strings.TrimRight(line[:at], " \t\"'"))
	after := strings.Fields(strings.TrimLeft(line[at+1:], " \t\"'="))
	if len(before) == 0 || len(after) == 0 {
		return false
	}
	value := strings.Trim(after[0], `"',;`)
	return kinds.NamesSecret(before[len(before)-1]) && len(value) >= 6 && literal(value)
}

// literal: what a shell, a template or a service fills in later is none, nor is what leads to where the secret lies.
func literal(value string) bool {
	return !strings.ContainsAny(value, "$`<>{}()") && !strings.HasPrefix(value, "arn:") && !strings.HasPrefix(value, "/") && !strings.Contains(value, "://")
}
