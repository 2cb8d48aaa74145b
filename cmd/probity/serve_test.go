package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/probity-scan/probity/reports/dashboard"
	"github.com/probity-scan/probity/reports/history"
	"github.com/probity-scan/probity/reports/news"
	"github.com/probity-scan/probity/scanners/database/databasetest"
)

// shared is written by one goroutine and read by another.
type shared struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *shared) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *shared) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// TestServe: a server scans when it is asked as probity scan would, and its history tells what was found.
func TestServe(t *testing.T) {
	t.Setenv("PROBITY_KEY_FILE", filepath.Join(t.TempDir(), "key"))
	dir := t.TempDir()
	file := filepath.Join(dir, "probity.yaml")
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	told := make(chan news.Message, 10)
	sink := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var m news.Message
		if err := json.NewDecoder(r.Body).Decode(&m); err != nil {
			t.Error(err)
		}
		told <- m
	}))
	defer sink.Close()
	code := write("code/main.tf", "resource \"aws_ebs_volume\" \"disk\" {\n  availability_zone = \"eu-west-1a\"\n  size = 10\n  encrypted = false\n}\n")
	other := write("other/main.tf", "resource \"aws_ebs_volume\" \"other\" {\n  availability_zone = \"eu-west-1a\"\n  size = 10\n  encrypted = false\n}\n")
	report, data := filepath.Join(dir, "out.json"), filepath.Join(dir, "data")
	write("probity.yaml", "waivers: [{rule: encryption-at-rest, asset: \"*disk\", reason: test, owner: me, until: \"2099-01-01\"}]\nserve:\n  data: "+data+"\n  listen: 127.0.0.1:0\n  notify: [{name: ops, kind: webhook, where: \"file:"+write("sink", sink.URL+"\n")+"\"}]\n  schedules:\n    - {name: nightly, targets: ["+filepath.Dir(code)+"], rules: [encryption-at-rest], outputs: {json: "+report+"}}\n    - {name: other, targets: ["+filepath.Dir(other)+"], rules: [encryption-at-rest]}\n")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var log shared
	ended := make(chan int, 1)
	go func() { ended <- run(ctx, []string{"serve", "--config", file}, strings.NewReader(""), &log, &log) }()
	probity := func(args ...string) (string, int) {
		var out bytes.Buffer
		code := run(t.Context(), args, strings.NewReader(""), &out, &out)
		return out.String(), code
	}
	until := func(what string, so func() bool) {
		for end := time.Now().Add(time.Minute); !so(); time.Sleep(50 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("waited in vain for %s: %s", what, log.String())
			}
		}
	}
	until("the server", func() bool { return strings.Contains(log.String(), "listening") })
	next := func() (m news.Message) {
		select {
		case m = <-told:
		case <-time.After(time.Minute):
			t.Errorf("no message comes: %s", log.String())
		}
		return m
	}
	if out, code := probity("serve", "notify", "ops", "--config", file); code != 0 || out != "sent\n" {
		t.Errorf("a test message: %d %s", code, out)
	}
	if out, code := probity("serve", "notify", "nobody", "--config", file); code != 2 || !strings.Contains(out, "no sink") {
		t.Errorf("an unknown sink: %d %s", code, out)
	}
	if m := next(); m.Kind != news.Test {
		t.Errorf("the test message is %+v", m)
	}
	if out, code := probity("serve", "run", "weekly", "--config", file); code != 2 || !strings.Contains(out, "no such schedule") {
		t.Errorf("an unknown schedule: %d %s", code, out)
	}
	if out, code := probity("serve", "run", "nightly", "--config", file); code != 0 {
		t.Fatalf("asking: %d %s", code, out)
	}
	var st dashboard.Status
	until("the scan", func() bool {
		out, code := probity("serve", "status", "--json", "--config", file)
		if code != 0 || json.Unmarshal([]byte(out), &st) != nil {
			t.Fatalf("status: %d %s", code, out)
		}
		return st.Schedules[0].Last != nil
	})
	if last := st.Schedules[0].Last; last.State != "complete" || last.Assets != 1 || last.Findings != 0 {
		t.Errorf("got %+v, want one asset whose finding is waived", last)
	}
	if out, code := probity("serve", "status", "--config", file); code != 0 || !strings.Contains(out, "complete: 1 assets, 0 findings") || !strings.Contains(out, "when somebody asks") {
		t.Errorf("status: %d %s", code, out)
	}
	until("its report", func() bool {
		b, err := os.ReadFile(report)
		return err == nil && strings.Contains(string(b), "aws_ebs_volume.disk")
	})
	if out, code := probity("history", "list", "--history", data); code != 0 || !strings.Contains(out, "nightly") {
		t.Errorf("history: %d %s", code, out)
	}
	if out, code := probity("serve", "run", "other", "--config", file); code != 0 {
		t.Fatalf("asking: %d %s", code, out)
	}
	if m := next(); m.Kind != history.NewsNotice || m.Schedule != "other" || m.Counts.Stand != 1 {
		t.Errorf("the sink is told %+v", m)
	}
	until("that it is noted", func() bool {
		out, code := probity("serve", "notifications", "--config", file, "--sink", "ops")
		return code == 0 && strings.Contains(out, "sent") && strings.Contains(out, "other")
	})
	if out, code := probity("serve", "notifications", "retry", "nothing", "--config", file); code != 2 || !strings.Contains(out, "there is none") {
		t.Errorf("an unknown message: %d %s", code, out)
	}
	stop()
	if code := <-ended; code != 0 {
		t.Errorf("the server ended with %d: %s", code, log.String())
	}
}

