package opensearch_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/database"
	"github.com/probity-scan/probity/scanners/database/databasetest"
	"github.com/probity-scan/probity/scanners/opensearch"
	"github.com/probity-scan/probity/scanners/personaldata"
	"github.com/probity-scan/probity/scanners/personaldata/detectors"
	"github.com/probity-scan/probity/scanners/scannertest"
)

type tally struct{ *personaldata.Tally }

func (t tally) Column(on, name string) func([]byte) { return t.Tally.Column(on, name).Add }

func scanner() probity.Scanner { return timed(nil) }

func timed(clock func() time.Time) probity.Scanner {
	return opensearch.New(database.Options{Tally: func() database.Tally {
		return tally{personaldata.New(personaldata.Options{Detectors: detectors.All()})}
	}, Now: func() time.Time { return time.Unix(0, 0).UTC() }, Clock: clock})
}

func unit(target string, b probity.Budget) probity.Unit {
	u := probity.Unit{Target: target, Asks: probity.Asks{Content: &b}}
	u.Supplies = opensearch.Supplies(u)
	return u
}

// visited is what a scan found, in a few words each.
type visited struct {
	cluster probity.Asset
	words   map[string]string // labels, and gap, of each index
	assets  map[string]probity.Asset
	cover   []string // gaps
	reads   []probity.Read
}

func visit(t *testing.T, u probity.Unit) visited {
	t.Helper()
	return visitBy(t, scanner(), u)
}

func visitBy(t *testing.T, s probity.Scanner, u probity.Unit) visited {
	t.Helper()
	out := visited{words: map[string]string{}, assets: map[string]probity.Asset{}}
	for f, err := range s.Scan(t.Context(), u) {
		if err != nil {
			t.Fatal(err)
		}
		switch f := f.(type) {
		case probity.Asset:
			if f.Class == probity.Search {
				out.cluster = f
				continue
			}
			var labels []string
			for _, l := range f.Labels.Items {
				labels = append(labels, l.On+" "+l.Detector)
			}
			out.words[f.Name] = strings.Join(labels, ", ") + " | " + scannertest.Rest(f.Labels)
			out.assets[f.Name] = f
		case probity.Coverage:
			gap := ""
			if f.Gap != nil {
				gap = scannertest.Rest(probity.Missing[bool](*f.Gap, nil))
			}
			out.cover = append(out.cover, gap)
		case probity.Read:
			out.reads = append(out.reads, f)
		}
	}
	return out
}

// fill puts n people into an index.
func fill(t *testing.T, s *databasetest.SearchServer, index string, n int) {
	t.Helper()
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "{\"index\":{}}\n{\"number\":%d,\"contact\":{\"emails\":[\"person%d@mail.example.net\"]}}\n", i, i)
	}
	s.Do(t, http.MethodPost, "/"+index+"/_bulk?refresh=true", b.String())
}

