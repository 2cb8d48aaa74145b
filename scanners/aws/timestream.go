package aws

import (
	"errors"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/timestreamwrite"
	"github.com/aws/aws-sdk-go-v2/service/timestreamwrite/types"
	"github.com/aws/smithy-go"

	probity "github.com/probity-scan/probity"
)

// timestream is Timestream for LiveAnalytics. Each account finds its own endpoint first.
func timestream() service {
	return service{name: "timestream", id: "Timestream Write", lists: []string{"aws_timestreamwrite_database", "aws_timestreamwrite_table"},
		calls: append(calls("DescribeEndpoints", "ListDatabases", "ListTables"), apiece(calls("ListTagsForResource")...)...),
		read: func(r *reader) {
			api := timestreamwrite.NewFromConfig(r.cfg)
			for page, err := range pages(r.ctx, api.ListDatabases, &timestreamwrite.ListDatabasesInput{}) {
				at := r.at("timestream:ListDatabases")
				if newcomer(err) {
					return
				}
				if err != nil {
					r.lose(r.permits.gap(err), at, "aws_timestreamwrite_database", "aws_timestreamwrite_table")
					return
				}
				for _, db := range page.Databases {
					r.add(Thing{Type: "aws_timestreamwrite_database", ARN: value(db.Arn), ID: value(db.DatabaseName), Created: db.CreationTime, At: at,
						Attrs: attrs{"database_name": db.DatabaseName, "kms_key_id": keyOf(db.KmsKeyId)}})
					if db.TableCount > 0 {
						timestreamTables(r, api, db.DatabaseName)
					}
				}
			}
		}}
}

// newcomer: AWS lets no new customers in, and tells those who are none that access is denied. They have no tables.
func newcomer(err error) bool {
	var api smithy.APIError
	return errors.As(err, &api) && denies(api.ErrorCode()) && strings.Contains(api.ErrorMessage(), "existing Timestream for LiveAnalytics customers")
}

func timestreamTables(r *reader, api *timestreamwrite.Client, database *string) {
	many(r, list(r, api.ListTables, &timestreamwrite.ListTablesInput{DatabaseName: database},
		func(p *timestreamwrite.ListTablesOutput) []types.Table { return p.Tables }, "aws_timestreamwrite_table"),
		func(t types.Table, at *probity.Origin) {
			told := ask(r, api.ListTagsForResource, &timestreamwrite.ListTagsForResourceInput{ResourceARN: t.Arn})
			kept := attrs{"magnetic_store_retention_period_in_days": nil}
			if t.RetentionProperties != nil {
				kept["magnetic_store_retention_period_in_days"] = t.RetentionProperties.MagneticStoreRetentionPeriodInDays
			}
			r.add(Thing{Type: "aws_timestreamwrite_table", ARN: value(t.Arn), ID: value(t.DatabaseName) + "/" + value(t.TableName), Created: t.CreationTime, At: at, Attrs: attrs{
				"table_name":           t.TableName,
				"database_name":        to("aws_timestreamwrite_database", t.DatabaseName),
				"retention_properties": kept,
				"tags": told.get(func(o *timestreamwrite.ListTagsForResourceOutput) any {
					return tags(o.Tags, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
				}),
			}})
		})
}
