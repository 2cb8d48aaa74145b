package privacy

import (
	"slices"
	"strings"
	"testing"

	"github.com/probity-scan/probity"
)

func TestRecord(t *testing.T) {
	t.Parallel()
	r := RecordOf(estate(t, shop(), declarations()...))
	articles := map[string]string{}
	for _, a := range r.Activities {
		articles[a.ID] = a.Article
	}
	if articles["shop"] != "30(1)" || articles["hosting"] != "30(2)" || articles["payroll"] != "30(1)" {
		t.Errorf("articles %v", articles)
	}
	for _, want := range []Drift{
		{FoundNotDeclared, "", "postgres://db:5432/shop/staff", "holds identifier data, and no activity names it"},
		{FoundNotDeclared, "shop", bucket + "-us", "is kept in US, and declared are DE"},
		{NotKnown, "payroll", "", "no store that it names was found, and the scan is incomplete"},
	} {
		if !slices.Contains(r.Drift, want) {
			t.Errorf("no drift %+v in %+v", want, r.Drift)
		}
	}
	if !r.Differs() {
		t.Error("it does not differ")
	}
}

// Declared and not found is said only where all was read; else it is unknown.
func TestDriftRestsOnWhatWasRead(t *testing.T) {
	t.Parallel()
	a := declarations()[0]
	declared := label(probity.Financial, "iban", "iban", 0, 0, 0, 0)
	declared.Sample.Method = "declared"
	for name, c := range map[string]struct {
		labels probity.List[probity.Label]
		want   string
	}{
		"read, none":         {probity.Whole[probity.Label](nil), DeclaredNotFound},
		"read, declared":     {probity.Whole(nil, declared), DeclaredNotFound},
		"not read":           {probity.Open[probity.Label](probity.Gap{Reason: probity.Denied}, nil), NotKnown},
		"not read, declared": {probity.Open(probity.Gap{Reason: probity.NotCollected}, nil, declared), NotKnown},
		"read in part":       {probity.Open[probity.Label](probity.Gap{Reason: probity.Sampled}, nil), NotKnown},
	} {
		s := shop()
		x := probity.Asset{Ref: probity.Ref{ID: "s"}, Class: probity.Table, Labels: c.labels, Activities: probity.Whole(nil, a)}
		x.Location.Country = probity.Known("DE", nil)
		s.Assets, s.Coverage, s.Outcomes = over(x), over[probity.Coverage](), over[probity.Outcome]()
		e, err := Of(s, Declared{Activities: []probity.Activity{a}}, now())
		if err != nil {
			t.Fatal(err)
		}
		r := RecordOf(e)
		if len(r.Drift) != 1 || r.Drift[0].Kind != c.want {
			t.Errorf("%s: got %+v, want one %s", name, r.Drift, c.want)
		}
	}
}

// Without declarations nothing is called undeclared store by store for want of a register: the paper says that there is none.
func TestNothingDeclared(t *testing.T) {
	t.Parallel()
	s := shop()
	x := probity.Asset{Ref: probity.Ref{ID: "s"}, Class: probity.Table, Labels: probity.Whole(nil, label(probity.Contact, "email", "mail", 1, 1, 1, 1)),
		Activities: probity.Open[probity.Activity](probity.Gap{Reason: probity.Undeclared, Needs: "activities in probity.yaml"}, nil)}
	s.Assets = over(x)
	r := RecordOf(estate(t, s))
	if len(r.Activities) != 0 || !r.Differs() || !strings.Contains(strings.Join(r.Warnings, " "), "No activity is declared") {
		t.Errorf("got %+v", r)
	}
}

func TestTransfers(t *testing.T) {
	t.Parallel()
	x := TransfersOf(estate(t, shop(), declarations()...))
	got := map[string]string{}
	for _, r := range x.Transfers {
		got[r.Activity+" "+r.Store] = r.Verdict
	}
	for of, want := range map[string]string{
		"shop " + bucket: withinEEA, "shop " + bucket + "-us": withoutBasis, "hosting " + bucket + "-us": withBasis,
		"shop postgres://db:5432/shop/orders": withinEEA, " postgres://db:5432/shop/staff": withinEEA, // by their database
	} {
		if got[of] != want {
			t.Errorf("%s: got %q, want %q", of, got[of], want)
		}
	}
	if len(x.Readers) == 0 || x.Readers[0].Principal != "arn:aws:iam::999999999999:root" {
		t.Errorf("readers %+v", x.Readers)
	}
}

func TestRetention(t *testing.T) {
	t.Parallel()
	got := map[string]string{}
	for _, k := range RetentionOf(estate(t, shop(), declarations()...)).Stores {
		got[k.Activity+" "+k.Store] = k.Verdict
	}
	for of, want := range map[string]string{
		"shop postgres://db:5432/shop/orders": "too-long", // its oldest row
		"shop " + bucket:                      "too-long", // its rule
		"hosting " + bucket:                   "unknown",  // no period
		" postgres://db:5432/shop/staff":      "unknown",
	} {
		if got[of] != want {
			t.Errorf("%s: got %q, want %q", of, got[of], want)
		}
	}
}

func TestAssessment(t *testing.T) {
	t.Parallel()
	e := estate(t, shop(), declarations()...)
	x := AssessmentOf(e, "shop")
	if len(x.Activities) != 1 || x.Activities[0].Filed != "DPIA-1" || x.Activities[0].Findings["critical"] != 1 {
		t.Fatalf("got %+v", x)
	}
	seen := map[string]string{}
	for _, s := range x.Activities[0].Signs {
		seen[s.Criterion] = s.Seen
	}
	if seen["sensitive or highly personal data"] != "yes" || seen["data of vulnerable people"] != "not known" || seen["large scale"] != "a person has to say" {
		t.Errorf("signs %v", seen)
	}
	if len(AssessmentOf(e, "none").Activities) != 0 {
		t.Error("an activity that is none is told of")
	}
}
