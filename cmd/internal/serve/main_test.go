package serve

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/cmd/internal/past"
	"github.com/probity-scan/probity/cmd/internal/pipeline"
	"github.com/probity-scan/probity/policies"
	"github.com/probity-scan/probity/reports/history"
	"github.com/probity-scan/probity/scanners/database/databasetest"
)

// process is what a child of the tests is told: it is a server or a worker of its own, which can be killed.
type process struct {
	Where  string // folder, or address of PostgreSQL
	Data   string
	Config config.Serve
	Worker bool
	Hangs  string // the part at which its scanner never ends; "*": any
	Ask    string // a schedule to run at once
	Open   string // parts besides p5 that are not encrypted, apart by spaces
}

const childEnv = "PROBITY_SERVE_CHILD"

func TestMain(m *testing.M) {
	if spec := os.Getenv(childEnv); spec != "" {
		var p process
		if err := json.Unmarshal([]byte(spec), &p); err != nil {
			panic(err)
		}
		if err := p.run(); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// run is the child: it says on stdout what it does, a line each.
func (p process) run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	s, store, err := p.server(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }()
	if p.Ask != "" {
		if err := s.Ask(ctx, p.Ask); err != nil {
			return err
		}
	}
	fmt.Println("runs")
	return s.Run(ctx)
}

func (p process) server(ctx context.Context) (*Server, *past.Past, error) {
	log := logrus.New()
	log.SetOutput(os.Stderr)
	store, err := past.Open(ctx, p.Where, history.Options{Now: time.Now})
	if err != nil {
		return nil, nil, err
	}
	out := &lines{w: os.Stdout}
	s, err := New(ctx, Options{Tool: "test", Config: p.Config, Store: store.Store, Plan: planOf(&estate{out: out, hangs: p.Hangs, open: func() string { return p.Open }}), Send: sends, Log: log, Clock: wall{}, Worker: p.Worker,
		Limits: Limits{Unit: time.Minute, Poll: 20 * time.Millisecond, Beat: 200 * time.Millisecond, Soft: time.Second}})
	return s, store, err
}

type wall struct{}

func (wall) Now() time.Time                         { return time.Now() }
func (wall) After(d time.Duration) <-chan time.Time { return time.After(d) }

// lines writes whole lines from several goroutines.
type lines struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *lines) say(words ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	fmt.Fprintln(l.w, words...)
}

// parts of the estate: each is a unit with one bucket in it.
const parts = 12

// estate is a scanner that tells what it does. Its target has parts, and one of them a part of its own.
type estate struct {
	out   *lines
	hangs string
	open  func() string // parts besides p5 that are not encrypted
}

func (e *estate) Scan(ctx context.Context, u probity.Unit) iter.Seq2[probity.Found, error] {
	return func(yield func(probity.Found, error) bool) {
		e.out.say("at", u.Part)
		if e.hangs == "*" || e.hangs != "" && e.hangs == u.Part {
			<-ctx.Done()
			yield(nil, ctx.Err())
			return
		}
		switch u.Part {
		case "":
			for i := range parts - 1 {
				if !yield(partOf(u, fmt.Sprint("p", i)), nil) {
					return
				}
			}
			return
		case "p3":
			if !yield(partOf(u, "p3/below"), nil) {
				return
			}
		}
		a := probity.Asset{Ref: probity.Ref{ID: "bucket-" + u.Part}, Kind: "aws.s3.bucket", Class: probity.Bucket}
		a.Encryption.AtRest = probity.Known(u.Part != "p5" && !slices.Contains(strings.Fields(e.open()), u.Part), nil)
		if u.Part == "p5" {
			a.Labels = probity.Whole(nil, probity.Label{Detector: "email", Category: probity.Contact, On: "a.csv:mail", Found: 3, Protection: probity.Clear})
		}
		if yield(a, nil) {
			yield(probity.Coverage{Supply: u.Supplies[0]}, nil)
		}
	}
}

func partOf(u probity.Unit, name string) probity.Unit {
	return probity.Unit{Scanner: "fake", Target: u.Target, Part: name, Supplies: []probity.Supply{{Kind: "aws.s3.bucket", Class: probity.Bucket, On: probity.Ref{ID: name}}}}
}

