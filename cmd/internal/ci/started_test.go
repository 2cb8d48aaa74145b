package ci

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"
	corev1 "k8s.io/api/core/v1"

	"github.com/probity-scan/probity/scanners/database/databasetest"
	"github.com/probity-scan/probity/scanners/scannertest"
)

// started is a program that runs until it is stopped.
type started struct {
	cmd   *exec.Cmd
	mu    sync.Mutex
	said  bytes.Buffer
	ended chan error
}

func (s *started) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.said.Write(b)
}

func (s *started) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.said.String()
}

// launch starts a command in dir with no environment but PATH and what is given.
func launch(t *testing.T, dir string, env []string, name string, args ...string) *started {
	t.Helper()
	s := &started{cmd: exec.CommandContext(t.Context(), name, args...), ended: make(chan error, 1)}
	s.cmd.Dir, s.cmd.Env, s.cmd.Stderr = dir, append([]string{"PATH=" + os.Getenv("PATH")}, env...), s
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { s.ended <- s.cmd.Wait() }()
	t.Cleanup(func() { _ = s.cmd.Process.Kill() })
	return s
}

// stop is what supervisors do: SIGTERM, and so long to end.
func (s *started) stop(t *testing.T, within time.Duration) {
	t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatalf("it ended before: %s", s)
	}
	select {
	case err := <-s.ended:
		if err != nil {
			t.Errorf("it ended with %v: %s", err, s)
		}
	case <-time.After(within):
		t.Errorf("it does not stop: %s", s)
	}
}

// until polls: another process brings it about.
func (s *started) until(t *testing.T, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(2 * time.Minute); !so(); time.Sleep(50 * time.Millisecond) {
		select {
		case err := <-s.ended:
			t.Fatalf("it ended before %s: %v: %s", what, err, s)
		default:
		}
		if time.Now().After(end) {
			t.Fatalf("waited in vain for %s: %s", what, s)
		}
	}
}

// answers reports whether a probe is answered with success.
func answers(t *testing.T, url string) bool {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	return errors.Join(res.Body.Close()) == nil && res.StatusCode == http.StatusOK
}

// scanned runs a schedule of a server by its own command line, and waits for a whole scan.
func scanned(t *testing.T, s *started, schedule, config, data string) {
	t.Helper()
	ask := func(args ...string) result {
		return run(t, data, nil, program(t), append(append([]string{"serve"}, args...), "--config", config, "--data", data)...)
	}
	if got := ask("run", schedule); got.code != 0 {
		t.Fatalf("asking: exit %d: %s%s", got.code, got.stderr, s)
	}
	s.until(t, "the scan", func() bool { return strings.Contains(ask("status").stdout, ", complete: ") })
}

// pod is a container of the chart on this machine: its folders and its address are others.
type pod struct {
	data, etc string
	env       []string
	args      []string
}

func podOf(t *testing.T, m manifest, c corev1.Container, key string) pod {
	t.Helper()
	p := pod{data: t.TempDir(), etc: t.TempDir()}
	if err := os.WriteFile(filepath.Join(p.etc, "probity.yaml"), []byte(m.config.Data["probity.yaml"]), 0o600); err != nil {
		t.Fatal(err)
	}
	here := strings.NewReplacer("/etc/probity-key/key", key, "/etc/probity", p.etc, "/var/lib/probity", p.data, "0.0.0.0", "127.0.0.1")
	for _, a := range c.Args {
		p.args = append(p.args, here.Replace(a))
	}
	for _, e := range c.Env {
		p.env = append(p.env, e.Name+"="+here.Replace(e.Value))
	}
	return p
}

func (p pod) launch(t *testing.T) *started {
	t.Helper()
	return launch(t, p.data, p.env, program(t), p.args...)
}

// The chart's server starts by its command, answers its probes, scans, and stops in the time that its pod is given.
func TestChartServes(t *testing.T) {
	t.Parallel()
	repo, port := repository(t), scannertest.FreePort(t)
	text, err := render(t, fmt.Sprintf("mode: server\nserver: {port: %d}\nextraArgs: [--log-format=json]\nconfig: {serve: {schedules: [{name: nightly, cron: 0 2 * * *, targets: [%s/infra]}]}}", port, repo))
	if err != nil {
		t.Fatal(err)
	}
	m := decode(t, text)
	of := m.deployed["server"].Spec.Template.Spec
	c := of.Containers[0]
	p := podOf(t, m, c, "")
	s := p.launch(t)
	for _, probe := range []*corev1.Probe{c.StartupProbe, c.LivenessProbe, c.ReadinessProbe} {
		s.until(t, "its probes", func() bool { return answers(t, fmt.Sprintf("http://127.0.0.1:%d%s", port, probe.HTTPGet.Path)) })
	}
	scanned(t, s, "nightly", filepath.Join(p.etc, "probity.yaml"), filepath.Join(p.data, "data"))
	s.stop(t, time.Duration(*of.TerminationGracePeriodSeconds)*time.Second)
}

