package aws_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws"
	"github.com/probity-scan/probity/scanners/aws/awstest"
)

// permissions are those of all operations, as the proxy calls them.
func permissions() map[string]string {
	out := map[string]string{}
	finding, services, contents := aws.Catalogue()
	for _, s := range slices.Concat(finding, services, contents) {
		for _, c := range s.Calls {
			out[strings.ReplaceAll(c.Service, " ", "_")+"."+c.Operation] = c.Action
		}
	}
	return out
}

// facts are the leaves of all assets, by asset and path: the value, or the gap.
func facts(s awstest.Scanned) map[string]probity.Leaf {
	out := map[string]probity.Leaf{}
	for _, a := range s.Assets {
		for p, l := range probity.Leaves(&a) {
			out[a.ID+" "+string(p)] = l
		}
	}
	return out
}

// told reports whether a gap somewhere names a permission.
func told(s awstest.Scanned, permission string) bool {
	for _, l := range facts(s) {
		if _, g := l.Value(); g != nil && g.Reason == probity.Denied && strings.Contains(g.Needs, permission) {
			return true
		}
	}
	return slices.ContainsFunc(s.Coverage, func(c probity.Coverage) bool {
		return c.Gap != nil && c.Gap.Reason == probity.Denied && strings.Contains(c.Gap.Needs, permission)
	})
}

// unlisted are the classes of which some listing is open.
func unlisted(s awstest.Scanned) map[probity.Kind]bool {
	out := map[probity.Kind]bool{}
	for _, c := range s.Coverage {
		if c.Gap != nil && c.Path == "" {
			out[c.Kind] = true
		}
	}
	return out
}

// missing are the assets of a scan that another lacks, and whose kind it does not tell to be open.
func missing(whole, part awstest.Scanned) []string {
	have, open := map[string]bool{}, unlisted(part)
	for _, a := range part.Assets {
		have[a.ID] = true
	}
	var out []string
	for _, a := range whole.Assets {
		if !have[a.ID] && !open[a.Kind] && !open["aws.account"] && !open[""] {
			out = append(out, a.ID)
		}
	}
	return out
}

// TestFaults: for every operation that a scan makes, a fault of it turns nothing into a value that it has not: what depended on it
// is a gap that names the permission, or a listing that is open.
func TestFaults(t *testing.T) {
	endpoint := awstest.Emulator(t)
	awstest.Fill(t, endpoint)
	p := awstest.NewProxy(t, endpoint)
	p.Remember()
	target := "aws:region=eu-west-1,endpoint=" + p.URL
	p.Set()
	whole := awstest.Scan(t, target, probity.Asks{})
	called := map[string]bool{}
	for _, r := range p.Seen() {
		called[r.Called] = true
	}
	if len(called) < 20 {
		t.Fatalf("the scan made %d operations, want those of all services", len(called))
	}
	want, action := facts(whole), permissions()
	for _, op := range slices.Sorted(maps.Keys(called)) {
		one := func(r awstest.Request) bool { return r.Called == op }
		t.Run(op, func(t *testing.T) {
			p.Set(awstest.Deny(one))
			denied := awstest.Scan(t, target, probity.Asks{})
			if !slices.Contains(unfelt(), op) && !told(denied, action[op]) {
				t.Errorf("denied, and no gap names %s", action[op])
			}
			compare(t, "denied", want, denied)
			if lost := missing(whole, denied); len(lost) > 0 {
				t.Errorf("denied: %d assets are gone without a word: %v", len(lost), lost[:min(3, len(lost))])
			}
			p.Set(awstest.Throttle(one, 1))
			if d := cmp.Diff(texts(want), texts(facts(awstest.Scan(t, target, probity.Asks{})))); d != "" {
				t.Errorf("throttled once, and the facts differ (-want +got):\n%.2000s", d)
			}
			p.Set(awstest.Corrupt(one))
			corrupt := awstest.Scan(t, target, probity.Asks{})
			compare(t, "corrupt", want, corrupt)
			if lost := missing(whole, corrupt); len(lost) > 0 {
				t.Errorf("corrupt: %d assets are gone without a word: %v", len(lost), lost[:min(3, len(lost))])
			}
		})
	}
}

// unfelt are operations whose denial loses nothing: who asks is not needed to read settings of the own account, and a probe
// alone closes no region.
func unfelt() []string { return []string{"EC2.DescribeVpcs"} }

// compare: a fault changes no value, and nothing takes the place of one but what another call told.
func compare(t *testing.T, what string, want map[string]probity.Leaf, got awstest.Scanned) {
	t.Helper()
	wrong := 0
	for name, l := range facts(got) {
		v, gap := l.Value()
		w, had := want[name]
		if !had || gap != nil {
			continue // another element of an open list, or not known
		}
		x, g := w.Value()
		if links, ok := v.([]probity.Link); ok {
			if was, ok := x.([]probity.Link); ok && subset(links, was) {
				continue
			}
		}
		elsewhere := g != nil && l.From() != nil && l.From().Call != ""
		if text(x) != text(v) && !elsewhere {
			if wrong++; wrong < 4 {
				t.Errorf("%s: %s is %s, which is not known without the call: it was %s", what, name, text(v), text(x))
			}
		}
	}
}

// subset: each link was there before, or says itself that nobody knows where it leads.
func subset(links, was []probity.Link) bool {
	for _, l := range links {
		if l.Gap == nil && !slices.ContainsFunc(was, func(w probity.Link) bool { return w.Kind == l.Kind && w.To == l.To }) {
			return false
		}
	}
	return true
}

func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

func texts(in map[string]probity.Leaf) map[string]string {
	out := map[string]string{}
	for name, l := range in {
		v, g := l.Value()
		out[name] = text(v)
		if g != nil {
			out[name] += " " + string(g.Reason) + " " + g.Because
		}
	}
	return out
}
