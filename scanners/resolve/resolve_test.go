package resolve

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	probity "github.com/probity-scan/probity"
)

const publicPolicy = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::exports/*"}]}`

func at(file string, line int) *probity.Origin {
	return &probity.Origin{File: file, Line: line, Column: 1}
}

// run resolves fragments and gives the assets by ID.
func run(t *testing.T, fragments []probity.Asset, coverage ...probity.Coverage) map[string]probity.Asset {
	t.Helper()
	inv := NewSlice(pointers(fragments), coverage)
	if err := Run(t.Context(), inv); err != nil {
		t.Fatal(err)
	}
	out := map[string]probity.Asset{}
	for _, a := range assetsOf(inv) {
		out[a.ID] = a
	}
	return out
}

// splitBucket is a bucket as Terraform writes it: in one resource, and others that complete it.
func splitBucket() []probity.Asset {
	ref := probity.Ref{Root: "infra", ID: "aws_s3_bucket.exports"}
	return []probity.Asset{
		{Ref: ref, Exposure: probity.Exposure{Declared: probity.Declared{Policy: probity.Known(probity.Some(publicPolicy), at("infra/policy.tf", 3))}}},
		{Ref: ref, Kind: "aws.s3.bucket", Class: probity.Bucket, Aliases: []string{"exports"}, Origin: at("infra/s3.tf", 1),
			Location: probity.Location{Region: probity.Known("eu-west-1", at("infra/main.tf", 2))},
			Exposure: probity.Exposure{Declared: probity.Declared{ACL: probity.Whole[probity.Grant](at("infra/s3.tf", 1))}}},
		{Ref: probity.Ref{Root: "infra", ID: "exports"}, Exposure: probity.Exposure{Declared: probity.Declared{
			Blocks: probity.Known(probity.Blocks{}, at("infra/s3.tf", 9))}}},
	}
}

func TestRunJoinsASplitBucket(t *testing.T) {
	t.Parallel()
	b := run(t, splitBucket())["aws_s3_bucket.exports"]
	if v, ok := b.Exposure.Public.Get(); !ok || !v {
		t.Errorf("public: got %v, known %v, want true", v, ok)
	}
	if place, ok := b.Exposure.Public.From().Source(); !ok || place.File != "infra/policy.tf" || place.Line != 3 {
		t.Errorf("place: got %v, want the policy", place)
	}
	want := []probity.Grant{{Principal: "*", Actions: []string{"s3:GetObject"}, On: []string{}}}
	if diff := cmp.Diff(want, b.Exposure.Outside.Items); diff != "" {
		t.Errorf("outside (-want +got):\n%s", diff)
	}
	if v, ok := b.Location.Country.Get(); !ok || v != "IE" {
		t.Errorf("country: got %q, known %v, want IE", v, ok)
	}
	if v, ok := b.Encryption.InTransit.Get(); !ok || v {
		t.Errorf("in transit: got %v, known %v, want false", v, ok)
	}
}

func TestRunAgainChangesNothing(t *testing.T) {
	t.Parallel()
	inv := NewSlice(pointers(splitBucket()), nil)
	var runs [2][]probity.Asset
	for i := range runs {
		if err := Run(t.Context(), inv); err != nil {
			t.Fatal(err)
		}
		runs[i] = append(runs[i], assetsOf(inv)...)
	}
	if diff := cmp.Diff(runs[0], runs[1]); diff != "" {
		t.Errorf("second run (-first +second):\n%s", diff)
	}
}
