package aws_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws/awstest"
	"github.com/probity-scan/probity/scanners/kinds"
)

// TestEventStoresBeyond: a store of events at home in a region that is left out is asked for there, and where it cannot be, the
// account says so.
func TestEventStoresBeyond(t *testing.T) {
	const arn, key = "arn:aws:cloudtrail:us-east-1:" + awstest.Account + ":eventdatastore/e1", "arn:aws:kms:us-east-1:" + awstest.Account + ":key/11111111-2222-3333-4444-555555555555"
	regions := "<DescribeRegionsResponse><regionInfo><item><regionName>eu-west-1</regionName><optInStatus>opt-in-not-required</optInStatus></item>" +
		"<item><regionName>us-east-1</regionName><optInStatus>opt-in-not-required</optInStatus></item>" +
		"<item><regionName>af-south-1</regionName><optInStatus>not-opted-in</optInStatus></item></regionInfo></DescribeRegionsResponse>"
	store := func(everywhere string) string {
		return `{"EventDataStoreArn": "` + arn + `", "Name": "lake", "Status": "ENABLED", "KmsKeyId": "` + key + `", "MultiRegionEnabled": ` + everywhere + `}`
	}
	there := func(operation, answer string) awstest.Fault {
		return func(r awstest.Request, w http.ResponseWriter) bool {
			if r.Region != "us-east-1" || r.Called != operation {
				return false
			}
			_, err := io.WriteString(w, answer)
			return err == nil
		}
	}
	archive := &txtar.Archive{Files: []txtar.File{{Name: "EC2.DescribeRegions", Data: []byte(regions)}}}
	listing := there("CloudTrail.ListEventDataStores", `{"EventDataStores": [{"EventDataStoreArn": "`+arn+`", "Name": "lake"}]}`)
	refused := awstest.Deny(func(r awstest.Request) bool {
		return r.Region == "us-east-1" && r.Called == "CloudTrail.ListEventDataStores"
	})
	byOrganisation := awstest.DenyByOrganisation(func(r awstest.Request) bool { return r.Region == "us-east-1" })
	proxy := awstest.NewProxy(t, awstest.Recorded(t, archive))
	scan := func(t *testing.T, asks probity.Asks, faults ...awstest.Fault) awstest.Scanned {
		t.Helper()
		return awstest.Scan(t, "aws:region=eu-west-1,services=cloudtrail,endpoint="+proxy.Beside(t, faults...).URL, asks)
	}
	t.Run("it records everywhere", func(t *testing.T) {
		a := scan(t, probity.Asks{}, listing, there("CloudTrail.GetEventDataStore", store("true"))).Asset(t, arn)
		wantFact(t, a, "location.region", `"us-east-1"`)
		wantFact(t, a, "settings.multi_region", "true")
		wantFact(t, a, "encryption.key", `"`+key+`"`)
		if _, gap := a.Encryption.Manager.Value(); gap == nil || !strings.Contains(gap.Because, "us-east-1") {
			t.Errorf("got %v, want whose key it is not to be known: nobody listed the aliases of its region", a.Encryption.Manager)
		}
	})
	t.Run("it records its region alone", func(t *testing.T) {
		for _, a := range scan(t, probity.Asks{}, listing, there("CloudTrail.GetEventDataStore", store("false"))).Assets {
			if a.Kind == kinds.EventStore {
				t.Errorf("got %v, want nothing of a region that is left out", a)
			}
		}
	})
	for name, c := range map[string]struct {
		fault awstest.Fault
		asks  probity.Asks
		want  probity.Reason
	}{
		"refused":                         {refused, probity.Asks{}, probity.Denied},
		"by the organisation":             {byOrganisation, probity.Asks{}, probity.DeniedByOrg},
		"by the organisation, as is told": {byOrganisation, probity.Asks{Live: probity.Live{Closed: []string{"*/us-*"}}}, probity.Filtered},
	} {
		t.Run(name, func(t *testing.T) {
			var got []probity.Reason
			for _, cov := range scan(t, c.asks, c.fault).Coverage {
				if cov.On.ID == "aws://"+awstest.Account && cov.Kind == "aws.cloudtrail.event_data_store" && cov.Gap != nil {
					got = append(got, cov.Gap.Reason)
				}
			}
			if len(got) != 1 || got[0] != c.want {
				t.Errorf("got %v of the stores of events elsewhere, want %s", got, c.want)
			}
		})
	}
}
