package redis_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/database"
	"github.com/probity-scan/probity/scanners/database/databasetest"
	"github.com/probity-scan/probity/scanners/personaldata"
	"github.com/probity-scan/probity/scanners/personaldata/detectors"
	"github.com/probity-scan/probity/scanners/redis"
	"github.com/probity-scan/probity/scanners/scannertest"
)

type tally struct{ *personaldata.Tally }

func (t tally) Column(on, name string) func([]byte) { return t.Tally.Column(on, name).Add }

func scanner() probity.Scanner { return timed(nil) }

func timed(clock func() time.Time) probity.Scanner {
	return redis.New(database.Options{Tally: func() database.Tally {
		return tally{personaldata.New(personaldata.Options{Detectors: detectors.All()})}
	}, Now: func() time.Time { return time.Unix(0, 0).UTC() }, Clock: clock})
}

func unit(target string, b probity.Budget) probity.Unit {
	u := probity.Unit{Target: target, Asks: probity.Asks{Content: &b}}
	u.Supplies = redis.Supplies(u)
	return u
}

// visited is what a scan found.
type visited struct {
	assets map[string]probity.Asset // by database
	labels map[string][]string      // "place detector"
	cover  []probity.Coverage
	reads  []probity.Read
}

func visit(t *testing.T, u probity.Unit) visited {
	t.Helper()
	return visitBy(t, scanner(), u)
}

func visitBy(t *testing.T, s probity.Scanner, u probity.Unit) visited {
	t.Helper()
	out := visited{assets: map[string]probity.Asset{}, labels: map[string][]string{}}
	for f, err := range s.Scan(t.Context(), u) {
		if err != nil {
			t.Fatal(err)
		}
		switch f := f.(type) {
		case probity.Asset:
			at := f.ID[strings.LastIndex(f.ID, "/")+1:]
			out.assets[at] = f
			for _, l := range f.Labels.Items {
				out.labels[at] = append(out.labels[at], l.On+" "+l.Detector)
			}
		case probity.Coverage:
			out.cover = append(out.cover, f)
		case probity.Read:
			out.reads = append(out.reads, f)
		}
	}
	return out
}

// plant fills a database with people in keys of all types.
func plant(t *testing.T, s *databasetest.RedisServer) {
	t.Helper()
	for i := range 30 {
		n := 1000 + i
		mail := fmt.Sprintf("person%d@mail.example.net", n)
		s.Do(t, "HSET", fmt.Sprintf("user:%d", n), "email", mail, "seen", "17", mail+"x", "1")
		s.Do(t, "SET", fmt.Sprintf("cart:%d:profile", n), fmt.Sprintf(`{"owner":{"email":%q},"items":[1,2]}`, mail))
		s.Do(t, "RPUSH", fmt.Sprintf("mails:%d", n), mail)
		s.Do(t, "SADD", "newsletter", mail)
		s.Do(t, "XADD", "events", "*", "email", mail)
		s.Do(t, "SET", "session:"+mail, "1")
	}
	s.Do(t, "SET", "large", strings.Repeat("x", 1<<20))
	s.Do(t, "RPUSH", "huge", strings.Repeat("y", 8<<20))
}

func TestRedis(t *testing.T) {
	s := databasetest.Redis(t, databasetest.Options{})
	plant(t, s)
	s.Do(t, "SELECT", 3)
	s.Do(t, "SET", "a", "1")
	target := fmt.Sprintf("redis://127.0.0.1:%d", s.Port)
	got := visit(t, unit(target, probity.Budget{}))
	if d := cmp.Diff([]string{
		"*.email email", "*[] email", "cart:*:profile.owner.email email", "mails:*[] email", "session:*{} email", // events and newsletter may be somebody's names
		"user:*.email email", "user:*.{} email",
	}, got.labels["0"]); d != "" {
		t.Errorf("labels (-want +got):\n%s", d)
	}
	a := got.assets["0"]
	if d := cmp.Diff([]any{"sampled: long values read in part: 4; ", []string{"user default"}, []string{}, false},
		[]any{scannertest.Rest(a.Labels), scannertest.Items(a, "passwordless"), scannertest.Items(a, "powerful"), scannertest.Known(a.Encryption.InTransit)}); d != "" {
		t.Errorf("what guards it (-want +got):\n%s", d)
	}
	if v := scannertest.Known(a.Lifecycle.Version); !strings.HasPrefix(v, "redis ") {
		t.Errorf("got version %q", v)
	}
	if got.assets["3"].Name == "" || len(got.assets) != 2 || scannertest.Rest(got.assets["3"].Labels) != "" {
		t.Errorf("got %d databases, want 0, and 3 read whole", len(got.assets))
	}
	if len(got.cover) != 1 || got.cover[0].Gap != nil || len(got.reads) != 2 || got.reads[0].Identity != "default" || got.reads[0].Bytes == 0 || got.reads[0].Bytes > 300<<10 {
		t.Errorf("got coverage %+v and reads %+v", got.cover, got.reads)
	}
	scannertest.Run(t, scanner, unit(target+"/0", probity.Budget{}))
}

