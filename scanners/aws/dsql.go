package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/dsql"
	"github.com/aws/aws-sdk-go-v2/service/dsql/types"

	probity "github.com/probity-scan/probity"
)

func dsqlService() service {
	return service{name: "dsql", id: "DSQL", lists: []string{"aws_dsql_cluster"}, calls: append(calls("ListClusters"), apiece(calls("GetCluster")...)...),
		read: func(r *reader) {
			api := dsql.NewFromConfig(r.cfg)
			many(r, list(r, api.ListClusters, &dsql.ListClustersInput{},
				func(p *dsql.ListClustersOutput) []types.ClusterSummary { return p.Clusters }, "aws_dsql_cluster"), func(c types.ClusterSummary, at *probity.Origin) {
				r.dsqlCluster(api, c, at)
			})
		}}
}

func (r *reader) dsqlCluster(api *dsql.Client, c types.ClusterSummary, at *probity.Origin) {
	a := ask(r, api.GetCluster, &dsql.GetClusterInput{Identifier: c.Identifier}, "ResourceNotFoundException")
	if a.out == nil && a.gap == nil {
		return // gone since it was listed
	}
	t := Thing{Type: "aws_dsql_cluster", ARN: value(c.Arn), ID: value(c.Identifier), At: at, Attrs: attrs{
		"deletion_protection_enabled": a.get(func(o *dsql.GetClusterOutput) any { return o.DeletionProtectionEnabled }),
		"tags":                        a.get(func(o *dsql.GetClusterOutput) any { return o.Tags }),
		"kms_encryption_key": a.get(func(o *dsql.GetClusterOutput) any {
			if o.EncryptionDetails == nil || o.EncryptionDetails.EncryptionType == types.EncryptionTypeAwsOwnedKmsKey {
				return nil
			}
			return keyOf(o.EncryptionDetails.KmsKeyArn)
		}),
		"replicas": a.get(func(o *dsql.GetClusterOutput) any {
			others := []string{}
			if o.MultiRegionProperties != nil {
				for _, arn := range o.MultiRegionProperties.Clusters {
					if arn != value(c.Arn) {
						others = append(others, arn)
					}
				}
			}
			return others
		}),
	}}
	if a.out != nil {
		const port = 5432 // of all clusters (Aurora DSQL User Guide, Accessing Aurora DSQL)
		t.Created, t.Names = a.out.CreationTime, endpoint(a.out.Endpoint, port)
	}
	r.add(t)
}