// TestWorkerElsewhere: a worker that has the place of a schedule reads files that the server does not have, by the server's own configuration.
func TestWorkerElsewhere(t *testing.T) {
	t.Setenv("PROBITY_KEY_FILE", filepath.Join(t.TempDir(), "key"))
	pg := databasetest.Postgres(t, databasetest.Options{Quiet: true})
	t.Setenv("PROBITY_TEST_HISTORY", fmt.Sprintf("postgres://postgres:%s@127.0.0.1:%d/postgres?sslmode=disable", databasetest.Password, pg.Port))
	dir := t.TempDir()
	there, file := filepath.Join(dir, "there"), filepath.Join(dir, "server.yaml")
	text := "serve:\n  database: env:PROBITY_TEST_HISTORY\n  data: " + filepath.Join(dir, "data") + "\n  listen: 127.0.0.1:0\n  schedules:\n    - {name: far, place: {network: far}, targets: [" + there + "], rules: [encryption-at-rest]}\n"
	worker := filepath.Join(dir, "worker.yaml") // the same, but for what is the worker's own
	for name, text := range map[string]string{file: text, worker: strings.Replace(text, filepath.Join(dir, "data"), filepath.Join(dir, "other"), 1)} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var log shared
	ended := make(chan int, 2)
	begin := func(args ...string) {
		go func() { ended <- run(ctx, args, strings.NewReader(""), &log, &log) }()
	}
	until := func(what string, so func() bool) {
		for end := time.Now().Add(time.Minute); !so(); time.Sleep(50 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("waited in vain for %s: %s", what, log.String())
			}
		}
	}
	status := func() (st dashboard.ScheduleStatus) {
		var out bytes.Buffer
		var all dashboard.Status
		if code := run(t.Context(), []string{"serve", "status", "--json", "--config", file}, strings.NewReader(""), &out, &out); code != 0 || json.Unmarshal(out.Bytes(), &all) != nil {
			t.Fatalf("status: %d %s", code, out.String())
		}
		return all.Schedules[0]
	}
	begin("serve", "--config", file)
	until("the server", func() bool { return strings.Contains(log.String(), "listening") })
	var out bytes.Buffer
	if code := run(t.Context(), []string{"serve", "run", "far", "--config", file}, strings.NewReader(""), &out, &out); code != 0 {
		t.Fatalf("asking: %d %s", code, out.String())
	}
	until("a unit that waits", func() bool { return status().Waiting == 1 })
	if err := os.Mkdir(there, 0o700); err != nil { // now it is there, where the worker is
		t.Fatal(err)
	}
	for name, text := range map[string]string{"main.tf": "resource \"aws_ebs_volume\" \"disk\" {\n  size = 10\n  encrypted = false\n}\n", "probity.yaml": "exclude: [none/**]\n"} {
		if err := os.WriteFile(filepath.Join(there, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	begin("worker", "--config", worker, "--network", "far")
	until("the scan", func() bool { return status().Last != nil })
	if last := status().Last; last.State != history.Complete || last.Assets != 1 || last.Findings != 1 {
		t.Errorf("got %+v, want the disk and its finding: %s", last, log.String())
	}
	stop()
	for range 2 {
		if code := <-ended; code != 0 {
			t.Errorf("one ended with %d: %s", code, log.String())
		}
	}
}
