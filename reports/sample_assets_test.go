package reports

import (
	"strings"

	"github.com/probity-scan/probity"
)

func clinicAssets() []probity.Asset {
	aws := probity.Scope{Provider: "aws", Region: "eu-central-1"}
	bucket := func(name string, line int) probity.Asset {
		o := pos(mainTF, line, 1)
		return probity.Asset{Ref: tf("aws_s3_bucket." + name), Name: "clinic-" + name, Kind: "aws.s3.bucket", Class: probity.Bucket, Scope: aws, Origin: o,
			Location:   probity.Location{Region: probity.Known("eu-central-1", o), Country: probity.Known("DE", o)},
			Encryption: probity.Encryption{AtRest: probity.Known(true, &probity.Origin{Default: "encrypted since 2023-01-05"})},
			Exposure:   probity.Exposure{Public: probity.Known(name == "scans", pos(mainTF, line+4, 3))},
			Resilience: probity.Resilience{Versioning: probity.Known(name != "logs", pos(mainTF, line+8, 5))}}
	}
	db := probity.Asset{Ref: tf("aws_db_instance.records"), Name: "records", Kind: "aws.rds.instance", Class: probity.Database, Scope: aws, Origin: pos(dataTF, 3, 1),
		Encryption: probity.Encryption{AtRest: probity.Known(false, pos(dataTF, 11, 3)),
			Key: probity.Missing[probity.Optional[string]](probity.Gap{Reason: probity.Computed}, pos(dataTF, 12, 3))},
		Resilience: probity.Resilience{BackupDays: probity.Missing[int](probity.Gap{Reason: probity.Unresolved, Needs: "variable backup_days"}, pos(dataTF, 14, 3))},
		Settings:   probity.Settings{"engine": probity.Known[any]("postgres", pos(dataTF, 5, 3))}}
	people := probity.Asset{Ref: table("patients"), Name: "patients", Kind: "sqlite.table", Class: probity.Table, Scope: probity.Scope{Provider: "sqlite"}, Origin: &probity.Origin{File: dbFile},
		Labels: probity.Whole(nil,
			label("email", probity.Contact, "email", 1184, 1200, .99), label("iban", probity.Financial, "iban", 1200, 1200, 1),
			label("de-tax-id", probity.Identifier, "tax_id", 1102, 1200, .97), label("icd10", probity.Health, "diagnosis", 655, 1200, .82)),
		Links: probity.Whole(nil, probity.Link{Kind: probity.ContainedIn, To: probity.Ref{ID: "sqlite:" + dbFile}})}
	visits := probity.Asset{Ref: table("visits"), Name: "visits", Kind: "sqlite.table", Class: probity.Table, Scope: probity.Scope{Provider: "sqlite"}, Origin: &probity.Origin{File: dbFile},
		Labels: probity.Open(probity.Gap{Reason: probity.Sampled}, nil, label("icd10", probity.Health, "reason", 312, 1000, .74))}
	file := probity.Asset{Ref: probity.Ref{ID: "sqlite:" + dbFile}, Name: "clinic.db", Kind: "sqlite.database", Class: probity.Database, Scope: probity.Scope{Provider: "sqlite"},
		Origin: &probity.Origin{File: dbFile}, Encryption: probity.Encryption{AtRest: probity.Missing[bool](probity.Gap{Reason: probity.Undeclared, Needs: "is the volume of data/clinic.db encrypted?"}, nil)}}
	folder := probity.Asset{Ref: probity.Ref{ID: "files:exports"}, Name: "exports", Kind: "files.folder", Class: probity.Bucket, Scope: probity.Scope{Provider: "files"}, Origin: &probity.Origin{File: "exports"},
		Labels: probity.Open(probity.Gap{Reason: probity.Unreadable, Because: "unexpected end of gzip stream"}, nil,
			label("email", probity.Contact, "patients.csv:mail", 240, 240, .99), label("phone", probity.Contact, "patients.csv:phone", 231, 240, .95), label("card", probity.Financial, "2025/invoices.ndjson:card", 88, 90, 1))}
	for i, l := range folder.Labels.Items {
		file, _, _ := strings.Cut(l.On, ":")
		folder.Labels.Items[i].Origin = &probity.Origin{File: "exports/" + file}
	}
	account := probity.Asset{Ref: probity.Ref{Root: infra, ID: "account"}, Kind: "aws.account", Class: probity.Account, Scope: aws, Origin: pos(mainTF, 1, 1)}
	return []probity.Asset{folder, file, people, visits, account, db, bucket("invoices", 40), bucket("logs", 60), bucket("scans", 20)}
}

func label(detector string, c probity.Category, on string, found, read int, confidence float64) probity.Label {
	return probity.Label{Detector: detector, Category: c, On: on, Found: found, Distinct: found, Confidence: confidence, Protection: probity.Clear,
		Sample: probity.Sample{Unit: "rows", Read: read, Total: probity.Known(read, nil), Method: "all"}, Origin: &probity.Origin{File: dbFile}}
}
