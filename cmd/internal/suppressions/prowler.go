package suppressions

import (
	"regexp"
	"strings"

	"github.com/probity-scan/probity/policies"
)

// muted is an entry of Prowler's mutelist. Resources and tags are patterns as Prowler reads them: searched for, * any text.
type muted struct {
	Regions     []string `yaml:"Regions"`
	Resources   []string `yaml:"Resources"`
	Tags        []string `yaml:"Tags"`
	Description string   `yaml:"Description"`
	Exceptions  struct {
		Accounts  []string `yaml:"Accounts"`
		Regions   []string `yaml:"Regions"`
		Resources []string `yaml:"Resources"`
		Tags      []string `yaml:"Tags"`
	} `yaml:"Exceptions"`
}

type mutelist struct {
	Accounts map[string]struct {
		Checks map[string]muted `yaml:"Checks"`
	} `yaml:"Accounts"`
}

// prowler reads a mutelist, and an allowlist as it was called before.
func (r reader) prowler(text []byte) ([]Suppression, error) {
	var file struct {
		Mutelist  mutelist `yaml:"Mutelist"`
		Allowlist mutelist `yaml:"Allowlist"`
	}
	if err := decode(text, &file); err != nil {
		return nil, err
	}
	var out []Suppression
	for _, l := range []mutelist{file.Mutelist, file.Allowlist} {
		for account, a := range l.Accounts {
			for check, m := range a.Checks {
				s := r.of(policies.Prowler, check, line(text, check))
				s.Reason = strings.TrimSpace(m.Description)
				var bad, except bool
				s.About = About{Regions: m.Regions}
				if account != "*" {
					s.About.Accounts = []string{account}
				}
				s.About.Names, bad = searched(m.Resources, bad)
				s.About.Tags, bad = searched(m.Tags, bad)
				e := m.Exceptions
				if except = len(e.Accounts)+len(e.Regions)+len(e.Resources)+len(e.Tags) > 0; except {
					x := About{Accounts: e.Accounts, Regions: e.Regions}
					x.Names, bad = searched(e.Resources, bad)
					x.Tags, bad = searched(e.Tags, bad)
					s.About.Except = &x
				}
				if bad {
					s.Wrong = "one of its patterns is none"
				}
				out = append(out, s)
			}
		}
	}
	return out, nil
}

// searched compiles patterns; * at the beginning, or where nothing is repeated, is any text.
func searched(patterns []string, bad bool) ([]*regexp.Regexp, bool) {
	var out []*regexp.Regexp
	for _, p := range patterns {
		if strings.HasPrefix(p, "*") {
			p = "." + p
		}
		re, err := regexp.Compile(p)
		if err != nil {
			bad = true
			continue
		}
		out = append(out, re)
	}
	return out, bad
}

// line is where a key stands first, from 1.
func line(text []byte, key string) int {
	for i, l := range strings.Split(string(text), "\n") {
		if strings.Contains(l, key+":") || strings.Contains(l, key+`":`) {
			return i + 1
		}
	}
	return 0
}
