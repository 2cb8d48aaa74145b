// Package awstest starts the servers that tests of the scanner of AWS ask: an emulator of its APIs, on a free port of this
// machine, which ends with the test.
package awstest

import (
	"bufio"
	"context"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"github.com/probity-scan/probity/scanners/scannertest"
)

// Account is the account that the emulator holds things in, unless a role of another was assumed.
const Account = "123456789012"

// Region is the one that tests fill.
const Region = "eu-west-1"

// Emulator starts moto and gives its endpoint. The environment is set so that a scan of it has credentials, and asks nobody
// else: a test that uses it cannot be parallel.
func Emulator(t testing.TB) string {
	t.Helper()
	Environment(t)
	program := os.Getenv("PROBITY_MOTO")
	if program == "" {
		t.Fatal("PROBITY_MOTO names no moto_server: run make test, which installs it")
	}
	port := scannertest.FreePort(t)
	endpoint := "http://127.0.0.1:" + strconv.Itoa(port)
	Serve(t, endpoint+"/moto-api/data.json", program, "-H", "127.0.0.1", "-p", strconv.Itoa(port))
	return endpoint
}

// Environment gives the test credentials that no account has, and no other way to any.
func Environment(t testing.TB) {
	t.Helper()
	for k, v := range map[string]string{"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing",
		"AWS_CONFIG_FILE": os.DevNull, "AWS_SHARED_CREDENTIALS_FILE": os.DevNull, "AWS_EC2_METADATA_DISABLED": "true", "AWS_REGION": Region} {
		t.Setenv(k, v)
	}
	for _, k := range []string{"AWS_PROFILE", "AWS_SESSION_TOKEN"} {
		t.Setenv(k, "") // given back after the test
		_ = os.Unsetenv(k)
	}
}

// Config is the kit's configuration to fill the emulator with.
func Config(t testing.TB, endpoint, region string) aws.Config {
	t.Helper()
	// Some services put a name before the host, which no resolver knows.
	client := awshttp.NewBuildableClient().WithTransportOptions(func(tr *http.Transport) {
		tr.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, strings.TrimPrefix(endpoint, "http://"))
		}
	})
	cfg, err := config.LoadDefaultConfig(t.Context(), config.WithRegion(region), config.WithBaseEndpoint(endpoint), config.WithHTTPClient(client),
		config.WithCredentialsProvider(credentials.NewStaticCredentialsProvider("testing", "testing", "")))
	if err != nil {
		t.Fatalf("configuring the kit: %v", err)
	}
	return cfg
}

// Serve runs a server until the test ends, and waits until it answers at a URL.
func Serve(t testing.TB, url, program string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), program, args...)
	out, err := cmd.StderrPipe()
	if err != nil {
		t.Fatalf("starting %s: %v", program, err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatalf("starting %s: %v", program, err)
	}
	said := &tail{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for s := bufio.NewScanner(out); s.Scan(); {
			said.add(s.Text())
		}
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-done
		_ = cmd.Wait()
		if t.Failed() {
			t.Logf("%s said:\n%s", program, said)
		}
	})
	for range 300 {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
		if err != nil {
			t.Fatal(err)
		}
		if res, err := http.DefaultClient.Do(req); err == nil {
			_ = res.Body.Close()
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("%s does not answer at %s", program, url)
}

// tail keeps the last lines that a server said, without those of requests that went well.
type tail struct {
	mu    sync.Mutex
	lines []string
}

func (o *tail) add(line string) {
	if strings.Contains(line, "HTTP/1.1") && !strings.Contains(line, "\" 5") {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.lines = append(o.lines[max(0, len(o.lines)-40):], line)
}

func (o *tail) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return strings.Join(o.lines, "\n")
}

// Server starts versitygw, which speaks S3 over a folder of this machine, and gives its endpoint.
func Server(t *testing.T) string {
	t.Helper()
	Environment(t)
	program := os.Getenv("PROBITY_VERSITYGW")
	if program == "" {
		t.Fatal("PROBITY_VERSITYGW names no versitygw: run make test, which installs it")
	}
	address := "127.0.0.1:" + strconv.Itoa(scannertest.FreePort(t))
	Serve(t, "http://"+address, program, "--access", "testing", "--secret", "testing", "--region", Region, "--port", address, "posix", "--sidecar", t.TempDir(), t.TempDir())
	return "http://" + address
}
