package aws_test

import (
	"crypto/rand"
	"encoding/json"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ecr"
	ecrtypes "github.com/aws/aws-sdk-go-v2/service/ecr/types"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	ecstypes "github.com/aws/aws-sdk-go-v2/service/ecs/types"
	"github.com/aws/aws-sdk-go-v2/service/eks"
	ekstypes "github.com/aws/aws-sdk-go-v2/service/eks/types"
	"github.com/aws/aws-sdk-go-v2/service/glue"
	gluetypes "github.com/aws/aws-sdk-go-v2/service/glue/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	lambdatypes "github.com/aws/aws-sdk-go-v2/service/lambda/types"
	"github.com/aws/aws-sdk-go-v2/service/sfn"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws/awstest"
)

// emptyZip is the smallest archive there is.
var emptyZip = []byte("PK\x05\x06" + strings.Repeat("\x00", 18))

// TestCompute plants one secret in every place where configuration holds some, and looks for it in all that a scan says.
func TestCompute(t *testing.T) {
	endpoint := awstest.Emulator(t)
	cfg := awstest.Config(t, endpoint, awstest.Region)
	planted := strings.ToLower(rand.Text())
	p := func(s string) *string { return &s }
	ok := filled(t)

	trust := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}`
	role, err := iam.NewFromConfig(cfg).CreateRole(t.Context(), &iam.CreateRoleInput{RoleName: p("worker"), AssumeRolePolicyDocument: &trust})
	ok(err)

	lam := lambda.NewFromConfig(cfg)
	for name, env := range map[string]map[string]string{
		"leaks":  {"DB_PASSWORD": planted, "LEVEL": "debug", "DSN": "postgres://app:" + planted + "@db.internal/app"},
		"clean":  {"DB_PASSWORD": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db", "LEVEL": "debug"},
		"simple": nil,
	} {
		in := &lambda.CreateFunctionInput{FunctionName: &name, Role: role.Role.Arn, Runtime: lambdatypes.RuntimePython312, Handler: p("a.b"),
			Code: &lambdatypes.FunctionCode{ZipFile: emptyZip}}
		if env != nil {
			in.Environment = &lambdatypes.Environment{Variables: env}
		}
		_, err := lam.CreateFunction(t.Context(), in)
		ok(err)
	}
	_, err = lam.AddPermission(t.Context(), &lambda.AddPermissionInput{FunctionName: p("clean"), StatementId: p("all"), Action: p("lambda:InvokeFunction"), Principal: p("*")})
	ok(err)
	_, err = lam.PublishLayerVersion(t.Context(), &lambda.PublishLayerVersionInput{LayerName: p("tools"), Content: &lambdatypes.LayerVersionContentInput{ZipFile: emptyZip}})
	ok(err)

	tasks := ecs.NewFromConfig(cfg)
	for family, value := range map[string]string{"leaky": planted, "tidy": "/run/secrets/token"} {
		_, err := tasks.RegisterTaskDefinition(t.Context(), &ecs.RegisterTaskDefinitionInput{Family: &family, ContainerDefinitions: []ecstypes.ContainerDefinition{
			{Name: p("app"), Image: p("app:1"), Memory: new(int32), Environment: []ecstypes.KeyValuePair{{Name: p("API_TOKEN"), Value: &value}}}}})
		ok(err)
	}

	_, err = sfn.NewFromConfig(cfg).CreateStateMachine(t.Context(), &sfn.CreateStateMachineInput{Name: p("nightly"), RoleArn: role.Role.Arn,
		Definition: p(`{"StartAt":"a","States":{"a":{"Type":"Pass","Parameters":{"password":"` + planted + `"},"End":true}}}`)})
	ok(err)

	jobs := glue.NewFromConfig(cfg)
	_, err = jobs.CreateJob(t.Context(), &glue.CreateJobInput{Name: p("load"), Role: role.Role.Arn, Command: &gluetypes.JobCommand{Name: p("glueetl")},
		DefaultArguments: map[string]string{"--db_password": planted, "--out": "s3://lake/out"}})
	ok(err)
	_, err = jobs.CreateConnection(t.Context(), &glue.CreateConnectionInput{ConnectionInput: &gluetypes.ConnectionInput{Name: p("crm"), ConnectionType: gluetypes.ConnectionTypeJdbc,
		ConnectionProperties: map[string]string{"PASSWORD": planted, "USERNAME": "crm", "JDBC_ENFORCE_SSL": "true"}}})
	ok(err)

	k8s := eks.NewFromConfig(cfg)
	yes := true
	for name, in := range map[string]*eks.CreateClusterInput{
		"guarded": {EncryptionConfig: []ekstypes.EncryptionConfig{{Resources: []string{"secrets"}, Provider: &ekstypes.Provider{KeyArn: p("arn:aws:kms:eu-west-1:123456789012:key/1b1c1d1e-0000-4000-8000-000000000001")}}},
			Logging: &ekstypes.Logging{ClusterLogging: []ekstypes.LogSetup{{Enabled: &yes, Types: []ekstypes.LogType{ekstypes.LogTypeAudit, ekstypes.LogTypeAuthenticator}}}}},
		"plain": {},
	} {
		in.Name, in.RoleArn, in.ResourcesVpcConfig = &name, role.Role.Arn, &ekstypes.VpcConfigRequest{EndpointPublicAccess: &yes}
		_, err := k8s.CreateCluster(t.Context(), in)
		ok(err)
	}

	images := ecr.NewFromConfig(cfg)
	_, err = images.CreateRepository(t.Context(), &ecr.CreateRepositoryInput{RepositoryName: p("open"), ImageTagMutability: ecrtypes.ImageTagMutabilityMutable})
	ok(err)
	_, err = images.SetRepositoryPolicy(t.Context(), &ecr.SetRepositoryPolicyInput{RepositoryName: p("open"),
		PolicyText: p(`{"Version":"2012-10-17","Statement":[{"Sid":"all","Effect":"Allow","Principal":"*","Action":["ecr:BatchGetImage"]}]}`)})
	ok(err)
	_, err = images.CreateRepository(t.Context(), &ecr.CreateRepositoryInput{RepositoryName: p("shut"), ImageTagMutability: ecrtypes.ImageTagMutabilityImmutable,
		ImageScanningConfiguration: &ecrtypes.ImageScanningConfiguration{ScanOnPush: true}, EncryptionConfiguration: &ecrtypes.EncryptionConfiguration{EncryptionType: ecrtypes.EncryptionTypeKms}})
	ok(err)

	found := awstest.Scan(t, "aws:region=eu-west-1,services=lambda;ecs;states;glue;eks;ecr,endpoint="+endpoint, probity.Asks{})
	said, err := json.Marshal(found)
	ok(err)
	if strings.Contains(strings.ToLower(string(said)), planted) {
		t.Error("the scan tells a secret")
	}
	const arn = "arn:aws:%s:eu-west-1:" + awstest.Account + ":%s"
	for _, c := range []struct{ service, id, fact, want string }{
		{"lambda", "function:leaks", "settings.credentials", `["DB_PASSWORD","DSN"]`},
		{"lambda", "function:clean", "settings.credentials", `[]`},
		{"lambda", "function:simple", "settings.credentials", `[]`},
		{"lambda", "function:simple", "exposure.declared.policy", `null`},
		{"lambda", "layer:tools:1", "exposure.declared.policy", `null`},
		{"ecs", "task-definition/leaky:1", "settings.credentials", `["API_TOKEN"]`},
		{"ecs", "task-definition/tidy:1", "settings.credentials", `[]`},
		{"states", "stateMachine:nightly", "settings.credentials", `["password"]`},
		{"glue", "job/load", "settings.credentials", `["--db_password"]`},
		{"glue", "connection/crm", "encryption.in_transit", `true`},
		{"eks", "cluster/guarded", "settings.secrets_kms", `true`},
		{"eks", "cluster/guarded", "audit.exports", `["audit","authenticator"]`},
		{"eks", "cluster/plain", "settings.secrets_kms", `false`},
		{"eks", "cluster/plain", "audit.exports", `null`},
		{"eks", "cluster/plain", "settings.public_endpoint", `true`},
		{"ecr", "repository/open", "settings.immutable_tags", `false`},
		{"ecr", "repository/open", "settings.scan_on_push", `false`},
		{"ecr", "repository/shut", "settings.immutable_tags", `true`},
		{"ecr", "repository/shut", "settings.scan_on_push", `true`},
		{"ecr", "repository/shut", "exposure.declared.policy", `null`},
	} {
		a := found.Asset(t, strings.Replace(strings.Replace(arn, "%s", c.service, 1), "%s", c.id, 1))
		wantFact(t, a, probity.Path(c.fact), c.want)
	}
	open := found.Asset(t, "arn:aws:ecr:eu-west-1:"+awstest.Account+":repository/open")
	if policy, _ := open.Exposure.Declared.Policy.Get(); !strings.Contains(policy.Value, "BatchGetImage") {
		t.Errorf("got policy %q, want the one set", policy.Value)
	}
	called := found.Asset(t, "arn:aws:lambda:eu-west-1:"+awstest.Account+":function:clean")
	if policy, _ := called.Exposure.Declared.Policy.Get(); !strings.Contains(policy.Value, "InvokeFunction") {
		t.Errorf("got policy %q, want the one set", policy.Value)
	}
	everyFactAsked(t, found)
}
