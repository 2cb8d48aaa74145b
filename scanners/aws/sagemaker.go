package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/sagemaker"
	"github.com/aws/aws-sdk-go-v2/service/sagemaker/types"

	probity "github.com/probity-scan/probity"
)

func sageMaker() service {
	return service{name: "sagemaker", id: "SageMaker",
		lists: []string{"aws_sagemaker_notebook_instance", "aws_sagemaker_feature_group", "aws_sagemaker_domain"},
		calls: append(calls("ListNotebookInstances", "ListFeatureGroups", "ListDomains"),
			apiece(calls("DescribeNotebookInstance", "DescribeFeatureGroup", "DescribeDomain", "ListTags")...)...),
		read: func(r *reader) {
			api := sagemaker.NewFromConfig(r.cfg)
			many(r, list(r, api.ListNotebookInstances, &sagemaker.ListNotebookInstancesInput{},
				func(p *sagemaker.ListNotebookInstancesOutput) []types.NotebookInstanceSummary {
					return p.NotebookInstances
				}, "aws_sagemaker_notebook_instance"),
				func(n types.NotebookInstanceSummary, at *probity.Origin) { r.notebook(api, n, at) })
			many(r, list(r, api.ListFeatureGroups, &sagemaker.ListFeatureGroupsInput{},
				func(p *sagemaker.ListFeatureGroupsOutput) []types.FeatureGroupSummary { return p.FeatureGroupSummaries }, "aws_sagemaker_feature_group"),
				func(g types.FeatureGroupSummary, at *probity.Origin) { r.featureGroup(api, g, at) })
			many(r, list(r, api.ListDomains, &sagemaker.ListDomainsInput{},
				func(p *sagemaker.ListDomainsOutput) []types.DomainDetails { return p.Domains }, "aws_sagemaker_domain"),
				func(d types.DomainDetails, at *probity.Origin) { r.studio(api, d, at) })
		}}
}

func (r *reader) notebook(api *sagemaker.Client, n types.NotebookInstanceSummary, at *probity.Origin) {
	is := ask(r, api.DescribeNotebookInstance, &sagemaker.DescribeNotebookInstanceInput{NotebookInstanceName: n.NotebookInstanceName})
	r.add(r.sageMakerTagged(api, Thing{Type: "aws_sagemaker_notebook_instance", ARN: value(n.NotebookInstanceArn), ID: value(n.NotebookInstanceName), Created: n.CreationTime, At: at, Attrs: attrs{
		"name":                   n.NotebookInstanceName,
		"kms_key_id":             is.get(func(o *sagemaker.DescribeNotebookInstanceOutput) any { return keyOf(o.KmsKeyId) }),
		"direct_internet_access": is.get(func(o *sagemaker.DescribeNotebookInstanceOutput) any { return word(o.DirectInternetAccess) }),
		"root_access":            is.get(func(o *sagemaker.DescribeNotebookInstanceOutput) any { return word(o.RootAccess) }),
	}}))
}

func (r *reader) featureGroup(api *sagemaker.Client, g types.FeatureGroupSummary, at *probity.Origin) {
	is := ask(r, api.DescribeFeatureGroup, &sagemaker.DescribeFeatureGroupInput{FeatureGroupName: g.FeatureGroupName})
	r.add(r.sageMakerTagged(api, Thing{Type: "aws_sagemaker_feature_group", ARN: value(g.FeatureGroupArn), ID: value(g.FeatureGroupName), Created: g.CreationTime, At: at, Attrs: attrs{
		"feature_group_name": g.FeatureGroupName,
		"online_store_config": is.get(func(o *sagemaker.DescribeFeatureGroupOutput) any {
			if on := o.OnlineStoreConfig; on != nil {
				return attrs{"security_config": attrs{"kms_key_id": keyOf(value(on.SecurityConfig).KmsKeyId)}}
			}
			return nil
		}),
		"offline_store_config": is.get(func(o *sagemaker.DescribeFeatureGroupOutput) any {
			if off := o.OfflineStoreConfig; off != nil {
				s := value(off.S3StorageConfig)
				return attrs{"s3_storage_config": attrs{"kms_key_id": keyOf(s.KmsKeyId), "s3_uri": s.S3Uri}}
			}
			return nil
		}),
	}}))
}

func (r *reader) studio(api *sagemaker.Client, d types.DomainDetails, at *probity.Origin) {
	is := ask(r, api.DescribeDomain, &sagemaker.DescribeDomainInput{DomainId: d.DomainId})
	r.add(r.sageMakerTagged(api, Thing{Type: "aws_sagemaker_domain", ARN: value(d.DomainArn), ID: value(d.DomainId), Created: d.CreationTime, At: at, Attrs: attrs{
		"domain_name":             d.DomainName,
		"kms_key_id":              is.get(func(o *sagemaker.DescribeDomainOutput) any { return keyOf(o.KmsKeyId) }),
		"app_network_access_type": is.get(func(o *sagemaker.DescribeDomainOutput) any { return word(o.AppNetworkAccessType) }),
		"home_efs_file_system_id": is.get(func(o *sagemaker.DescribeDomainOutput) any { return o.HomeEfsFileSystemId }),
	}}))
}

func (r *reader) sageMakerTagged(api *sagemaker.Client, t Thing) Thing {
	t.Attrs["tags"] = askFor(r, r.tagPaths(), api.ListTags, &sagemaker.ListTagsInput{ResourceArn: &t.ARN}).get(func(o *sagemaker.ListTagsOutput) any {
		return tags(o.Tags, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
	})
	return t
}
