package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/glue"
	"github.com/aws/aws-sdk-go-v2/service/glue/types"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/estate"
)

func glueService() service {
	return service{name: "glue", id: "Glue",
		lists: []string{"aws_glue_data_catalog_encryption_settings", "aws_glue_connection", "aws_glue_job", "aws_glue_crawler", "aws_glue_dev_endpoint",
			"aws_glue_security_configuration", "aws_glue_catalog_database", "aws_glue_catalog_table"},
		calls: append(calls("GetDataCatalogEncryptionSettings", "GetResourcePolicy", "GetConnections", "GetJobs", "GetCrawlers",
			"GetDevEndpoints", "GetSecurityConfigurations", "GetDatabases"),
			apiece(calls("GetTables", "GetTags")...)...),
		read: func(r *reader) {
			api := glue.NewFromConfig(r.cfg)
			r.catalog(api)
			r.glueConnections(api)
			r.glueJobs(api)
			r.glueDatabases(api)
		}}
}

// catalog: every account has one in every region.
func (r *reader) catalog(api *glue.Client) {
	arn := r.arn("glue", "catalog")
	set := ask(r, api.GetDataCatalogEncryptionSettings, &glue.GetDataCatalogEncryptionSettingsInput{})
	r.add(Thing{Type: "aws_glue_data_catalog_encryption_settings", ARN: arn, At: set.at, Attrs: attrs{"tags": noTags(),
		"data_catalog_encryption_settings": set.get(func(o *glue.GetDataCatalogEncryptionSettingsOutput) any {
			s := value(o.DataCatalogEncryptionSettings)
			rest := value(s.EncryptionAtRest)
			return attrs{
				"encryption_at_rest": attrs{"catalog_encryption_mode": word(rest.CatalogEncryptionMode), "sse_aws_kms_key_id": keyOf(rest.SseAwsKmsKeyId)},
				"connection_password_encryption": attrs{
					"return_connection_password_encrypted": value(s.ConnectionPasswordEncryption).ReturnConnectionPasswordEncrypted},
			}
		})}})
	policy := ask(r, api.GetResourcePolicy, &glue.GetResourcePolicyInput{}, "EntityNotFoundException")
	r.add(Thing{Type: "aws_glue_resource_policy", ID: arn + "/policy", At: policy.at, Attrs: attrs{
		"policy": policy.get(func(o *glue.GetResourcePolicyOutput) any { return o.PolicyInJson })}})
}

// glueConnections asks for no password: what a connection is opened with is never read.
func (r *reader) glueConnections(api *glue.Client) {
	many(r, list(r, api.GetConnections, &glue.GetConnectionsInput{HidePassword: true},
		func(p *glue.GetConnectionsOutput) []types.Connection { return p.ConnectionList }, "aws_glue_connection"), func(c types.Connection, at *probity.Origin) {
		set := attrs{"PASSWORD": onlyCode{}, "JDBC_ENFORCE_SSL": nil}
		if ssl, ok := c.ConnectionProperties["JDBC_ENFORCE_SSL"]; ok {
			set["JDBC_ENFORCE_SSL"] = ssl
		}
		r.add(r.glueTagged(api, Thing{Type: "aws_glue_connection", ARN: r.arn("glue", "connection/"+value(c.Name)), ID: value(c.Name), Created: c.CreationTime, At: at,
			Attrs: attrs{"name": c.Name, "connection_type": word(c.ConnectionType), "connection_properties": set}}))
	})
}

