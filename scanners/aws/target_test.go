package aws_test

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/sqs"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws"
	"github.com/probity-scan/probity/scanners/aws/awstest"
)

// TestTargetsApart: two targets that come in by the same credentials each choose their own stores.
func TestTargetsApart(t *testing.T) {
	endpoint := awstest.Emulator(t)
	for region, name := range map[string]string{"eu-west-1": "tagged", "eu-west-2": "bare"} {
		in := &sqs.CreateQueueInput{QueueName: &name}
		if name == "tagged" {
			in.Tags = map[string]string{"env": "prod"}
		}
		if _, err := sqs.NewFromConfig(awstest.Config(t, endpoint, region)).CreateQueue(t.Context(), in); err != nil {
			t.Fatal(err)
		}
	}
	got := awstest.ScanAll(t, []string{"aws:tag=env:prod,region=eu-west-1,service=sqs,endpoint=" + endpoint, "aws:region=eu-west-2,service=sqs,endpoint=" + endpoint},
		probity.Asks{}, aws.Options{Pause: time.Second / 10})
	for _, id := range []string{"arn:aws:sqs:eu-west-1:" + awstest.Account + ":tagged", "arn:aws:sqs:eu-west-2:" + awstest.Account + ":bare"} {
		got.Asset(t, id)
	}
}