// TestUsers reads as a user with few rights, by TLS.
func TestUsers(t *testing.T) {
	s := databasetest.Redis(t, databasetest.Options{TLS: true})
	word := databasetest.Password
	s.Do(t, "SET", "mine:1", "person@mail.example.net")
	s.Do(t, "SET", "other:1", "person@mail.example.net")
	s.Do(t, "ACL", "SETUSER", "few", "on", ">"+word, "+@read", "+@connection", "+select", "+dbsize", "~mine:*")
	s.Do(t, "ACL", "SETUSER", "boss", "on", ">"+word, "+@all", "~*")
	s.Do(t, "ACL", "SETUSER", "less", "on", ">"+word, "+@all", "-flushall", "~*")
	s.Do(t, "ACL", "SETUSER", "asleep", "off", ">"+word, "+@all", "~*", "nopass")
	s.Do(t, "ACL", "SETUSER", "default", "resetpass", ">"+word)
	t.Setenv("REDISCLI_AUTH", word)
	at := fmt.Sprintf("127.0.0.1:%d/0?sslrootcert=%s", s.Port, s.Roots)

	a := visit(t, unit("rediss://boss@"+at, probity.Budget{})).assets["0"]
	if d := cmp.Diff([]any{[]string{}, []string{"user boss"}, true, ""}, []any{scannertest.Items(a, "passwordless"), scannertest.Items(a, "powerful"), scannertest.Known(a.Encryption.InTransit), scannertest.Rest(a.Labels)}); d != "" {
		t.Errorf("as one who may do all (-want +got):\n%s", d)
	}
	got := visit(t, unit("rediss://few@"+at, probity.Budget{}))
	a = got.assets["0"]
	if d := cmp.Diff([]any{[]string{"denied: +acl|list"}, []string{"denied: +acl|list"}, "denied: permission denied; +config|get", "denied: permission denied; +info",
		"denied: keys that this user may not read: 1; ~* and +@read", []string{"* email"}},
		[]any{scannertest.Items(a, "passwordless"), scannertest.Items(a, "powerful"), scannertest.Rest(a.Encryption.InTransit), scannertest.Rest(a.Lifecycle.Version), scannertest.Rest(a.Labels), got.labels["0"]}); d != "" {
		t.Errorf("as one with few rights (-want +got):\n%s", d)
	}
	t.Setenv("REDISCLI_AUTH", "")
	for target, want := range map[string]string{
		"rediss://few@" + at:                                             "denied: the server does not let this user in; a user and REDISCLI_AUTH",
		fmt.Sprintf("rediss://few@127.0.0.1:%d", s.Port):                 "unreachable: its certificate is of no authority that is known here; that authority's: sslrootcert=FILE",
		fmt.Sprintf("redis://127.0.0.1:%d", s.Port):                      "unreachable: no connection to the server; a network that reaches it",
		fmt.Sprintf("rediss://127.0.0.1:%d?sslrootcert=/none/x", s.Port): "unreadable: the file of sslrootcert cannot be read; ",
	} {
		got := visit(t, unit(target, probity.Budget{}))
		if len(got.cover) != 1 || scannertest.Rest(covered(got.cover[0])) != want {
			t.Errorf("%s: got %+v, want %s", target, got.cover, want)
		}
	}
}

// covered shows the gap of a coverage as that of a fact.
func covered(c probity.Coverage) probity.Leaf {
	if c.Gap == nil {
		return probity.Known(true, nil)
	}
	return probity.Missing[bool](*c.Gap, nil)
}

