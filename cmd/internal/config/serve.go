package config

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/probity-scan/probity/cmd/internal/timetable"
)

// Serve is what probity serve and its workers do. Scans that it runs are judged by the rest of the file.
type Serve struct {
	Data      string     `yaml:"data"`         // folder of history and jobs, for this server alone
	Database  string     `yaml:"database"`     // of PostgreSQL in place of SQLite in data: env:NAME or file:PATH, which hold its address
	Listen    string     `yaml:"listen"`       // address of the pages; default 127.0.0.1:8470
	TLS       TLS        `yaml:"tls"`          // of the pages
	Plain     bool       `yaml:"plain"`        // others may reach the address without TLS: a proxy or a mesh encrypts before it
	Token     string     `yaml:"token"`        // env:NAME or file:PATH, which hold what commands of this machine show, as admin; default: one is made in data
	Tokens    []Token    `yaml:"tokens"`       // of others who are let in
	OIDC      OIDC       `yaml:"oidc"`         // where people sign in
	Roles     []Grant    `yaml:"roles"`        // of those who sign in there
	Sessions  Sessions   `yaml:"sessions"`     // of people who are signed in
	Parallel  int        `yaml:"parallel"`     // units scanned side by side by one process; default: processors
	Place     Place      `yaml:"place"`        // where this process runs: it takes units of that place, and those of none
	Patience  string     `yaml:"patience"`     // how long a unit waits for a worker of its place, before it is unreachable; default 1h
	Days      *int       `yaml:"history_days"` // for which the history keeps details; 0: for ever, default 400
	Schedules []Schedule `yaml:"schedules"`    // scans that run by themselves
	URL       string     `yaml:"url"`          // of the pages, as others reach them, such as https://probity.example.com: messages link to it, and oidc sends people back there
	Notify    []Sink     `yaml:"notify"`       // who is told of what scans bring
}

// TLS names files in PEM.
type TLS struct {
	Cert string `yaml:"cert"`
	Key  string `yaml:"key"`
}

// Place says where something runs.
type Place struct {
	Network  string `yaml:"network"`
	Country  string `yaml:"country"` // ISO 3166-1 alpha-2
	Identity string `yaml:"identity"`
}

// Schedule is a scan that runs by itself.
type Schedule struct {
	Name       string            `yaml:"name"`
	Cron       string            `yaml:"cron"`     // minute, hour, day, month, weekday; or @daily and the like. Empty: on demand alone
	Zone       string            `yaml:"zone"`     // such as Europe/Berlin; default UTC
	Jitter     string            `yaml:"jitter"`   // begun up to this much later, by the same at the same tick: 10m
	Overlap    string            `yaml:"overlap"`  // skip: a tick while the last scan runs is left out; queue: it waits
	CatchUp    string            `yaml:"catch_up"` // once: after downtime the last tick that was missed runs; none: it does not
	Limit      string            `yaml:"limit"`    // after which what is not scanned yet is a gap; default 12h
	Targets    []string          `yaml:"targets"`  // as of probity scan
	Place      Place             `yaml:"place"`    // where its units must run; empty: anywhere
	Rules      []string          `yaml:"rules"`    // patterns over rule IDs; default: the file's
	Frameworks []string          `yaml:"frameworks"`
	Content    []string          `yaml:"content"` // services whose live content is read; default: the file's
	Budget     Budget            `yaml:"budget"`  // of content
	Outputs    map[string]string `yaml:"outputs"` // format: path, written anew after each scan
}

// Budget bounds the reading of content; 0: the default of probity scan.
type Budget struct {
	Rows         int   `yaml:"rows"`          // of a table
	Objects      int   `yaml:"objects"`       // of a store
	Bytes        int64 `yaml:"bytes"`         // of an object
	StoreBytes   int64 `yaml:"store_bytes"`   // of a live store
	Requests     int   `yaml:"requests"`      // to read a live store
	Listing      int   `yaml:"listing"`       // requests to list a bucket
	Seconds      int   `yaml:"seconds"`       // for the tables of a database
	TableSeconds int   `yaml:"table_seconds"` // for a table
}

// Words of overlap and catch_up; the first of each is the default.
const (
	Skip  = "skip"
	Queue = "queue"
	Once  = "once"
	None  = "none"
)

func overlaps() []string { return []string{Skip, Queue} }

func catchUps() []string { return []string{Once, None} }

