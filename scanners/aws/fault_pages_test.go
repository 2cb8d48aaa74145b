package aws_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws/awstest"
)

// pages are the operations of which a scan asks for further pages, where they are promised.
func (s scene) pages(t *testing.T) []string {
	t.Helper()
	p := s.proxy.Beside(t, awstest.Deny(func(r awstest.Request) bool { return r.Next }))
	p.Pages(awstest.All)
	s.scan(t, p)
	var out []string
	for _, r := range p.Seen() {
		if r.Next {
			out = append(out, r.Called)
		}
	}
	slices.Sort(out)
	if out = slices.Compact(out); len(out) < 40 {
		t.Errorf("a scan asks for further pages of %d operations: %v", len(out), out)
	}
	return out
}

// secondPage: what the first page told of is there when the second is lost, and what may be on that is a gap.
func (s scene) secondPage(t *testing.T, op string) {
	next := func(r awstest.Request) bool { return r.Next }
	for what, fault := range map[string]awstest.Fault{"denied": awstest.Deny(next), "cut": awstest.Cut(next)} {
		p := s.proxy.Beside(t, fault)
		p.Pages(only(op))
		got := s.scan(t, p)
		compare(t, what, s.facts, got)
		had := map[string]bool{}
		for _, a := range got.Assets {
			had[a.ID] = true
		}
		for _, a := range s.whole.Assets {
			if !had[a.ID] {
				t.Errorf("%s: %s was on the first page, and is gone", what, a.ID)
			}
		}
		switch {
		case what == "denied" && !told(got, s.action[op]):
			t.Errorf("denied, and no gap names %s", s.action[op])
		case what == "cut" && !unread(got, s.action[op]):
			t.Errorf("cut, and no gap names %s", s.action[op])
		}
	}
}

// unread reports whether a gap somewhere says that an answer could not be read.
func unread(s awstest.Scanned, action string) bool {
	return gapped(s, func(g probity.Gap) bool {
		return g.Reason.Loss() && g.Reason != probity.Denied && strings.Contains(g.Because, action)
	})
}
