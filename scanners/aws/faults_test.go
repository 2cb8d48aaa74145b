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

// permissions are those of all operations, as the proxy calls them. Buckets come before directory buckets, which the emulator has not.
func permissions() map[string]string {
	out := map[string]string{}
	finding, services, contents := aws.Catalogue()
	for _, s := range slices.Concat(finding, services, contents) {
		for _, c := range s.Calls {
			if op := strings.ReplaceAll(c.Service, " ", "_") + "." + c.Operation; out[op] == "" {
				out[op] = c.Action
			}
		}
	}
	return out
}

// facts are the leaves of all assets, by asset and path: the value, or the gap.
func facts(s awstest.Scanned) map[string]probity.Leaf {
	out := map[string]probity.Leaf{}
	for _, a := range s.Assets {
		for p, l := range probity.Leaves(&a) {
			name := a.ID + " " + string(p)
			if _, g := l.Value(); out[name] != nil && g != nil && g.Reason == probity.NotCollected && g.Because == "" {
				continue // several services tell of an account
			}
			out[name] = l
		}
	}
	return out
}

// told reports whether a gap somewhere names a permission.
func told(s awstest.Scanned, permission string) bool {
	return gapped(s, func(g probity.Gap) bool { return g.Reason == probity.Denied && strings.Contains(g.Needs, permission) })
}

