package tree

import (
	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/content"
)

// Left counts what a walk left out; a folder that was left out counts as one, since nobody looked inside.
type Left struct {
	Ignored  int // by git
	Excluded int // by the globs asked for
	Tools    int // .git, node_modules, vendor
	Links    int
	Special  int // pipes, sockets, devices
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
	l.Lost = append(l.Lost, Loss{p, content.Lost(err)})
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
		{l.Tools, probity.Filtered, ".git, node_modules and vendor"},
		{l.Links, probity.Filtered, "symbolic links are not followed"},
		{l.Special, probity.NotApplicable, "pipes, sockets and devices hold no files"},
	} {
		if c.n > 0 {
			out = append(out, probity.Coverage{Gap: &probity.Gap{Reason: c.reason, Because: c.because}, Count: c.n})
		}
	}
	return out
}
