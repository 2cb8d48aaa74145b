package estate

import (
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
)

// Unread are resource types that hold data and that no service maps. A root with such is not judged whole.
func Unread() []string {
	var out []string
	for provider, names := range map[string]string{
		"aws": `codecommit_repository customer_profiles_domain healthlake_fhir_datastore
			lightsail_instance mwaa_environment qldb_ledger s3outposts_bucket s3tables_table
			s3tables_table_bucket s3vectors_vector_bucket simpledb_domain storagegateway_gateway workspaces_workspace
			cognito_user_pool rds_shard_group`,
		"google": `alloydb_cluster bigquery_dataset bigquery_table bigtable_instance bigtable_table compute_disk compute_instance
			compute_region_disk compute_snapshot container_registry artifact_registry_repository data_fusion_instance dataproc_cluster
			filestore_instance firestore_database healthcare_dataset healthcare_dicom_store healthcare_fhir_store
			healthcare_hl7_v2_store logging_project_bucket_config memcache_instance netapp_volume pubsub_subscription pubsub_topic
			redis_cluster redis_instance secret_manager_secret spanner_database spanner_instance sql_database_instance storage_bucket`,
		"azurerm": `app_configuration cosmosdb_account cosmosdb_cassandra_cluster cosmosdb_mongo_collection cosmosdb_postgresql_cluster
			cosmosdb_sql_container data_lake_store eventhub eventhub_namespace healthcare_service hpc_cache key_vault kusto_cluster
			kusto_database linux_virtual_machine log_analytics_workspace managed_disk managed_redis mariadb_server
			mongo_cluster mssql_database mssql_managed_instance mssql_server mysql_flexible_server mysql_server netapp_volume
			postgresql_flexible_server postgresql_server recovery_services_vault redis_cache redis_enterprise_cluster search_service
			servicebus_namespace servicebus_queue servicebus_topic snapshot sql_database sql_server storage_account storage_container
			storage_share synapse_workspace windows_virtual_machine`,
		"alicloud":     `db_instance disk kvstore_instance mongodb_instance nas_file_system oss_bucket ots_table polardb_cluster`,
		"digitalocean": `database_cluster spaces_bucket volume`,
		"exoscale":     `block_storage_volume database dbaas`,
		"hcloud":       `storage_box volume`,
		"ibm":          `cloudant cos_bucket database is_volume`,
		"linode":       `database_mysql_v2 database_postgresql_v2 object_storage_bucket volume`,
		"mongodbatlas": `advanced_cluster cluster flex_cluster serverless_instance`,
		"oci":          `core_volume database_autonomous_database database_db_system file_storage_file_system mysql_mysql_db_system nosql_table objectstorage_bucket psql_db_system`,
		"openstack":    `blockstorage_volume_v3 db_instance_v1 objectstorage_container_v1 sharedfilesystem_share_v2`,
		"ovh":          `cloud_project_database cloud_project_storage cloud_project_volume`,
		"scaleway":     `block_volume object_bucket rdb_instance redis_cluster mongodb_instance`,
		"snowflake":    `database table`,
		"vultr":        `block_storage database object_storage`,
	} {
		for _, n := range strings.Fields(names) {
			out = append(out, provider+"_"+n)
		}
	}
	return out
}

const maxNamed = 5

// untold is the coverage of what holds data in this root and is not read: one, however many there are. It bears no class,
// for no rule would have judged it.
func untold(e *estate) (probity.Coverage, bool) {
	n, types := 0, []string{}
	for _, t := range slices.Sorted(slices.Values(Unread())) {
		if of := len(e.byType[t]); of > 0 {
			n += of
			types = append(types, t)
		}
	}
	if n == 0 {
		return probity.Coverage{}, false
	}
	named := strings.Join(types[:min(len(types), maxNamed)], ", ")
	if len(types) > maxNamed {
		named += ", …"
	}
	gap := probity.Gap{Reason: probity.NotCollected, Because: "types not read: " + named}
	return probity.Coverage{Supply: probity.Supply{On: probity.Ref{Root: e.root, ID: "."}}, Gap: &gap, Count: n}, true
}
