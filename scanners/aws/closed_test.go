package aws_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws"
	"github.com/probity-scan/probity/scanners/aws/awstest"
)

const (
	member = "100000000002" // of the organisation
	second = "us-east-2"
)

// organisation is a proxy in front of an organisation of two accounts in two regions.
func organisation(t *testing.T) *awstest.Proxy {
	t.Helper()
	awstest.Environment(t)
	server := httptest.NewServer(&awstest.Organisation{Accounts: 2, Regions: 2, Each: 120})
	t.Cleanup(server.Close)
	return awstest.NewProxy(t, server.URL)
}

func of(account, region string) func(awstest.Request) bool {
	return func(r awstest.Request) bool { return r.Account == account && r.Region == region }
}

// lost are the gaps of listings of a place, and where each came from.
func lost(s awstest.Scanned, on string) []string {
	var out []string
	for _, c := range s.Coverage {
		if c.On.ID == on && c.Gap != nil {
			out = append(out, fmt.Sprintf("%s | %s | %s | %s", c.Gap.Reason, c.Gap.Because, c.Gap.Needs, c.Origin))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// TestClosed: what is closed as a whole is one gap, takes no calls but the probes, and leaves the rest as it is.
func TestClosed(t *testing.T) {
	p := organisation(t)
	target := "aws:org,role=audit,endpoint=" + p.URL
	whole := awstest.Scan(t, target, probity.Asks{})
	at := "aws://" + member + "/" + second
	there := of(member, second)
	const policy = "a change of the organisation's service control policy arn:aws:organizations::111111111111:policy/o-1/service_control_policy/p-1"
	for name, c := range map[string]struct {
		fault  awstest.Fault
		closed []string
		on     string
		calls  int // to what is closed
		want   string
	}{
		"by the organisation": {fault: awstest.DenyByOrganisation(there), on: at, calls: 2,
			want: "denied-by-organisation | the organisation closes the region | " + policy + " | probes of " + member + "/" + second},
		"as is accepted": {fault: awstest.DenyByOrganisation(there), on: at, closed: []string{member + "/us-*-2"}, calls: 2,
			want: "filtered | the organisation closes the region, as the configuration says |  | probes of " + member + "/" + second},
		"not enabled": {fault: func(r awstest.Request, w http.ResponseWriter) bool {
			code := map[string]string{"ec2": "AuthFailure", "kms": "UnrecognizedClientException"}[r.Service]
			return awstest.Answer(there, http.StatusUnauthorized, code, "not able to validate the provided access credentials")(r, w)
		}, on: at, calls: 2,
			want: "unreachable | the region is disabled, or down | the region enabled in this account, or left out by region= | probes of " + member + "/" + second},
		"not opted in": {fault: func(r awstest.Request, w http.ResponseWriter) bool {
			if r.Account != member || r.Operation != "DescribeRegions" {
				return false
			}
			fmt.Fprintf(w, "<DescribeRegionsResponse><regionInfo><item><regionName>us-east-1</regionName><optInStatus>opted-in</optInStatus></item><item><regionName>%s</regionName><optInStatus>not-opted-in</optInStatus></item></regionInfo></DescribeRegionsResponse>", second)
			return true
		}, on: at, want: "filtered | the region is not enabled in this account |  | ec2:DescribeRegions"},
		"role not to be assumed": {fault: awstest.Deny(func(r awstest.Request) bool { return strings.Contains(r.Role, member) }), on: "aws://" + member,
			want: "denied | AccessDenied | sts:AssumeRole | ec2:DescribeRegions in " + member},
	} {
		t.Run(name, func(t *testing.T) {
			p.Set(c.fault)
			got := awstest.Scan(t, target, probity.Asks{Live: probity.Live{Closed: c.closed}})
			if d := cmp.Diff([]string{c.want}, lost(got, c.on)); d != "" {
				t.Error(d)
			}
			calls := 0
			for _, r := range p.Seen() {
				if there(r) {
					calls++
				}
			}
			if calls != c.calls {
				t.Errorf("%d calls, want %d", calls, c.calls)
			}
			hidden := func(a probity.Asset) bool {
				return a.Scope.Account == member && strings.HasPrefix("aws://"+member+"/"+a.Scope.Region, c.on)
			}
			if d := cmp.Diff(identities(whole, hidden), identities(got, hidden)); d != "" {
				t.Errorf("the rest differs: %s", d)
			}
		})
	}
}

// identities are the assets of a scan, but for some.
func identities(s awstest.Scanned, but func(probity.Asset) bool) []string {
	var out []string
	for _, a := range s.Assets {
		if !but(a) {
			out = append(out, a.ID)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// TestDown: a service that gives no answer is a gap of what hangs on it, and is not asked for each of its stores.
func TestDown(t *testing.T) {
	p := organisation(t)
	target := "aws:role=audit,region=us-east-1,endpoint=" + p.URL
	tables := only("DynamoDB.DescribeTable")
	for name, c := range map[string]struct {
		fault  awstest.Fault
		reason probity.Reason
	}{
		"fails":  {awstest.Answer(tables, http.StatusServiceUnavailable, "InternalServerError", "down"), probity.Unreachable},
		"hangs":  {awstest.Delay(tables, time.Second), probity.Timeout},
		"forbid": {awstest.DenyByOrganisation(tables), probity.DeniedByOrg},
	} {
		t.Run(name, func(t *testing.T) {
			p.Set(c.fault)
			got := awstest.ScanWith(t, target, probity.Asks{}, aws.Options{Patience: time.Second / 5, Pause: time.Millisecond})
			asked, gaps := 0, 0
			for _, r := range p.Seen() {
				if tables(r) {
					asked++
				}
			}
			for _, a := range got.Assets {
				if _, g := a.Encryption.AtRest.Value(); a.Kind == "aws.dynamodb.table" && g != nil && g.Reason == c.reason {
					gaps++
				}
			}
			if asked > 40 {
				t.Errorf("asked %d times", asked)
			}
			if gaps == 0 && !gapped(got, func(g probity.Gap) bool { return g.Reason == c.reason }) {
				t.Errorf("no gap is %s", c.reason)
			}
			if c.reason == probity.DeniedByOrg && gapped(got, func(g probity.Gap) bool { return strings.Contains(g.Needs, "dynamodb:") }) {
				t.Error("a permission is suggested, which would not help")
			}
		})
	}
}
