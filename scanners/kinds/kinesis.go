package kinds

import probity "github.com/probity-scan/probity"

// The kinds of Amazon Kinesis.
const (
	KinesisStream      probity.Kind = "aws.kinesis.stream"
	KinesisVideoStream probity.Kind = "aws.kinesis.video_stream"
	FirehoseStream     probity.Kind = "aws.firehose.stream"
)

// Stream is what only a data stream has.
type Stream struct {
	RetentionHours probity.Fact[int] `json:"retention_hours,omitzero"`
}

// Firehose is what only a delivery stream has.
type Firehose struct {
	Destination probity.Fact[string] `json:"destination,omitzero"`     // extended_s3, redshift, http_endpoint, splunk …
	Endpoint    probity.Fact[string] `json:"endpoint,omitzero"`        // the host of an endpoint outside AWS
	TargetKey   probity.Fact[bool]   `json:"destination_key,omitzero"` // what lies in the bucket is encrypted with a key of KMS
	Logged      probity.Fact[bool]   `json:"delivery_logged,omitzero"` // failures of delivery are logged
	SourceBacks probity.Fact[bool]   `json:"reads_a_stream,omitzero"`  // a stream is its source, which holds the data
}

// KinesisAtRest is that of a data stream.
func KinesisAtRest() probity.Fact[bool] {
	return byDefault(false, "Kinesis Data Streams does not encrypt unless told (2017-07-06)")
}

// KinesisHours is how long a record is kept.
func KinesisHours() probity.Fact[int] {
	return byDefault(24, "Kinesis keeps records for 24 hours unless told")
}

// KinesisTLS: the service has no clear endpoint.
func KinesisTLS() probity.Fact[bool] {
	return byDefault(true, "Kinesis has HTTPS endpoints only")
}

// VideoAtRest is that of a video stream, which cannot be turned off.
func VideoAtRest() probity.Fact[bool] {
	return byDefault(true, "Kinesis Video Streams always encrypts, with the key aws/kinesisvideo unless told")
}

// VideoHours is how long video is kept.
func VideoHours() probity.Fact[int] {
	return byDefault(0, "Kinesis Video Streams keeps nothing unless told")
}

// FirehoseAtRest is that of a delivery stream which is written to directly.
func FirehoseAtRest() probity.Fact[bool] {
	return byDefault(false, "Firehose does not encrypt what is put into it unless told (2018-11-15)")
}

// FirehoseOff is a switch that is off unless told.
func FirehoseOff(what string) probity.Fact[bool] {
	return byDefault(false, "Firehose has no "+what+" unless told")
}