func TestOpenSearch(t *testing.T) {
	s := databasetest.OpenSearch(t, databasetest.Options{TLS: true})
	fill(t, s, "open-people", 300)
	fill(t, s, "patients", 20)
	s.Do(t, http.MethodPut, "/open-bare", `{"mappings":{"_source":{"enabled":false}}}`)
	fill(t, s, "open-bare", 3)
	s.Do(t, http.MethodPut, "/open-closed", "")
	s.Do(t, http.MethodPost, "/open-closed/_close", "")
	s.Do(t, http.MethodPut, "/open-empty", "")
	s.Do(t, http.MethodPut, "/_index_template/logs", `{"index_patterns":["open-logs"],"data_stream":{}}`)
	s.Do(t, http.MethodPost, "/open-logs/_doc?op_type=create&refresh=true", `{"@timestamp":"2026-11-28T00:00:00Z","client":"person9@mail.example.net"}`)
	s.Do(t, http.MethodPut, "/_plugins/_security/api/internalusers/boss", `{"password":"`+databasetest.Password+`-Aa1!","backend_roles":["admin"]}`)
	t.Setenv("OPENSEARCH_PASSWORD", databasetest.Password)
	at := fmt.Sprintf("127.0.0.1:%d?sslrootcert=%s", s.Port, s.Roots)

	got := visit(t, unit("opensearch://all@"+at, probity.Budget{Rows: 100}))
	const emails = "contact.emails[] email | "
	if d := cmp.Diff(map[string]string{
		"open-people": emails + "sampled: 100 documents were read; a larger --rows", "patients": emails, "open-empty": " | ",
		"open-bare": " | not-collected: documents whose source is not kept: 3; ", "open-closed": " | unreadable: the index is closed; a scan while it is open",
		".ds-open-logs-000001": "client email | ",
	}, got.words); d != "" {
		t.Errorf("as an auditor (-want +got):\n%s", d)
	}
	if l := got.assets["open-people"].Labels.Items[0]; l.Sample.Method != "random" || l.Sample.Read != 100 || scannertest.Known(l.Sample.Total) != 300 || l.Found != 100 {
		t.Errorf("got %+v, want a sample by chance", l)
	}
	c := got.cluster
	if d := cmp.Diff([]any{"", "user boss", true, false, []string{"", ""}}, []any{strings.Join(scannertest.Items(c, "passwordless"), ", "), strings.Join(scannertest.Items(c, "powerful"), ", "), scannertest.Known(c.Encryption.InTransit), scannertest.Known(c.Audit.Access), got.cover}); d != "" {
		t.Errorf("what guards it (-want +got):\n%s", d)
	}
	if len(got.reads) != 1 || got.reads[0].Identity != "all" || got.reads[0].Bytes == 0 || got.reads[0].Bytes > 20<<10 {
		t.Errorf("got reads %+v", got.reads)
	}

	t.Run("few rights", func(t *testing.T) {
		got := visit(t, unit("opensearch://few@"+at, probity.Budget{Rows: 100}))
		if want := " | denied: permission denied; indices:data/read/search on patients"; got.words["patients"] != want {
			t.Errorf("got %q, want %q", got.words["patients"], want)
		}
		if d := cmp.Diff([]any{"", "denied: a role of plugins.security.restapi.roles_enabled", "denied: permission denied; a role of plugins.security.restapi.roles_enabled"},
			[]any{strings.Join(scannertest.Items(got.cluster, "passwordless"), ", "), strings.Join(scannertest.Items(got.cluster, "powerful"), ", "), scannertest.Rest(got.cluster.Audit.Access)}); d != "" {
			t.Errorf("what guards it (-want +got):\n%s", d)
		}
	})
	t.Run("none", func(t *testing.T) {
		got := visit(t, unit("opensearch://none@"+at, probity.Budget{}))
		if want := "denied: permission denied; cluster:monitor/main"; len(got.cover) != 2 || got.cover[0] != want {
			t.Errorf("got %q, want %q", got.cover, want)
		}
	})
	t.Run("audited", func(t *testing.T) {
		s.Do(t, http.MethodPatch, "/_plugins/_security/api/audit", `[{"op":"replace","path":"/config/audit/disabled_rest_categories","value":[]}]`)
		if got := visit(t, unit("opensearch://all@"+at, probity.Budget{})); !scannertest.Known(got.cluster.Audit.Access) {
			t.Error("reads are audited, and that is not told")
		}
	})
	t.Run("one index", func(t *testing.T) {
		u := unit(fmt.Sprintf("opensearch://all@127.0.0.1:%d/patients?sslrootcert=%s", s.Port, s.Roots), probity.Budget{})
		if got := visit(t, u); len(got.words) != 1 {
			t.Errorf("got %v, want the index that was named", got.words)
		}
		scannertest.Run(t, scanner, u)
	})
	t.Run("not let in", func(t *testing.T) {
		t.Setenv("OPENSEARCH_PASSWORD", "")
		for target, want := range map[string]string{
			"opensearch://all@" + at:                                                  "denied: the server does not let this user in; a user and OPENSEARCH_PASSWORD",
			fmt.Sprintf("opensearch://all@127.0.0.1:%d", s.Port):                      "unreachable: its certificate is of no authority that is known here; that authority's: sslrootcert=FILE",
			fmt.Sprintf("opensearch://127.0.0.1:%d?sslmode=disable", s.Port):          "unreachable: no connection to the server; a network that reaches it",
			fmt.Sprintf("opensearch://127.0.0.1:%d?sslrootcert=/none/of.pem", s.Port): "unreadable: the file of sslrootcert cannot be read; ",
		} {
			if got := visit(t, unit(target, probity.Budget{})); len(got.cover) != 2 || got.cover[0] != want {
				t.Errorf("%s: got %q, want %s", target, got.cover, want)
			}
		}
	})
}

// TestOpen: without the plugin for it a cluster asks nobody who comes.
func TestOpen(t *testing.T) {
	s := databasetest.OpenSearch(t, databasetest.Options{})
	fill(t, s, "people", 40)
	target := fmt.Sprintf("opensearch://127.0.0.1:%d?sslmode=disable", s.Port)
	got := visit(t, unit(target, probity.Budget{Total: 100}))
	c := got.cluster
	if d := cmp.Diff([]any{"everybody", "everybody", false, false}, []any{strings.Join(scannertest.Items(c, "passwordless"), ", "), strings.Join(scannertest.Items(c, "powerful"), ", "), scannertest.Known(c.Encryption.InTransit), scannertest.Known(c.Audit.Access)}); d != "" {
		t.Errorf("what guards it (-want +got):\n%s", d)
	}
	if g := got.words["people"]; !strings.HasSuffix(g, "sampled: the budget of bytes is used up; a larger --sample-bytes") || got.reads[0].Identity != "everybody" {
		t.Errorf("got %q and %+v, want that it stops at the budget", g, got.reads)
	}
	now := time.Unix(0, 0)
	ticking := func() time.Time { now = now.Add(time.Second); return now } // whenever somebody looks at it
	for seconds, want := range map[probity.Budget]string{
		{Seconds: 1}:      " | sampled: the time for one database is used up; a larger --sample-seconds",
		{TableSeconds: 1}: " | sampled: the time for one table is used up; a larger --table-seconds, or a server with less to do",
	} {
		if got := visitBy(t, timed(ticking), unit(target, seconds)); got.words["people"] != want {
			t.Errorf("got %q within %+v, want %q", got.words["people"], seconds, want)
		}
	}
	if got := visit(t, unit(strings.TrimSuffix(target, "?sslmode=disable"), probity.Budget{})); got.cover[0] != "unreachable: the server speaks no TLS; sslmode=disable in the target" {
		t.Errorf("got %q, want that it speaks no TLS", got.cover)
	}
}
