package privacy

import (
	"flag"
	"iter"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
)

var update = flag.Bool("update", false, "write goldens")

func now() time.Time { return time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC) }

func over[T any](items ...T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range items {
			if !yield(v, nil) {
				return
			}
		}
	}
}

func label(c probity.Category, detector, on string, found, read, total, distinct int) probity.Label {
	l := probity.Label{Detector: detector, Category: c, On: on, Found: found, Distinct: distinct, Protection: probity.Clear, Sample: probity.Sample{Unit: "rows", Read: read, Method: "random"}}
	if total > 0 {
		l.Sample.Total = probity.Known(total, nil)
	}
	return l
}

func declarations() []probity.Activity {
	asked := probity.Gap{Reason: probity.Undeclared, Needs: "retention_days"}
	return []probity.Activity{
		{ID: "shop", Role: "controller", Entity: "Example Ltd", Country: probity.Known("DE", nil), Purposes: []string{"orders"}, Subjects: []string{"customers"}, Recipients: []string{"parcel service"},
			Countries: []string{"DE"}, Days: probity.Known(365, nil), StartsAt: probity.Known("ordered_at", nil), Assessment: probity.Known("DPIA-1", nil)},
		{ID: "hosting", Role: "processor", Entity: "Example Ltd", Country: probity.Known("DE", nil), Purposes: []string{"hosting"}, Countries: []string{"DE", "US"}, Transfer: "scc", Days: probity.Missing[int](asked, nil)},
		{ID: "payroll", Role: "joint", Entity: "Example Ltd", Country: probity.Known("DE", nil), Days: probity.Known(3650, nil), Hold: true},
	}
}

const bucket = "arn:aws:s3:::shop-exports"

