package kubernetes

import (
	"io"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"github.com/probity-scan/probity/scanners/iac/kubernetes/kustomization"
)

// lookedAt is how much of a file is looked at to find out what it is.
const lookedAt = 64 << 10

// IsManifest reports whether a file holds objects: both keys that every object has stand at the top of a document.
func IsManifest(fsys fs.FS, name string) bool {
	if !isText(name) || kustomization.Is(path.Base(name)) {
		return false
	}
	f, err := fsys.Open(name)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }() // only read
	b, err := io.ReadAll(io.LimitReader(f, lookedAt))
	if err != nil && len(b) == 0 {
		return false
	}
	if strings.HasSuffix(strings.ToLower(name), ".json") {
		return inJSON("apiVersion").Match(b) && inJSON("kind").Match(b)
	}
	return atTop("apiVersion").Match(b) && atTop("kind").Match(b)
}

func isText(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".yaml", ".yml", ".json":
		return true
	}
	return false
}

// inJSON: an object begins with these keys, mostly, and its file may be one line.
func inJSON(key string) *regexp.Regexp {
	return regexp.MustCompile(`[{,]\s*"` + key + `"\s*:\s*"`)
}

func atTop(key string) *regexp.Regexp {
	return regexp.MustCompile(`(?m)^(\{\s*|--- \{?)?["']?` + key + `["']?\s*:`)
}