// gapped reports whether a gap somewhere is so: of a fact, a link or a listing.
func gapped(s awstest.Scanned, is func(probity.Gap) bool) bool {
	for _, l := range facts(s) {
		v, g := l.Value()
		links, _ := v.([]probity.Link)
		if g != nil && is(*g) || slices.ContainsFunc(links, func(l probity.Link) bool { return l.Gap != nil && is(*l.Gap) }) {
			return true
		}
	}
	return slices.ContainsFunc(s.Coverage, func(c probity.Coverage) bool { return c.Gap != nil && is(*c.Gap) })
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

// scene is a planted estate behind a proxy that remembers it, and what a scan without faults finds.
type scene struct {
	proxy  *awstest.Proxy
	whole  awstest.Scanned
	facts  map[string]probity.Leaf
	called []string
	action map[string]string
}

func planted(t *testing.T) scene {
	t.Helper()
	endpoint := awstest.Emulator(t)
	awstest.Fill(t, endpoint)
	s := scene{proxy: awstest.NewProxy(t, endpoint), action: permissions()}
	s.proxy.Remember()
	s.whole = s.scan(t, s.proxy)
	s.facts = facts(s.whole)
	s.called = calledBy(s.proxy)
	return s
}

func (s scene) scan(t *testing.T, p *awstest.Proxy) awstest.Scanned {
	t.Helper()
	return awstest.Scan(t, "aws:region=eu-west-1,endpoint="+p.URL, probity.Asks{})
}

// same: the faults of a proxy change nothing that a scan finds.
func (s scene) same(t *testing.T, what string, p *awstest.Proxy) {
	t.Helper()
	if d := cmp.Diff(texts(s.facts), texts(facts(s.scan(t, p)))); d != "" {
		t.Errorf("%s, and the facts differ (-want +got):\n%.2000s", what, d)
	}
}

// calledBy are the operations that a proxy saw.
func calledBy(p *awstest.Proxy) []string {
	called := map[string]bool{}
	for _, r := range p.Seen() {
		called[r.Called] = true
	}
	return slices.Sorted(maps.Keys(called))
}

func only(op string) func(awstest.Request) bool {
	return func(r awstest.Request) bool { return r.Called == op }
}

// TestFaults: for every operation that a scan makes, a fault of it turns nothing into a value that it has not: what depended on it
// is a gap that names the permission, or a listing that is open.
func TestFaults(t *testing.T) {
	s := planted(t)
	if len(s.called) < 20 {
		t.Fatalf("the scan made %d operations, want those of all services", len(s.called))
	}
	t.Run("throttled", func(t *testing.T) {
		t.Parallel()
		p := s.proxy.Beside(t, awstest.Throttle(awstest.All, 4))
		s.same(t, "throttled", p)
		if got := calledBy(p); !slices.Equal(got, s.called) {
			t.Errorf("calls differ: %s", cmp.Diff(s.called, got))
		}
	})
	t.Run("policies", func(t *testing.T) {
		t.Parallel()
		s.withPolicies(t)
	})
	paged := s.pages(t)
	for _, op := range s.called {
		t.Run(op, func(t *testing.T) {
			t.Parallel()
			lost := s.denied(t, op)
			s.corrupt(t, op)
			if !meansNone(op) && !slices.Contains(paged, op) || op == "KMS.ListAliases" {
				s.empty(t, op, lost)
			}
		})
	}
	for _, op := range paged {
		t.Run("second page of "+op, func(t *testing.T) {
			t.Parallel()
			s.secondPage(t, op)
		})
	}
}

// meansNone reports whether an answer of an operation without members says that there is none: of listings, and of a few that AWS
// documents so. Rotation of a key that is left out is off, which no rule passes.
func meansNone(op string) bool {
	return strings.Contains(op, ".List") || slices.Contains([]string{"S3.GetBucketVersioning", "S3.GetBucketLogging", "S3.GetBucketLocation", "KMS.GetKeyRotationStatus",
		"Bedrock.GetModelInvocationLoggingConfiguration", "Redshift.DescribeEndpointAuthorization"}, op)
}

// denied gives what the scan told nonetheless.
func (s scene) denied(t *testing.T, op string) map[string]probity.Leaf {
	got := s.scan(t, s.proxy.Beside(t, awstest.Deny(only(op))))
	if !slices.Contains(unfelt(), op) && !told(got, s.action[op]) {
		t.Errorf("denied, and no gap names %s", s.action[op])
	}
	s.holds(t, "denied", got)
	return facts(got)
}

// empty: an answer that went well and says nothing tells none of the facts that depend on it, which are those that a denial took.
func (s scene) empty(t *testing.T, op string, denied map[string]probity.Leaf) {
	t.Helper()
	got := s.scan(t, s.proxy.Beside(t, awstest.Empty(only(op))))
	wrong := 0
	for name, l := range facts(got) {
		v, gap := l.Value()
		if was, told := denied[name]; gap != nil || !told {
			continue
		} else if _, lost := was.Value(); lost == nil {
			continue
		}
		if wrong++; wrong < 4 {
			t.Errorf("empty: %s is %s, which the answer does not say", name, text(v))
		}
	}
	if lost := missing(s.whole, got); len(lost) > 0 {
		t.Errorf("empty: %d assets are gone without a word: %v", len(lost), lost[:min(3, len(lost))])
	}
}

func (s scene) corrupt(t *testing.T, op string) {
	s.holds(t, "corrupt", s.scan(t, s.proxy.Beside(t, awstest.Corrupt(only(op)))))
}

// holds: a fault changed no value, and nothing is gone without a word.
func (s scene) holds(t *testing.T, what string, got awstest.Scanned) {
	t.Helper()
	want := s.facts
	if strings.HasSuffix(t.Name(), "KMS.ListAliases") {
		want = maps.Clone(want) // the emulator's DescribeKey says of AWS' own keys that customers manage them
		maps.DeleteFunc(want, func(name string, _ probity.Leaf) bool { return strings.HasPrefix(name, "arn:aws:kms:") })
	}
	compare(t, what, want, got)
	if lost := missing(s.whole, got); len(lost) > 0 {
		t.Errorf("%s: %d assets are gone without a word: %v", what, len(lost), lost[:min(3, len(lost))])
	}
}

// unfelt are operations whose denial loses nothing: a probe alone closes no region; and the emulator knows none of the versions of
// the databases that it makes, so nothing asks how long they are supported.
func unfelt() []string { return []string{"EC2.DescribeVpcs", "RDS.DescribeDBMajorEngineVersions"} }

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
