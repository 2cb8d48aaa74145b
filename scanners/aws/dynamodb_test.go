package aws_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws/awstest"
)

func TestDynamoDBTables(t *testing.T) {
	endpoint := awstest.Emulator(t)
	api := dynamodb.NewFromConfig(awstest.Config(t, endpoint, awstest.Region))
	yes, pk, policy, ends := true, "pk", `{"Version":"2012-10-17","Statement":[]}`, "ends"
	for _, name := range []string{"guarded", "bare"} {
		in := &dynamodb.CreateTableInput{TableName: &name, BillingMode: types.BillingModePayPerRequest,
			KeySchema:            []types.KeySchemaElement{{AttributeName: &pk, KeyType: types.KeyTypeHash}},
			AttributeDefinitions: []types.AttributeDefinition{{AttributeName: &pk, AttributeType: types.ScalarAttributeTypeS}}}
		if name == "guarded" {
			in.DeletionProtectionEnabled = &yes
		}
		if _, err := api.CreateTable(t.Context(), in); err != nil {
			t.Fatal(err)
		}
	}
	name, arn := "guarded", "arn:aws:dynamodb:eu-west-1:"+awstest.Account+":table/guarded"
	_, err1 := api.UpdateContinuousBackups(t.Context(), &dynamodb.UpdateContinuousBackupsInput{TableName: &name,
		PointInTimeRecoverySpecification: &types.PointInTimeRecoverySpecification{PointInTimeRecoveryEnabled: &yes}})
	_, err2 := api.UpdateTimeToLive(t.Context(), &dynamodb.UpdateTimeToLiveInput{TableName: &name,
		TimeToLiveSpecification: &types.TimeToLiveSpecification{Enabled: &yes, AttributeName: &ends}})
	_, err3 := api.PutResourcePolicy(t.Context(), &dynamodb.PutResourcePolicyInput{ResourceArn: &arn, Policy: &policy})
	if err1 != nil || err2 != nil || err3 != nil {
		t.Fatal(err1, err2, err3)
	}
	found := awstest.Scan(t, "aws:region=eu-west-1,service=dynamodb,endpoint="+endpoint, probity.Asks{})
	good, bad := found.Asset(t, arn), found.Asset(t, "arn:aws:dynamodb:eu-west-1:"+awstest.Account+":table/bare")
	is := func(on bool) bool { return on }
	not := func(on bool) bool { return !on }
	if !good.Resilience.PointInTime.Is(is) || !bad.Resilience.PointInTime.Is(not) {
		t.Errorf("point in time: got %v and %v", good.Resilience.PointInTime, bad.Resilience.PointInTime)
	}
	if !good.Resilience.DeletionProtection.Is(is) || !bad.Resilience.DeletionProtection.Is(not) {
		t.Errorf("deletion protection: got %v and %v", good.Resilience.DeletionProtection, bad.Resilience.DeletionProtection)
	}
	if m, ok := bad.Encryption.Manager.Get(); !ok || m != probity.ProviderOwned {
		t.Errorf("key of a table that names none: got %v", bad.Encryption.Manager)
	}
	if p, ok := good.Exposure.Declared.Policy.Get(); !ok || p.Value != policy {
		t.Errorf("policy: got %v", good.Exposure.Declared.Policy)
	}
	if len(good.Retention.Rules.Items) != 1 || good.Retention.Rules.Items[0].By != ends || len(bad.Retention.Rules.Items) != 0 {
		t.Errorf("expiry: got %v and %v", good.Retention.Rules, bad.Retention.Rules)
	}
}
