package awstest

import (
	"io"
	"net/http"
	"slices"
	"strings"
)

// lacks are operations that the emulator answers with an error of its own, which clients take for one that passes and ask again.
func lacks() []string {
	return []string{"ListExports", "ListImports", "GetEbsDefaultKmsKeyId", "GetImageBlockPublicAccessState", "GetSnapshotBlockPublicAccessState", "DescribeServerlessCacheSnapshots",
		"DescribeServerlessCaches", "DescribeReplicationConfigurations", "DescribeDBClusterAutomatedBackups", "DescribeDBEngineVersions", "DescribeDataShares",
		"GetBackupVaultAccessPolicy", "ListRecoveryPointsByBackupVault", "DescribeOrderableDBInstanceOptions"}
}

// Unsupported refuses at once what the emulator lacks, so that no time is measured that AWS would not take.
func Unsupported() Fault {
	refuse := Answer(All, http.StatusBadRequest, "UnsupportedOperation", "the emulator has no such operation")
	return func(r Request, w http.ResponseWriter) bool {
		_, called, _ := strings.Cut(r.Called, ".")
		return (slices.Contains(lacks(), r.Operation) || slices.Contains(lacks(), called)) && refuse(r, w)
	}
}

// EventStores is a recorded shape of an operation that the emulator lacks, and that bears on what is said of all stores.
func EventStores(r Request, w http.ResponseWriter) bool {
	if r.Operation != "ListEventDataStores" {
		return false
	}
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	_, _ = io.WriteString(w, `{"EventDataStores":[]}`)
	return true
}
