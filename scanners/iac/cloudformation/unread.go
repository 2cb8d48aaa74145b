package cloudformation

import "strings"

// unread are types that hold data. Those that no table translates are told, so that a template is not taken for judged whole.
func unread() []string {
	var out []string
	for _, line := range strings.Fields(`
		Athena:NamedQuery,PreparedStatement Backup:BackupVault,LogicallyAirGappedBackupVault Cassandra:Table CodeCommit:Repository
		Cognito:UserPool CustomerProfiles:Domain DAX:Cluster DMS:ReplicationInstance DocDB:DBCluster DocDBElastic:Cluster DSQL:Cluster
		EC2:Instance ECR:Repository,PublicRepository EFS:FileSystem EMR:Cluster ElastiCache:CacheCluster,ReplicationGroup,ServerlessCache
		Elasticsearch:Domain FSx:FileSystem,Volume HealthLake:FHIRDatastore Kinesis:Stream KinesisFirehose:DeliveryStream
		Lightsail:Bucket,Database,Disk,Instance Logs:LogGroup MSK:Cluster,ServerlessCluster MWAA:Environment MemoryDB:Cluster
		Neptune:DBCluster NeptuneGraph:Graph OpenSearchServerless:Collection OpenSearchService:Domain QLDB:Ledger
		RDS:DBShardGroup,GlobalCluster Redshift:Cluster RedshiftServerless:Namespace S3Express:DirectoryBucket S3Outposts:Bucket
		S3Tables:Table,TableBucket S3Vectors:VectorBucket SDB:Domain SNS:Topic SQS:Queue SSM:Parameter SageMaker:FeatureGroup
		SecretsManager:Secret Timestream:InfluxDBInstance,Table WorkSpaces:Workspace AmazonMQ:Broker`) {
		service, types, _ := strings.Cut(line, ":")
		for t := range strings.SplitSeq(types, ",") {
			out = append(out, "AWS::"+service+"::"+t)
		}
	}
	return out
}
