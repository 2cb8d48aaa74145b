package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/bedrockagent"
	"github.com/aws/aws-sdk-go-v2/service/bedrockagent/types"

	probity "github.com/probity-scan/probity"
)

func knowledgeBases() service {
	return service{name: "bedrock-agent", id: "Bedrock Agent",
		lists: []string{"aws_bedrockagent_knowledge_base"},
		calls: append(callsAs("bedrock", "ListKnowledgeBases"),
			apiece(callsAs("bedrock", "GetKnowledgeBase", "ListDataSources", "GetDataSource", "ListTagsForResource")...)...),
		read: func(r *reader) {
			api := bedrockagent.NewFromConfig(r.cfg)
			many(r, list(r, api.ListKnowledgeBases, &bedrockagent.ListKnowledgeBasesInput{},
				func(p *bedrockagent.ListKnowledgeBasesOutput) []types.KnowledgeBaseSummary {
					return p.KnowledgeBaseSummaries
				}, "aws_bedrockagent_knowledge_base"),
				func(k types.KnowledgeBaseSummary, at *probity.Origin) {
					r.knowledgeBase(api, k, at)
					r.knowledgeSources(api, value(k.KnowledgeBaseId))
				})
		}}
}

func (r *reader) knowledgeBase(api *bedrockagent.Client, k types.KnowledgeBaseSummary, at *probity.Origin) {
	id := value(k.KnowledgeBaseId)
	is := ask(r, api.GetKnowledgeBase, &bedrockagent.GetKnowledgeBaseInput{KnowledgeBaseId: &id})
	t := Thing{Type: "aws_bedrockagent_knowledge_base", ARN: r.arn("bedrock", "knowledge-base/"+id), ID: id, At: at, Attrs: attrs{
		"name": k.Name,
		"storage_configuration": is.get(func(o *bedrockagent.GetKnowledgeBaseOutput) any {
			if o.KnowledgeBase == nil {
				return unread{*silent("bedrock:GetKnowledgeBase")}
			}
			return knowledgeStore(value(o.KnowledgeBase.StorageConfiguration))
		}),
	}}
	if is.out != nil && is.out.KnowledgeBase != nil {
		t.Created = is.out.KnowledgeBase.CreatedAt
	}
	t.Attrs["tags"] = askFor(r, r.tagPaths(), api.ListTagsForResource, &bedrockagent.ListTagsForResourceInput{ResourceArn: &t.ARN}).get(
		func(o *bedrockagent.ListTagsForResourceOutput) any { return o.Tags })
	r.add(t)
}

// knowledgeStore is where an index lies. A base over tables, or over Kendra, has none of its own.
func knowledgeStore(c types.StorageConfiguration) any {
	out := attrs{"type": word(c.Type)}
	for at, named := range map[string]attrs{
		"opensearch_serverless_configuration":      {"collection_arn": value(c.OpensearchServerlessConfiguration).CollectionArn},
		"opensearch_managed_cluster_configuration": {"domain_arn": value(c.OpensearchManagedClusterConfiguration).DomainArn},
		"rds_configuration":                        {"resource_arn": value(c.RdsConfiguration).ResourceArn},
		"neptune_analytics_configuration":          {"graph_arn": value(c.NeptuneAnalyticsConfiguration).GraphArn},
		"s3_vectors_configuration":                 {"vector_bucket_arn": value(c.S3VectorsConfiguration).VectorBucketArn},
		"pinecone_configuration":                   {"connection_string": value(c.PineconeConfiguration).ConnectionString},
		"mongo_db_atlas_configuration":             {"endpoint": value(c.MongoDbAtlasConfiguration).Endpoint},
		"redis_enterprise_cloud_configuration":     {"endpoint": value(c.RedisEnterpriseCloudConfiguration).Endpoint},
	} {
		out[at] = named
	}
	return out
}

// knowledgeSources are where the documents of a base come from.
func (r *reader) knowledgeSources(api *bedrockagent.Client, base string) {
	source := func(id string, set any, at *probity.Origin) {
		r.add(Thing{Type: "aws_bedrockagent_data_source", ID: r.arn("bedrock", "knowledge-base/"+base+"/sources/"+id), At: at,
			Attrs: attrs{"knowledge_base_id": to("aws_bedrockagent_knowledge_base", &base), "data_source_configuration": set}})
	}
	for page, err := range pages(r.ctx, api.ListDataSources, &bedrockagent.ListDataSourcesInput{KnowledgeBaseId: &base}) {
		if err != nil {
			unknown := unread{r.permits.gap(err)}
			source("more", attrs{"s3_configuration": attrs{"bucket_arn": unknown}}, r.at("bedrock:ListDataSources"))
			return
		}
		for _, s := range page.DataSourceSummaries {
			is := ask(r, api.GetDataSource, &bedrockagent.GetDataSourceInput{KnowledgeBaseId: &base, DataSourceId: s.DataSourceId})
			bucket := is.get(func(o *bedrockagent.GetDataSourceOutput) any {
				if o.DataSource == nil {
					return unread{*silent("bedrock:GetDataSource")}
				}
				return value(value(o.DataSource.DataSourceConfiguration).S3Configuration).BucketArn
			})
			source(value(s.DataSourceId), attrs{"s3_configuration": attrs{"bucket_arn": bucket}}, is.at)
		}
	}
}
