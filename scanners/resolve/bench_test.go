package resolve

import (
	"fmt"
	"testing"

	probity "github.com/probity-scan/probity"
)

// estate is n stores as Terraform writes them: a bucket in three fragments, a database behind a shared guard, a snapshot of it.
func estate(n int) []probity.Asset {
	ref := func(id string) probity.Ref { return probity.Ref{Root: "infra", ID: id} }
	out := []probity.Asset{
		{Ref: ref("account"), Kind: "aws.account", Class: probity.Account, Exposure: probity.Exposure{Declared: probity.Declared{Blocks: probity.Known(probity.Blocks{}, at("a.tf", 1))}}},
		{Ref: ref("guard"), Kind: "aws.security_group", Class: probity.Network,
			Exposure: probity.Exposure{Networks: probity.Whole(at("g.tf", 1), probity.Opening{CIDR: "0.0.0.0/0", From: 5432, To: 5432})}},
	}
	for i := range n / 3 {
		bucket, db, snapshot := ref(fmt.Sprint("bucket", i)), ref(fmt.Sprint("db", i)), ref(fmt.Sprint("snapshot", i))
		o := at("s3.tf", i+1)
		out = append(out,
			probity.Asset{Ref: bucket, Kind: "aws.s3.bucket", Class: probity.Bucket, Origin: o, Aliases: []string{fmt.Sprint("name", i)},
				Location: probity.Location{Region: probity.Known("eu-west-1", o)}, Exposure: probity.Exposure{Declared: probity.Declared{ACL: probity.Whole[probity.Grant](o)}}},
			probity.Asset{Ref: bucket, Exposure: probity.Exposure{Declared: probity.Declared{Policy: probity.Known(probity.Some(publicPolicy), o)}}},
			probity.Asset{Ref: ref(fmt.Sprint("name", i)), Exposure: probity.Exposure{Declared: probity.Declared{Blocks: probity.Known(probity.Blocks{}, o)}}},
			probity.Asset{Ref: db, Kind: "aws.rds.instance", Class: probity.Database, Origin: o, Labels: probity.Whole(o, label("email")),
				Exposure: probity.Exposure{Declared: probity.Declared{Addressed: probity.Known(true, o), Guards: probity.Whole(o, ref("guard"))}}},
			probity.Asset{Ref: snapshot, Kind: "aws.rds.snapshot", Class: probity.Snapshot, Origin: o, Links: probity.Whole(o, probity.Link{Kind: probity.SnapshotOf, To: db}),
				Exposure: probity.Exposure{Declared: probity.Declared{ACL: probity.Whole[probity.Grant](o)}}})
	}
	return out
}

func BenchmarkRun(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		fragments := estate(n)
		b.Run(fmt.Sprint(n, " assets"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := Run(b.Context(), NewSlice(pointers(fragments), nil)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
