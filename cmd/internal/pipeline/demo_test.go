package pipeline_test

import (
	"context"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies"
)

const (
	repository = "../../.."
	clinic     = "examples/clinic"
)

// clinicJob scans it by all rules but the one that goes by the repository around it: an unpacked archive has none.
func clinicJob() job {
	dir := filepath.Join(repository, filepath.FromSlash(clinic))
	return job{dir: dir, base: clinic, config: filepath.Join(dir, "probity.yaml"), rules: slices.DeleteFunc(ruleIDs(), func(id string) bool { return id == "database-file-not-in-repository" })}
}

func ruleIDs() []string {
	corpus, err := policies.Load(context.Background(), policies.Options{})
	if err != nil {
		panic(err)
	}
	defer corpus.Close()
	var out []string
	for _, r := range corpus.Rules {
		out = append(out, r.ID)
	}
	return out
}

// planted are the findings of examples/clinic, all of them: rule, asset, fact and element. Its README tells what they are.
func planted() []string {
	return []string{
		"access-logging | aws_s3_bucket.analytics | audit.access |",
		"acls-disabled | aws_s3_bucket.analytics | settings.ownership |",
		"backup-retention | aws_db_instance.billing | resilience.backup_days |",
		"backups-outlive-the-database | aws_db_instance.billing | settings.backups_survive |",
		"backups-outlive-the-database | aws_db_instance.records | settings.backups_survive |",
		"backups-outlive-the-database | aws_rds_cluster.imaging | settings.backups_survive |",
		"bucket-refuses-old-tls | aws_s3_bucket.logs | settings.refuses_old_tls |",
		"bucket-refuses-old-tls | aws_s3_bucket.website | settings.refuses_old_tls |",
		`bucket-refuses-old-tls | module.store["invoices"].aws_s3_bucket.this | settings.refuses_old_tls |`,
		`bucket-refuses-old-tls | module.store["referrals"].aws_s3_bucket.this | settings.refuses_old_tls |`,
		"card-number-readable | files:examples/clinic/exports/billing | labels | payments.csv:card_number",
		"card-number-readable | sqlite:examples/clinic/db/clinic.db/invoices | labels | card_number",
		"classified | aws_s3_bucket.analytics | tags |",
		"customer-managed-key | aws_cloudtrail.main | encryption.key_manager |",
		"customer-managed-key | aws_dynamodb_table.questionnaires | encryption.key_manager |",
		"customer-managed-key | aws_s3_bucket.analytics | encryption.key_manager |",
		"customer-managed-key | aws_s3_bucket.logs | encryption.key_manager |",
		"customer-managed-key | aws_s3_bucket.website | encryption.key_manager |",
		"data-ports-closed | aws_security_group.billing | exposure.networks | 0.0.0.0/0:3306",
		"database-logs-exported | aws_db_instance.billing | audit.exports |",
		"database-reads-recorded | aws_db_instance.billing | audit.access |",
		"deletion-protection | aws_db_instance.billing | resilience.deletion_protection |",
		"deletion-protection | aws_dynamodb_table.questionnaires | resilience.deletion_protection | (waived)",
		"encryption-at-rest | aws_db_instance.billing | encryption.at_rest |",
		"encryption-at-rest | aws_ebs_snapshot.scans | encryption.at_rest |",
		"encryption-at-rest | aws_ebs_volume.scans | encryption.at_rest |",
		"encryption-at-rest | sqlite:examples/clinic/db/clinic.db | encryption.at_rest |",
		"encryption-in-transit | aws_db_instance.billing | encryption.in_transit |",
		"iam-database-auth | aws_db_instance.billing | settings.iam_auth |",
		"identity-beside-diagnosis | files:examples/clinic/exports/referrals | labels | letters.json",
		"identity-beside-diagnosis | sqlite:examples/clinic/db/clinic.db/patients | labels | row",
		"identity-beside-diagnosis | sqlite:examples/clinic/db/clinic.db/visits | labels | row",
		"key-rotation | aws_kms_key.legacy | settings.rotation |",
		"mfa-delete | aws_s3_bucket.analytics | settings.mfa_delete |",
		"mfa-delete | aws_s3_bucket.logs | settings.mfa_delete |",
		"mfa-delete | aws_s3_bucket.website | settings.mfa_delete |",
		`mfa-delete | module.store["invoices"].aws_s3_bucket.this | settings.mfa_delete |`,
		`mfa-delete | module.store["referrals"].aws_s3_bucket.this | settings.mfa_delete |`,
		"national-id-readable | files:examples/clinic/exports/referrals | labels | letters.json:letters[].nir",
		"national-id-readable | sqlite:examples/clinic/db/clinic.db/patients | labels | nir",
		"network-open-to-world | aws_db_instance.billing | exposure.networks | 0.0.0.0/0:3306",
		"no-public-store | aws_db_instance.billing | exposure.public |",
		"no-public-store | aws_s3_bucket.website | exposure.public |",
		"noncurrent-versions-expire | aws_s3_bucket.website | retention.rules |",
		"object-events-recorded | aws_s3_bucket.analytics | audit.data_events |",
		"objects-expire | aws_s3_bucket.analytics | retention.rules |",
		"objects-expire | aws_s3_bucket.website | retention.rules |",
		"outside-readers | aws_s3_bucket.website | exposure.outside | everyone",
		"personal-data-backed-up | aws_dynamodb_table.questionnaires | resilience.point_in_time |",
		"personal-data-expires | aws_s3_bucket.analytics | retention.rules |",
		"personal-data-in-logs | files:examples/clinic/exports/portal | labels | access.log",
		"personal-data-reads-recorded | aws_db_instance.billing | audit.access |",
		"personal-data-reads-recorded | aws_s3_bucket.analytics | audit.access |",
		"point-in-time-recovery | aws_dynamodb_table.questionnaires | resilience.point_in_time |",
		"production-spans-zones | aws_db_instance.billing | resilience.multi_zone |",
		"public-access-blocked | aws_s3_bucket.website | exposure.declared.blocks |",
		"public-address | aws_db_instance.billing | exposure.declared.addressed |",
		"public-personal-data | aws_db_instance.billing | exposure.public | financial",
		"residency-allowed-country | aws_s3_bucket.analytics | location.country | care",
		"retention-stated | files:examples/clinic/exports/newsletter | activities |",
		"retention-stated | sqlite:examples/clinic/db/clinic.db | activities |",
		"retention-stated | sqlite:examples/clinic/db/clinic.db/staff | activities |",
		"retention-within-declared | aws_s3_bucket.analytics | retention.rules | care",
		"rows-can-be-aged | sqlite:examples/clinic/db/clinic.db/invoices | settings.columns |",
		"rows-can-be-aged | sqlite:examples/clinic/db/clinic.db/patients | settings.columns |",
		"rows-can-be-aged | sqlite:examples/clinic/db/clinic.db/staff | settings.columns |",
		"sensitive-data-customer-key | aws_dynamodb_table.questionnaires | encryption.key_manager |",
		"snapshots-keep-tags | aws_db_instance.billing | settings.copy_tags |",
		"static-website-off | aws_s3_bucket.website | settings.website |",
		"trail-in-all-regions | aws_cloudtrail.main | settings.multi_region |",
		"trail-store-guarded | aws_cloudtrail.main | audit.sink.locked |",
		"trail-to-log-group | aws_cloudtrail.main | settings.to_log_group |",
		"transfer-basis | aws_s3_bucket.analytics | location.country | care",
		"undeclared-personal-data | files:examples/clinic/exports/newsletter | activities |",
		"undeclared-personal-data | sqlite:examples/clinic/db/clinic.db/staff | activities |",
		"uploads-end | aws_s3_bucket.analytics | settings.uploads_end |",
		"uploads-end | aws_s3_bucket.logs | settings.uploads_end |",
		"uploads-end | aws_s3_bucket.website | settings.uploads_end |",
		`uploads-end | module.store["invoices"].aws_s3_bucket.this | settings.uploads_end |`,
		`uploads-end | module.store["referrals"].aws_s3_bucket.this | settings.uploads_end |`,
		`uploads-name-key | module.store["invoices"].aws_s3_bucket.this | settings.demands_key |`,
		`uploads-name-key | module.store["referrals"].aws_s3_bucket.this | settings.demands_key |`,
		"versioning | aws_s3_bucket.analytics | resilience.versioning |",
	}
}