// shop is an estate with a database of tables, a public bucket that has a copy abroad and a snapshot, and a store that nobody read.
func shop() probity.Scan {
	acts := declarations()
	db, none := probity.Ref{ID: "postgres://db:5432/shop"}, probity.Gap{Reason: probity.NotApplicable, Because: "its database tells"}
	in := func(r probity.Ref) probity.List[probity.Link] {
		return probity.Whole(nil, probity.Link{Kind: probity.ContainedIn, To: r})
	}
	table := func(name string, serves probity.List[probity.Activity], labels ...probity.Label) probity.Asset {
		a := probity.Asset{Ref: probity.Ref{ID: db.ID + "/" + name}, Name: name, Class: probity.Table, Kind: "postgres.table", Labels: probity.Whole(nil, labels...), Links: in(db), Activities: serves}
		a.Location.Country = probity.Missing[string](none, nil)
		a.Resilience.BackupDays = probity.Missing[int](none, nil)
		return a
	}
	orders := table("orders", probity.Whole(nil, acts[0]), label(probity.Contact, "email", "mail", 90, 100, 5000, 60), label(probity.Whereabouts, "postal-address", "street", 100, 100, 5000, 90))
	orders.Retention.Oldest = probity.Whole(nil, probity.Age{On: "ordered_at", Start: "ordered_at", Oldest: now().AddDate(-2, 0, 0)})
	staff := table("staff", probity.Whole[probity.Activity](nil), label(probity.Identifier, "national-id", "ssn", 10, 10, 10, 10))
	root := probity.Asset{Ref: db, Name: "shop", Class: probity.Database, Kind: "postgres.database", Activities: probity.Whole[probity.Activity](nil)}
	for _, l := range append(orders.Labels.Items, staff.Labels.Items...) {
		l.Inherited = &orders.Ref
		root.Labels = root.Labels.With(l)
	}
	root.Labels = probity.Whole(nil, root.Labels.Items...)
	root.Location.Country, root.Resilience.BackupDays = probity.Known("DE", nil), probity.Known(7, nil)

	exports := probity.Asset{Ref: probity.Ref{ID: bucket}, Name: "shop-exports", Aliases: []string{"shop-exports"}, Class: probity.Bucket, Kind: "aws.s3.bucket",
		Labels:     probity.Open(probity.Gap{Reason: probity.Sampled}, nil, label(probity.Health, "icd10", "2026/visits.csv:code", 40, 200, 0, 30)),
		Activities: probity.Whole(nil, acts[0], acts[1])}
	exports.Location.Country, exports.Exposure.Public = probity.Known("DE", nil), probity.Known(true, nil)
	exports.Resilience.Versioning, exports.Encryption.AtRest = probity.Known(true, nil), probity.Known(true, nil)
	exports.Exposure.Outside = probity.Whole(nil, probity.Grant{Principal: "arn:aws:iam::999999999999:root"})
	exports.Access.Readers = probity.Open(probity.Gap{Reason: probity.Denied, Needs: "iam:ListRoles"}, nil, probity.Grant{Principal: "*", On: []string{"2026/*"}})
	exports.Retention.Rules = probity.Whole(nil, probity.Expiry{Days: 400}, probity.Expiry{Days: 30, Noncurrent: true})
	abroad := probity.Asset{Ref: probity.Ref{ID: bucket + "-us"}, Class: probity.Bucket, Kind: "aws.s3.bucket", Activities: probity.Whole[probity.Activity](nil),
		Links: probity.Whole(nil, probity.Link{Kind: probity.ReplicaOf, To: exports.Ref})}
	abroad.Location.Country = probity.Known("US", nil)
	snapshot := probity.Asset{Ref: probity.Ref{ID: "arn:aws:rds:snapshot"}, Class: probity.Snapshot, Kind: "aws.rds.snapshot", Activities: probity.Whole[probity.Activity](nil),
		Links: probity.Whole(nil, probity.Link{Kind: probity.SnapshotOf, To: db, Gap: &probity.Gap{Reason: probity.Denied, Needs: "rds:DescribeDBSnapshots"}})}
	key := probity.Asset{Ref: probity.Ref{ID: "arn:aws:kms:key"}, Class: probity.Key}
	return probity.Scan{
		Header: probity.Header{Tool: "probity 0.1.0", Started: now().Add(-time.Hour), Targets: []string{"aws:", "postgres://db:5432/shop"}},
		Coverage: over(probity.Coverage{Supply: probity.Supply{Kind: "aws.rds.instance", Scope: probity.Scope{Account: "123456789012"}},
			Gap: &probity.Gap{Reason: probity.Denied, Needs: "rds:DescribeDBInstances"}}),
		Assets: over(key, exports, abroad, snapshot, root, orders, staff),
		Outcomes: over(probity.Outcome{Rule: "public-exposure", Asset: exports.Ref, Verdict: probity.Fail, Findings: []probity.Finding{{Asset: exports.Ref, Risk: probity.Risk{Severity: probity.Critical}}}},
			probity.Outcome{Rule: "versioning", Asset: exports.Ref, Verdict: probity.Pass}),
	}
}

func estate(t *testing.T, s probity.Scan, declared ...probity.Activity) *Estate {
	t.Helper()
	said := Declared{Activities: declared, Entities: []Entity{{Name: "Example Ltd", Contact: "1 Example Street, 10115 Berlin; privacy@example.org", Representative: "none", Officer: "dpo@example.org"}},
		Details: map[string]Details{"payroll": {}, "shop": {Data: []probity.Category{probity.Contact, probity.Financial}, Measures: []string{"training once a year"}},
			"hosting": {Controllers: []string{"Client Ltd"}, Safeguards: []Safeguard{{Country: "US", Recipient: "Host Inc", Document: "SCC 2021/914 module 3, contract 17", At: now().AddDate(-2, 0, 0), Until: now().AddDate(-1, 0, 0)},
				{Country: "IN", Basis: "adequacy"}}}}}
	e, err := Of(s, said, now())
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(got)); d != "" {
		t.Errorf("%s (-want +got):\n%s", name, d)
	}
}
