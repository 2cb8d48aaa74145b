package reports

import (
	"cmp"
	"slices"
	"time"

	"github.com/probity-scan/probity"
)

func clinicOutcomes() []probity.Outcome {
	scans, logs, invoices, db := tf("aws_s3_bucket.scans"), tf("aws_s3_bucket.logs"), tf("aws_s3_bucket.invoices"), tf("aws_db_instance.records")
	folder, file := probity.Ref{ID: "files:exports"}, probity.Ref{ID: "sqlite:" + dbFile}
	out := []probity.Outcome{
		failing("public-exposure", scans, probity.Critical, "aws_s3_bucket.scans can be read by anyone on the internet", ev(scans, "exposure.public", true, pos(mainTF, 24, 3)),
			ev(scans, "exposure.declared.policy", "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\"}]}", pos("infra/policy.tf", 7, 12))),
		failing("encryption-at-rest", db, probity.High, "aws_db_instance.records is not encrypted at rest", ev(db, "encryption.at_rest", false, pos(dataTF, 11, 3))),
		element(failing("special-category-in-clear", table("patients"), probity.High, "patients keeps health data in clear in diagnosis",
			ev(table("patients"), "labels[3].category", "health", &probity.Origin{File: dbFile})), "diagnosis"),
		element(failing("special-category-in-clear", table("visits"), probity.High, "visits keeps health data in clear in reason",
			ev(table("visits"), "labels[0].category", "health", &probity.Origin{File: dbFile})), "reason"),
		element(failing("special-category-in-clear", folder, probity.Medium, "exports keeps card numbers in clear in 2025/invoices.ndjson",
			ev(folder, "labels[2].category", "financial", &probity.Origin{File: "exports/2025/invoices.ndjson"})), "2025/invoices.ndjson:card"),
		waived(failing("versioning", logs, probity.Low, "aws_s3_bucket.logs keeps no earlier versions", ev(logs, "resilience.versioning", false, pos(mainTF, 68, 5)))),
		unknown("backup-enabled", db, gap(db, "resilience.backup_days", probity.Gap{Reason: probity.Unresolved, Needs: "variable backup_days"}, pos(dataTF, 14, 3))),
		unknown("encryption-at-rest", file, gap(file, "encryption.at_rest", probity.Gap{Reason: probity.Undeclared, Needs: "is the volume of data/clinic.db encrypted?"}, nil)),
		unknown("special-category-in-clear", invoices, gap(invoices, "labels", probity.Gap{Reason: probity.NotCollected}, nil)),
		unknown("residency", folder, gap(folder, "location.country", probity.Gap{Reason: probity.Undeclared, Needs: "in which country is exports kept?"}, nil)),
		unknown("residency", file, gap(file, "location.country", probity.Gap{Reason: probity.Undeclared, Needs: "in which country is data/clinic.db kept?"}, nil)),
		unknown("retention-declared", folder, gap(folder, "labels", probity.Gap{Reason: probity.Unreadable, Because: "unexpected end of gzip stream"}, &probity.Origin{File: "exports/2025/visits.csv.gz"})),
		{Rule: "encryption-at-rest", Asset: scans, Verdict: probity.Pass, Evidence: []probity.Evidence{ev(scans, "encryption.at_rest", true, &probity.Origin{Default: "encrypted since 2023-01-05"})}},
		{Rule: "encryption-at-rest", Asset: invoices, Verdict: probity.Pass}, {Rule: "encryption-at-rest", Asset: logs, Verdict: probity.Pass},
		{Rule: "public-exposure", Asset: invoices, Verdict: probity.Pass}, {Rule: "public-exposure", Asset: logs, Verdict: probity.Pass},
		{Rule: "versioning", Asset: scans, Verdict: probity.Pass}, {Rule: "versioning", Asset: invoices, Verdict: probity.Pass},
		failing("access-logging", invoices, probity.Medium, "aws_s3_bucket.invoices writes no access log", ev(invoices, "audit.access", false, pos(mainTF, 40, 1))),
		{Rule: "access-logging", Asset: file, Verdict: probity.NA}, {Rule: "access-logging", Asset: scans, Verdict: probity.Pass},
	}
	slices.SortStableFunc(out, func(a, b probity.Outcome) int { return cmp.Or(a.Asset.Compare(b.Asset), cmp.Compare(a.Rule, b.Rule)) })
	return out
}

func ev(a probity.Ref, fact probity.Path, v any, o *probity.Origin) probity.Evidence {
	return probity.Evidence{Asset: a, Fact: fact, Value: v, Origin: o}
}

func gap(a probity.Ref, fact probity.Path, g probity.Gap, o *probity.Origin) probity.Evidence {
	return probity.Evidence{Asset: a, Fact: fact, Gap: &g, Origin: o}
}

func failing(rule string, a probity.Ref, s probity.Severity, message string, e ...probity.Evidence) probity.Outcome {
	return probity.Outcome{Rule: rule, Asset: a, Verdict: probity.Fail, Evidence: e, Findings: []probity.Finding{{
		Fingerprint: probity.Fingerprint(rule, a, e[0].Fact, ""), Asset: a, Fact: e[0].Fact, Message: message, Risk: probity.Risk{Severity: s}, Place: e[0].Origin}}}
}

func element(o probity.Outcome, e string) probity.Outcome {
	f := &o.Findings[0]
	f.Element, f.Fingerprint = e, probity.Fingerprint(o.Rule, f.Asset, "labels", e)
	f.Risk.Because = []probity.Evidence{ev(f.Asset, "labels[0].found", 655, nil)}
	return o
}

func waived(o probity.Outcome) probity.Outcome {
	o.Findings[0].Waiver = &probity.Waiver{Kind: probity.AcceptedRisk, Rule: o.Rule, Asset: o.Asset.ID, Reason: "Logs are copied to another account every night",
		Owner: "platform team", Approver: "data protection officer", Until: now().AddDate(0, 6, 0).Truncate(24 * time.Hour)}
	return o
}

func unknown(rule string, a probity.Ref, e ...probity.Evidence) probity.Outcome {
	return probity.Outcome{Rule: rule, Asset: a, Verdict: probity.Unknown, Evidence: e, Findings: []probity.Finding{{
		Fingerprint: probity.Fingerprint(rule, a, e[0].Fact, ""), Asset: a, Fact: e[0].Fact,
		Message: "unknown: depends on " + string(e[0].Fact) + ", which " + e[0].Gap.String(), Risk: probity.Risk{Severity: probity.Medium}, Place: e[0].Origin}}}
}
