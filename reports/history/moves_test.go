package history

import (
	"testing"

	"github.com/probity-scan/probity"
)

func TestRenamed(t *testing.T) {
	t.Parallel()
	asset := func(id, name string) probity.Asset { return probity.Asset{Ref: probity.Ref{ID: id}, Name: name} }
	for name, c := range map[string]struct {
		message  string
		was, is  probity.Asset
		expected string
	}{
		"a name":                   {"billing lets in everyone", asset("db.billing", "billing"), asset("db.invoices", "invoices"), "invoices lets in everyone"},
		"a name within words":      {"in is reached in the inside by x-in and log_in", asset("db.in", "in"), asset("db.out", "out"), "out is reached out the inside by x-in and log_in"},
		"one within the other":     {"arn:aws:s3:::logs is public; logs too", asset("arn:aws:s3:::logs", "logs"), asset("arn:aws:s3:::logs-2", "logs-2"), "arn:aws:s3:::logs-2 is public; logs-2 too"},
		"the new one has the old":  {"a is public", asset("a", "a"), asset("a a", "a a"), "a a is public"},
		"no name":                  {"nobody watches", asset("x", ""), asset("y", "z"), "nobody watches"},
		"beside letters of others": {"über-a and éa, (a)", asset("x", "a"), asset("y", "b"), "über-a and éa, (b)"},
		"broken text":              {"\xff a \xfe", asset("x", "a"), asset("y", "b"), "\xff b \xfe"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := renamed(c.message, c.was, c.is); got != c.expected {
				t.Errorf("got %q, want %q", got, c.expected)
			}
		})
	}
}
