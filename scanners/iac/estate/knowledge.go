package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	knowledgeBase   = "aws_bedrockagent_knowledge_base"
	knowledgeSource = "aws_bedrockagent_data_source"
)

func knowledge() service {
	return service{kinds: map[probity.Kind][]string{kinds.KnowledgeBase: {knowledgeBase}}, types: []string{knowledgeBase, knowledgeSource}, read: func(e *estate) []probity.Asset {
		sources, _ := e.beside(knowledgeBase, "knowledge_base_id", nil, knowledgeSource)
		return e.each(knowledgeBase, func(r *resource.Resource) probity.Asset { return e.knowledgeBase(r, sources[r.Addr]) })
	}}
}

// knowledgeBase holds what its sources hold, in the store where its index is.
func (e *estate) knowledgeBase(r *resource.Resource, s *split) probity.Asset {
	a := e.asset(r, kinds.KnowledgeBase, r.Get("name").String())
	store := r.Get("storage_configuration")
	own := kinds.Knowledge{Store: within(store, "type").Text(probity.Fact[string]{}), Recipient: kinds.KnowledgeInside()}
	for _, at := range [][2]string{{"opensearch_serverless_configuration", "collection_arn"}, {"opensearch_managed_cluster_configuration", "domain_arn"},
		{"rds_configuration", "resource_arn"}, {"neptune_analytics_configuration", "graph_arn"}, {"s3_vectors_configuration", "vector_bucket_arn"}} {
		if e.link(&a, probity.ContainedIn, within(store, at[0], at[1])); store.Gap() != nil {
			break // one says it for all
		}
	}
	for _, at := range [][2]string{{"pinecone_configuration", "connection_string"}, {"mongo_db_atlas_configuration", "endpoint"}, {"redis_enterprise_cloud_configuration", "endpoint"}} {
		if v := within(store, at[0], at[1]); v.Set() {
			own.Recipient = resource.Map(v.Text(probity.Fact[string]{}), func(url string) probity.Optional[string] { return probity.Some(host(url)) })
		}
	}
	for _, part := range s.parts[knowledgeSource] {
		e.link(&a, probity.CopyOf, part.Get("data_source_configuration", "s3_configuration", "bucket_arn"))
	}
	if gap := s.doubt[knowledgeSource]; gap != nil {
		a.Links = a.Links.With(probity.Link{Kind: probity.CopyOf, Gap: gap})
	}
	a.Settings = probity.SettingsOf(own)
	return a
}
