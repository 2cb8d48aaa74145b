package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	kinesisStream = "aws_kinesis_stream"
	kinesisVideo  = "aws_kinesis_video_stream"
	kinesisPolicy = "aws_kinesis_resource_policy"
)

func kinesis() service {
	return service{kinds: map[probity.Kind][]string{kinds.KinesisStream: {kinesisStream}, kinds.KinesisVideoStream: {kinesisVideo}},
		types: []string{kinesisStream, kinesisVideo, kinesisPolicy}, read: (*estate).streams}
}

func (e *estate) streams() []probity.Asset {
	splits, rest := e.beside(kinesisStream, "resource_arn", []string{"name"}, kinesisPolicy)
	out := e.each(kinesisStream, func(r *resource.Resource) probity.Asset { return e.stream(r, splits[r.Addr]) })
	out = append(out, e.ruledElsewhere(rest, kinds.KinesisStream, kinesisPolicy, "policy", kinds.Stream{})...)
	return append(out, e.each(kinesisVideo, e.video)...)
}

func (e *estate) stream(r *resource.Resource, s *split) probity.Asset {
	a := e.asset(r, kinds.KinesisStream, r.Get("name").String())
	by := r.Get("encryption_type")
	a.Encryption.AtRest = resource.Map(by.Text(resource.Map(kinds.KinesisAtRest(), func(bool) string { return "NONE" })), func(t string) bool { return t == "KMS" })
	switch on, known := a.Encryption.AtRest.Get(); {
	case on:
		e.key(&a, r.Get("kms_key_id"), probity.ProviderManaged, by.At)
	case known:
		keyless(&a, a.Encryption.AtRest, probity.NoKey)
	default:
		e.key(&a, resource.Value{Data: resource.Unknown{Gap: by.Why()}, At: by.At}, probity.ProviderManaged, by.At)
	}
	a.Encryption.InTransit = kinds.KinesisTLS()
	hours(&a, r.Get("retention_period").Int(kinds.KinesisHours()))
	a.Exposure.Declared.Policy = ruled(s, kinesisPolicy, "policy", kinds.NoPolicy("stream"))
	return a
}

// hours keeps a stream's records for hours; less than a day is said as one.
func hours(a *probity.Asset, n probity.Fact[int]) {
	a.Settings = probity.SettingsOf(kinds.Stream{RetentionHours: n})
	a.Retention.Rules = kept(resource.Map(n, func(h int) int { return (h + 23) / 24 }))
}

func (e *estate) video(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.KinesisVideoStream, r.Get("name").String())
	e.encrypted(&a, r.Get("kms_key_id"), kinds.VideoAtRest(), probity.ProviderManaged)
	a.Encryption.InTransit = kinds.KinesisTLS()
	n := r.Get("data_retention_in_hours").Int(kinds.VideoHours())
	hours(&a, n)
	if n.Is(func(h int) bool { return h == 0 }) {
		a.Retention.Rules = probity.Whole(n.From(), probity.Expiry{On: []string{}, Days: 1}) // nothing is kept at all
	}
	return a
}
