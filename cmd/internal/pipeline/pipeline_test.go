package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/sirupsen/logrus"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies"
)

// fake is a scanner that yields what it is told, by the part of the unit.
type fake map[string][]any

func (f fake) Scan(ctx context.Context, u probity.Unit) iter.Seq2[probity.Found, error] {
	return func(yield func(probity.Found, error) bool) {
		for _, x := range f[u.Part] {
			switch x := x.(type) {
			case error:
				yield(nil, x)
				return
			case func(context.Context):
				x(ctx)
			case probity.Found:
				if !yield(x, nil) {
					return
				}
			}
		}
	}
}

func options(t *testing.T, f fake) Options {
	t.Helper()
	corpus, err := policies.Load(t.Context(), policies.Options{Rules: []string{"encryption-at-rest", "undeclared-personal-data"}})
	if err != nil {
		t.Fatal(err)
	}
	log := logrus.New()
	log.SetOutput(io.Discard)
	return Options{Tool: "test", Targets: []string{"t"}, Units: []probity.Unit{{Scanner: "fake", Target: "t"}}, Scanners: map[string]probity.Scanner{"fake": f},
		Corpus: corpus, Log: log, Now: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), Key: func() ([]byte, error) { return []byte("key"), nil }}
}

func store(id string) probity.Asset {
	return probity.Asset{Ref: probity.Ref{ID: id}, Kind: "aws.s3.bucket", Class: probity.Bucket}
}

