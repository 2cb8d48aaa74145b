package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// served writes a configuration whose serve is a text, and gives its path and what is wrong with it.
func served(t *testing.T, text string) (path, said string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), Name)
	if err := os.WriteFile(path, []byte("serve: "+text+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := Load(path, true)
	if err != nil {
		t.Fatal(err)
	}
	return path, strings.Join(l.Trouble, "; ")
}

// TestServe: what a server is told is checked as it is read, and a stranger's file tells it nothing.
func TestServe(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"{schedules: [{name: a, targets: [x], cron: '0 3 * * *'}, {name: b, targets: [x]}]}":                "",
		"{schedules: [{name: a, targets: [x]}, {name: a, targets: [y]}]}":                                   "another has its name",
		"{schedules: [{name: A b, targets: [x]}]}":                                                          "a name of small letters",
		"{schedules: [{name: a}]}":                                                                          "it needs targets",
		"{schedules: [{name: a, targets: [x], cron: '0 25 * * *'}]}":                                        "no schedule as cron has them",
		"{schedules: [{name: a, targets: [x], cron: '0 3 * * *', zone: Mars}]}":                             "no time zone",
		"{schedules: [{name: a, targets: [x], cron: '0 3 * * *', jitter: soon}]}":                           "jitter",
		"{schedules: [{name: a, targets: [x], limit: -1h}]}":                                                "limit",
		"{schedules: [{name: a, targets: [x], overlap: both}]}":                                             "overlap is one of skip, queue",
		"{schedules: [{name: a, targets: [x], catch_up: all}]}":                                             "catch_up is one of once, none",
		"{schedules: [{name: a, targets: [x], budget: {rows: -1}}]}":                                        "a budget is below 0",
		"{schedules: [{name: a, targets: [x], place: {country: de}}]}":                                      "two capital letters",
		"{database: 'postgres://me:secret@db/x'}":                                                           "env:NAME or file:PATH",
		"{url: 'https://probity.example.com/', notify: [{name: a, kind: slack, where: 'env:A'}]}":           "",
		"{url: probity.example.com}":                                                                        "url is that of the pages",
		"{notify: [{name: a, kind: pager, where: 'env:A'}]}":                                                "kind is one of webhook, slack",
		"{notify: [{name: a, kind: slack, where: 'https://secret'}]}":                                       "whoever knows it can write there",
		"{notify: [{name: a, kind: slack, where: 'env:A'}, {name: a, kind: slack, where: 'env:A'}]}":        "another has its name",
		"{notify: [{name: a, kind: webhook, where: 'env:A', secret: secret}]}":                              "keys and passwords stand elsewhere",
		"{notify: [{name: a, kind: webhook, where: 'env:A', headers: {X: secret}}]}":                        "headers name",
		"{notify: [{name: a, kind: issue, where: 'env:A'}]}":                                                "template is",
		"{notify: [{name: a, kind: email, where: 'env:A'}]}":                                                "from and to",
		"{notify: [{name: a, kind: email, where: 'env:A', from: a@b.example, to: [a@b.example], user: a}]}": "go together",
		"{notify: [{name: a, kind: slack, where: 'env:A', about: [all]}]}":                                  "about takes findings, schedules",
		"{notify: [{name: a, kind: slack, where: 'env:A', schedules: [b]}]}":                                "no schedule has",
		"{notify: [{name: a, kind: slack, where: 'env:A', severity: bad}]}":                                 "severity is one of",
		"{notify: [{name: a, kind: slack, where: 'env:A', rules: ['[']}]}":                                  "malformed",
		"{notify: [{name: a, kind: slack, where: 'env:A', categories: [shoes]}]}":                           "no category shoes",
		"{notify: [{name: a, kind: slack, where: 'env:A', lang: tlh}]}":                                     "no language",
		"{token: secret}":  "env:NAME or file:PATH",
		"{listen: '8470'}": "HOST:PORT",
		"{tls: {cert: a}}": "both cert and key",
		"{patience: long}": "patience",
	} {
		path, said := served(t, text)
		if want == "" && said != "" || !strings.Contains(said, want) || strings.Contains(said, "secret") {
			t.Errorf("%s: %q, want %q", text, said, want)
		}
		if l, err := Load(path, false); err != nil || len(l.File.Serve.Schedules) > 0 || !strings.Contains(strings.Join(l.Trouble, "; "), "only from a file given by --config") {
			t.Errorf("%s: a stranger's file: %v %v", text, l.Trouble, err)
		}
	}
}
