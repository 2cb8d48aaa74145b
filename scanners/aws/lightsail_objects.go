package aws

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/lightsail"
	"github.com/aws/aws-sdk-go-v2/service/lightsail/types"
)

func lightsailBuckets(r *reader, api *lightsail.Client) {
	for b, at := range list(r, api.GetBuckets, &lightsail.GetBucketsInput{}, func(p *lightsail.GetBucketsOutput) []types.Bucket { return p.Buckets }, "aws_lightsail_bucket") {
		logs := attrs{"enabled": false, "destination": nil}
		if c := b.AccessLogConfig; c != nil && value(c.Enabled) {
			logs = attrs{"enabled": true, "destination": c.Destination}
		}
		t := Thing{Type: "aws_lightsail_bucket", ARN: value(b.Arn), ID: value(b.Name), Created: b.CreatedAt, At: at, Attrs: attrs{
			"name":                     b.Name,
			"access_rules":             nil,
			"readonly_access_accounts": b.ReadonlyAccessAccounts,
			"object_versioning":        value(b.ObjectVersioning) == "Enabled",
			"access_log_config":        logs,
			"tags":                     lightsailTags(b.Tags),
		}}
		if a := b.AccessRules; a != nil {
			t.Attrs["access_rules"] = attrs{"get_object": word(a.GetObject), "allow_public_overrides": a.AllowPublicOverrides}
		}
		if name := value(b.Name); name != "" { // in the whole world, as that of every bucket
			t.Names = []string{name}
		}
		r.add(t)
	}
}

func lightsailDisks(r *reader, api *lightsail.Client) {
	for d, at := range list(r, api.GetDisks, &lightsail.GetDisksInput{}, func(p *lightsail.GetDisksOutput) []types.Disk { return p.Disks }, "aws_lightsail_disk") {
		r.add(Thing{Type: "aws_lightsail_disk", ARN: value(d.Arn), ID: value(d.Name), Created: d.CreatedAt, At: at, Attrs: attrs{
			"name": d.Name,
			"auto_snapshots": slices.ContainsFunc(d.AddOns, func(a types.AddOn) bool {
				return value(a.Name) == string(types.AddOnTypeAutoSnapshot) && value(a.Status) == "Enabled"
			}),
			"tags": lightsailTags(d.Tags),
		}})
	}
	for s, at := range list(r, api.GetDiskSnapshots, &lightsail.GetDiskSnapshotsInput{}, func(p *lightsail.GetDiskSnapshotsOutput) []types.DiskSnapshot { return p.DiskSnapshots }, "aws_lightsail_disk_snapshot") {
		r.add(Thing{Type: "aws_lightsail_disk_snapshot", ARN: value(s.Arn), ID: value(s.Name), Created: s.CreatedAt, At: at,
			Attrs: attrs{"name": s.Name, "source_arn": s.FromDiskArn, "tags": lightsailTags(s.Tags)}})
	}
}
