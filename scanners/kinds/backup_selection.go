package kinds

import probity "github.com/probity-scan/probity"

// BackedUp tells how ARNs of a kind begin that AWS Backup makes backups of, from the service on; empty for others.
func BackedUp(k probity.Kind) string {
	switch k {
	case RDSInstance:
		return "rds:db:"
	case RDSCluster, DocDBCluster, NeptuneCluster:
		return "rds:cluster:"
	case DynamoDBTable:
		return "dynamodb:table/"
	case EBSVolume:
		return "ec2:volume/"
	case EFSFileSystem:
		return "elasticfilesystem:file-system/"
	case FSxFileSystem:
		return "fsx:file-system/"
	case RedshiftCluster:
		return "redshift:cluster:"
	case S3Bucket:
		return "s3:"
	}
	return ""
}

// BackupTypes are what AWS Backup calls stores of a kind where a region opts in.
func BackupTypes(k probity.Kind) []string {
	switch k {
	case RDSInstance:
		return []string{"RDS"}
	case RDSCluster:
		return []string{"Aurora", "RDS"} // the second where it is no Aurora
	case DocDBCluster:
		return []string{"DocumentDB"}
	case NeptuneCluster:
		return []string{"Neptune"}
	case DynamoDBTable:
		return []string{"DynamoDB"}
	case EBSVolume:
		return []string{"EBS"}
	case EFSFileSystem:
		return []string{"EFS"}
	case FSxFileSystem:
		return []string{"FSx"}
	case RedshiftCluster:
		return []string{"Redshift"}
	case S3Bucket:
		return []string{"S3"}
	}
	return nil
}

// Continuous reports whether a plan can set stores of a kind back to any moment.
func Continuous(k probity.Kind) bool { return k == RDSInstance || k == RDSCluster || k == S3Bucket }

// ForEver are the days of backups that have no end: as many as AWS Backup takes for an end, which is 100 years.
func ForEver() int { return 36500 }