// planOf judges the estate by one rule.
func planOf(s probity.Scanner) Planner {
	return func(ctx context.Context, x config.Schedule, at time.Time) (*Plan, error) {
		if x.Targets[0] == "broken:" {
			return nil, errors.New("the target is broken")
		}
		corpus, err := policies.Load(ctx, policies.Options{Rules: []string{"encryption-at-rest"}})
		if err != nil {
			return nil, err
		}
		log := logrus.New()
		log.SetOutput(io.Discard)
		return &Plan{Options: pipeline.Options{Tool: "test", Targets: x.Targets, Units: []probity.Unit{{Scanner: "fake", Target: x.Targets[0]}}, Scanners: map[string]probity.Scanner{"fake": s},
			Corpus: corpus, Log: log, Now: at, Key: func() ([]byte, error) { return []byte("key"), nil }, Live: func(probity.Unit) bool { return true }},
			Judge: func(scan probity.Scan) (probity.Scan, error) { return scan, nil },
			Write: func(context.Context, string, probity.Scan) error { return nil }, Close: corpus.Close}, nil
	}
}

// child is a running process of the tests.
type child struct {
	cmd   *exec.Cmd
	lines chan string
	seen  []string
}

func begin(t *testing.T, p process) *child {
	t.Helper()
	spec, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+string(spec))
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	c := &child{cmd: cmd, lines: make(chan string, 1000)}
	go func() {
		defer close(c.lines)
		for s := bufio.NewScanner(out); s.Scan(); {
			c.lines <- s.Text()
		}
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		if t.Failed() {
			t.Logf("a child said %q and %s", c.seen, errs.String())
		}
	})
	return c
}

// until reads what the child says until a line comes that begins so.
func (c *child) until(t *testing.T, begins string) string {
	t.Helper()
	for l := range c.lines {
		c.seen = append(c.seen, l)
		if strings.HasPrefix(l, begins) {
			return l
		}
	}
	t.Fatalf("the child ended before it said %q", begins)
	return ""
}

// kill is SIGKILL, and all that was said.
func (c *child) kill(t *testing.T) []string {
	t.Helper()
	if err := c.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for l := range c.lines {
		c.seen = append(c.seen, l)
	}
	_ = c.cmd.Wait()
	return c.seen
}

// stop is SIGTERM.
func (c *child) stop(t *testing.T) {
	t.Helper()
	if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for l := range c.lines {
		c.seen = append(c.seen, l)
	}
	if err := c.cmd.Wait(); err != nil {
		t.Errorf("stopping: %v", err)
	}
}

// begun are the units that children began, in order.
func begun(seen []string) []string {
	var out []string
	for _, l := range seen {
		if p, ok := strings.CutPrefix(l, "at "); ok {
			out = append(out, p)
		}
	}
	slices.Sort(out)
	return out
}

// places runs a test on both databases.
func places(t *testing.T, test func(t *testing.T, where string)) {
	t.Helper()
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		test(t, t.TempDir())
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		test(t, postgres(t))
	})
}

// postgres is a database of a server of its own.
func postgres(t *testing.T) string {
	t.Helper()
	server := databasetest.Postgres(t, databasetest.Options{Quiet: true})
	u := url.URL{Scheme: "postgres", User: url.UserPassword("postgres", databasetest.Password), Host: fmt.Sprintf("127.0.0.1:%d", server.Port), Path: "postgres", RawQuery: "sslmode=disable&pool_max_conns=6"}
	return u.String()
}

// look opens the history to read it.
func look(t *testing.T, where string) *past.Past {
	t.Helper()
	p, err := past.Look(t.Context(), where, history.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	return p
}

// ended waits for the end of a scan of a schedule.
func ended(t *testing.T, where, schedule string) history.Record {
	t.Helper()
	store := look(t, where)
	for ; ; time.Sleep(50 * time.Millisecond) { // nobody tells: other processes work
		all, err := store.Scans(t.Context(), history.ScansQuery{Series: schedule, Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		if len(all) > 0 && all[0].State != history.Running {
			return all[0]
		}
	}
}
