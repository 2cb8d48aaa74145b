package awstest

import (
	"crypto/rand"
	"encoding/base64"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/athena"
	athenatypes "github.com/aws/aws-sdk-go-v2/service/athena/types"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	ecrtypes "github.com/aws/aws-sdk-go-v2/service/ecr/types"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge"
	eventtypes "github.com/aws/aws-sdk-go-v2/service/eventbridge/types"
)

// sent is what leads data elsewhere: rules of an event bus, copies of images, and a catalogue outside Glue.
func (f *filler) sent() {
	events, images, catalogs := eventbridge.NewFromConfig(f.cfg), ecr.NewFromConfig(f.cfg), athena.NewFromConfig(f.cfg)
	made(f, events.PutRule, &eventbridge.PutRuleInput{Name: aws.String("all"), EventPattern: aws.String(`{"source":["clinic"]}`), State: eventtypes.RuleStateEnabled})
	made(f, events.PutTargets, &eventbridge.PutTargetsInput{Rule: aws.String("all"), Targets: []eventtypes.Target{
		{Id: aws.String("queue"), Arn: aws.String(at("sqs", "queue-good"))},
		{Id: aws.String("theirs"), Arn: aws.String("arn:aws:events:eu-central-1:210987654321:event-bus/theirs")}}})
	made(f, images.PutReplicationConfiguration, &ecr.PutReplicationConfigurationInput{ReplicationConfiguration: &ecrtypes.ReplicationConfiguration{
		Rules: []ecrtypes.ReplicationRule{{Destinations: []ecrtypes.ReplicationDestination{{Region: aws.String("eu-central-1"), RegistryId: aws.String(Account)}}}}}})
	made(f, catalogs.CreateDataCatalog, &athena.CreateDataCatalogInput{Name: aws.String("crm"), Type: athenatypes.DataCatalogTypeLambda,
		Parameters: map[string]string{"function": at("lambda", "function:crm")}})
}

// machines run a script first. The secret of one is made now and stands nowhere else.
func (f *filler) machines() {
	api := ec2.NewFromConfig(f.cfg)
	script := base64.StdEncoding.EncodeToString([]byte("#!/bin/sh\nexport DB_PASSWORD=" + strings.ToLower(rand.Text()) + "\n"))
	made(f, api.RunInstances, &ec2.RunInstancesInput{ImageId: aws.String("ami-12c6146b"), MinCount: aws.Int32(1), MaxCount: aws.Int32(1), UserData: &script})
	made(f, api.CreateLaunchTemplate, &ec2.CreateLaunchTemplateInput{LaunchTemplateName: aws.String("web"), LaunchTemplateData: &ec2types.RequestLaunchTemplateData{UserData: &script}})
}