// Table is when the schedule is due; none: on demand alone.
func (s Schedule) Table() (t timetable.Table, due bool, err error) {
	jitter, err := span(s.Jitter, 0)
	if err != nil {
		return t, false, fmt.Errorf("jitter: %w", err)
	}
	if s.Cron == "" {
		return t, false, nil
	}
	t, err = timetable.Parse(s.Name, s.Cron, s.Zone, jitter)
	return t, err == nil, err
}

// MostTime is how long a scan may take.
func (s Schedule) MostTime() time.Duration {
	d, err := span(s.Limit, 12*time.Hour)
	if err != nil || d == 0 {
		return 12 * time.Hour
	}
	return d
}

// MostPatience is how long a unit waits for a worker of its place.
func (s Serve) MostPatience() time.Duration {
	d, err := span(s.Patience, time.Hour)
	if err != nil {
		return time.Hour
	}
	return d
}

func span(text string, otherwise time.Duration) (time.Duration, error) {
	if text == "" {
		return otherwise, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < 0 {
		return 0, fmt.Errorf("write %q as 90s, 10m or 8h", text)
	}
	return d, nil
}

var (
	slug      = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,62}$`)
	reference = regexp.MustCompile(`^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$`)
)

// checkServe takes out schedules that say too little.
func (l *Loaded) checkServe() {
	s := &l.File.Serve
	if s.Database != "" && !reference.MatchString(s.Database) {
		l.bad("serve", -1, "serve: database names where the address stands, as env:NAME or file:PATH: the file itself holds no password")
		s.Database = ""
	}
	if s.Token != "" && !reference.MatchString(s.Token) {
		l.bad("serve", -1, "serve: token names where it stands, as env:NAME or file:PATH")
		s.Token = ""
	}
	if s.Listen != "" {
		if _, _, err := net.SplitHostPort(s.Listen); err != nil {
			l.bad("serve", -1, "serve: listen takes HOST:PORT, such as 127.0.0.1:8470")
			s.Listen = ""
		}
	}
	if (s.TLS.Cert == "") != (s.TLS.Key == "") {
		l.bad("serve", -1, "serve: tls takes both cert and key")
	}
	if s.Days != nil && *s.Days < 0 {
		l.bad("serve", -1, "serve: history_days is below 0")
		s.Days = nil
	}
	if s.Parallel < 0 {
		l.bad("serve", -1, "serve: parallel is below 0")
		s.Parallel = 0
	}
	if _, err := span(s.Patience, 0); err != nil {
		l.bad("serve", -1, "serve: patience: %v", err)
	}
	l.checkAccess()
	l.place("serve", s.Place)
	seen := map[string]bool{}
	s.Schedules = keep(s.Schedules, func(_ int, x Schedule) bool {
		bad := func(format string, args ...any) bool {
			return l.bad("serve", -1, "schedule "+x.Name+": "+format, args...)
		}
		_, _, due := x.Table()
		_, limit := span(x.Limit, 0)
		switch {
		case !slug.MatchString(x.Name):
			return l.bad("serve", -1, "a schedule needs a name of small letters, digits and -")
		case seen[x.Name]:
			return bad("another has its name")
		case len(x.Targets) == 0:
			return bad("it needs targets")
		case due != nil:
			return bad("%v", due)
		case limit != nil:
			return bad("limit: %v", limit)
		case x.Overlap != "" && !slices.Contains(overlaps(), x.Overlap):
			return bad("overlap is one of %s", strings.Join(overlaps(), ", "))
		case x.CatchUp != "" && !slices.Contains(catchUps(), x.CatchUp):
			return bad("catch_up is one of %s", strings.Join(catchUps(), ", "))
		case x.Budget.below():
			return bad("a budget is below 0")
		case l.place("schedule "+x.Name, x.Place):
			return true
		}
		seen[x.Name] = true
		return false
	})
	if s.URL != "" {
		if u, err := url.Parse(s.URL); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
			l.bad("serve", -1, "serve: url is that of the pages, such as https://probity.example.com")
			s.URL = ""
		}
		s.URL = strings.TrimSuffix(s.URL, "/")
	}
	l.checkSinks()
}

// Check refuses a place that is none.
func (p Place) Check() error {
	if p.Country != "" && !country.MatchString(p.Country) {
		return errors.New("a country is written in two capital letters, such as DE (ISO 3166-1)")
	}
	return nil
}

func (l *Loaded) place(of string, p Place) bool {
	err := p.Check()
	return err != nil && l.bad("serve", -1, "%s: %v", of, err)
}

func (b Budget) below() bool {
	return min(int64(b.Rows), int64(b.Objects), b.Bytes, b.StoreBytes, int64(b.Requests), int64(b.Listing), int64(b.Seconds), int64(b.TableSeconds)) < 0
}
