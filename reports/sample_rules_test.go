package reports

import "github.com/probity-scan/probity"

func clinicRules() []probity.Rule {
	rule := func(id, title, why string, s probity.Severity, o ...probity.Obligation) probity.Rule {
		return probity.Rule{ID: id, Title: title, Description: why, Message: title, Behaviour: 1, Severity: s, Obligations: o,
			Classes: []probity.Class{probity.Bucket, probity.Database}, Reads: []probity.Path{"encryption"}, References: []string{},
			Remediation: []probity.Remedy{}, Source: probity.Origin{File: "policies/rules/" + id + ".rego", Line: 1}}
	}
	rest := rule("encryption-at-rest", "Data is encrypted at rest",
		"Whoever gets hold of a disk, a snapshot or a copied file reads everything on it unless the data is encrypted at rest.", probity.High, "encryption-at-rest")
	rest.Remediation = []probity.Remedy{
		{Source: "terraform", Text: "Set `storage_encrypted = true` and name a key:\n\n```hcl\nresource \"aws_db_instance\" \"db\" {\n  storage_encrypted = true\n  kms_key_id        = aws_kms_key.db.arn\n}\n```"},
		{Source: "sql", Text: "SQLite has no encryption of its own: keep the file on an encrypted volume, and declare that in `probity.yaml`."},
	}
	rest.References = []string{"https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html"}
	public := rule("public-exposure", "Stores of personal data are not public",
		"Anyone on the internet can read a store that is public. With personal data in it, that is a breach that has to be reported.", probity.Critical, "access-restriction")
	public.Remediation = []probity.Remedy{{Source: "terraform", Text: "Add an `aws_s3_bucket_public_access_block` with all four switches on."}}
	backup := rule("backup-enabled", "Backups are kept for a week at least", "Without a backup, a mistake or an attack ends in lost data.", probity.Medium, "recoverability")
	backup.Remediation = []probity.Remedy{{Source: "terraform", Text: "Set `backup_retention_period = 7`."}}
	logging := rule("access-logging", "Reads of personal data leave a trace", "Without an access log nobody can tell what was taken.", probity.Medium, "logging")
	clear := rule("special-category-in-clear", "Special categories of personal data are not kept in clear",
		"Health data and other special categories harm people most when they leak; identifiers beside them should be pseudonymised.", probity.High, "pseudonymisation")
	clear.Remediation = []probity.Remedy{{Source: "any", Text: "Encrypt the column, or move the identifiers to a table of their own."}}
	clear.Reads = []probity.Path{"labels"}
	residency := rule("residency", "Data is kept in the countries declared for it", "A transfer to another country needs a basis.", probity.High, "transfer-control")
	retention := rule("retention-declared", "Personal data leaves after its declared time", "Data kept longer than needed can only do harm.", probity.Low, "storage-limitation")
	versioning := rule("versioning", "Deleted objects can be had back", "Versioning undoes a deletion.", probity.Low, "recoverability")
	return []probity.Rule{logging, backup, rest, public, residency, retention, clear, versioning}
}

func clinicFrameworks() []probity.Framework {
	return []probity.Framework{
		{ID: "gdpr", Title: "General Data Protection Regulation", Version: "Regulation (EU) 2016/679", Publisher: "European Union", AsOf: "2018-05-25",
			Applies: "where personal data is found or declared and the activity falls under Art. 3", Standing: &probity.Standing{Applies: probity.InScope, Because: []string{"personal data was found", "established in DE"}},
			Controls: []probity.Control{
				{ID: "5(1)(a)", Title: "Lawful, fair, transparent processing", Mode: probity.Manual, Why: "whether a basis exists is a question of law, not of configuration"},
				{ID: "5(1)(e)", Title: "Do not keep longer than needed", Mode: probity.Partly, Why: "the time itself has to be justified by a person", Obligations: []probity.Obligation{"storage-limitation"}},
				{ID: "25(2)", Title: "Protective defaults, not public by default", Mode: probity.Partly, Why: "defaults of applications are not seen", Obligations: []probity.Obligation{"access-restriction"}},
				{ID: "32(1)(a)", Title: "Encrypt and pseudonymise", Mode: probity.Partly, Why: "what is appropriate depends on the risk", Obligations: []probity.Obligation{"encryption-at-rest", "pseudonymisation"}},
				{ID: "32(1)(c)", Title: "Restore in time", Mode: probity.Partly, Why: "a restore has to be tried", Obligations: []probity.Obligation{"recoverability"}},
				{ID: "33", Title: "Report breaches in 72 hours", Mode: probity.Partly, Why: "only the traces are seen, not the process", Obligations: []probity.Obligation{"logging"}},
				{ID: "44", Title: "Transfers only under Chapter V", Mode: probity.Partly, Why: "contracts have to be read", Obligations: []probity.Obligation{"transfer-control"}},
				{ID: "37-39", Title: "Data protection officer", Mode: probity.Manual, Why: "an appointment leaves no trace in a store"},
			}},
		{ID: "pci-dss", Title: "PCI DSS", Version: "4.0.1", Publisher: "PCI Security Standards Council", AsOf: "2024-06-01",
			Applies: "where cardholder data is found or declared", Standing: &probity.Standing{Applies: probity.NotSaid, Because: []string{"is there payment-card data? organisation.data in probity.yaml, or a scan of content"}},
			Controls: []probity.Control{
				{ID: "1.4.4", Title: "Card data stores not reachable from outside", Mode: probity.Automatic, Rules: []string{"public-exposure"}},
				{ID: "3.5.1", Title: "Numbers unreadable wherever stored", Mode: probity.Partly, Why: "keys are held by people", Obligations: []probity.Obligation{"encryption-at-rest"}},
				{ID: "10.2.1", Title: "Audit logs are on", Mode: probity.Automatic, Obligations: []probity.Obligation{"logging"}},
				{ID: "12.8.2", Title: "Agreements with service providers", Mode: probity.Manual, Why: "contracts are not in a store"},
				{ID: "8.3.6", Title: "Passwords of twelve characters", Mode: probity.Automatic, Obligations: []probity.Obligation{"authentication"}},
			}},
	}
}