// glueJobs lists what runs on data, and the configurations by which its output is encrypted.
func (r *reader) glueJobs(api *glue.Client) {
	for c, at := range list(r, api.GetSecurityConfigurations, &glue.GetSecurityConfigurationsInput{},
		func(p *glue.GetSecurityConfigurationsOutput) []types.SecurityConfiguration {
			return p.SecurityConfigurations
		}, "aws_glue_security_configuration") {
		e := value(c.EncryptionConfiguration)
		r.add(Thing{Type: "aws_glue_security_configuration", ID: value(c.Name), Created: c.CreatedTimeStamp, At: at, Attrs: attrs{"name": c.Name,
			"encryption_configuration": attrs{
				"s3_encryption":            each(e.S3Encryption, func(s types.S3Encryption) any { return attrs{"s3_encryption_mode": word(s.S3EncryptionMode)} }),
				"cloudwatch_encryption":    attrs{"cloudwatch_encryption_mode": word(value(e.CloudWatchEncryption).CloudWatchEncryptionMode)},
				"job_bookmarks_encryption": attrs{"job_bookmarks_encryption_mode": word(value(e.JobBookmarksEncryption).JobBookmarksEncryptionMode)},
			}}})
	}
	by := func(name *string) any { return to("aws_glue_security_configuration", name) }
	many(r, list(r, api.GetJobs, &glue.GetJobsInput{}, func(p *glue.GetJobsOutput) []types.Job { return p.Jobs }, "aws_glue_job"), func(j types.Job, at *probity.Origin) {
		r.add(r.glueTagged(api, Thing{Type: "aws_glue_job", ARN: r.arn("glue", "job/"+value(j.Name)), ID: value(j.Name), Created: j.CreatedOn, At: at, Attrs: attrs{
			"name": j.Name, "security_configuration": by(j.SecurityConfiguration), "default_arguments": arguments(at, j.DefaultArguments, j.NonOverridableArguments)}}))
	})
	many(r, list(r, api.GetCrawlers, &glue.GetCrawlersInput{}, func(p *glue.GetCrawlersOutput) []types.Crawler { return p.Crawlers }, "aws_glue_crawler"), func(c types.Crawler, at *probity.Origin) {
		r.add(r.glueTagged(api, Thing{Type: "aws_glue_crawler", ARN: r.arn("glue", "crawler/"+value(c.Name)), ID: value(c.Name), Created: c.CreationTime, At: at, Attrs: attrs{
			"name": c.Name, "security_configuration": by(c.CrawlerSecurityConfiguration), "default_arguments": nil}}))
	})
	many(r, list(r, api.GetDevEndpoints, &glue.GetDevEndpointsInput{}, func(p *glue.GetDevEndpointsOutput) []types.DevEndpoint { return p.DevEndpoints }, "aws_glue_dev_endpoint"), func(d types.DevEndpoint, at *probity.Origin) {
		r.add(r.glueTagged(api, Thing{Type: "aws_glue_dev_endpoint", ARN: r.arn("glue", "devEndpoint/"+value(d.EndpointName)), ID: value(d.EndpointName), Created: d.CreatedTimestamp, At: at, Attrs: attrs{
			"name": d.EndpointName, "security_configuration": by(d.SecurityConfiguration), "default_arguments": arguments(at, d.Arguments)}}))
	})
}

// arguments are what a job is started with, veiled. Their names begin with two dashes.
func arguments(at *probity.Origin, all ...map[string]string) any {
	out := map[string]string{}
	for _, m := range all {
		for name, text := range m {
			out[name] = text
		}
	}
	return estate.Veiled(out, at)
}

// glueDatabases tells in which places the tables of a database lie: of each place once, however many tables lie there.
func (r *reader) glueDatabases(api *glue.Client) {
	if !r.wants("links", "labels") {
		return
	}
	many(r, list(r, api.GetDatabases, &glue.GetDatabasesInput{},
		func(p *glue.GetDatabasesOutput) []types.Database { return p.DatabaseList }, "aws_glue_catalog_database"),
		func(d types.Database, at *probity.Origin) {
			arn := r.arn("glue", "database/"+value(d.Name))
			r.add(r.glueTagged(api, Thing{Type: "aws_glue_catalog_database", ARN: arn, ID: value(d.Name), Created: d.CreateTime, At: at,
				Attrs: attrs{"name": d.Name, "location_uri": d.LocationUri}}))
			told := map[string]bool{}
			for t, at := range list(r, api.GetTables, &glue.GetTablesInput{DatabaseName: d.Name},
				func(p *glue.GetTablesOutput) []types.Table { return p.TableList }, "aws_glue_catalog_table") {
				place := value(t.StorageDescriptor).Location
				store := estate.Store(value(place))
				if store == "" || told[store] {
					continue
				}
				told[store] = true
				r.add(Thing{Type: "aws_glue_catalog_table", ID: arn + "/" + value(t.Name), At: at, Attrs: attrs{"name": t.Name,
					"database_name": to("aws_glue_catalog_database", d.Name), "storage_descriptor": attrs{"location": place}}})
			}
		})
}

func (r *reader) glueTagged(api *glue.Client, t Thing) Thing {
	t.Attrs["tags"] = askFor(r, r.tagPaths(), api.GetTags, &glue.GetTagsInput{ResourceArn: &t.ARN}).get(func(o *glue.GetTagsOutput) any { return o.Tags })
	return t
}
