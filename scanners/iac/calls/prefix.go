package calls

import (
	"path"
	"strings"
)

// Mapped finds the prefix that stands for a source, the longest, and the path below its directory. A version or revision is not
// looked at, since whoever maps has chosen it.
func Mapped(source string, prefixes []string) (prefix, below string, ok bool) {
	for _, p := range prefixes {
		rest, begins := strings.CutPrefix(source, p)
		ends := rest == "" || strings.HasSuffix(p, "/") || rest[0] == '/' || rest[0] == '?'
		if begins && ends && len(p) > len(prefix) {
			prefix = p
		}
	}
	if prefix == "" || IsLocal(source) {
		return "", "", false
	}
	rest, _, _ := strings.Cut(source[len(prefix):], "?")
	return prefix, path.Clean("/" + rest)[1:], true
}

// IsLocal reports whether a source is a path from the module that calls.
func IsLocal(source string) bool {
	return source == "." || source == ".." || strings.HasPrefix(source, "./") || strings.HasPrefix(source, "../")
}
