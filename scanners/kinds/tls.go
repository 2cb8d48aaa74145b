package kinds

import (
	"slices"
	"strings"
)

// OldestTLS is the lowest of the versions in a list such as "TLSv1.2,TLSv1.3", as servers name them: "1.2". Empty: the list names none.
func OldestTLS(list string) string {
	var found []string
	for v := range strings.SplitSeq(strings.ToUpper(list), ",") {
		v = strings.TrimPrefix(strings.TrimSpace(v), "TLSV")
		if v == "1" {
			v = "1.0"
		}
		if slices.Contains([]string{"1.0", "1.1", "1.2", "1.3"}, v) {
			found = append(found, v)
		}
	}
	if len(found) == 0 {
		return ""
	}
	return slices.Min(found)
}

// WeakCiphers are the words of a list of OpenSSL's that let in ciphers which are broken, or without proof of the server. Classes such as
// HIGH hold some of the latter unless they are excluded; what a class holds by the way OpenSSL was built is not told.
// Source: openssl-ciphers of OpenSSL 3, read on 2026-11-28.
func WeakCiphers(list string) []string {
	words := strings.FieldsFunc(strings.ToUpper(list), func(r rune) bool { return strings.ContainsRune(":,; ", r) })
	banned := map[string]bool{}
	for _, w := range words {
		if rest, ok := strings.CutPrefix(w, "!"); ok {
			banned[rest] = true
		}
	}
	var out []string
	for _, w := range words {
		switch {
		case strings.ContainsAny(w[:1], "!-+"): // taken away, or moved to the end
		case slices.ContainsFunc([]string{"RC4", "3DES", "DES-CBC", "NULL", "EXP", "MD5", "ADH", "AECDH", "LOW", "SECLEVEL=0"}, func(bad string) bool {
			return strings.Contains(w, bad) && !banned[bad] && !banned[w]
		}):
			out = append(out, w)
		case slices.Contains([]string{"ALL", "HIGH", "MEDIUM"}, w) && !banned["ANULL"]:
			out = append(out, w+" without !aNULL")
		}
	}
	return out
}
