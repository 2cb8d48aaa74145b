package config

import (
	"path"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/language"
)

// Sink is somebody who is told of what scheduled scans bring. What is secret of it stands in the environment or in a file.
type Sink struct {
	Name       string             `yaml:"name"`
	Kind       string             `yaml:"kind"`       // webhook, slack, teams, email, issue
	Where      string             `yaml:"where"`      // env:NAME or file:PATH, which hold the address that messages go to: https://…, or of email smtp://HOST:PORT (STARTTLS) or smtps://HOST:PORT
	Plain      bool               `yaml:"plain"`      // the address may be reached without TLS, on other machines too
	Secret     string             `yaml:"secret"`     // of webhook: env:NAME or file:PATH, which hold the key that signs, as whsec_ and base64
	Headers    map[string]string  `yaml:"headers"`    // of webhook and issue: env:NAME or file:PATH, which hold their values
	Template   string             `yaml:"template"`   // of issue: github, jira, or a file
	From       string             `yaml:"from"`       // of email
	To         []string           `yaml:"to"`         // of email
	User       string             `yaml:"user"`       // of email
	Password   string             `yaml:"password"`   // of email: env:NAME or file:PATH
	About      []string           `yaml:"about"`      // findings, schedules; default: both, and of issue findings
	Schedules  []string           `yaml:"schedules"`  // names; default: all
	Severity   probity.Severity   `yaml:"severity"`   // findings as bad as this, and worse; default: all
	Rules      []string           `yaml:"rules"`      // patterns over rule IDs
	Accounts   []string           `yaml:"accounts"`   // patterns over provider/account, such as aws/123456789012
	Activities []string           `yaml:"activities"` // that the store serves
	Categories []probity.Category `yaml:"categories"` // of personal data that the store holds
	Most       int                `yaml:"most"`       // findings that a message names, or issues that a scan opens; default 20
	Names      *bool              `yaml:"names"`      // false: no names of stores
	Lang       string             `yaml:"lang"`       // of texts: de, en, es, fr, nl; default: the file's
}

// Kinds of sinks.
const (
	Webhook = "webhook"
	Slack   = "slack"
	Teams   = "teams"
	Email   = "email"
	Issue   = "issue"
)

// What a sink may be told about.
const (
	AboutFindings  = "findings"
	AboutSchedules = "schedules"
)

func sinkKinds() []string { return []string{Webhook, Slack, Teams, Email, Issue} }

func abouts() []string { return []string{AboutFindings, AboutSchedules} }

// Tells reports whether a sink is told about something: findings, or how a schedule goes.
func (s Sink) Tells(about, schedule string) bool {
	switch {
	case len(s.Schedules) > 0 && !slices.Contains(s.Schedules, schedule):
		return false
	case len(s.About) > 0:
		return slices.Contains(s.About, about)
	}
	return about == AboutFindings || s.Kind != Issue
}

// Wants reports whether a sink is told of a finding of a rule.
func (s Sink) Wants(rule string, severity probity.Severity, scope probity.Scope, activities []string, categories []probity.Category) bool {
	all := probity.Severity("").Values()
	matches := func(patterns []string, what string) bool {
		return len(patterns) == 0 || slices.ContainsFunc(patterns, func(p string) bool { ok, _ := path.Match(p, what); return ok })
	}
	return (s.Severity == "" || slices.Index(all, string(severity)) <= slices.Index(all, string(s.Severity))) && matches(s.Rules, rule) && matches(s.Accounts, scope.Provider+"/"+scope.Account) &&
		(len(s.Activities) == 0 || slices.ContainsFunc(s.Activities, func(a string) bool { return slices.Contains(activities, a) })) &&
		(len(s.Categories) == 0 || slices.ContainsFunc(s.Categories, func(c probity.Category) bool { return slices.Contains(categories, c) }))
}

// MostFindings is how many findings a message names.
func (s Sink) MostFindings() int {
	if s.Most == 0 {
		return 20
	}
	return s.Most
}

// Named reports whether messages name stores.
func (s Sink) Named() bool { return s.Names == nil || *s.Names }

// checkSinks takes out those that cannot be told.
func (l *Loaded) checkSinks() {
	s := &l.File.Serve
	var names []string
	for _, x := range s.Schedules {
		names = append(names, x.Name)
	}
	seen := map[string]bool{}
	s.Notify = keep(s.Notify, func(_ int, x Sink) bool {
		if !slug.MatchString(x.Name) {
			return l.bad("serve", -1, "notify: a sink needs a name of small letters, digits and -")
		}
		why := x.wrong(names)
		if seen[x.Name] {
			why = "another has its name"
		}
		seen[x.Name] = true
		return why != "" && l.bad("serve", -1, "notify %s: %s", x.Name, why)
	})
}

// wrong is what makes a sink useless; nothing: it is right.
func (s Sink) wrong(schedules []string) string {
	unknown := func(given, known []string) bool {
		return slices.ContainsFunc(given, func(g string) bool { return !slices.Contains(known, g) })
	}
	_, lang := language.Of(s.Lang)
	switch {
	case !slices.Contains(sinkKinds(), s.Kind):
		return "kind is one of " + strings.Join(sinkKinds(), ", ")
	case !reference.MatchString(s.Where):
		return "where names what holds the address, as env:NAME or file:PATH: whoever knows it can write there"
	case s.Secret != "" && !reference.MatchString(s.Secret) || s.Password != "" && !reference.MatchString(s.Password):
		return "keys and passwords stand elsewhere: name what holds them, as env:NAME or file:PATH"
	case s.Kind == Issue && s.Template == "":
		return "template is github, jira, or a file"
	case s.Kind == Email && (s.From == "" || len(s.To) == 0):
		return "it needs from and to"
	case (s.User == "") != (s.Password == ""):
		return "user and password go together"
	case unknown(s.About, abouts()):
		return "about takes " + strings.Join(abouts(), ", ")
	case unknown(s.Schedules, schedules):
		return "schedules has a name that no schedule has"
	case s.Severity != "" && !slices.Contains(s.Severity.Values(), string(s.Severity)):
		return "severity is one of " + strings.Join(s.Severity.Values(), ", ")
	case s.Most < 0:
		return "most is below 0"
	case lang != nil:
		return lang.Error()
	}
	for _, r := range s.Headers {
		if !reference.MatchString(r) {
			return "headers name what holds their values, as env:NAME or file:PATH"
		}
	}
	for _, p := range slices.Concat(s.Rules, s.Accounts) {
		if _, err := path.Match(p, ""); err != nil {
			return "pattern " + p + " is malformed"
		}
	}
	for _, c := range s.Categories {
		if !slices.Contains(c.Values(), string(c)) {
			return "no category " + string(c)
		}
	}
	return ""
}