func slurp[T any](t *testing.T, s iter.Seq2[T, error]) []T {
	t.Helper()
	var out []T
	for v, err := range s {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

func run(t *testing.T, o Options) probity.Scan {
	t.Helper()
	scan, err := Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return scan
}

// TestDeadUnit: what a unit promised and did not tell is lost with its reason, and the rest of the scan goes on.
func TestDeadUnit(t *testing.T) {
	t.Parallel()
	promise := probity.Supply{Kind: "aws.s3.bucket", Class: probity.Bucket, On: probity.Ref{Root: "infra", ID: "."}}
	scan := run(t, options(t, fake{
		"":     {probity.Unit{Scanner: "fake", Part: "dead", Supplies: []probity.Supply{promise}}, probity.Unit{Scanner: "fake", Part: "mute", Supplies: []probity.Supply{promise}}, probity.Unit{Scanner: "nobody"}, store("a")},
		"dead": {store("b"), errors.New("disk on fire")},
	}))
	var gaps []string
	for _, c := range slurp(t, scan.Coverage) {
		gaps = append(gaps, fmt.Sprintf("%s %s %s", c.On.Root, c.Gap.Reason, c.Gap.Because))
	}
	if diff := cmp.Diff([]string{"infra failed disk on fire", "infra failed the scanner did not answer", ` failed no scanner "nobody"`}, gaps); diff != "" {
		t.Error(diff)
	}
	if n := len(slurp(t, scan.Assets)); n != 2 {
		t.Errorf("%d assets, want both that were found", n)
	}
	unlisted := 0
	for _, o := range slurp(t, scan.Outcomes) {
		if o.Asset.Root == "infra" {
			unlisted++
			if o.Verdict != probity.Unknown || len(o.Evidence) != 2 {
				t.Errorf("an open listing leaves its rules unknown: %+v", o)
			}
		}
	}
	if unlisted != 2 {
		t.Errorf("%d rules unknown for the listing, want 2", unlisted)
	}
}

func TestNothingRecognised(t *testing.T) {
	t.Parallel()
	scan := run(t, options(t, fake{}))
	if len(scan.Trouble) != 1 || scan.Trouble[0].What != "target t" || !scan.Trouble[0].Gap.Reason.Loss() {
		t.Errorf("got %+v", scan.Trouble)
	}
}

// TestNothingRead: a file of a format that nobody reads is not recognised either.
func TestNothingRead(t *testing.T) {
	t.Parallel()
	a := probity.Asset{Ref: probity.Ref{ID: "files:ls"}, Kind: "files.folder", Class: probity.Bucket}
	a.Labels = probity.Open[probity.Label](probity.Gap{Reason: probity.NotCollected, Because: "1: format not read: program"}, nil)
	scan := run(t, options(t, fake{"": {a}}))
	if len(scan.Trouble) != 1 {
		t.Errorf("got %+v", scan.Trouble)
	}
}

// TestStopped: a scan that a person stops tells what it has, and what it did not begin.
func TestStopped(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	o := options(t, fake{"": {store("a"), probity.Unit{Scanner: "fake", Part: "later", Supplies: []probity.Supply{{Class: probity.Bucket, On: probity.Ref{ID: "x"}}}}, func(context.Context) { cancel() }}})
	scan, err := Run(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	var what []string
	for _, x := range scan.Trouble {
		what = append(what, x.What)
	}
	if diff := cmp.Diff([]string{"1 of 2 units", "judging"}, what); diff != "" {
		t.Error(diff)
	}
	if c := slurp(t, scan.Coverage); len(c) != 1 || c[0].Gap.Reason != probity.Timeout {
		t.Errorf("coverage: %+v", c)
	}
	if len(slurp(t, scan.Assets)) != 1 {
		t.Error("what was found must be told")
	}
}

// TestNamesAreMasked: a person in a name appears nowhere, and two such names stay two.
func TestNamesAreMasked(t *testing.T) {
	t.Parallel()
	a, b := store("files:exports/ann.miller@corp.test.csv"), store("files:exports/bob.miller@corp.test.csv")
	a.Labels = probity.Whole(&probity.Origin{File: "exports/ann.miller@corp.test.csv"}, probity.Label{Detector: "email", Category: probity.Contact, On: "ann.miller@corp.test"})
	a.Tags = probity.Known(map[string]string{"ann.miller@corp.test": "ann.miller@corp.test"}, nil)
	b.Links = probity.Whole(nil, probity.Link{Kind: probity.ContainedIn, To: a.Ref})
	scan := run(t, options(t, fake{"": {a, b}}))
	got := slurp(t, scan.Assets)
	text, err := json.Marshal([]any{got, slurp(t, scan.Outcomes)})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "miller@") {
		t.Errorf("a name leaks: %s", text)
	}
	if len(got) != 2 || got[0].ID == got[1].ID {
		t.Fatalf("two stores became %d", len(got))
	}
	links := append(got[0].Links.Items, got[1].Links.Items...)
	if len(links) != 1 || links[0].To != got[0].Ref && links[0].To != got[1].Ref {
		t.Errorf("a link to a masked name must still lead there: %+v", links)
	}
}

// TestPolicyStaysReadable: a document is no name. What it says of a person is masked, and rules can still read it.
func TestPolicyStaysReadable(t *testing.T) {
	t.Parallel()
	a := store("aws_s3_bucket.records")
	a.Root, a.Origin = "infra", &probity.Origin{File: "infra/main.tf", Line: 1}
	a.Exposure.Declared.Policy = probity.Known(probity.Some(`{"Statement": [{"Sid": "ann.miller@corp.test", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::records/*"}]}`), nil)
	a.Exposure.Declared.Blocks = probity.Known(probity.Blocks{}, nil)
	a.Exposure.Declared.ACL = probity.Whole[probity.Grant](nil)
	got := slurp(t, run(t, options(t, fake{"": {a}})).Assets)[0]
	text, _ := got.Exposure.Declared.Policy.Get()
	if !json.Valid([]byte(text.Value)) || strings.Contains(text.Value, "miller@") {
		t.Errorf("got %s", text.Value)
	}
	if v, ok := got.Exposure.Public.Get(); !ok || !v {
		t.Errorf("public: %v %v", v, ok)
	}
}

// TestCrash: a scanner that panics loses its unit, and nothing else.
func TestCrash(t *testing.T) {
	t.Parallel()
	scan := run(t, options(t, fake{
		"":  {store("a"), probity.Unit{Scanner: "fake", Part: "x", Supplies: []probity.Supply{{Class: probity.Bucket, On: probity.Ref{ID: "x"}}}}},
		"x": {func(context.Context) { panic("what it read") }},
	}))
	c := slurp(t, scan.Coverage)
	if len(c) != 1 || c[0].Gap.Reason != probity.Failed || strings.Contains(c[0].Gap.Because, "what it read") {
		t.Errorf("got %+v", c)
	}
	if len(slurp(t, scan.Assets)) != 1 {
		t.Error("the rest is lost")
	}
}

func TestDeclarations(t *testing.T) {
	t.Parallel()
	a := store("aws_s3_bucket.records")
	a.Encryption.AtRest = probity.Known(false, nil)
	o := options(t, fake{"": {a, store("aws_s3_bucket.logs")}})
	o.Declarations = Declarations{
		Activities: []probity.Activity{{ID: "care", Stores: []string{"*.rec?rds"}}},
		Labels:     []Reviewed{{Store: "*.records", Category: probity.Health, Review: probity.Review{Verdict: probity.LabelDeclared}}, {Store: "*.logs", Category: probity.Contact, Review: probity.Review{Verdict: probity.LabelDeclared}}},
	}
	got := map[string]string{}
	for _, oc := range slurp(t, run(t, o).Outcomes) {
		got[oc.Rule+" "+oc.Asset.ID] = string(oc.Verdict)
	}
	want := map[string]string{
		"encryption-at-rest aws_s3_bucket.records": "fail", "undeclared-personal-data aws_s3_bucket.records": "pass",
		"encryption-at-rest aws_s3_bucket.logs": "unknown", "undeclared-personal-data aws_s3_bucket.logs": "fail",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
