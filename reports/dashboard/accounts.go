package dashboard

import (
	"strings"

	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/history"
)

// account is how an account stands, drawn.
type account struct {
	history.AccountPosture
	Chart reports.Chart
}

// Nameless reports whether its stores name no account: code and files do not.
func (a account) Nameless() bool { return strings.HasSuffix(a.Account, "/") }

// Shown is the account as people read it.
func (a account) Shown() string { return strings.TrimSuffix(a.Account, "/") }

// source is how a series of scans stands, drawn.
type source struct {
	history.PostureScan
	Chart reports.Chart
}

// accounts lists accounts, and above them what scans them.
func (a *ask) accounts() error {
	frameworks, err := a.frameworkNames()
	if err != nil {
		return err
	}
	in := AccountsIn{Series: a.get("series"), Framework: frameworks.Value, Text: a.get("q"), Page: Page{After: a.get("after"), Limit: rows}}
	found, err := a.Accounts(a.r.Context(), &in)
	if err != nil {
		return err
	}
	sources, err := a.Sources(a.r.Context(), &SourcesIn{})
	if err != nil {
		return err
	}
	page := struct {
		shell
		List    listing
		Rows    []account
		Sources []source
	}{shell: a.shell(a.in.Say("Accounts and sources")), List: a.list(a.in.Say("{n} account|{n} accounts", int(found.Total)), found.Next, a.search(), frameworks, a.text("series", a.in.Say("Schedule")))}
	page.List.CSV = sheet("/accounts", "series", in.Series, "framework", in.Framework, "q", in.Text)
	for _, x := range found.Rows {
		page.Rows = append(page.Rows, account{x, a.verdicts("of-"+x.Account, x.Account, x.Counts)})
	}
	for _, x := range sources {
		page.Sources = append(page.Sources, source{x, a.verdicts("by-"+x.Series, x.Series, x.Counts)})
	}
	return a.show("accounts.gohtml", page)
}
