package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/athena"
	"github.com/aws/aws-sdk-go-v2/service/athena/types"

	probity "github.com/probity-scan/probity"
)

func athenaService() service {
	return service{name: "athena", id: "Athena",
		lists: []string{"aws_athena_workgroup", "aws_athena_data_catalog"},
		calls: append(calls("ListWorkGroups", "ListDataCatalogs"), apiece(calls("GetWorkGroup", "GetDataCatalog", "ListTagsForResource")...)...),
		read: func(r *reader) {
			api := athena.NewFromConfig(r.cfg)
			many(r, list(r, api.ListWorkGroups, &athena.ListWorkGroupsInput{},
				func(p *athena.ListWorkGroupsOutput) []types.WorkGroupSummary { return p.WorkGroups }, "aws_athena_workgroup"),
				func(g types.WorkGroupSummary, at *probity.Origin) { r.workgroup(api, g, at) })
			many(r, list(r, api.ListDataCatalogs, &athena.ListDataCatalogsInput{}, func(p *athena.ListDataCatalogsOutput) []types.DataCatalogSummary { return p.DataCatalogsSummary }, "aws_athena_data_catalog"),
				func(c types.DataCatalogSummary, at *probity.Origin) { r.dataCatalog(api, c, at) })
		}}
}

func (r *reader) workgroup(api *athena.Client, g types.WorkGroupSummary, at *probity.Origin) {
	t := Thing{Type: "aws_athena_workgroup", ARN: r.arn("athena", "workgroup/"+value(g.Name)), ID: value(g.Name), Created: g.CreationTime, At: at}
	is := ask(r, api.GetWorkGroup, &athena.GetWorkGroupInput{WorkGroup: g.Name})
	t.Attrs = attrs{"name": g.Name, "configuration": is.get(func(o *athena.GetWorkGroupOutput) any {
		c := value(value(o.WorkGroup).Configuration)
		return attrs{"enforce_workgroup_configuration": c.EnforceWorkGroupConfiguration, "result_configuration": results(c)}
	})}
	t.Attrs["tags"] = askFor(r, r.tagPaths(), api.ListTagsForResource, &athena.ListTagsForResourceInput{ResourceARN: &t.ARN}).get(func(o *athena.ListTagsForResourceOutput) any {
		return tags(o.Tags, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
	})
	r.add(t)
}

// dataCatalog tells of where tables are found beside the account's own catalogue of Glue, which every account has.
func (r *reader) dataCatalog(api *athena.Client, c types.DataCatalogSummary, at *probity.Origin) {
	name := value(c.CatalogName)
	if name == "AwsDataCatalog" || c.Status == types.DataCatalogStatusDeleteComplete {
		return
	}
	t := Thing{Type: "aws_athena_data_catalog", ARN: r.arn("athena", "datacatalog/"+name), ID: name, At: at}
	is := ask(r, api.GetDataCatalog, &athena.GetDataCatalogInput{Name: &name})
	t.Attrs = attrs{"name": name, "parameters": is.get(func(o *athena.GetDataCatalogOutput) any {
		p := value(o.DataCatalog).Parameters
		kept := attrs{} // others may hold what a connection is made with
		for _, name := range []string{"function", "metadata-function", "record-function", "catalog-id"} {
			if kept[name] = nil; p[name] != "" {
				kept[name] = p[name]
			}
		}
		return kept
	})}
	t.Attrs["tags"] = askFor(r, r.tagPaths(), api.ListTagsForResource, &athena.ListTagsForResourceInput{ResourceARN: &t.ARN}).get(func(o *athena.ListTagsForResourceOutput) any {
		return tags(o.Tags, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
	})
	r.add(t)
}

// results are where a workgroup's results go: to a bucket, or to storage of Athena's own, which is always encrypted.
func results(c types.WorkGroupConfiguration) any {
	if m := value(c.ManagedQueryResultsConfiguration); m.Enabled {
		key := value(m.EncryptionConfiguration).KmsKey
		how := "SSE_S3"
		if key != nil {
			how = "SSE_KMS"
		}
		return attrs{"output_location": nil, "encryption_configuration": attrs{"encryption_option": how, "kms_key_arn": keyOf(key)}}
	}
	out := value(c.ResultConfiguration)
	set := attrs{"output_location": out.OutputLocation, "encryption_configuration": nil}
	if e := out.EncryptionConfiguration; e != nil {
		set["encryption_configuration"] = attrs{"encryption_option": word(e.EncryptionOption), "kms_key_arn": keyOf(e.KmsKey)}
	}
	return set
}
