package reports

import (
	"iter"
	"time"

	"github.com/probity-scan/probity"
)

// now is the clock of all samples.
func now() time.Time { return time.Date(2026, 11, 24, 9, 30, 0, 0, time.UTC) }

// over is a slice as a scan has it.
func over[T any](items []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range items {
			if !yield(v, nil) {
				return
			}
		}
	}
}

// clinic is a scan of a made-up organisation: Terraform, a SQLite database and exports, with every verdict and many gaps.
func clinic() probity.Scan {
	return probity.Scan{
		Header: probity.Header{
			Format: probity.Format, Tool: "probity 0.1.0", Started: now(), Targets: []string{"./clinic"},
			Inputs:     map[string]string{"configuration": "sha256:9f2c1e", "data": "sha256:77ab30", "rules": "sha256:51d0aa"},
			Rules:      clinicRules(),
			Frameworks: clinicFrameworks(),
			Trouble: []probity.Trouble{{What: "rule our-naming", Gap: probity.Gap{Reason: probity.Failed, Because: "took longer than 5 s",
				Needs: "a rule without an endless loop"}}},
		},
		Coverage: over(clinicCoverage()),
		Assets:   over(clinicAssets()),
		Outcomes: over(clinicOutcomes()),
	}
}

func pos(file string, line, column int) *probity.Origin {
	return &probity.Origin{File: file, Line: line, Column: column}
}

const (
	infra    = "infra"
	dbFile   = "data/clinic.db"
	mainTF   = "infra/main.tf"
	dataTF   = "infra/data.tf"
	exported = "exports/patients.csv"
)

func tf(id string) probity.Ref { return probity.Ref{Root: infra, ID: id} }

func table(name string) probity.Ref { return probity.Ref{ID: "sqlite:" + dbFile + "/" + name} }

func clinicCoverage() []probity.Coverage {
	return []probity.Coverage{
		{Supply: probity.Supply{Kind: "aws.s3.bucket", Scope: probity.Scope{Provider: "aws"}, On: probity.Ref{Root: infra}}},
		{Supply: probity.Supply{Class: probity.Bucket, Path: "labels", On: probity.Ref{ID: "files:exports"}},
			Gap: &probity.Gap{Reason: probity.Unreadable, Because: "unexpected end of gzip stream"}, Count: 1, Origin: &probity.Origin{File: "exports/2025/visits.csv.gz"}},
		{Supply: probity.Supply{On: probity.Ref{ID: "files:."}}, Gap: &probity.Gap{Reason: probity.Filtered, Because: "ignored by git"}, Count: 214},
		{Supply: probity.Supply{On: probity.Ref{ID: "files:."}}, Gap: &probity.Gap{Reason: probity.Filtered, Because: "node_modules"}, Count: 1},
		{Supply: probity.Supply{Class: probity.Table, Path: "labels", On: table("visits")},
			Gap: &probity.Gap{Reason: probity.Sampled, Needs: "--rows 200000"}, Count: 181_400, Origin: &probity.Origin{Query: "select * from visits limit 1000"}},
	}
}
