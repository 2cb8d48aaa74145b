package suppressions

import (
	"errors"
	"fmt"
	"iter"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies"
)

var (
	rules = []probity.Rule{{ID: "access-logging", Checks: []string{"logs-on"}}, {ID: "versioning", Checks: []string{"versions-on"}}}
	rows  = []policies.Check{
		{ID: "logs-on", Kinds: []string{"aws.s3.*"}, Peers: map[policies.Peer][]string{policies.Checkov: {"CKV_AWS_18"}, policies.Prowler: {"s3_bucket_logging"},
			policies.Trivy: {"AWS-0089"}, policies.Tfsec: {"aws-s3-enable-bucket-logging"}, policies.KICS: {"f861041c-8c9f-4156-acfc-5e6e524f5884"}}},
		{ID: "versions-on", Peers: map[policies.Peer][]string{policies.Checkov: {"CKV_AWS_21"}, policies.SecurityHub: {"S3.14"}}},
		{ID: "names", Left: "names are no matter of protection", Peers: map[policies.Peer][]string{policies.Checkov: {"CKV_AWS_99"}}},
	}
	started = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
)

// sample is a scan of two buckets and a table, on each of which both rules fail.
func sample() probity.Scan {
	s := probity.Scan{Header: probity.Header{Rules: rules, Started: started}}
	place := func(line int) *probity.Origin { return &probity.Origin{File: "infra/main.tf", Line: line} }
	asset := func(id string, kind probity.Kind, line int) probity.Asset {
		return probity.Asset{Ref: probity.Ref{Root: "infra", ID: id}, Name: "clinic-" + id, Aliases: []string{"arn:aws:s3:::clinic-" + id}, Kind: kind, Origin: place(line),
			Scope: probity.Scope{Account: "123456789012", Region: "eu-west-1"}, Tags: probity.Known(map[string]string{"stage": "test"}, nil)}
	}
	assets := []probity.Asset{asset("logs", "aws.s3.bucket", 1), asset("reports", "aws.s3.bucket", 10), asset("visits", "aws.dynamodb.table", 20)}
	var outcomes []probity.Outcome
	for _, a := range assets {
		for _, r := range rules {
			outcomes = append(outcomes, probity.Outcome{Rule: r.ID, Asset: a.Ref, Verdict: probity.Fail, Findings: []probity.Finding{
				{Fingerprint: probity.Fingerprint(r.ID, a.Ref, "x", ""), Asset: a.Ref, Fact: "x", Digest: r.ID + " of " + a.ID}}})
		}
	}
	outcomes = append(outcomes, probity.Outcome{Rule: "versioning", Asset: assets[0].Ref, Verdict: probity.Unknown, Findings: []probity.Finding{{Fingerprint: "open", Asset: assets[0].Ref}}})
	s.Assets, s.Outcomes = each(assets), each(outcomes)
	return s
}

func each[T any](items []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, x := range items {
			if !yield(x, nil) {
				return
			}
		}
	}
}

