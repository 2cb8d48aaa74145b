package policies

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/probity-scan/probity"
)

// estate makes up assets of the kinds that rules judge. Equal numbers make equal assets.
type estate struct {
	r      *rand.Rand
	gaps   int // in a hundred facts
	number int // of the asset, for what no other one has
	origin *probity.Origin
	types  map[probity.Kind]settingsType
}

func newEstate(seed uint64, gaps int) *estate {
	return &estate{r: rand.New(rand.NewPCG(seed, 0)), gaps: gaps, types: map[probity.Kind]settingsType{}}
}

// kindsOf are kinds with their classes, as often as estates have them.
func kindsOf() []of {
	var out []of
	for _, k := range []struct {
		of
		parts int
	}{
		{of{probity.Bucket, "aws.s3.bucket"}, 24}, {of{probity.Table, "aws.dynamodb.table"}, 10}, {of{probity.Database, "aws.rds.instance"}, 8},
		{of{probity.Database, "aws.rds.cluster"}, 4}, {of{probity.Database, "postgres.server"}, 1}, {of{probity.Database, "sqlite.database"}, 1},
		{of{probity.Table, "postgres.table"}, 8}, {of{probity.Warehouse, "aws.redshift.cluster"}, 2}, {of{probity.Volume, "aws.ebs.volume"}, 8},
		{of{probity.Snapshot, "aws.ebs.snapshot"}, 4}, {of{probity.Snapshot, "aws.rds.snapshot"}, 4}, {of{probity.Queue, "aws.sqs.queue"}, 6},
		{of{probity.Topic, "aws.sns.topic"}, 4}, {of{probity.Secret, "aws.secretsmanager.secret"}, 5}, {of{probity.Key, "aws.kms.key"}, 4},
		{of{probity.Log, "aws.cloudwatch.log_group"}, 6}, {of{probity.Filesystem, "aws.efs.filesystem"}, 2}, {of{probity.Stream, "aws.kinesis.stream"}, 2},
		{of{probity.Cache, "aws.elasticache.group"}, 2}, {of{probity.Search, "aws.opensearch.domain"}, 2}, {of{probity.Backup, "aws.backup.vault"}, 1},
		{of{probity.Compute, "aws.lambda.function"}, 3}, {of{probity.Account, "aws.account"}, 1},
	} {
		for range k.parts {
			out = append(out, k.of)
		}
	}
	return out
}

// different are n assets whose facts are drawn each for itself.
func (g *estate) different(n int) []probity.Asset {
	out, kinds := make([]probity.Asset, n), kindsOf()
	for i := range out {
		g.number = i
		out[i] = g.asset(kinds[g.r.IntN(len(kinds))])
	}
	return out
}

// alike are n assets of few shapes for each kind, as modules make them, each with its own name, day and number of account; one in
// twenty has content that no other one has.
func (g *estate) alike(n int) []probity.Asset {
	const shapes = 6
	made := map[of][]probity.Asset{}
	out, kinds := make([]probity.Asset, n), kindsOf()
	for i := range out {
		k := kinds[g.r.IntN(len(kinds))]
		if made[k] == nil {
			for s := range shapes {
				g.number = s
				made[k] = append(made[k], g.asset(k))
			}
		}
		a := made[k][g.r.IntN(shapes)]
		g.number = i
		g.named(&a)
		a.Lifecycle.Created = probity.Known(g.day(), g.origin)
		if i%20 == 0 {
			a.Labels = g.labels()
		}
		out[i] = a
	}
	return out
}

func (g *estate) named(a *probity.Asset) {
	g.origin = &probity.Origin{File: fmt.Sprintf("infra/team%02d/stores.tf", g.number%40), Line: g.number/40 + 1, Column: 1}
	a.ID, a.Name, a.Root = fmt.Sprintf("%s.store_%06d", a.Kind, g.number), fmt.Sprintf("store-%06d", g.number), "infra"
	a.Scope = probity.Scope{Provider: "aws", Account: fmt.Sprintf("%012d", 1000+g.number%7), Region: "eu-west-1"}
	a.Origin = g.origin
}

func (g *estate) yes() bool { return g.r.IntN(2) == 0 }

// often is a switch that most stores have as they should.
func (g *estate) often() bool { return g.r.IntN(5) > 0 }

func (g *estate) of(xs ...string) string { return xs[g.r.IntN(len(xs))] }

func (g *estate) day() time.Time {
	return time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(g.r.IntN(50_000_000)) * time.Second)
}

func (g *estate) gap() (probity.Gap, bool) {
	if g.r.IntN(100) >= g.gaps {
		return probity.Gap{}, false
	}
	switch g.r.IntN(4) {
	case 0:
		return probity.Gap{Reason: probity.Unresolved, Needs: "variable " + g.of("name", "kms_key", "retention", "public", "owner"), Because: "it has no value"}, true
	case 1:
		return probity.Gap{Reason: probity.Computed}, true
	case 2:
		return probity.Gap{Reason: probity.NotCollected}, true
	}
	return probity.Gap{Reason: probity.Denied, Needs: g.of("s3:GetBucketPolicy", "rds:DescribeDBInstances", "kms:DescribeKey")}, true
}

// fact is known, or one of the gaps.
func fact[T any](g *estate, v T) probity.Fact[T] {
	if gap, ok := g.gap(); ok {
		return probity.Missing[T](gap, g.origin)
	}
	return probity.Known(v, g.origin)
}

func listed[T any](g *estate, items ...T) probity.List[T] {
	if gap, ok := g.gap(); ok {
		return probity.Open(gap, g.origin, items...)
	}
	return probity.Whole(g.origin, items...)
}

func optional[T any](g *estate, v T) probity.Optional[T] {
	if g.yes() {
		return probity.Some(v)
	}
	return probity.Optional[T]{}
}

