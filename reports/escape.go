package reports

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Visible is a text of a stranger on one line, that hides nothing and drives nothing.
func Visible(s string) string { return visible(s) }

// visible is a text of a stranger on one line: controls and what reorders or hides text are spelled out, so that a name
// can neither drive a terminal nor read as another name.
func visible(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	for _, r := range strings.ToValidUTF8(s, "\uFFFD") {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			b.WriteByte(' ')
		case hidden(r) && r < 0x100:
			fmt.Fprintf(&b, `\x%02x`, r)
		case hidden(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func plain(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] > 0x7e {
			return utf8.ValidString(s) && strings.IndexFunc(s, hidden) < 0
		}
	}
	return true
}

// hidden are C0, C1, and the format characters: bidirectional overrides, zero-width ones, tags; line separators too.
func hidden(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029'
}

// short cuts a text to n runes and says so with an ellipsis.
func short(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return strings.TrimRight(string([]rune(s)[:n-1]), " ") + "…"
}

// sarifEscape is a text for a SARIF message: no embedded link, no placeholder (SARIF 2.1.0, 3.11.5 and 3.11.6).
func sarifEscape(s string) string {
	return strings.NewReplacer("](", "] (", "{", "{{", "}", "}}").Replace(visible(s))
}

// noTags keeps a rule's Markdown from being read as HTML.
func noTags(markdown string) string { return strings.ReplaceAll(markdown, "<", "&lt;") }
