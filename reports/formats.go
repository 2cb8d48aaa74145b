package reports

import (
	"io"

	"github.com/probity-scan/probity"
)

// Format is one way to write a scan.
type Format struct {
	Name   string // as in -o name=path
	About  string
	Write  func(io.Writer, probity.Scan) error
	Public bool // lands where every reader of a repository reads it: given [Public], unless somebody allows more
}

// Formats lists the formats, with their defaults.
func Formats() []Format {
	return []Format{
		{"json", "the whole scan, one element a line; other commands read it", JSON, false},
		{"sarif", "SARIF 2.1.0 for code hosts and vulnerability managers", func(w io.Writer, s probity.Scan) error { return SARIF(w, s, SARIFOptions{}) }, false},
		{"html", "one self-contained page for people", func(w io.Writer, s probity.Scan) error { return HTML(w, s, HTMLOptions{}) }, false},
		{"ndjson", "the whole scan, a record a line: scan, coverage, asset, outcome, finding", NDJSON, false},
		{"csv", "findings, for a spreadsheet", CSV, false},
		{"csv-assets", "assets and what is known of them, for a spreadsheet", CSVAssets, false},
		{"csv-gaps", "what is not known, for a spreadsheet", CSVGaps, false},
		{"ocsf", "events of OCSF 1.5: compliance and data security findings", OCSF, false},
		{"asff", "findings for AWS Security Hub", ASFF, false},
		{"oscal", "assessment results of OSCAL 1.1", OSCAL, false},
		{"text", "the terminal's summary", func(w io.Writer, s probity.Scan) error { return Summary(w, s, SummaryOptions{}) }, false},
		{"junit", "JUnit XML: a suite for each asset, a case for each rule", JUnit, true},
		{"markdown", "a comment for a pull request", Markdown, true},
		{"github", "annotations of a pull request on GitHub, as workflow commands", GitHub, true},
		{"github-summary", "the summary of a step on GitHub, for the file of GITHUB_STEP_SUMMARY", GitHubSummary, true},
		{"github-sarif", "SARIF 2.1.0 as GitHub's code scanning shows it", func(w io.Writer, s probity.Scan) error { return GitHubSARIF(w, s, SARIFOptions{}) }, true},
		{"gitlab-codequality", "GitLab's Code Quality report", GitLabQuality, true},
		{"gitlab-sast", "GitLab's security report", GitLabSAST, true},
	}
}