// TestSample: of a large database some keys are drawn, nothing is written, and no key looks used for having been read.
func TestSample(t *testing.T) {
	s := databasetest.Redis(t, databasetest.Options{})
	for i := range 3000 {
		s.Do(t, "SET", fmt.Sprintf("user:%d:mail", i), fmt.Sprintf("person%d@mail.example.net", i))
	}
	s.Do(t, "CONFIG", "RESETSTAT")
	got := visit(t, unit(fmt.Sprintf("redis://127.0.0.1:%d/0", s.Port), probity.Budget{Rows: 100}))
	a := got.assets["0"]
	if d := cmp.Diff([]string{"user:*:mail email"}, got.labels["0"]); d != "" {
		t.Errorf("labels (-want +got):\n%s", d)
	}
	sample := a.Labels.Items[0].Sample
	if sample.Read != 100 || scannertest.Known(sample.Total) != 3000 || sample.Method != "spread" || !strings.HasPrefix(scannertest.Rest(a.Labels), "sampled: 100 keys were read") {
		t.Errorf("got sample %+v and gap %s", sample, scannertest.Rest(a.Labels))
	}
	info := string(s.Do(t, "INFO", "commandstats").([]byte))
	for line := range strings.Lines(info) {
		name, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "cmdstat_"), ":")
		if !slices.Contains([]string{"# Commandstats", "", "ping", "info", "client|setname", "client|no-touch", "client", "config|get", "config|resetstat", "acl|list", "select", "dbsize", "randomkey", "type", "strlen", "memory|usage", "getrange", "hello"}, name) {
			t.Errorf("the server ran %s", name)
		}
	}
	if n, _ := s.Do(t, "DBSIZE").(int64); n != 3000 {
		t.Errorf("got %d keys afterwards", n)
	}
	small := visit(t, unit(fmt.Sprintf("redis://127.0.0.1:%d/0", s.Port), probity.Budget{Total: 200}))
	if g := scannertest.Rest(small.assets["0"].Labels); !strings.HasPrefix(g, "sampled: the budget of bytes") || small.reads[0].Bytes > 200+100*64 {
		t.Errorf("got %s and %+v, want that it stops at the budget", g, small.reads)
	}
	now := time.Unix(0, 0)
	ticking := func() time.Time { now = now.Add(time.Second); return now } // whenever somebody looks at it
	for seconds, want := range map[probity.Budget]string{
		{Seconds: 1}:                       "sampled: the time for one database is used up; a larger --sample-seconds",
		{TableSeconds: 8, Rows: 5000}:      "sampled: the time for one table is used up; a larger --table-seconds, or a server with less to do",
		{TableSeconds: 1000, Seconds: 1e6}: "sampled: 1000 keys were read; a larger --rows",
	} {
		a := visitBy(t, timed(ticking), unit(fmt.Sprintf("redis://127.0.0.1:%d/0", s.Port), seconds)).assets["0"]
		if g := scannertest.Rest(a.Labels); g != want || len(a.Labels.Items) > 0 && a.Labels.Items[0].Sample.Method == "all" {
			t.Errorf("got %s within %+v, want %s", g, seconds, want)
		}
	}
}

func TestReplica(t *testing.T) {
	master := databasetest.Redis(t, databasetest.Options{})
	s := databasetest.Redis(t, databasetest.Options{}, "--replicaof", fmt.Sprintf("127.0.0.1 %d", master.Port))
	got := visit(t, unit(fmt.Sprintf("redis://127.0.0.1:%d", s.Port), probity.Budget{}))
	want := []probity.Link{{Kind: probity.ReplicaOf, To: probity.Ref{ID: fmt.Sprintf("redis://127.0.0.1:%d/0", master.Port)}}}
	if d := cmp.Diff(want, got.assets["0"].Links.Items); d != "" {
		t.Errorf("links (-want +got):\n%s", d)
	}
}

func TestTargets(t *testing.T) {
	t.Parallel()
	for target, want := range map[string]string{"redis://h": "<nil>", "valkeys://me@h:7000/2": "<nil>", "redis://h/x": "target redis: databases of Redis are numbers", "redis://me:x@h": "the target holds a password; give it by REDISCLI_AUTH"} {
		if got := fmt.Sprint(redis.Check(target)); got != want {
			t.Errorf("%s: got %v, want %q", target, got, want)
		}
	}
}
