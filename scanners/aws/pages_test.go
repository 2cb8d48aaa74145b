package aws

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/cloudfront"
	front "github.com/aws/aws-sdk-go-v2/service/cloudfront/types"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/efs"
	"github.com/aws/aws-sdk-go-v2/service/firehose"
	"github.com/aws/aws-sdk-go-v2/service/glue"
	"github.com/aws/aws-sdk-go-v2/service/lightsail"
	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3control"
)

// answers are the pages of an operation, and what each was asked for by.
func answers[In, Out any](asked *[]string, token func(*In) *string, all ...Out) method[In, Out, struct{}] {
	return func(_ context.Context, in *In, _ ...func(*struct{})) (*Out, error) {
		*asked = append(*asked, value(token(in)))
		return &all[len(*asked)-1], nil
	}
}

func walked[In, Out any](op method[In, Out, struct{}], in *In) (n int, err error) {
	for _, e := range pages(context.Background(), op, in) {
		if e != nil {
			return n, e
		}
		n++
	}
	return n, nil
}

// TestPages: services name the next page each in its way, and the request that the caller keeps stays as it was.
func TestPages(t *testing.T) {
	t.Parallel()
	next, yes := "two", true
	var asked []string
	for name, walk := range map[string]func() (int, error){
		"NextToken": func() (int, error) {
			return walked(answers(&asked, func(in *glue.GetJobsInput) *string { return in.NextToken }, glue.GetJobsOutput{NextToken: &next}, glue.GetJobsOutput{}), &glue.GetJobsInput{})
		},
		"Marker": func() (int, error) {
			return walked(answers(&asked, func(in *rds.DescribeDBInstancesInput) *string { return in.Marker }, rds.DescribeDBInstancesOutput{Marker: &next},
				rds.DescribeDBInstancesOutput{Marker: new(string)}), &rds.DescribeDBInstancesInput{})
		},
		"NextMarker": func() (int, error) {
			return walked(answers(&asked, func(in *efs.DescribeFileSystemsInput) *string { return in.Marker }, efs.DescribeFileSystemsOutput{NextMarker: &next},
				efs.DescribeFileSystemsOutput{Marker: &next}), &efs.DescribeFileSystemsInput{}) // the answer repeats what it was asked by
		},
		"ContinuationToken": func() (int, error) {
			return walked(answers(&asked, func(in *s3.ListBucketsInput) *string { return in.ContinuationToken }, s3.ListBucketsOutput{ContinuationToken: &next},
				s3.ListBucketsOutput{}), &s3.ListBucketsInput{})
		},
		"NextContinuationToken": func() (int, error) {
			return walked(answers(&asked, func(in *s3.ListObjectsV2Input) *string { return in.ContinuationToken }, s3.ListObjectsV2Output{NextContinuationToken: &next},
				s3.ListObjectsV2Output{ContinuationToken: &next}), &s3.ListObjectsV2Input{})
		},
		"a list of its own": func() (int, error) {
			return walked(answers(&asked, func(in *cloudfront.ListDistributionsInput) *string { return in.Marker },
				cloudfront.ListDistributionsOutput{DistributionList: &front.DistributionList{NextMarker: &next}}, cloudfront.ListDistributionsOutput{}), &cloudfront.ListDistributionsInput{})
		},
		"the last table": func() (int, error) {
			return walked(answers(&asked, func(in *dynamodb.ListTablesInput) *string { return in.ExclusiveStartTableName },
				dynamodb.ListTablesOutput{LastEvaluatedTableName: &next}, dynamodb.ListTablesOutput{}), &dynamodb.ListTablesInput{})
		},
		"the last stream": func() (int, error) {
			return walked(answers(&asked, func(in *firehose.ListDeliveryStreamsInput) *string { return in.ExclusiveStartDeliveryStreamName },
				firehose.ListDeliveryStreamsOutput{DeliveryStreamNames: []string{"one", "two"}, HasMoreDeliveryStreams: &yes},
				firehose.ListDeliveryStreamsOutput{DeliveryStreamNames: []string{"three"}}), &firehose.ListDeliveryStreamsInput{})
		},
		"a page token": func() (int, error) {
			return walked(answers(&asked, func(in *lightsail.GetBucketsInput) *string { return in.PageToken }, lightsail.GetBucketsOutput{NextPageToken: &next},
				lightsail.GetBucketsOutput{}), &lightsail.GetBucketsInput{})
		},
	} {
		asked = nil
		if n, err := walk(); n != 2 || err != nil || !slices.Equal(asked, []string{"", "two"}) {
			t.Errorf("%s: got %d pages, %v, asked by %q; want two", name, n, err, asked)
		}
	}

	asked = nil
	in := &glue.GetJobsInput{}
	if n, err := walked(answers(&asked, func(in *glue.GetJobsInput) *string { return in.NextToken }, glue.GetJobsOutput{NextToken: &next}, glue.GetJobsOutput{NextToken: &next}), in); n != 2 || err == nil || in.NextToken != nil {
		t.Errorf("got %d pages, %v and %v in the request; want the error of pages that never end", n, err, in.NextToken)
	}
	if n, err := walked(answers(&asked, func(*s3control.GetPublicAccessBlockInput) *string { return nil }, s3control.GetPublicAccessBlockOutput{}, s3control.GetPublicAccessBlockOutput{},
		s3control.GetPublicAccessBlockOutput{}), &s3control.GetPublicAccessBlockInput{}); n != 1 || err == nil || !strings.Contains(err.Error(), "not known") {
		t.Errorf("got %d pages, %v; want that nobody knows of further pages", n, err)
	}
}