func (g *estate) asset(k of) probity.Asset {
	a := probity.Asset{Kind: k.kind, Class: k.class}
	g.named(&a)
	a.Tags = fact(g, map[string]string{"owner": g.of("team-a", "team-b", "team-c"), "env": g.of("prod", "test"), "cost-centre": fmt.Sprint(g.r.IntN(10_000))})
	a.Owner = fact(g, g.of("", "team-a", "team-b"))
	region, country, _ := strings.Cut(g.of("eu-west-1 IE", "eu-central-1 DE", "us-east-1 US", "ap-south-1 IN"), " ")
	a.Location = probity.Location{Region: fact(g, region), Country: fact(g, country)}
	a.Lifecycle = probity.Lifecycle{Created: fact(g, g.day()), LastUsed: fact(g, optional(g, g.day())), Version: fact(g, g.of("postgres 15.4", "postgres 12.19", "mysql 8.0.36", "mariadb 10.6.18"))}
	a.Encryption = probity.Encryption{AtRest: fact(g, g.often()), InTransit: fact(g, g.often()), Key: fact(g, optional(g, fmt.Sprintf("arn:aws:kms:eu-west-1:000000001000:key/%d", g.number))),
		Manager: fact(g, probity.KeyManager(g.of(probity.NoKey.Values()...)))}
	a.Exposure = g.exposure()
	a.Access.Readers = listed(g, g.grants(3)...)
	a.Resilience = probity.Resilience{BackupDays: fact(g, g.r.IntN(36)), PointInTime: fact(g, g.often()), Versioning: fact(g, g.often()), DeletionProtection: fact(g, g.often()), MultiZone: fact(g, g.yes())}
	a.Retention = probity.Retention{Rules: listed(g, probity.Expiry{On: []string{"logs/"}, Days: 1 + g.r.IntN(3000)}), Lock: fact(g, optional(g, g.r.IntN(3650))), Oldest: listed[probity.Age](g)}
	a.Audit = probity.Audit{Access: fact(g, g.yes()), DataEvents: fact(g, g.yes()), Exports: listed(g, g.of("audit", "error"), "slowquery")}
	a.Lineage = probity.Lineage{Production: listed[string](g), Regions: listed[string](g)}
	a.Labels, a.Activities = g.labels(), g.activities()
	a.Links = listed(g, probity.Link{Kind: probity.EncryptedBy, To: probity.Ref{ID: fmt.Sprintf("arn:aws:kms:eu-west-1:000000001000:key/%d", g.number)}})
	a.Settings = g.settings(k.kind)
	return a
}

func (g *estate) exposure() probity.Exposure {
	x := probity.Exposure{Public: fact(g, !g.often()), Outside: listed(g, g.grants(2)...)}
	for range g.r.IntN(3) {
		port := []int{22, 443, 3306, 5432, 6379}[g.r.IntN(5)]
		x.Networks.Items = append(x.Networks.Items, probity.Opening{CIDR: fmt.Sprintf("10.%d.%d.0/24", g.r.IntN(256), g.r.IntN(256)), Protocol: "tcp", From: port, To: port})
	}
	if !g.often() {
		x.Networks.Items = append(x.Networks.Items, probity.Opening{CIDR: "0.0.0.0/0", Protocol: "tcp", From: 443, To: 443})
	}
	x.Networks = listed(g, x.Networks.Items...)
	policy := fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::%012d:root"},"Action":"*","Resource":"*"}]}`, g.number)
	x.Declared = probity.Declared{Policy: fact(g, optional(g, policy)), ACL: listed[probity.Grant](g), Addressed: fact(g, g.yes()), Guards: listed[probity.Ref](g),
		Blocks: fact(g, probity.Blocks{NewACLs: g.often(), IgnoreACLs: g.often(), NewPolicies: g.often(), RestrictPublic: g.often()})}
	return x
}

func (g *estate) grants(most int) []probity.Grant {
	out := []probity.Grant{}
	for range g.r.IntN(most + 1) {
		out = append(out, probity.Grant{Principal: fmt.Sprintf("arn:aws:iam::%012d:role/app-%d", 2000+g.r.IntN(50), g.r.IntN(1000)), Actions: []string{"read"}})
	}
	return out
}

func (g *estate) labels() probity.List[probity.Label] {
	out := []probity.Label{}
	for i := range g.r.IntN(5) {
		l := probity.Label{Detector: g.of("email", "iban", "person-name", "telephone", "icd-10"), Category: probity.Category(g.of(probity.Contact.Values()...)), On: fmt.Sprintf("column_%d", i),
			Found: g.r.IntN(1000), Distinct: g.r.IntN(2000), Confidence: 0.5 + g.r.Float64()/2, Protection: probity.Protection(g.of(probity.Clear.Values()...)), AsOf: g.day(), Version: fmt.Sprint(g.r.Uint32())}
		l.Sample = probity.Sample{Unit: "rows", Read: 1000, Method: "random", Total: fact(g, g.r.IntN(1_000_000))}
		out = append(out, l)
	}
	return listed(g, out...)
}

func (g *estate) activities() probity.List[probity.Activity] {
	if g.often() {
		return listed[probity.Activity](g)
	}
	return listed(g, probity.Activity{ID: fmt.Sprintf("activity-%d", g.r.IntN(30)), Purposes: []string{"care"}, Role: "controller", Entity: "clinic", Country: fact(g, "IE"), Subjects: []string{"patients"},
		Recipients: []string{}, Countries: []string{"IE", "DE"}, Days: fact(g, 365), StartsAt: fact(g, "created_at"), Assessment: fact(g, "dpia-1"), Stores: []string{"*"}})
}
