package databasetest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/crypto/bcrypt"

	"github.com/probity-scan/probity/scanners/scannertest"
)

// SearchServer is a cluster of OpenSearch of one server.
type SearchServer struct {
	Port  int
	Roots string // file of the authority of its certificate; empty: it speaks no TLS, and asks nobody for a password
	http  *http.Client
}

// OpenSearch starts OpenSearch from the folder that PROBITY_OPENSEARCH names. With TLS it has the users admin, all, who may read all but change
// nothing of note, few, who may read documents, and none.
func OpenSearch(t *testing.T, o Options) *SearchServer {
	t.Helper()
	as := somebody(t, "nobody")
	dir := home(t, as)
	if err := os.CopyFS(filepath.Join(dir, "home"), os.DirFS(openSearch(t))); err != nil { // where the user of the server may read it
		t.Fatal(err)
	}
	s := &SearchServer{Port: scannertest.FreePort(t), http: &http.Client{}}
	config := filepath.Join(dir, "config")
	settings := fmt.Sprintf("cluster.name: tests\ndiscovery.type: single-node\nnetwork.host: 127.0.0.1\nhttp.port: %d\ntransport.port: %d\npath.data: %s\npath.logs: %[3]s\n", s.Port, scannertest.FreePort(t), filepath.Join(dir, "data"))
	if err := os.MkdirAll(filepath.Join(config, "opensearch-security"), 0o755); err != nil {
		t.Fatal(err)
	}
	if o.TLS {
		cert := certify(t, as, config)
		s.Roots, s.http.Transport = cert.roots, &http.Transport{TLSClientConfig: trusting(t, cert.roots)}
		settings += secured(t, as, filepath.Join(config, "opensearch-security"))
	} else {
		settings += "plugins.security.disabled: true\n"
	}
	write(t, as, filepath.Join(config, "opensearch.yml"), []byte(settings))
	write(t, as, filepath.Join(config, "log4j2.properties"), []byte("status = error\nappender.c.type = Console\nappender.c.name = c\nappender.c.layout.type = PatternLayout\nappender.c.layout.pattern = %m%n\nrootLogger.level = error\nrootLogger.appenderRef.c.ref = c\n"))
	for _, d := range []string{config, filepath.Join(config, "opensearch-security"), filepath.Join(dir, "home")} {
		as.own(t, d)
	}
	java, err := exec.LookPath("java")
	if err != nil {
		t.Fatal("java is not on PATH: run make test, which installs it")
	}
	serve(t, as, dir, s.answers(t), os.Kill, java, "-Xms384m", "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Djava.security.manager=allow", "-Dlog4j2.disable.jmx=true",
		"-Djava.io.tmpdir="+dir, "-Dopensearch.path.home="+filepath.Join(dir, "home"), "-Dopensearch.path.conf="+config, "-Dopensearch.distribution.type=tar", "-cp", filepath.Join(dir, "home", "lib", "*"), "org.opensearch.bootstrap.OpenSearch")
	return s
}

func openSearch(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("PROBITY_OPENSEARCH")
	if !isFile(filepath.Join(dir, "pom.xml")) {
		t.Fatal("PROBITY_OPENSEARCH names no folder with OpenSearch: run make test, which makes it")
	}
	return dir
}

// Auditor is the role of the user all, as deploy/roles gives it to Probity.
const Auditor = "{cluster_permissions: [cluster_monitor], index_permissions: [{index_patterns: ['*'], allowed_actions: [indices_monitor, read]}]}"

