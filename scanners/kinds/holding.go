package kinds

import (
	"slices"

	probity "github.com/probity-scan/probity"
)

// KeepsData reports whether assets of a kind keep data of their own which people put there. What is in every account from its
// birth, and what only leads to data, does not.
func KeepsData(k probity.Kind) bool {
	switch k {
	case AthenaWorkgroup, AthenaDatabase, AthenaCatalog, GlueCatalog, GlueDatabase, GlueJob, ECRRegistry, ECRRepository, LambdaLayer, KnowledgeBase,
		MSKConnector, DMSInstance, DMSEndpoint, SyncTask, SyncLocation, LogDestination, RDSProxy, RDSGlobalCluster, S3AccessPoint, EMRCluster, TransferServer, RedshiftShare:
		return false
	}
	return slices.Contains([]probity.Class{probity.Bucket, probity.Database, probity.Table, probity.Warehouse, probity.Volume, probity.Filesystem, probity.Snapshot,
		probity.Queue, probity.Stream, probity.Cache, probity.Search}, ClassOf(k))
}
