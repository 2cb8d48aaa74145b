package reports

import (
	"fmt"
	"time"

	"github.com/probity-scan/probity"
)

// gated is a scan after a gate that compared it with another revision: a module called five times, an installed module, what
// was there before, a rule of a later version, waivers of each kind, and what rests on labels.
func gated() probity.Scan {
	s := clinic()
	var out []probity.Outcome
	stored := func(i int) probity.Ref { return tf(fmt.Sprintf("module.store[%d].aws_s3_bucket.b", i)) }
	for i := range 5 {
		at := pos("modules/store/main.tf", 3, 3)
		at.Caller = pos(mainTF, 10+10*i, 1)
		out = append(out, inState(failing("encryption-at-rest", stored(i), probity.High, stored(i).ID+" is not encrypted at rest", ev(stored(i), "encryption.at_rest", false, at)), probity.New))
	}
	installed := pos(mainTF, 70, 1)
	installed.Inside = pos(".terraform/modules/lake/main.tf", 41, 5)
	lake := tf("module.lake.aws_s3_bucket.raw")
	out = append(out,
		inState(failing("public-exposure", lake, probity.Critical, "raw can be read by anyone on the internet", ev(lake, "exposure.public", true, installed)), probity.Unchanged),
		waived(failing("access-logging", tf("w1"), probity.Medium, "w1 writes no access log", ev(tf("w1"), "audit.access", false, pos(mainTF, 80, 3)))),
		asWaiver(failing("access-logging", tf("w2"), probity.Medium, "w2 writes no access log", ev(tf("w2"), "audit.access", false, pos(mainTF, 90, 3))), probity.Inline, false),
		asWaiver(failing("access-logging", tf("w3"), probity.Medium, "w3 writes no access log", ev(tf("w3"), "audit.access", false, pos(mainTF, 100, 3))), probity.FalsePositive, false),
		asWaiver(failing("access-logging", tf("w4"), probity.Medium, "w4 writes no access log", ev(tf("w4"), "audit.access", false, pos(mainTF, 110, 3))), probity.AcceptedRisk, true),
		inState(element(failing("special-category-in-clear", table("visits"), probity.High, "visits keeps health data in clear in reason",
			ev(table("visits"), "labels[0].category", "health", &probity.Origin{File: dbFile})), "reason"), probity.New),
		inState(element(failing("special-category-in-clear", table("zones"), probity.High, "zones keeps health data in clear in diagnosis",
			ev(table("zones"), "labels[0].category", "health", &probity.Origin{File: dbFile})), "diagnosis"), probity.Unchanged),
		unknown("backup-enabled", tf("x"), gap(tf("x"), "resilience.backup_days", probity.Gap{Reason: probity.Unresolved, Needs: "variable backup_days"}, pos(dataTF, 14, 3))),
		probity.Outcome{Rule: "versioning", Asset: tf("x"), Verdict: probity.NA},
		probity.Outcome{Rule: "versioning", Asset: tf("y"), Verdict: probity.Pass},
	)
	later := inState(failing("versioning", tf("z"), probity.Low, "z keeps no earlier versions", ev(tf("z"), "resilience.versioning", false, pos(mainTF, 120, 5))), probity.New)
	later.Findings[0].Later = true
	out = append(out, later)
	s.Outcomes = over(out)
	gone := failing("encryption-at-rest", tf("old"), probity.High, "old is not encrypted at rest", ev(tf("old"), "encryption.at_rest", false, pos(dataTF, 30, 3)))
	inside := element(failing("special-category-in-clear", table("gone"), probity.High, "gone keeps health data in clear in allergy",
		ev(table("gone"), "labels[0].category", "health", &probity.Origin{File: dbFile})), "allergy")
	s.Base = &probity.Base{Name: "origin/main", Absent: []probity.Gone{{Rule: gone.Rule, Finding: gone.Findings[0]}, {Rule: inside.Rule, Finding: inside.Findings[0]}}}
	s.Notices = []probity.Notice{
		{Kind: probity.Unused, Rule: "versioning", Asset: "aws_s3_bucket.none", Text: "waiver of versioning on aws_s3_bucket.none: there is nothing to waive", Origin: pos("probity.yaml", 12, 5)},
		{Kind: probity.Lapsing, Rule: "special-category-in-clear", Asset: "x", Text: "waiver of special-category-in-clear on x: its last day is 2026-12-01", Origin: pos("probity.yaml", 20, 5)},
	}
	return s
}

func inState(o probity.Outcome, s probity.State) probity.Outcome {
	o.Findings[0].State = s
	return o
}

func asWaiver(o probity.Outcome, k probity.WaiverKind, proposed bool) probity.Outcome {
	o = inState(waived(o), probity.New)
	w := o.Findings[0].Waiver
	w.Kind, w.Proposed, w.Origin = k, proposed, pos("probity.yaml", 7, 5)
	if k == probity.FalsePositive {
		w.Until = time.Time{}
	}
	return o
}
