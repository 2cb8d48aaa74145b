package reports

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
)

func lines(losses []LossCount) []string {
	var out []string
	for _, l := range losses {
		out = append(out, lossLine(nil, l))
	}
	return out
}

// A broken file is told once: by coverage, by the labels that stay open, by facts that name it, and by outcomes.
func TestOneCauseIsOneLoss(t *testing.T) {
	t.Parallel()
	why := probity.Gap{Reason: probity.Unreadable, Because: "not valid Terraform"}
	fact := probity.Gap{Reason: probity.Unreadable, Because: "main.tf:2:12: not valid Terraform"}
	at := pos("infra/main.tf", 2, 12)
	bucket := probity.Asset{Ref: tf("aws_s3_bucket.b"), Kind: "aws.s3.bucket", Class: probity.Bucket, Origin: pos("infra/b.tf", 1, 1),
		Resilience: probity.Resilience{Versioning: probity.Missing[bool](fact, nil), MultiZone: probity.Missing[bool](fact, nil)},
		Labels:     probity.Open[probity.Label](fact, nil)}
	c := count(t, probity.Scan{
		Coverage: over([]probity.Coverage{
			{Supply: probity.Supply{Kind: "aws.s3.bucket", Class: probity.Bucket, On: probity.Ref{Root: infra, ID: "."}}, Gap: &why, Origin: at},
			{Supply: probity.Supply{Kind: "aws.kms.key", Class: probity.Key, On: probity.Ref{Root: infra, ID: "."}}, Gap: &why, Origin: at}}),
		Assets: over([]probity.Asset{bucket}),
		Outcomes: over([]probity.Outcome{unknown("versioning", bucket.Ref, gap(bucket.Ref, "resilience.versioning", fact, nil)),
			unknown("versioning", tf("."), gap(tf("."), "listing of aws.s3.bucket", why, at)),
			unknown("access-logging", tf("."), gap(tf("."), "listing of aws.s3.bucket", why, at))}),
	})
	want := []string{"infra/main.tf:2:12: unreadable (not valid Terraform). So stores may exist that are not listed, " +
		"labels of aws_s3_bucket.b are open, 2 facts of aws_s3_bucket.b are unknown, and 3 outcomes of 2 rules are undecided"}
	if d := cmp.Diff(want, lines(c.Losses)); d != "" {
		t.Errorf("(- want, + got):\n%s", d)
	}
	if len(c.Gaps) != 1 || c.Gaps[0].Outcomes != 3 || c.Gaps[0].Gap.Because != why.Because {
		t.Errorf("gaps %+v, want one", c.Gaps)
	}
}

func TestStoppedScanIsOneLoss(t *testing.T) {
	t.Parallel()
	stop := func(because string) probity.Gap {
		return probity.Gap{Reason: probity.Timeout, Because: because, Needs: "a scan that is left to end"}
	}
	g := stop("the scan was stopped")
	var coverage []probity.Coverage
	for i := range 61 {
		on := probity.Ref{ID: fmt.Sprint("files:exports", i)}
		coverage = append(coverage, probity.Coverage{Supply: probity.Supply{Kind: "files.folder", On: on}, Gap: &g},
			probity.Coverage{Supply: probity.Supply{Kind: "files.folder", Path: "labels", On: on}, Gap: &g})
	}
	c := count(t, probity.Scan{Header: probity.Header{Trouble: []probity.Trouble{{What: "61 of 121 units", Gap: stop("the scan was stopped before them")},
		{What: "judging", Gap: stop("stopped before rules were asked")}}}, Coverage: over(coverage)})
	want := []string{"61 of 121 units, judging (files:exports0, files:exports1, files:exports2 and 58 more): took too long (the scan was stopped before them); " +
		"needs a scan that is left to end. So stores may exist that are not listed, and labels of 61 stores are open"}
	if d := cmp.Diff(want, lines(c.Losses)); d != "" {
		t.Errorf("(- want, + got):\n%s", d)
	}
}

