package tree

import (
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/content"
)

// Left counts what a walk left out; a folder that was left out counts as one, since nobody looked inside.
type Left struct {
	Ignored  int // by git
	Excluded int // by the globs asked for
	Tools    int // .git, .terraform, .terragrunt-cache, node_modules, vendor
	Copies   int // of what CDK deploys
	Links    int
	Special  int // pipes, sockets, devices
	Rootless int // folders with Terraform that are no declared root, and called by none
	Unseen   int // of those ignored or excluded: folders, and files that may be data
	Lost     []Loss
	More     int // losses beyond those listed
}

// Loss is a folder that could not be read.
type Loss struct {
	Path string
	Gap  probity.Gap
}

const losses = 100 // told one by one

func (l *Left) lose(p string, err error) {
	if len(l.Lost) == losses {
		l.More++
		return
	}
	l.Lost = append(l.Lost, Loss{Shown(p), content.Lost(err)})
}

// gaps are the reasons other than losses, with their counts; one each.
func (l *Left) gaps() []probity.Coverage {
	var out []probity.Coverage
	for _, c := range []struct {
		n       int
		reason  probity.Reason
		because string
	}{
		{l.Ignored, probity.Filtered, "ignored by git"},
		{l.Excluded, probity.Filtered, "excluded by the configuration"},
		{l.Tools, probity.Filtered, ".git, .probity, .terraform, .terragrunt-cache, node_modules and vendor"},
		{l.Copies, probity.Filtered, "copies in the output of CDK"},
		{l.Links, probity.Filtered, "symbolic links are not followed"},
		{l.Rootless, probity.Filtered, "Terraform that no declared root calls"},
		{l.Special, probity.NotApplicable, "pipes, sockets and devices hold no files"},
	} {
		if c.n > 0 {
			out = append(out, probity.Coverage{Gap: &probity.Gap{Reason: c.reason, Because: c.because}, Count: c.n})
		}
	}
	return out
}

// States says why Terraform states are not read.
const States = "Terraform states, which hold secrets, are not read"

// Unread counts files that nobody reads, and keeps the extensions of some.
type Unread struct {
	Count int
	exts  map[string]bool
}

// Add counts a file. An extension that is long or odd is part of a name.
func (u *Unread) Add(name string) {
	u.Count++
	ext := strings.ToLower(path.Ext(name))
	if len(u.exts) > 8 || len(ext) < 2 || len(ext) > 9 || len(ext) == len(name) || strings.ContainsFunc(ext[1:], func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }) {
		return
	}
	if u.exts == nil {
		u.exts = map[string]bool{}
	}
	u.exts[ext] = true
}

// kinds is the end of a sentence: ": .html, .yaml"; with an ellipsis where there are more.
func (u *Unread) kinds() string {
	exts := slices.Sorted(maps.Keys(u.exts))
	if len(exts) > 8 {
		exts = append(exts[:8], "…")
	}
	if len(exts) == 0 {
		return ""
	}
	return ": " + strings.Join(exts, ", ")
}