// The chart's servers and workers start at once by their commands, and scan together by one configuration and one key.
func TestChartWorks(t *testing.T) {
	t.Parallel()
	pg := databasetest.Postgres(t, databasetest.Options{Quiet: true})
	address := fmt.Sprintf("postgres://postgres:%s@127.0.0.1:%d/postgres?sslmode=disable", databasetest.Password, pg.Port)
	repo, ports := repository(t), []int{scannertest.FreePort(t), scannertest.FreePort(t)}
	key := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(key, []byte(rand.Text() + rand.Text())[:32], 0o600); err != nil {
		t.Fatal(err)
	}
	var all []*started
	var first pod
	for i, port := range ports {
		text, err := render(t, fmt.Sprintf("mode: server\nserver: {port: %d, replicas: 2}\nworker: {replicas: 1, extraArgs: [--network=inside, --log-format=json]}\nkeySecret: masks\nsecretName: databases\n"+
			"config: {serve: {database: 'env:HISTORY', schedules: [{name: nightly, place: {network: inside}, targets: [%s/infra]}]}}", port, repo))
		if err != nil {
			t.Fatal(err)
		}
		m := decode(t, text)
		for part, d := range m.deployed {
			if part == "worker" && i > 0 {
				continue
			}
			p := podOf(t, m, d.Spec.Template.Spec.Containers[0], key)
			p.env = append(p.env, "HISTORY="+address) // the Secret's
			if part == "server" && i == 0 {
				first = p
			}
			all = append(all, p.launch(t))
		}
	}
	for _, port := range ports {
		all[0].until(t, "the servers", func() bool { return answers(t, fmt.Sprintf("http://127.0.0.1:%d/readyz", port)) })
	}
	scanned(t, all[0], "nightly", filepath.Join(first.etc, "probity.yaml"), filepath.Join(first.data, "data"))
	for _, s := range all {
		s.stop(t, time.Minute)
	}
}

// The server's unit starts by its command, with nothing in its folder but what systemd makes, scans, and stops in the time that it is given.
func TestUnitServes(t *testing.T) {
	t.Parallel()
	repo, state, etc, port := repository(t), t.TempDir(), t.TempDir(), scannertest.FreePort(t)
	if err := os.Mkdir(filepath.Join(state, "data"), 0o700); err != nil {
		t.Fatal(err)
	}
	config, err := yaml.Marshal(map[string]any{"serve": map[string]any{"schedules": []any{map[string]any{"name": "nightly", "targets": []string{filepath.Join(repo, "infra")}}}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(etc, "probity.yaml"), config, 0o600); err != nil {
		t.Fatal(err)
	}
	here := strings.NewReplacer("/usr/bin/probity", program(t), "/var/lib/probity", state, "/etc/probity", etc, "127.0.0.1:8470", fmt.Sprintf("127.0.0.1:%d", port))
	unit := map[string]string{}
	for line := range strings.Lines(read(t, filepath.Join(units(t, here), "probity-serve.service"))) {
		if key, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok {
			unit[key] = value
		}
	}
	words := strings.Fields(unit["ExecStart"])
	s := launch(t, unit["WorkingDirectory"], []string{unit["Environment"]}, words[0], words[1:]...)
	s.until(t, "that it is ready", func() bool { return answers(t, fmt.Sprintf("http://127.0.0.1:%d/readyz", port)) })
	scanned(t, s, "nightly", filepath.Join(etc, "probity.yaml"), filepath.Join(state, "data"))
	if unit["TimeoutStopSec"] != "2min" {
		t.Errorf("it is given %s", unit["TimeoutStopSec"])
	}
	s.stop(t, 2*time.Minute)
	// What is wrong in the configuration is one line in the journal.
	if err := os.WriteFile(filepath.Join(etc, "probity.yaml"), []byte("serve: {}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := run(t, state, nil, words[0], words[1:]...); got.code != 2 || strings.Count(got.stderr, "\n") != 1 {
		t.Errorf("exit %d, want 2 and one line: %s", got.code, got.stderr)
	}
}
