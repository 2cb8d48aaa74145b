package explain

import (
	"errors"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/probity-scan/probity/scanners/iac/terraform/patch"
)

// Propose adds the patch of the code that the finding points to. read gives a repository-relative file.
func (e *Explanation) Propose(read func(name string) ([]byte, error)) {
	p := e.Finding.Place
	switch {
	case p == nil || !strings.HasSuffix(p.File, ".tf") && !strings.HasSuffix(p.File, ".tofu"):
		return
	case p.Inside != nil:
		e.NoPatch = "what is to be changed stands in a module that was installed: " + p.Inside.String()
		return
	}
	src, err := read(p.File)
	if err != nil {
		e.NoPatch = p.File + " is not here: run this where the repository is"
		return
	}
	mended, err := patch.Propose(src, p.File, p.Line, e.Finding.Fact)
	switch {
	case errors.Is(err, patch.ErrPlace):
		e.NoPatch = p.File + " has changed since the scan"
	case err != nil:
		e.NoPatch = "what to change is for people to choose"
	default:
		_, e.Patch, _ = strings.Cut(string(diff.Diff("a/"+p.File, src, "b/"+p.File, mended)), "\n") // its first line tells the command
	}
}
