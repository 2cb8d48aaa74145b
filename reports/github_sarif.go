package reports

import (
	"io"

	"github.com/probity-scan/probity"
)

// shownByGitHub is how many results GitHub keeps of those that it takes.
const shownByGitHub = 5000

// GitHubSARIF writes SARIF as GitHub's code scanning shows it: no result that is there no more, since GitHub knows no
// baseline and would open an alert for it, and no more results than it keeps.
func GitHubSARIF(w io.Writer, scan probity.Scan, o SARIFOptions) error {
	o.Present, o.NoTaxa, o.Max = true, true, shownByGitHub
	return SARIF(w, scan, o)
}
