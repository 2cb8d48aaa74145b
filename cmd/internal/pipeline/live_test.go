package pipeline_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/examples"
	"github.com/probity-scan/probity/scanners/aws/awstest"
)

// TestLive: over an estate of live stores every rule says of each what was planted, every fact was asked for, and stores are judged
// as the code that makes them.
func TestLive(t *testing.T) {
	endpoint := awstest.Emulator(t)
	planted := awstest.FillAll(t, endpoint)
	p := awstest.NewProxy(t, endpoint)
	p.Set(awstest.EventStores)
	scan := job{dir: "aws:region=" + awstest.Region + ",endpoint=" + p.URL, config: "testdata/live.yaml"}.run(t)
	live := judgement{}
	for _, o := range outcomes(t, scan) {
		live[[2]string{o.Rule, o.Asset.ID}] = o
	}
	t.Run("rules", func(t *testing.T) { saidOf(t, live, planted) })
	t.Run("facts", func(t *testing.T) { allAsked(t, scan) })
	t.Run("parity", func(t *testing.T) { asCode(t, live) })
}

func saidOf(t *testing.T, live judgement, planted []awstest.Planted) {
	t.Helper()
	rules := map[string]bool{}
	for _, p := range planted {
		want := probity.Pass
		if p.Bad {
			want, rules[p.Rule] = probity.Fail, true
		}
		o, ok := live[[2]string{p.Rule, p.Asset}]
		switch {
		case !ok:
			t.Errorf("%s of %s: not judged, want %s", p.Rule, p.Asset, want)
		case o.Verdict != want:
			t.Errorf("%s of %s: got %s, want %s; %s", p.Rule, p.Asset, o.Verdict, want, examples.Evidence(o))
		}
	}
	if len(rules) < 25 {
		t.Errorf("violations of %d rules are planted, want 25 at least", len(rules))
	}
}

// allAsked: what an attribute tells was asked of an API.
func allAsked(t *testing.T, scan probity.Scan) {
	t.Helper()
	left := map[string]string{}
	for a, err := range scan.Assets {
		if err != nil {
			t.Fatal(err)
		}
		for p, l := range probity.Leaves(a) {
			if _, gap := l.Value(); gap != nil && gap.Because == "no API is asked for it" {
				left[fmt.Sprintf("%s %s", a.Kind, p)] = a.ID
			}
		}
	}
	for fact, at := range left {
		t.Errorf("%s: no API is asked for it (%s)", fact, at)
	}
}

// asCode compares verdicts of live stores with those of the same stores as code.
func asCode(t *testing.T, live judgement) {
	t.Helper()
	code := judged(t, job{dir: "testdata/live", base: "live", config: "testdata/live.yaml"})
	arn := func(service, rest string) string {
		return "arn:aws:" + service + ":" + awstest.Region + ":" + awstest.Account + ":" + rest
	}
	compared := map[string]bool{}
	for _, c := range []struct {
		code, live string
		rules      []string
	}{
		{"aws_s3_bucket.clinic_good", "arn:aws:s3:::clinic-good", []string{"public-access-blocked", "versioning", "no-public-store", "public-acl"}},
		{"aws_s3_bucket.shield_policy", "arn:aws:s3:::shield-policy", []string{"public-access-blocked", "no-public-store", "versioning"}},
		{"aws_s3_bucket.guard_bad", "arn:aws:s3:::guard-bad", []string{"public-access-blocked", "no-public-store", "public-acl", "acls-disabled", "static-website-off",
			"noncurrent-versions-expire", "encryption-in-transit", "customer-managed-key", "access-logging", "outside-readers"}},
		{"aws_db_instance.good", arn("rds", "db:clinic-good"), []string{"public-address", "encryption-at-rest", "backup-retention", "deletion-protection", "iam-database-auth"}},
		{"aws_db_instance.bad", arn("rds", "db:clinic-bad"), []string{"public-address", "encryption-at-rest", "backup-retention", "deletion-protection", "iam-database-auth", "database-logs-exported"}},
		{"aws_dynamodb_table.good", arn("dynamodb", "table/patients-good"), []string{"point-in-time-recovery", "deletion-protection", "customer-managed-key", "encryption-at-rest"}},
		{"aws_dynamodb_table.bad", arn("dynamodb", "table/patients-bad"), []string{"point-in-time-recovery", "deletion-protection", "customer-managed-key", "encryption-at-rest"}},
		{"aws_sqs_queue.good", arn("sqs", "queue-good"), []string{"encryption-at-rest", "no-public-store", "customer-managed-key"}},
		{"aws_sqs_queue.bad", arn("sqs", "queue-bad"), []string{"encryption-at-rest", "no-public-store", "outside-readers"}},
		{"aws_cloudtrail.good", arn("cloudtrail", "trail/trail-good"), []string{"trail-validated", "trail-in-all-regions", "customer-managed-key"}},
		{"aws_cloudtrail.bad", arn("cloudtrail", "trail/trail-bad"), []string{"trail-validated", "trail-in-all-regions", "customer-managed-key"}},
		{"aws_cloudwatch_log_group.good", arn("logs", "log-group:group-good"), []string{"log-retention-set"}},
		{"aws_cloudwatch_log_group.bad", arn("logs", "log-group:group-bad"), []string{"log-retention-set"}},
		{"aws_opensearch_domain.bad", arn("es", "domain/search-bad"), []string{"encryption-at-rest", "encryption-in-transit", "node-to-node-encryption"}},
		{"aws_elasticache_replication_group.bad", arn("elasticache", "replicationgroup:cache-bad"), []string{"encryption-at-rest", "encryption-in-transit"}},
	} {
		for _, rule := range c.rules {
			said, told := code[[2]string{rule, c.code}], live[[2]string{rule, c.live}]
			if said.Verdict == "" || said.Verdict != told.Verdict {
				t.Errorf("%s of %s: got %q live and %q of the code; live %s, code %s", rule, c.live, told.Verdict, said.Verdict, examples.Evidence(told), examples.Evidence(said))
			}
			if slices.Contains([]probity.Verdict{probity.Pass, probity.Fail}, told.Verdict) {
				compared[rule+" "+string(told.Verdict)] = true
			}
		}
	}
	n := 0
	for key := range compared {
		if strings.HasSuffix(key, string(probity.Fail)) {
			n++
		}
	}
	if n < 12 {
		t.Errorf("%d rules fail on both sides, want a dozen at least", n)
	}
}
