package aws_test

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/probity-scan/probity/scanners/aws"
	"github.com/probity-scan/probity/scanners/aws/awstest"
)

// shapesFile lists the operations that no emulator answers in the tests: a recorded shape does.
const shapesFile = "testdata/recorded.json"

// metOperations are those that tests have seen answered, as the catalogue calls them: "RDS.DescribeDBInstances".
type metOperations struct {
	recorded map[string]bool
	mu       sync.Mutex
	emulated map[string]bool
}

// record takes the operations of which an archive has an answer.
func (m *metOperations) record(archive *txtar.Archive) {
	for _, f := range archive.Files {
		called, _, _ := strings.Cut(f.Name, " ")
		if strings.Contains(called, ".") && !bytes.HasPrefix(f.Data, []byte("error ")) {
			m.recorded[strings.ReplaceAll(called, "_", " ")] = true
		}
	}
}

// by is a scanner of an emulator that notes what is answered.
func (m *metOperations) by(t *testing.T, target string) func(aws.Options) *aws.Scanner {
	return func(o aws.Options) *aws.Scanner {
		s := aws.New(o)
		if err := s.Watch(t.Context(), target, awstest.Account, func(called string, _ []byte, _ any) {
			m.mu.Lock()
			defer m.mu.Unlock()
			m.emulated[called] = true
		}); err != nil {
			t.Fatal(err)
		}
		return s
	}
}

// check: every operation that a scan makes is answered in a test, by the emulator's planted estate or by a recorded shape.
func (m *metOperations) check(t *testing.T) {
	t.Helper()
	shapes := []string{}
	finding, services, _ := aws.Catalogue()
	for _, s := range slices.Concat(finding, services) {
		for _, c := range s.Calls {
			name := c.Service + "." + c.Operation
			at, excused := elsewhere()[name]
			if excused {
				holds(t, name, at[0], at[1])
			}
			switch met := m.recorded[name] || m.emulated[name]; {
			case met && excused:
				t.Errorf("%s is answered here, and listed to be in %s", name, at[0])
			case !met && !excused:
				t.Errorf("%s has no recorded shape, and the emulator does not answer it", name)
			case !m.emulated[name] && !slices.Contains(shapes, name):
				shapes = append(shapes, name)
			}
		}
	}
	slices.Sort(shapes)
	generated(t, shapesFile, shapes)
}

// holds: a test's file has the word that shows what it does.
func holds(t *testing.T, name, file, word string) {
	t.Helper()
	if text, err := os.ReadFile(file); err != nil || !bytes.Contains(text, []byte(word)) {
		t.Errorf("%s is listed to be in %s by %q, which it is not (%v)", name, file, word, err)
	}
}

// elsewhere are operations that another test has answered, by its file and a word there that does it: what the planted estate
// has none of the emulator is told to make, and of shapes that depend on what it made the test keeps its own.
func elsewhere() map[string][2]string {
	out := map[string][2]string{
		"Organizations.ListAccounts":                 {"closed_test.go", "aws:org"},
		"STS.AssumeRole":                             {"closed_test.go", "role=audit"},
		"EC2.GetManagedPrefixListEntries":            {"stores_disks_test.go", "CreateManagedPrefixList"},
		"S3 Control.GetPublicAccessBlock":            {"s3_test.go", "PutPublicAccessBlock"},
		"S3.GetBucketCors":                           {"s3_test.go", "PutBucketCors"},
		"S3.GetBucketReplication":                    {"s3_test.go", "PutBucketReplication"},
		"S3.GetBucketWebsite":                        {"s3_test.go", "PutBucketWebsite"},
		"S3.GetBucketOwnershipControls":              {"s3_test.go", "PutBucketOwnershipControls"},
		"S3.GetObjectLockConfiguration":              {"s3_test.go", "PutObjectLockConfiguration"},
		"S3 Control.GetMultiRegionAccessPointPolicy": {"s3_test.go", "MultiRegionAccessPointPolicy"},
		"ECR.GetRepositoryPolicy":                    {"compute_test.go", "SetRepositoryPolicy"},
		"EFS.DescribeMountTargets":                   {"stores_files_test.go", "CreateMountTarget"},
		"EFS.DescribeMountTargetSecurityGroups":      {"stores_files_test.go", "CreateMountTarget"},
		"EC2.GetEbsDefaultKmsKeyId":                  {"stores_test.go", "GetEbsDefaultKmsKeyIdResponse"},
		"EC2.GetSnapshotBlockPublicAccessState":      {"stores_test.go", "GetSnapshotBlockPublicAccessStateResponse"},
	}
	for _, op := range []string{"ListRoots", "ListOrganizationalUnitsForParent", "ListAccountsForParent", "ListParents"} {
		out["Organizations."+op] = [2]string{"iam_test.go", "CreateOrganizationalUnit"}
	}
	for _, op := range []string{"DescribeRegionSettings", "ListBackupSelections", "GetBackupSelection", "GetBackupVaultAccessPolicy"} {
		out["Backup."+op] = [2]string{"stores_files_test.go", "Backup." + op}
	}
	return out
}
