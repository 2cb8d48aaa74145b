package opensearch_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/probity-scan/probity"
)

// TestHostile: an answer that does not end is not waited for.
func TestHostile(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for blank := bytes.Repeat([]byte{' '}, 1<<20); ; {
			if _, err := w.Write(blank); err != nil {
				return
			}
		}
	}))
	t.Cleanup(s.Close)
	got := visit(t, unit("opensearch://"+strings.TrimPrefix(s.URL, "http://")+"?sslmode=disable", probity.Budget{}))
	if len(got.assets) > 0 || len(got.cover) == 0 || got.cover[0] != "unreadable: the answer is too long; " {
		t.Errorf("got %+v, want the gap", got)
	}
}