// secured writes what the security plugin starts with, and gives its settings.
func secured(t *testing.T, as *account, dir string) string {
	t.Helper()
	digest, err := bcrypt.GenerateFromPassword([]byte(Password), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	meta := "_meta: {type: %s, config_version: 2}\n"
	user := `%s: {hash: "` + strings.Replace(string(digest), "$2a$", "$2y$", 1) + `", reserved: %v, backend_roles: [%[1]s]}` + "\n"
	for name, text := range map[string]string{
		"config":         "config: {dynamic: {authc: {basic: {http_enabled: true, transport_enabled: true, order: 1, http_authenticator: {type: basic, challenge: true}, authentication_backend: {type: intern}}}}}\n",
		"internal_users": fmt.Sprintf(user, "admin", true) + fmt.Sprintf(user, "all", false) + fmt.Sprintf(user, "few", false) + fmt.Sprintf(user, "none", false),
		"roles": "auditors: " + Auditor + "\n" +
			"readers: {cluster_permissions: [cluster_monitor], index_permissions: [{index_patterns: ['*'], allowed_actions: [indices_monitor]}, {index_patterns: ['open*'], allowed_actions: [read]}]}\n",
		"roles_mapping": "all_access: {reserved: false, backend_roles: [admin]}\nauditors: {backend_roles: [all]}\nreaders: {backend_roles: [few]}\n",
		"action_groups": "", "tenants": "", "nodes_dn": "", "audit": "config: {enabled: true, audit: {enable_rest: true, disabled_rest_categories: [GRANTED_PRIVILEGES], enable_transport: true, disabled_transport_categories: [GRANTED_PRIVILEGES]}}\n",
		"allowlist": "config: {enabled: false}\n", "whitelist": "config: {enabled: false}\n",
	} {
		kind := map[string]string{"internal_users": "internalusers", "roles_mapping": "rolesmapping", "action_groups": "actiongroups", "nodes_dn": "nodesdn"}[name]
		if kind == "" {
			kind = name
		}
		write(t, as, filepath.Join(dir, name+".yml"), []byte(fmt.Sprintf(meta, kind)+text))
	}
	const ssl = "plugins.security.ssl.%[1]s.pemcert_filepath: cert.pem\nplugins.security.ssl.%[1]s.pemkey_filepath: key.pem\nplugins.security.ssl.%[1]s.pemtrustedcas_filepath: roots.pem\n"
	return fmt.Sprintf(ssl, "transport") + fmt.Sprintf(ssl, "http") + "plugins.security.ssl.http.enabled: true\nplugins.security.ssl.transport.enforce_hostname_verification: false\n" +
		"plugins.security.nodes_dn: ['CN=server of tests']\nplugins.security.allow_default_init_securityindex: true\nplugins.security.audit.type: noop\nplugins.security.restapi.roles_enabled: [all_access, auditors]\n"
}

// answers reports whether the server is ready for its administrator.
func (s *SearchServer) answers(t *testing.T) func() bool {
	return func() bool {
		status, _ := s.ask(t.Context(), http.MethodGet, "/_cat/indices", "")
		return status == http.StatusOK
	}
}

// Do sends a request as the administrator.
func (s *SearchServer) Do(t *testing.T, method, path, body string) {
	t.Helper()
	if status, said := s.ask(t.Context(), method, path, body); status/100 != 2 {
		t.Fatalf("%s %s: %d %s", method, path, status, said)
	}
}

// Set sends requests of one line each: method, path, body.
func (s *SearchServer) Set(t *testing.T, requests string) {
	t.Helper()
	for line := range strings.Lines(requests) {
		words := append(strings.SplitN(strings.TrimSpace(line), " ", 3), "")
		s.Do(t, words[0], words[1], strings.ReplaceAll(words[2], "SECRET", Password+"-Aa1!"))
	}
}

func (s *SearchServer) ask(ctx context.Context, method, path, body string) (status int, said string) {
	scheme := "http"
	if s.Roots != "" {
		scheme = "https"
	}
	req, err := http.NewRequestWithContext(ctx, method, fmt.Sprintf("%s://127.0.0.1:%d%s", scheme, s.Port, path), bytes.NewReader([]byte(body)))
	if err != nil {
		return 0, err.Error()
	}
	req.Header.Set("Content-Type", "application/json")
	if s.Roots != "" {
		req.SetBasicAuth("admin", Password)
	}
	resp, err := s.http.Do(req)
	if err != nil {
		return 0, err.Error()
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, err.Error()
	}
	return resp.StatusCode, string(b)
}
