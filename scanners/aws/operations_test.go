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

// shapesFile lists the operations that the emulator of the planted estate does not answer: a recorded shape does.
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
				holds(t, name, at.file, at.word)
			}
			switch met := m.recorded[name] || m.emulated[name]; {
			case met && excused:
				t.Errorf("%s is answered here, and listed to be in %s", name, at.file)
			case !met && !excused:
				t.Errorf("%s has no recorded shape, and the emulator does not answer it", name)
			case !m.emulated[name] && (!excused || at.shape) && !slices.Contains(shapes, name):
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

// another is a test of an operation: its file, a word there that does it, and whether that is a recorded shape.
type another struct {
	file, word string
	shape      bool
}

// elsewhere are operations that another test has answered, by its file and a word there that does it: what the planted estate
// has none of the emulator is told to make, and of shapes that depend on what it made the test keeps its own.
func elsewhere() map[string]another {
	out := map[string]another{
		"Organizations.ListAccounts":                 {"closed_test.go", "aws:org", false},
		"STS.AssumeRole":                             {"closed_test.go", "role=audit", false},
		"EC2.GetManagedPrefixListEntries":            {"stores_disks_test.go", "CreateManagedPrefixList", false},
		"S3 Control.GetPublicAccessBlock":            {"s3_test.go", "PutPublicAccessBlock", false},
		"S3.GetBucketCors":                           {"s3_test.go", "PutBucketCors", false},
		"S3.GetBucketReplication":                    {"s3_test.go", "PutBucketReplication", false},
		"S3.GetBucketWebsite":                        {"s3_test.go", "PutBucketWebsite", false},
		"S3.GetBucketOwnershipControls":              {"s3_test.go", "PutBucketOwnershipControls", false},
		"S3.GetObjectLockConfiguration":              {"s3_test.go", "PutObjectLockConfiguration", false},
		"S3 Control.GetMultiRegionAccessPointPolicy": {"s3_test.go", "MultiRegionAccessPointPolicy", false},
		"ECR.GetRepositoryPolicy":                    {"compute_test.go", "SetRepositoryPolicy", false},
		"EFS.DescribeMountTargets":                   {"stores_files_test.go", "CreateMountTarget", false},
		"EFS.DescribeMountTargetSecurityGroups":      {"stores_files_test.go", "CreateMountTarget", false},
		"EC2.GetEbsDefaultKmsKeyId":                  {"stores_test.go", "GetEbsDefaultKmsKeyIdResponse", true},
		"EC2.GetSnapshotBlockPublicAccessState":      {"stores_test.go", "GetSnapshotBlockPublicAccessStateResponse", true},
	}
	for _, op := range []string{"ListRoots", "ListOrganizationalUnitsForParent", "ListAccountsForParent", "ListParents"} {
		out["Organizations."+op] = another{"iam_test.go", "CreateOrganizationalUnit", false}
	}
	for _, op := range []string{"DescribeRegionSettings", "ListBackupSelections", "GetBackupSelection", "GetBackupVaultAccessPolicy"} {
		out["Backup."+op] = another{"stores_files_test.go", "Backup." + op, true}
	}
	return out
}