// TestDemoFindsWhatIsPlanted: no more and no fewer.
func TestDemoFindsWhatIsPlanted(t *testing.T) {
	t.Parallel()
	var got []string
	for _, o := range outcomes(t, clinicJob().run(t)) {
		if o.Verdict != probity.Fail {
			continue
		}
		for _, f := range o.Findings {
			line := strings.Join([]string{o.Rule, f.Asset.ID, string(f.Fact), f.Element}, " | ")
			if f.Waiver != nil {
				line += "(waived)"
			}
			got = append(got, strings.TrimSpace(line))
		}
	}
	slices.Sort(got)
	if diff := cmp.Diff(planted(), got); diff != "" {
		t.Errorf("findings (-planted +found):\n%s", diff)
	}
}

// TestDemoTellsWhatNobodyKnows: only what a variable of the pipeline or the network of the account decides is unresolved, and
// nothing was lost. All else
// that is unknown is what code, a file or a folder cannot tell.
func TestDemoTellsWhatNobodyKnows(t *testing.T) {
	t.Parallel()
	scan := clinicJob().run(t)
	var got []string
	for _, o := range outcomes(t, scan) {
		if o.Verdict != probity.Unknown {
			continue
		}
		if len(o.Findings) != 1 {
			t.Errorf("%s of %s: %d findings, want one for the deciding gap", o.Rule, o.Asset.ID, len(o.Findings))
		}
		for _, e := range o.Evidence {
			if e.Gap == nil {
				continue
			}
			if e.Gap.Reason.Loss() {
				t.Errorf("%s of %s: lost: %s", o.Rule, o.Asset.ID, e.Gap)
			}
			if e.Gap.Reason == probity.Unresolved {
				got = append(got, o.Rule+" | "+o.Asset.ID+" | "+e.Gap.Needs)
			}
		}
	}
	slices.Sort(got)
	want := []string{
		"backup-outlives-retention | aws_rds_cluster.imaging | var.imaging_backup_days",
		"backup-retention | aws_rds_cluster.imaging | var.imaging_backup_days",
		"bucket-actions-named | aws_s3_bucket.analytics | var.supplier_bucket_policy",
		"bucket-refuses-old-tls | aws_s3_bucket.analytics | var.supplier_bucket_policy",
		"encryption-in-transit | aws_s3_bucket.analytics | var.supplier_bucket_policy",
		"no-public-store | aws_s3_bucket.analytics | var.supplier_bucket_policy",
		"outside-readers | aws_s3_bucket.analytics | var.supplier_bucket_policy",
		"personal-data-backed-up | aws_rds_cluster.imaging | var.imaging_backup_days",
		"personal-data-backed-up | aws_rds_cluster.imaging | var.imaging_backup_days",
		"private-subnets | aws_db_instance.billing | a look at the subnets of the account",
		"private-subnets | aws_db_instance.records | a look at the subnets of the account",
		"private-subnets | aws_rds_cluster.imaging | a look at the subnets of the account",
		"public-access-blocked | aws_s3_bucket.analytics | var.supplier_bucket_policy",
		"public-personal-data | aws_s3_bucket.analytics | var.supplier_bucket_policy",
		"public-personal-data | aws_s3_bucket.analytics | var.supplier_bucket_policy",
		"recipients-recorded | aws_s3_bucket.analytics | var.supplier_bucket_policy",
		"signed-links-short | aws_s3_bucket.analytics | var.supplier_bucket_policy",
		"special-category-exposed | aws_s3_bucket.analytics | var.supplier_bucket_policy",
		"special-category-exposed | aws_s3_bucket.analytics | var.supplier_bucket_policy",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("unresolved (-want +got):\n%s", diff)
	}
	left := map[string]int{}
	for c, err := range scan.Coverage {
		if err != nil {
			t.Fatal(err)
		}
		if c.Gap != nil {
			left[string(c.Gap.Reason)+" "+c.Gap.Because] += c.Count
		}
	}
	if diff := cmp.Diff(map[string]int{"filtered ignored by git": 1, "filtered excluded by the configuration": 1}, left); diff != "" {
		t.Errorf("left out (-want +got):\n%s", diff)
	}
	if len(scan.Trouble) > 0 {
		t.Errorf("got trouble %v, want none", scan.Trouble)
	}
}

// TestDemoJudgesSourcesAlike: one rule ID fires on Terraform, on the database and on files.
func TestDemoJudgesSourcesAlike(t *testing.T) {
	t.Parallel()
	sources := map[string]map[string]bool{}
	for _, o := range outcomes(t, clinicJob().run(t)) {
		if o.Verdict != probity.Fail {
			continue
		}
		source, _, ok := strings.Cut(o.Asset.ID, ":")
		if !ok || o.Asset.Root != "" {
			source = "terraform"
		}
		if sources[o.Rule] == nil {
			sources[o.Rule] = map[string]bool{}
		}
		sources[o.Rule][source] = true
	}
	for rule, want := range map[string][]string{
		"encryption-at-rest":        {"sqlite", "terraform"},
		"card-number-readable":      {"files", "sqlite"},
		"national-id-readable":      {"files", "sqlite"},
		"identity-beside-diagnosis": {"files", "sqlite"},
		"undeclared-personal-data":  {"files", "sqlite"},
	} {
		if got := slices.Sorted(maps.Keys(sources[rule])); !slices.Equal(got, want) {
			t.Errorf("%s: fires on %v, want %v", rule, got, want)
		}
	}
}
