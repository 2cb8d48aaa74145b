package estate

import (
	"github.com/go-json-experiment/json"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	emrCluster   = "aws_emr_cluster"
	emrSecurity  = "aws_emr_security_configuration"
	dmsInstance  = "aws_dms_replication_instance"
	dmsEndpoint  = "aws_dms_endpoint"
	notebook     = "aws_sagemaker_notebook_instance"
	featureGroup = "aws_sagemaker_feature_group"
	bedrockLogs  = "aws_bedrock_model_invocation_logging_configuration"
	transfer     = "aws_transfer_server"
	emrBlock     = "aws_emr_block_public_access_configuration"
	dmsTask      = "aws_dms_replication_task"
	customModel  = "aws_bedrock_custom_model"
	studio       = "aws_sagemaker_domain"
)

func processing() service {
	return service{kinds: map[probity.Kind][]string{kinds.EMRCluster: {emrCluster}, kinds.DMSInstance: {dmsInstance}, kinds.DMSEndpoint: {dmsEndpoint},
		kinds.Notebook: {notebook}, kinds.FeatureGroup: {featureGroup}, kinds.BedrockLogging: {bedrockLogs}, kinds.TransferServer: {transfer},
		kinds.CustomModel: {customModel}, kinds.Studio: {studio}},
		types: []string{emrCluster, emrSecurity, emrBlock, dmsInstance, dmsEndpoint, dmsTask, notebook, featureGroup, bedrockLogs, transfer, customModel, studio}, read: (*estate).processing}
}

func (e *estate) processing() []probity.Asset {
	e.migrations()
	var out []probity.Asset
	for typ, as := range map[string]func(*resource.Resource) probity.Asset{emrCluster: e.emr, dmsInstance: e.migrator, dmsEndpoint: e.migrated,
		notebook: e.notebook, featureGroup: e.features, bedrockLogs: e.invocations, transfer: e.transferServer,
		customModel: e.customModel, studio: e.studio} {
		out = append(out, e.each(typ, as)...)
	}
	return out
}

// emr: what a cluster's security configuration says, which is a text of JSON.
func (e *estate) emr(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.EMRCluster, r.Get("name").String())
	e.link(&a, probity.LogsTo, storeOf(r.Get("log_uri")))
	a.Settings = probity.SettingsOf(kinds.MapReduce{RulesBlocked: e.rulesBlocked(r)})
	by := r.Get("security_configuration")
	if !by.Set() || by.Data == "" {
		a.Encryption.AtRest, a.Encryption.InTransit = e.volumeDefault(r), kinds.EMRClear()
		keyless(&a, a.Encryption.AtRest, probity.ProviderManaged)
		return a
	}
	var doc struct {
		EncryptionConfiguration struct {
			EnableAtRestEncryption    any
			EnableInTransitEncryption any
		}
	}
	gap := probity.Gap{Reason: probity.Unresolved, Because: "its security configuration is not in this root"}
	s := e.named(by, emrSecurity)
	if s != nil {
		text, ok := s.Get("configuration").Text(probity.Fact[string]{}).Get()
		err := json.Unmarshal([]byte(text), &doc)
		if ok && err == nil && s.Maybe == nil {
			at := s.Get("configuration").At
			a.Encryption.AtRest = probity.Known(truth(doc.EncryptionConfiguration.EnableAtRestEncryption), at)
			a.Encryption.InTransit = probity.Known(truth(doc.EncryptionConfiguration.EnableInTransitEncryption), at)
			return a
		}
		gap = probity.Gap{Reason: probity.Unreadable, Because: s.Addr + " cannot be read"}
	}
	a.Encryption.AtRest, a.Encryption.InTransit = probity.Missing[bool](gap, by.At), probity.Missing[bool](gap, by.At)
	return a
}

// rulesBlocked is whether EMR refuses clusters whose security groups let everybody in; by SSH alone is the default.
func (e *estate) rulesBlocked(r *resource.Resource) probity.Fact[bool] {
	set := byProvider(e.byType[emrBlock])[r.Provider.Name]
	if len(set) == 0 {
		return probity.Fact[bool]{}
	}
	return agreed(set, func(b *resource.Resource) probity.Fact[bool] {
		return b.Get("block_public_security_group_rules").Bool(probity.Fact[bool]{})
	})
}

// truth: a template's truths become texts in a document.
func truth(v any) bool { return v == true || v == "true" }

func (e *estate) migrator(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.DMSInstance, r.Get("replication_instance_id").String())
	e.encrypted(&a, r.Get("kms_key_arn"), kinds.DMSAtRest(), probity.ProviderManaged)
	a.Exposure.Declared.Addressed = r.Get("publicly_accessible").Bool(kinds.DMSPublic())
	a.Exposure.Declared.Guards = e.guards(r.Get("vpc_security_group_ids"), r.At)
	e.inland(&a, e.subnetsOf(r.Get("replication_subnet_group_id"), dmsSubnets))
	a.Resilience.MultiZone = r.Get("multi_az").Bool(kinds.DMSMultiZone())
	return a
}

