package aws_test

import (
	"net/http"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/athena"
	athenatypes "github.com/aws/aws-sdk-go-v2/service/athena/types"
	dms "github.com/aws/aws-sdk-go-v2/service/databasemigrationservice"
	dmstypes "github.com/aws/aws-sdk-go-v2/service/databasemigrationservice/types"
	"github.com/aws/aws-sdk-go-v2/service/emr"
	emrtypes "github.com/aws/aws-sdk-go-v2/service/emr/types"
	"github.com/aws/aws-sdk-go-v2/service/glue"
	gluetypes "github.com/aws/aws-sdk-go-v2/service/glue/types"
	"github.com/aws/aws-sdk-go-v2/service/ram"
	"github.com/aws/aws-sdk-go-v2/service/sagemaker"
	sagemakertypes "github.com/aws/aws-sdk-go-v2/service/sagemaker/types"
	"github.com/aws/aws-sdk-go-v2/service/transfer"
	transfertypes "github.com/aws/aws-sdk-go-v2/service/transfer/types"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws/awstest"
)

func TestAnalytics(t *testing.T) {
	endpoint := awstest.Emulator(t)
	cfg := awstest.Config(t, endpoint, awstest.Region)
	p := func(s string) *string { return &s }
	ok := filled(t)
	yes, no := true, false

	groups := athena.NewFromConfig(cfg)
	_, err := groups.CreateWorkGroup(t.Context(), &athena.CreateWorkGroupInput{Name: p("reports"), Configuration: &athenatypes.WorkGroupConfiguration{
		EnforceWorkGroupConfiguration: &yes, ResultConfiguration: &athenatypes.ResultConfiguration{OutputLocation: p("s3://results/reports/"),
			EncryptionConfiguration: &athenatypes.EncryptionConfiguration{EncryptionOption: athenatypes.EncryptionOptionSseS3}}}})
	ok(err)
	_, err = groups.CreateWorkGroup(t.Context(), &athena.CreateWorkGroupInput{Name: p("loose"), Configuration: &athenatypes.WorkGroupConfiguration{
		EnforceWorkGroupConfiguration: &no, ResultConfiguration: &athenatypes.ResultConfiguration{OutputLocation: p("s3://results/loose/")}}})
	ok(err)

	lake := glue.NewFromConfig(cfg)
	_, err = lake.CreateDatabase(t.Context(), &glue.CreateDatabaseInput{DatabaseInput: &gluetypes.DatabaseInput{Name: p("sales")}})
	ok(err)
	for _, name := range []string{"orders", "clients"} {
		_, err = lake.CreateTable(t.Context(), &glue.CreateTableInput{DatabaseName: p("sales"), TableInput: &gluetypes.TableInput{Name: &name,
			StorageDescriptor: &gluetypes.StorageDescriptor{Location: p("s3://lake/" + name + "/")}}})
		ok(err)
	}
	_, err = lake.PutDataCatalogEncryptionSettings(t.Context(), &glue.PutDataCatalogEncryptionSettingsInput{DataCatalogEncryptionSettings: &gluetypes.DataCatalogEncryptionSettings{
		EncryptionAtRest:             &gluetypes.EncryptionAtRest{CatalogEncryptionMode: gluetypes.CatalogEncryptionModeSsekms},
		ConnectionPasswordEncryption: &gluetypes.ConnectionPasswordEncryption{ReturnConnectionPasswordEncrypted: true}}})
	ok(err)

	clusters := emr.NewFromConfig(cfg)
	_, err = clusters.CreateSecurityConfiguration(t.Context(), &emr.CreateSecurityConfigurationInput{Name: p("strict"),
		SecurityConfiguration: p(`{"EncryptionConfiguration":{"EnableAtRestEncryption":true,"EnableInTransitEncryption":false}}`)})
	ok(err)
	one := int32(1)
	_, err = clusters.RunJobFlow(t.Context(), &emr.RunJobFlowInput{Name: p("etl"), SecurityConfiguration: p("strict"), JobFlowRole: p("EMR_EC2_DefaultRole"), ServiceRole: p("EMR_DefaultRole"),
		ReleaseLabel: p("emr-7.0.0"), LogUri: p("s3://logs/emr/"),
		Instances: &emrtypes.JobFlowInstancesConfig{MasterInstanceType: p("m5.large"), SlaveInstanceType: p("m5.large"), InstanceCount: &one, KeepJobFlowAliveWhenNoSteps: &yes}})
	ok(err)

	moves := dms.NewFromConfig(cfg)
	password := "p" + "w" + "x"
	for name, mode := range map[string]dmstypes.DmsSslModeValue{"clear": dmstypes.DmsSslModeValueNone, "sealed": dmstypes.DmsSslModeValueVerifyFull} {
		_, err = moves.CreateEndpoint(t.Context(), &dms.CreateEndpointInput{EndpointIdentifier: &name, EndpointType: dmstypes.ReplicationEndpointTypeValueSource, EngineName: p("postgres"),
			SslMode: mode, Password: &password, Username: p("app"), ServerName: p("db.internal")})
		ok(err)
	}

	books := sagemaker.NewFromConfig(cfg)
	_, err = books.CreateNotebookInstance(t.Context(), &sagemaker.CreateNotebookInstanceInput{NotebookInstanceName: p("lab"), InstanceType: sagemakertypes.InstanceTypeMlT2Medium,
		RoleArn: p("arn:aws:iam::" + awstest.Account + ":role/lab"), DirectInternetAccess: sagemakertypes.DirectInternetAccessEnabled, RootAccess: sagemakertypes.RootAccessDisabled})
	ok(err)

	servers := transfer.NewFromConfig(cfg)
	server, err := servers.CreateServer(t.Context(), &transfer.CreateServerInput{Protocols: []transfertypes.Protocol{transfertypes.ProtocolFtp, transfertypes.ProtocolSftp},
		EndpointType: transfertypes.EndpointTypeVpc, SecurityPolicyName: p("TransferSecurityPolicy-2024-01")})
	ok(err)

	share, err := ram.NewFromConfig(cfg).CreateResourceShare(t.Context(), &ram.CreateResourceShareInput{Name: p("partners"), AllowExternalPrincipals: &yes, Principals: []string{"222222222222"}})
	ok(err)

	proxy := awstest.NewProxy(t, endpoint) // where there is no policy the emulator answers with nothing, and AWS with an error
	proxy.Set(awstest.Answer(only("Glue.GetResourcePolicy"), http.StatusBadRequest, "EntityNotFoundException", "Policy not found"))
	found := awstest.Scan(t, "aws:region=eu-west-1,services=athena;glue;elasticmapreduce;dms;sagemaker;transfer;ram;datasync,endpoint="+proxy.URL, probity.Asks{})
	at := func(service, id string) string {
		return "arn:aws:" + service + ":eu-west-1:" + awstest.Account + ":" + id
	}
	for _, c := range []struct {
		id   string
		fact probity.Path
		want string
	}{
		{at("athena", "workgroup/reports"), "settings.enforced", `true`},
		{at("athena", "workgroup/reports"), "settings.encryption_set", `true`},
		{at("athena", "workgroup/reports"), "settings.results", `"s3://results/reports/"`},
		{at("athena", "workgroup/reports"), "encryption.key_manager", `"provider-owned"`},
		{at("athena", "workgroup/loose"), "settings.enforced", `false`},
		{at("athena", "workgroup/loose"), "settings.encryption_set", `false`},
		{at("glue", "catalog"), "encryption.at_rest", `true`},
		{at("glue", "catalog"), "settings.passwords_encrypted", `true`},
		{at("glue", "catalog"), "exposure.declared.policy", `null`},
		{at("sagemaker", "notebook-instance/lab"), "settings.direct_internet", `true`},
		{at("sagemaker", "notebook-instance/lab"), "settings.root", `false`},
		{at("transfer", "server/"+*server.ServerId), "encryption.in_transit", `false`},
		{at("transfer", "server/"+*server.ServerId), "exposure.declared.addressed", `false`},
		{at("transfer", "server/"+*server.ServerId), "settings.tls_policy", `"TransferSecurityPolicy-2024-01"`},
		{*share.ResourceShare.ResourceShareArn, "settings.external", `true`},
	} {
		wantFact(t, found.Asset(t, c.id), c.fact, c.want)
	}
	for _, a := range found.Assets {
		switch a.Name {
		case "etl": // moto puts another region into its ARN
			wantFact(t, a, "encryption.at_rest", `true`)
			wantFact(t, a, "encryption.in_transit", `false`)
		case "clear":
			wantFact(t, a, "encryption.in_transit", `false`)
		case "sealed":
			wantFact(t, a, "encryption.in_transit", `true`)
		case "sales":
			if l := a.Links.Items; len(l) != 1 || l[0].To.ID != "lake" {
				t.Errorf("got links %v, want one to the bucket of both tables", l)
			}
		}
	}
	everyFactAsked(t, found)
}
