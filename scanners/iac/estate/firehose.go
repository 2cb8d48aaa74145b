package estate

import (
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const firehoseStream = "aws_kinesis_firehose_delivery_stream"

func firehose() service { return alone(kinds.FirehoseStream, firehoseStream, (*estate).delivery) }

func (e *estate) delivery(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.FirehoseStream, r.Get("name").String())
	source := r.Get("kinesis_source_configuration")
	if !source.Set() {
		source = r.Get("msk_source_configuration")
	}
	e.deliveryEncryption(r, source, &a)
	a.Encryption.InTransit = kinds.KinesisTLS()
	for _, at := range [][]string{{"kinesis_source_configuration", "kinesis_stream_arn"}, {"msk_source_configuration", "msk_cluster_arn"}} {
		e.link(&a, probity.CopyOf, r.Get(at...))
	}
	to := r.Get("destination")
	target := r.Get(to.String() + "_configuration")
	for _, at := range [][]string{{"bucket_arn"}, {"s3_configuration", "bucket_arn"}, {"s3_backup_configuration", "bucket_arn"}, {"domain_arn"}} {
		e.receives(within(target, at...), probity.CopyOf, a.Ref)
	}
	endpoint := probity.Fact[string]{}
	if attr := map[string]string{"http_endpoint": "url", "splunk": "hec_endpoint", "snowflake": "account_url"}[to.String()]; attr != "" {
		endpoint = resource.Map(within(target, attr).Text(endpoint), host)
	}
	a.Settings = probity.SettingsOf(kinds.Firehose{
		Destination: to.Text(probity.Fact[string]{}),
		Endpoint:    endpoint,
		TargetKey:   targetKey(to, target),
		Logged:      within(target, "cloudwatch_logging_options", "enabled").Bool(kinds.FirehoseOff("log of deliveries")),
		SourceBacks: declared(source, kinds.FirehoseOff("stream as its source")),
	})
	return a
}

// deliveryEncryption: a stream that is the source holds the data until it is delivered, and Firehose only what is put into it.
func (e *estate) deliveryEncryption(r *resource.Resource, source resource.Value, a *probity.Asset) {
	on := r.Get("server_side_encryption", "enabled").Bool(kinds.FirehoseAtRest())
	if source.Set() {
		g := probity.Gap{Reason: probity.NotApplicable, Because: "the stream that is its source holds the data"}
		if source.Gap() != nil {
			g = *source.Gap()
		}
		on = probity.Missing[bool](g, source.At)
	}
	a.Encryption.AtRest = on
	keyless(a, on, probity.ProviderOwned)
	if is, _ := on.Get(); !is {
		return
	}
	switch kind := r.Get("server_side_encryption", "key_type"); {
	case kind.String() == "CUSTOMER_MANAGED_CMK":
		e.key(a, r.Get("server_side_encryption", "key_arn"), probity.CustomerManaged, kind.At)
	case kind.Gap() != nil:
		e.key(a, kind, probity.ProviderOwned, kind.At)
	}
}

// targetKey is whether the destination's objects are encrypted with a key of KMS that the stream names.
func targetKey(to, target resource.Value) probity.Fact[bool] {
	key := within(target, "kms_key_arn")
	switch t := to.String(); {
	case to.Gap() != nil:
		return probity.Missing[bool](*to.Gap(), to.At)
	case t != "extended_s3" && t != "s3":
		return given(within(target, "s3_configuration", "kms_key_arn"))
	}
	return given(key)
}

// within follows names into a value's block.
func within(v resource.Value, names ...string) resource.Value {
	b := resource.Block{At: v.At, Attrs: map[string]resource.Value{"": v}}
	return b.Get(append([]string{""}, names...)...)
}

// host is a URL's, without port and what may be secret in it.
func host(url string) string {
	_, rest, ok := strings.Cut(url, "://")
	if !ok {
		rest = url
	}
	rest, _, _ = strings.Cut(rest, "/")
	rest, _, _ = strings.Cut(rest, "?")
	rest, _, _ = strings.Cut(rest[strings.LastIndexByte(rest, '@')+1:], ":")
	return rest
}