func TestMatch(t *testing.T) {
	t.Parallel()
	all := func(patterns ...string) (out []*regexp.Regexp) {
		for _, p := range patterns {
			out = append(out, regexp.MustCompile(p))
		}
		return out
	}
	for name, c := range map[string]struct {
		said Suppression
		want string
	}{
		"everywhere, of its kind alone": {Suppression{Peer: policies.Checkov, Check: "CKV_AWS_18"}, "access-logging logs [access-logging of logs]; access-logging reports [access-logging of reports]"},
		"lines":                         {Suppression{Peer: policies.Checkov, Check: "CKV_AWS_18", About: About{Path: "main.tf", First: 9, Last: 12}}, "access-logging reports [access-logging of reports]"},
		"other lines":                   {Suppression{Peer: policies.Checkov, Check: "CKV_AWS_18", About: About{Path: "main.tf", First: 2, Last: 9}}, "left: nothing to waive: in this scan access-logging finds nothing there"},
		"another folder's main.tf":      {Suppression{Peer: policies.Checkov, Check: "CKV_AWS_18", About: About{Path: "other/main.tf"}}, "left: nothing to waive: in this scan access-logging finds nothing there"},
		"pattern of paths":              {Suppression{Peer: policies.Trivy, Check: "AVD-AWS-0089", About: About{Path: "infra/**"}}, "access-logging logs [access-logging of logs]; access-logging reports [access-logging of reports]"},
		"a long name":                   {Suppression{Peer: policies.Trivy, Check: "aws-s3-enable-bucket-logging", About: About{IDs: []string{"logs"}}}, "access-logging logs [access-logging of logs]"},
		"tfsec with an ID of Trivy":     {Suppression{Peer: policies.Tfsec, Check: "AWS-0089", About: About{Resource: "logs"}}, "access-logging logs [access-logging of logs]"},
		"by ARN":                        {Suppression{Peer: policies.SecurityHub, Check: "S3.14", About: About{IDs: []string{"arn:aws:s3:::clinic-visits"}}}, "versioning visits [versioning of visits]"},
		"mutelist": {Suppression{Peer: policies.Prowler, Check: "s3_*", About: About{Accounts: []string{"123*"}, Regions: []string{"eu-*"}, Names: all("clinic-"), Tags: all("stage=test"),
			Except: &About{Names: all("reports$")}}}, "access-logging logs [access-logging of logs]"},
		"another account":  {Suppression{Peer: policies.Prowler, Check: "s3_*", About: About{Accounts: []string{"999999999999"}}}, "left: nothing to waive: in this scan access-logging finds nothing there"},
		"another region":   {Suppression{Peer: policies.Prowler, Check: "s3_*", About: About{Regions: []string{"us-*"}}}, "left: nothing to waive: in this scan access-logging finds nothing there"},
		"a tag it has not": {Suppression{Peer: policies.Prowler, Check: "s3_*", About: About{Tags: all("stage=test", "owner=")}}, "left: nothing to waive: in this scan access-logging finds nothing there"},
		"all of a peer":    {Suppression{Peer: policies.KICS, Check: "*", About: About{Resource: "logs"}}, "access-logging logs [access-logging of logs]"},
		"no rule":          {Suppression{Peer: policies.Checkov, Check: "CKV_AWS_99"}, "left: no rule of this scan answers it: names are no matter of protection"},
		"not known":        {Suppression{Peer: policies.Checkov, Check: "CKV_AWS_1"}, "left: it is in no row of the catalogue: no check of data stores, or one that is not known here"},
		"over":             {Suppression{Peer: policies.Checkov, Check: "CKV_AWS_18", Until: "2026-11-23"}, "left: its last day was 2026-11-23"},
		"on its last day":  {Suppression{Peer: policies.Checkov, Check: "CKV_AWS_18", Until: "2026-11-24", About: About{Resource: "logs"}}, "access-logging logs [access-logging of logs]"},
		"not taken":        {Suppression{Peer: policies.Checkov, Check: "CKV_AWS_18", Wrong: "it names no check"}, "left: it names no check"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := Match(sample(), []Suppression{c.said}, rows, started)
			if err != nil {
				t.Fatal(err)
			}
			var said []string
			for _, x := range got.Taken {
				said = append(said, fmt.Sprint(x.Rule, " ", x.Asset.ID, " ", x.Accepted))
			}
			for _, x := range got.Left {
				said = append(said, "left: "+x.Why)
			}
			if diff := cmp.Diff(c.want, strings.Join(said, "; ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestOnce: what two suppressions speak of is taken for the first, and the second is told apart from one that is left.
func TestOnce(t *testing.T) {
	t.Parallel()
	first := Suppression{Peer: policies.Checkov, Check: "CKV_AWS_21"}
	got, err := Match(sample(), []Suppression{first, {Peer: policies.SecurityHub, Check: "S3.14"}}, rows, started)
	if err != nil || len(got.Taken) != 3 || len(got.Left) != 0 || got.Again != 1 {
		t.Errorf("got %d taken, %d left, %d again, %v, want 3, 0, 1", len(got.Taken), len(got.Left), got.Again, err)
	}
}

func TestMatchTellsABrokenScan(t *testing.T) {
	t.Parallel()
	broken := errors.New("cut short")
	s := sample()
	s.Assets = func(yield func(probity.Asset, error) bool) { yield(probity.Asset{}, broken) }
	if _, err := Match(s, []Suppression{{Peer: policies.Checkov, Check: "CKV_AWS_21"}}, rows, started); !errors.Is(err, broken) {
		t.Errorf("got %v, want %v", err, broken)
	}
	s = sample()
	s.Outcomes = func(yield func(probity.Outcome, error) bool) { yield(probity.Outcome{}, broken) }
	if _, err := Match(s, nil, rows, started); !errors.Is(err, broken) {
		t.Errorf("got %v, want %v", err, broken)
	}
}
