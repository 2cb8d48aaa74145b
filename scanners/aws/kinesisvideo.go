package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/kinesisvideo"
	"github.com/aws/aws-sdk-go-v2/service/kinesisvideo/types"

	probity "github.com/probity-scan/probity"
)

func kinesisVideoService() service {
	return service{name: "kinesisvideo", id: "Kinesis Video",
		lists: []string{"aws_kinesis_video_stream"},
		calls: append(calls("ListStreams"), apiece(calls("ListTagsForStream")...)...),
		read: func(r *reader) {
			api := kinesisvideo.NewFromConfig(r.cfg)
			many(r, list(r, api.ListStreams, &kinesisvideo.ListStreamsInput{},
				func(p *kinesisvideo.ListStreamsOutput) []types.StreamInfo { return p.StreamInfoList }, "aws_kinesis_video_stream"),
				func(s types.StreamInfo, at *probity.Origin) {
					t := Thing{Type: "aws_kinesis_video_stream", ARN: value(s.StreamARN), Created: s.CreationTime, At: at, Attrs: attrs{
						"name":                    s.StreamName,
						"kms_key_id":              keyOf(s.KmsKeyId),
						"data_retention_in_hours": value(s.DataRetentionInHours),
					}}
					t.Attrs["tags"] = askFor(r, r.tagPaths(), api.ListTagsForStream, &kinesisvideo.ListTagsForStreamInput{StreamARN: s.StreamARN}).get(
						func(o *kinesisvideo.ListTagsForStreamOutput) any { return o.Tags })
					r.add(t)
				})
		}}
}