// migrated: services of AWS are reached by HTTPS, whatever the mode says.
func (e *estate) migrated(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.DMSEndpoint, r.Get("endpoint_id").String())
	engine := r.Get("engine_name")
	mode := r.Get("ssl_mode").Text(kinds.DMSMode())
	a.Encryption.InTransit = resource.Map(mode, func(m string) bool { return m != "none" })
	switch engine.String() {
	case "s3", "kinesis", "dynamodb", "opensearch", "elasticsearch", "neptune", "timestream", "redshift-serverless":
		a.Encryption.InTransit = probity.Missing[bool](probity.Gap{Reason: probity.NotApplicable, Because: "it is a service of AWS, reached by HTTPS"}, engine.At)
	case "redis":
		how := r.Get("redis_settings", "ssl_security_protocol").Text(probity.Known("ssl-encryption", engine.At))
		a.Encryption.InTransit = resource.Map(how, func(p string) bool { return p != "plaintext" })
	case "kafka":
		how := r.Get("kafka_settings", "security_protocol").Text(probity.Known("plaintext", engine.At))
		a.Encryption.InTransit = resource.Map(how, func(p string) bool { return p != "plaintext" })
	}
	e.link(&a, probity.ContainedIn, r.Get("s3_settings", "bucket_name"))
	a.Settings = probity.SettingsOf(kinds.Migration{PasswordInCode: passwordInCode(r)})
	return a
}

// migrations: what a task moves is then behind both of its endpoints.
func (e *estate) migrations() {
	for _, t := range e.byType[dmsTask] {
		if source, ok := e.target(t.Get("source_endpoint_arn")); ok {
			e.receives(t.Get("target_endpoint_arn"), probity.CopyOf, source)
		}
	}
}

func (e *estate) notebook(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.Notebook, r.Get("name").String())
	e.encrypted(&a, r.Get("kms_key_id"), kinds.NotebookAtRest(), probity.ProviderOwned)
	on := func(attr, what string) probity.Fact[bool] {
		return resource.Map(r.Get(attr).Text(kinds.NotebookOpen(what)), func(s string) bool { return s == "Enabled" })
	}
	a.Settings = probity.SettingsOf(kinds.Workbench{Internet: on("direct_internet_access", "the internet"), Root: on("root_access", "root")})
	return a
}

// features: the store that is always there, or the one that answers at once.
func (e *estate) features(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.FeatureGroup, r.Get("feature_group_name").String())
	key := r.Get("online_store_config", "security_config", "kms_key_id")
	if off := r.Get("offline_store_config"); off.Set() && !r.Get("online_store_config").Set() {
		key = within(off, "s3_storage_config", "kms_key_id")
	}
	e.encrypted(&a, key, kinds.NotebookAtRest(), probity.ProviderOwned)
	e.resultBucket(&a, r.Get("offline_store_config", "s3_storage_config", "s3_uri"))
	return a
}

// customModel is what was learnt from data, which may be had back from it.
func (e *estate) customModel(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.CustomModel, r.Get("custom_model_name").String())
	e.encrypted(&a, r.Get("custom_model_kms_key_id"), kinds.ModelAtRest(), probity.ProviderOwned)
	e.link(&a, probity.ReadsFrom, storeOf(r.Get("training_data_config", "s3_uri")))
	return a
}

// studio is a domain of SageMaker: the volumes and the file system of its users.
func (e *estate) studio(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.Studio, r.Get("domain_name").String())
	e.encrypted(&a, r.Get("kms_key_id"), kinds.NotebookAtRest(), probity.ProviderOwned)
	e.link(&a, probity.ContainedIn, r.Get("home_efs_file_system_id"))
	a.Settings = probity.SettingsOf(kinds.Domain{
		Internet: resource.Map(r.Get("app_network_access_type").Text(kinds.StudioOpen()), func(t string) bool { return t == "PublicInternetOnly" }),
	})
	return a
}

func (e *estate) invocations(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.BedrockLogging, "")
	e.link(&a, probity.LogsTo, r.Get("logging_config", "s3_config", "bucket_name"))
	e.link(&a, probity.LogsTo, r.Get("logging_config", "cloudwatch_config", "log_group_name"))
	e.link(&a, probity.LogsTo, r.Get("logging_config", "cloudwatch_config", "large_data_delivery_s3_config", "bucket_name"))
	return a
}

// transferServer: FTP is the one protocol in the clear.
func (e *estate) transferServer(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.TransferServer, "")
	protocols := texts(r.Get("protocols"), kinds.TransferProtocols())
	items, gap := protocols.Value()
	switch {
	case contains(items.([]string), "FTP"):
		a.Encryption.InTransit = probity.Known(false, protocols.From())
	case gap != nil:
		a.Encryption.InTransit = probity.Missing[bool](*gap, protocols.From())
	default:
		a.Encryption.InTransit = probity.Known(true, protocols.From())
	}
	a.Exposure.Declared.Addressed = resource.Map(r.Get("endpoint_type").Text(kinds.TransferEndpoint()), func(t string) bool { return t == "PUBLIC" })
	if v := r.Get("endpoint_details", "address_allocation_ids"); v.Set() && a.Exposure.Declared.Addressed.Is(func(public bool) bool { return !public }) {
		a.Exposure.Declared.Addressed = given(v) // an endpoint in a network has a public address for each that is allocated
	}
	a.Settings = probity.SettingsOf(kinds.Transfer{Protocols: protocols, TLSPolicy: r.Get("security_policy_name").Text(kinds.TransferPolicy())})
	return a
}
