package aws_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	awssdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kms"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws/awstest"
	"github.com/probity-scan/probity/scanners/resolve"
)

// storeFiller makes stores in pairs, of which one setting or another is the opposite: a mapping that takes a wrong attribute, or
// none, cannot tell both.
type storeFiller struct {
	*testing.T
	cfg awssdk.Config
	key string // the customer's
	// instead is what the emulator says otherwise than AWS, and what AWS says, by operation.
	instead map[string][]string
	told    []saying
}

type saying struct {
	id   string
	fact probity.Path
	want string
}

// says notes what a scan must tell of a store.
func (f *storeFiller) says(id string, facts map[probity.Path]string) {
	for fact, want := range facts {
		f.told = append(f.told, saying{id, fact, want})
	}
}

// at is the ARN of a thing of the region.
func at(service, rest string) string {
	return "arn:aws:" + service + ":" + awstest.Region + ":" + awstest.Account + ":" + rest
}

// encrypted are the facts of a store that is encrypted with the customer's key.
func (f *storeFiller) encrypted() map[probity.Path]string {
	return map[probity.Path]string{"encryption.at_rest": "true", "encryption.key_manager": `"customer-managed"`, "encryption.key": text(f.key)}
}

// plain are those of one that is not encrypted.
func plain() map[probity.Path]string {
	return map[probity.Path]string{"encryption.at_rest": "false", "encryption.key_manager": `"none"`, "encryption.key": "null"}
}

// TestStores asks for the facts of stores that the emulator carries, after those that need several of them were worked out.
func TestStores(t *testing.T) {
	endpoint := awstest.Emulator(t)
	f := &storeFiller{T: t, cfg: awstest.Config(t, endpoint, awstest.Region), instead: map[string][]string{}}
	f.key = *made(f, kms.NewFromConfig(f.cfg).CreateKey, &kms.CreateKeyInput{}).KeyMetadata.Arn
	f.network()
	f.endpoints()
	f.disks()
	f.images()
	f.files()
	f.messages()
	f.streams()
	f.logged()
	p := awstest.NewProxy(t, endpoint)
	p.Set(f.backups(), lacking)
	p.Rewrite(f.rewritten)
	found := awstest.Scan(t, "aws:region=eu-west-1,endpoint="+p.URL+",services=ec2-network;ebs;ami;rds;efs;fsx;backup;sqs;sns;kinesis;firehose;kafka;events;logs;kms;dynamodb", probity.Asks{})
	for name, l := range facts(found) {
		if _, gap := l.Value(); gap != nil && gap.Because == "no API is asked for it" {
			t.Errorf("%s: nobody asks for it", name)
		}
	}
	stores := resolved(t, found)
	for _, c := range f.told {
		if _, ok := stores[c.id]; !ok {
			t.Errorf("no store %s", c.id)
			continue
		}
		wantFact(t, stores[c.id], c.fact, c.want)
	}
}

// rewritten puts right what the emulator says.
func (f *storeFiller) rewritten(r awstest.Request, body string) string {
	return strings.NewReplacer(f.instead[r.Operation]...).Replace(body)
}

// lacking are recorded shapes of operations that the emulator has not: GetEbsDefaultKmsKeyId, GetSnapshotBlockPublicAccessState,
// GetImageBlockPublicAccessState and DescribeAccountPolicies.
func lacking(r awstest.Request, w http.ResponseWriter) bool {
	shape, ok := map[string]string{
		"GetEbsDefaultKmsKeyId":             "<GetEbsDefaultKmsKeyIdResponse><kmsKeyId>alias/aws/ebs</kmsKeyId></GetEbsDefaultKmsKeyIdResponse>",
		"GetSnapshotBlockPublicAccessState": "<GetSnapshotBlockPublicAccessStateResponse><state>block-new-sharing</state></GetSnapshotBlockPublicAccessStateResponse>",
		"GetImageBlockPublicAccessState":    "<GetImageBlockPublicAccessStateResponse><imageBlockPublicAccessState>unblocked</imageBlockPublicAccessState></GetImageBlockPublicAccessStateResponse>",
		"DescribeAccountPolicies":           `{"accountPolicies":[]}`,
	}[r.Operation]
	if ok {
		_, _ = io.WriteString(w, shape)
	}
	return ok
}

// resolved are the stores of a scan by ID, with the facts that need more than one of them.
func resolved(t *testing.T, found awstest.Scanned) map[string]probity.Asset {
	t.Helper()
	fragments := make([]*probity.Asset, len(found.Assets))
	for i, a := range found.Assets {
		fragments[i] = &a
	}
	inventory := resolve.NewSlice(fragments, found.Coverage)
	if err := resolve.Run(t.Context(), inventory); err != nil {
		t.Fatal(err)
	}
	all, _ := inventory.All()
	out := map[string]probity.Asset{}
	for _, a := range all {
		out[a.ID] = *a
	}
	return out
}