// Facts are lost without coverage too, and a loss that only an outcome tells is a loss.
func TestLossesOfFactsAndOutcomes(t *testing.T) {
	t.Parallel()
	denied := probity.Gap{Reason: probity.Denied, Needs: "s3:GetBucketVersioning"}
	failed := probity.Gap{Reason: probity.Failed, Because: "took longer than 5 s"}
	var assets []probity.Asset
	for i := range 5 {
		assets = append(assets, probity.Asset{Ref: probity.Ref{ID: fmt.Sprint("arn:aws:s3:::b", i)}, Resilience: probity.Resilience{Versioning: probity.Missing[bool](denied, nil)}})
	}
	c := count(t, probity.Scan{Assets: over(assets), Outcomes: over([]probity.Outcome{unknown("mine", assets[0].Ref, gap(assets[0].Ref, "", failed, pos("mine.rego", 3, 1)))})})
	want := []string{
		"arn:aws:s3:::b0, arn:aws:s3:::b1, arn:aws:s3:::b2 and 2 more: not allowed to read; needs s3:GetBucketVersioning. So 5 facts of 5 assets are unknown",
		"mine.rego: failed (took longer than 5 s). So 1 rule is undecided"}
	if d := cmp.Diff(want, lines(c.Losses)); d != "" {
		t.Errorf("(- want, + got):\n%s", d)
	}
}

func TestLeftOutLines(t *testing.T) {
	t.Parallel()
	folder := func(name string) probity.Supply { return probity.Supply{On: probity.Ref{ID: "files:" + name}} }
	ignored := &probity.Gap{Reason: probity.Filtered, Because: "ignored by git"}
	part := &probity.Gap{Reason: probity.Sampled, Because: "the byte budget of an object is used up"}
	labels := func(id string) probity.Supply { return probity.Supply{Path: "labels", On: probity.Ref{ID: id}} }
	c := count(t, probity.Scan{Coverage: over([]probity.Coverage{
		{Supply: folder("examples/clinic"), Gap: ignored, Count: 4}, {Supply: folder("b"), Gap: ignored, Count: 1200},
		{Supply: folder("b"), Gap: &probity.Gap{Reason: probity.Filtered, Because: "excluded by the configuration"}, Count: 1},
		{Supply: folder("b"), Gap: &probity.Gap{Reason: probity.NotCollected, Because: "files that no scanner reads"}, Count: 2},
		{Supply: labels("files:a"), Gap: part, Count: 2}, {Supply: labels("files:b"), Gap: part, Count: 1},
		{Supply: folder("infra"), Gap: &probity.Gap{Reason: probity.Unresolved, Needs: "terraform init"}, Origin: pos(mainTF, 3, 1)},
	})})
	want := []string{
		"infra/main.tf:3:1: could not be resolved; needs terraform init",
		"files:a, files:b: read in part (the byte budget of an object is used up); 3 not read",
		"1 file or folder left out: excluded by the configuration (in b)",
		"1,204 files or folders left out: ignored by git (in examples/clinic, b)",
		"2 files or folders not looked into: files that no scanner reads (in b)",
	}
	if d := cmp.Diff(want, lines(c.LeftOut)); d != "" {
		t.Errorf("(- want, + got):\n%s", d)
	}
	if c.Incomplete() {
		t.Error("what was left out makes the scan incomplete")
	}
}

func TestNamesAreBounded(t *testing.T) {
	t.Parallel()
	var s names
	for i := range 10 * maxNames {
		s.add(fmt.Sprint(i))
		s.add(fmt.Sprint(i % 3))
	}
	if len(s.seen) != maxNames || len(s.first) != maxPlaces || s.n != 10*maxNames {
		t.Errorf("%d remembered, %d shown, %d counted", len(s.seen), len(s.first), s.n)
	}
	if got := some(nil, s); !strings.HasSuffix(got, "0, 1, 2 and 1,997 more") {
		t.Errorf("got %q", got)
	}
}
