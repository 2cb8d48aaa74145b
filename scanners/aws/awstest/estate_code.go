package awstest

import (
	"crypto/rand"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/athena"
	athenatypes "github.com/aws/aws-sdk-go-v2/service/athena/types"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	ecstypes "github.com/aws/aws-sdk-go-v2/service/ecs/types"
	"github.com/aws/aws-sdk-go-v2/service/glue"
	gluetypes "github.com/aws/aws-sdk-go-v2/service/glue/types"
	"github.com/aws/aws-sdk-go-v2/service/guardduty"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	lambdatypes "github.com/aws/aws-sdk-go-v2/service/lambda/types"
)

// code is what runs, with credentials written where it is configured: the secret is made now and stands nowhere else.
func (f *filler) code() {
	functions, tasks := lambda.NewFromConfig(f.cfg), ecs.NewFromConfig(f.cfg)
	secret := strings.ToLower(rand.Text())
	for name, env := range map[string]map[string]string{
		"function-bad":  {"DB_PASSWORD": secret, "LEVEL": "debug"},
		"function-good": {"DB_PASSWORD": at("secretsmanager", "secret:db"), "LEVEL": "debug"},
	} {
		made(f, functions.CreateFunction, &lambda.CreateFunctionInput{FunctionName: &name, Role: aws.String("arn:aws:iam::" + Account + ":role/role-good"), Runtime: lambdatypes.RuntimePython312,
			Handler: aws.String("a.b"), Code: &lambdatypes.FunctionCode{ZipFile: []byte("PK\x05\x06" + strings.Repeat("\x00", 18))}, Environment: &lambdatypes.Environment{Variables: env}})
	}
	made(f, functions.AddPermission, &lambda.AddPermissionInput{FunctionName: aws.String("function-bad"), StatementId: aws.String("all"), Action: aws.String("lambda:InvokeFunction"), Principal: aws.String("*")})
	for _, rule := range []string{"secret-in-workload", "no-public-store"} {
		f.plant(rule, at("lambda", "function:function-good"), at("lambda", "function:function-bad"))
	}
	for family, value := range map[string]string{"task-bad": secret, "task-good": "/run/secrets/token"} {
		made(f, tasks.RegisterTaskDefinition, &ecs.RegisterTaskDefinitionInput{Family: &family, ContainerDefinitions: []ecstypes.ContainerDefinition{
			{Name: aws.String("app"), Image: aws.String("app:1"), Memory: aws.Int32(128), Environment: []ecstypes.KeyValuePair{{Name: aws.String("API_TOKEN"), Value: &value}}}}})
	}
	f.plant("secret-in-workload", at("ecs", "task-definition/task-good:1"), at("ecs", "task-definition/task-bad:1"))
}

// lake is what is asked over files.
func (f *filler) lake() {
	groups, catalog := athena.NewFromConfig(f.cfg), glue.NewFromConfig(f.cfg)
	for _, name := range []string{"good", "bad"} {
		result := &athenatypes.ResultConfiguration{OutputLocation: aws.String("s3://clinic-logs/" + name + "/")}
		if name == "good" {
			result.EncryptionConfiguration = &athenatypes.EncryptionConfiguration{EncryptionOption: athenatypes.EncryptionOptionSseKms, KmsKey: &f.key}
		}
		made(f, groups.CreateWorkGroup, &athena.CreateWorkGroupInput{Name: aws.String("group-" + name), Configuration: &athenatypes.WorkGroupConfiguration{
			EnforceWorkGroupConfiguration: aws.Bool(name == "good"), ResultConfiguration: result}})
	}
	f.planted = append(f.planted, Planted{Asset: at("athena", "workgroup/group-good"), Rule: "customer-managed-key"})
	made(f, catalog.CreateDatabase, &glue.CreateDatabaseInput{DatabaseInput: &gluetypes.DatabaseInput{Name: aws.String("sales")}})
	made(f, catalog.PutDataCatalogEncryptionSettings, &glue.PutDataCatalogEncryptionSettingsInput{DataCatalogEncryptionSettings: &gluetypes.DataCatalogEncryptionSettings{
		EncryptionAtRest: &gluetypes.EncryptionAtRest{CatalogEncryptionMode: gluetypes.CatalogEncryptionModeDisabled}}})
	f.planted = append(f.planted, Planted{Asset: at("glue", "catalog"), Rule: "encryption-at-rest", Bad: true})
}

// accounts is what an account has set for a region.
func (f *filler) accounts() {
	made(f, guardduty.NewFromConfig(f.cfg).CreateDetector, &guardduty.CreateDetectorInput{Enable: aws.Bool(true)})
	f.planted = append(f.planted, Planted{Asset: "aws://" + Account + "/" + Region, Rule: "volumes-encrypted-by-default", Bad: true})
}
