package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// dynamoImports: a table that was made of a bucket's objects holds what they held. DynamoDB tells of the last 90 days.
func dynamoImports(r *reader, api *dynamodb.Client) {
	at := r.at("dynamodb:ListImports")
	for page, err := range pages(r.ctx, api.ListImports, &dynamodb.ListImportsInput{}) {
		if err != nil {
			gap := r.permits.gap(err)
			r.untold(&gap, at)
			return
		}
		for _, i := range page.ImportSummaryList {
			bucket, table := value(value(i.S3BucketSource).S3Bucket), value(i.TableArn)
			if bucket != "" && table != "" && i.ImportStatus != types.ImportStatusFailed && i.ImportStatus != types.ImportStatusCancelled {
				r.copied(table, "arn:"+partition(r.region)+":s3:::"+bucket, at)
			}
		}
	}
}
