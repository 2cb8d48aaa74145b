package kinds

import probity "github.com/probity-scan/probity"

// Ways in to buckets, and buckets of another kind.
const (
	S3AccessPoint     probity.Kind = "aws.s3.access_point"
	S3DirectoryBucket probity.Kind = "aws.s3.directory_bucket" // S3 Express One Zone
)

// S3PointBlocks is the public access block of a new access point, which cannot be changed later.
func S3PointBlocks() probity.Blocks {
	return probity.Blocks{NewACLs: true, IgnoreACLs: true, NewPolicies: true, RestrictPublic: true}
}

// S3PointsBlock is [S3PointBlocks] as a fact.
func S3PointsBlock() probity.Fact[probity.Blocks] {
	return byDefault(S3PointBlocks(), "S3 blocks public access to access points unless told (2019-12-03)")
}

// S3DirectoryBlocks is the public access block of directory buckets.
func S3DirectoryBlocks() probity.Fact[probity.Blocks] {
	return byDefault(S3PointBlocks(), "S3 blocks public access to directory buckets, and nobody can change that")
}

// S3DirectoryAtRest is encryption that cannot be turned off.
func S3DirectoryAtRest() probity.Fact[bool] {
	return byDefault(true, "S3 encrypts every object of a directory bucket since 2023-11-28")
}

// S3PointACL is no grant: an access point has no ACL.
func S3PointACL() probity.List[probity.Grant] {
	return probity.Whole[probity.Grant](said("an access point has no access control list"))
}
