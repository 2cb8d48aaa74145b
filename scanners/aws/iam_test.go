package aws_test

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	orgtypes "github.com/aws/aws-sdk-go-v2/service/organizations/types"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws/awstest"
)

const (
	trustLambda = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}`
	trustOther  = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:root"},"Action":"sts:AssumeRole"}]}`
)

func allow(action, resource string) string {
	return fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":%q,"Resource":%q}]}`, action, resource)
}

// must fails the test where filling an emulator does.
func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatalf("filling the emulator: %v", err)
		}
		return v
	}
}

func ptr[T any](v T) *T { return &v }

// setting is a setting's value as a text, or the reason of its gap.
func setting(a probity.Asset, name string) string {
	v, g := a.Settings[name].Value()
	if g != nil {
		return fmt.Sprint(string(g.Reason), " ", v)
	}
	return fmt.Sprint(v)
}

func TestIAM(t *testing.T) {
	t.Setenv("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
	endpoint := awstest.Emulator(t)
	api := iam.NewFromConfig(awstest.Config(t, endpoint, awstest.Region))
	ctx := t.Context()
	policy := must[*iam.CreatePolicyOutput](t)(api.CreatePolicy(ctx, &iam.CreatePolicyInput{PolicyName: ptr("readers"), PolicyDocument: ptr(allow("s3:GetObject", "arn:aws:s3:::clinic/*"))})).Policy
	boundary := must[*iam.CreatePolicyOutput](t)(api.CreatePolicy(ctx, &iam.CreatePolicyInput{PolicyName: ptr("fence"), PolicyDocument: ptr(allow("s3:*", "*"))})).Policy
	role := must[*iam.CreateRoleOutput](t)
	role(api.CreateRole(ctx, &iam.CreateRoleInput{RoleName: ptr("worker"), AssumeRolePolicyDocument: ptr(trustLambda), PermissionsBoundary: boundary.Arn}))
	role(api.CreateRole(ctx, &iam.CreateRoleInput{RoleName: ptr("vendor"), AssumeRolePolicyDocument: ptr(trustOther)}))
	role(api.CreateRole(ctx, &iam.CreateRoleInput{RoleName: ptr("decryptor"), AssumeRolePolicyDocument: ptr(trustLambda)}))
	must[*iam.AttachRolePolicyOutput](t)(api.AttachRolePolicy(ctx, &iam.AttachRolePolicyInput{RoleName: ptr("worker"), PolicyArn: policy.Arn}))
	must[*iam.AttachRolePolicyOutput](t)(api.AttachRolePolicy(ctx, &iam.AttachRolePolicyInput{RoleName: ptr("vendor"), PolicyArn: ptr("arn:aws:iam::aws:policy/AdministratorAccess")}))
	must[*iam.PutRolePolicyOutput](t)(api.PutRolePolicy(ctx, &iam.PutRolePolicyInput{RoleName: ptr("decryptor"), PolicyName: ptr("in"), PolicyDocument: ptr(allow("kms:Decrypt", "*"))}))
	must[*iam.CreateGroupOutput](t)(api.CreateGroup(ctx, &iam.CreateGroupInput{GroupName: ptr("staff")}))
	must[*iam.PutGroupPolicyOutput](t)(api.PutGroupPolicy(ctx, &iam.PutGroupPolicyInput{GroupName: ptr("staff"), PolicyName: ptr("in"), PolicyDocument: ptr(allow("dynamodb:*", "*"))}))
	for _, name := range []string{"ann", "bob", "cat"} {
		must[*iam.CreateUserOutput](t)(api.CreateUser(ctx, &iam.CreateUserInput{UserName: &name}))
	}
	must[*iam.AddUserToGroupOutput](t)(api.AddUserToGroup(ctx, &iam.AddUserToGroupInput{GroupName: ptr("staff"), UserName: ptr("ann")}))
	for _, name := range []string{"ann", "bob"} {
		must[*iam.CreateLoginProfileOutput](t)(api.CreateLoginProfile(ctx, &iam.CreateLoginProfileInput{UserName: &name, Password: ptr(strings.Repeat(name, 5) + "A1!")}))
	}
	device := must[*iam.CreateVirtualMFADeviceOutput](t)(api.CreateVirtualMFADevice(ctx, &iam.CreateVirtualMFADeviceInput{VirtualMFADeviceName: ptr("ann")})).VirtualMFADevice
	must[*iam.EnableMFADeviceOutput](t)(api.EnableMFADevice(ctx, &iam.EnableMFADeviceInput{UserName: ptr("ann"), SerialNumber: device.SerialNumber, AuthenticationCode1: ptr("123456"), AuthenticationCode2: ptr("654321")}))

	got := awstest.Scan(t, "aws:region=eu-west-1,services=iam,endpoint="+endpoint, probity.Asks{})
	arn := func(what string) string { return "arn:aws:iam::" + awstest.Account + ":" + what }
	for id, want := range map[string]map[string]string{
		arn("role/worker"):         {"full_admin": "false", "decrypt_all": "false", "data_wildcard": "false", "reads": `[{"Statement":[{"Effect":"Allow","Action":["s3:GetObject"],"Resource":["arn:aws:s3:::clinic/*"]}]}]`},
		arn("role/vendor"):         {"full_admin": "true", "decrypt_all": "true", "data_wildcard": "true", "reads": `[{"Statement":[{"Effect":"Allow","Action":["*"],"Resource":["*"]}]}]`, "boundary": "{false }"},
		arn("role/decryptor"):      {"full_admin": "false", "decrypt_all": "true", "data_wildcard": "false"},
		arn("user/ann"):            {"console_password": "true", "mfa": "true", "data_wildcard": "false", "reads": `[{"Statement":[{"Effect":"Allow","Action":["dynamodb:*"],"Resource":["*"]}]}]`},
		arn("user/bob"):            {"console_password": "true", "mfa": "false", "reads": "[]"},
		arn("user/cat"):            {"console_password": "false", "mfa": "not-applicable false"},
		arn("group/staff"):         {"data_wildcard": "true", "full_admin": "false"},
		arn("policy/readers"):      {"data_wildcard": "false", "full_admin": "false"},
		"aws://" + awstest.Account: {"root_mfa": "false", "root_access_keys": "false"},
	} {
		a := got.Asset(t, id)
		for name, value := range want {
			if s := setting(a, name); s != value {
				t.Errorf("%s: got %s %s, want %s", id, name, s, value)
			}
		}
		for name, f := range a.Settings {
			if _, g := f.Value(); g != nil && g.Because == "no API is asked for it" {
				t.Errorf("%s: nobody asks for %s", id, name)
			}
		}
	}
	if b := setting(got.Asset(t, arn("role/worker")), "boundary"); !strings.Contains(b, `"s3:*"`) {
		t.Errorf("got the boundary %s, want what the policy says", b)
	}
	if i := slices.IndexFunc(got.Assets, func(a probity.Asset) bool { return strings.Contains(a.ID, ":aws:policy/") }); i >= 0 {
		t.Errorf("got %s, want no policy of AWS among the account's", got.Assets[i].ID)
	}
	for _, c := range got.Coverage {
		if c.Gap != nil && strings.HasPrefix(string(c.Kind), "aws.iam.") {
			t.Errorf("got %s %v, want all read", c.Kind, c.Gap)
		}
	}
}

// TestMember: recorded shapes of AWSOrganizationsV20161128. A member account learns what holds for it, and not by which policy.
func TestMember(t *testing.T) {
	awstest.Environment(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
		body, _ := io.ReadAll(r.Body)
		if operation == "" {
			form, _ := url.ParseQuery(string(body))
			operation = form.Get("Action")
		}
		switch operation {
		case "GetCallerIdentity":
			fmt.Fprintf(w, "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::%[1]s:user/a</Arn><UserId>A</UserId><Account>%[1]s</Account></GetCallerIdentityResult></GetCallerIdentityResponse>", awstest.Account)
		case "DescribeRegions":
			fmt.Fprint(w, "<DescribeRegionsResponse><regionInfo><item><regionName>eu-west-1</regionName><optInStatus>opt-in-not-required</optInStatus></item></regionInfo></DescribeRegionsResponse>")
		case "DescribeOrganization":
			fmt.Fprint(w, `{"Organization":{"Id":"o-1","MasterAccountId":"444455556666","FeatureSet":"ALL"}}`)
		case "DescribeEffectivePolicy":
			fmt.Fprint(w, `{"EffectivePolicy":{"PolicyContent":"{\"services\":{\"default\":{\"opt_out_policy\":\"optOut\"}}}","PolicyType":"AISERVICES_OPT_OUT_POLICY","TargetId":"1"}}`)
		default:
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprint(w, `{"__type":"AccessDeniedException","Message":"You don't have permissions to access this resource."}`)
		}
	}))
	t.Cleanup(server.Close)
	got := awstest.Scan(t, "aws:services=organizations,endpoint="+server.URL, probity.Asks{})
	a := got.Asset(t, "aws://"+awstest.Account)
	for name, want := range map[string]string{"organisation": "{true o-1}", "manages": "false", "ai_opt_out": "true", "limits_regions": "not-collected false",
		"organisation_path": "not-collected [" + awstest.Account + "]"} {
		if s := setting(a, name); s != want {
			t.Errorf("got %s %s, want %s", name, s, want)
		}
	}
	if !slices.ContainsFunc(got.Coverage, func(c probity.Coverage) bool {
		return c.Kind == "aws.organizations.policy" && c.Gap != nil && strings.Contains(c.Gap.Needs, "444455556666")
	}) {
		t.Errorf("got %v, want a gap that names the management account", got.Coverage)
	}
}

func TestOrganisation(t *testing.T) {
	endpoint := awstest.Emulator(t)
	api := organizations.NewFromConfig(awstest.Config(t, endpoint, awstest.Region))
	ctx := t.Context()
	mine := "aws://" + awstest.Account
	target := "aws:region=eu-west-1,services=organizations,endpoint=" + endpoint
	// the emulator has no policies in effect: TestMember has the answer as AWS documents it
	asks := probity.Asks{Paths: []probity.Path{"settings.organisation_path", "settings.limits_regions"}}
	alone := awstest.Scan(t, target, probity.Asks{}).Asset(t, mine)
	for name, want := range map[string]string{"organisation": "{false }", "manages": "false", "organisation_path": "[]", "ai_opt_out": "false", "limits_regions": "false"} {
		if s := setting(alone, name); s != want {
			t.Errorf("without an organisation: got %s %s, want %s", name, s, want)
		}
	}
	must[*organizations.CreateOrganizationOutput](t)(api.CreateOrganization(ctx, &organizations.CreateOrganizationInput{FeatureSet: orgtypes.OrganizationFeatureSetAll}))
	root := must[*organizations.ListRootsOutput](t)(api.ListRoots(ctx, &organizations.ListRootsInput{})).Roots[0].Id
	must[*organizations.EnablePolicyTypeOutput](t)(api.EnablePolicyType(ctx, &organizations.EnablePolicyTypeInput{RootId: root, PolicyType: orgtypes.PolicyTypeServiceControlPolicy}))
	unit := must[*organizations.CreateOrganizationalUnitOutput](t)(api.CreateOrganizationalUnit(ctx, &organizations.CreateOrganizationalUnitInput{ParentId: root, Name: ptr("care")})).OrganizationalUnit.Id
	made := must[*organizations.CreateAccountOutput](t)
	for _, name := range []string{"fenced", "free"} {
		made(api.CreateAccount(ctx, &organizations.CreateAccountInput{AccountName: &name, Email: ptr(name + "@example.com")}))
	}
	numbers := map[string]string{}
	for _, a := range must[*organizations.ListAccountsOutput](t)(api.ListAccounts(ctx, &organizations.ListAccountsInput{})).Accounts {
		numbers[*a.Name] = *a.Id
	}
	must[*organizations.MoveAccountOutput](t)(api.MoveAccount(ctx, &organizations.MoveAccountInput{AccountId: ptr(numbers["fenced"]), SourceParentId: root, DestinationParentId: unit}))
	text := `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["s3:*","ec2:*"],"Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":"eu-west-1"}}}]}`
	policy := must[*organizations.CreatePolicyOutput](t)(api.CreatePolicy(ctx, &organizations.CreatePolicyInput{Name: ptr("regions"), Description: ptr("r"), Type: orgtypes.PolicyTypeServiceControlPolicy, Content: &text})).Policy.PolicySummary
	must[*organizations.AttachPolicyOutput](t)(api.AttachPolicy(ctx, &organizations.AttachPolicyInput{PolicyId: policy.Id, TargetId: unit}))

	got := awstest.Scan(t, strings.Replace(target, "aws:", "aws:org,role=audit,", 1), asks)
	for id, want := range map[string]map[string]string{
		mine:                         {"manages": "true", "limits_regions": "not-applicable false"},
		"aws://" + numbers["fenced"]: {"organisation_path": fmt.Sprint([]string{*root, *unit, numbers["fenced"]}), "limits_regions": "true"},
		"aws://" + numbers["free"]:   {"organisation_path": fmt.Sprint([]string{*root, numbers["free"]}), "limits_regions": "false"},
		*policy.Arn:                  {"limits_regions": "true", "targets": fmt.Sprint([]string{*unit}), "type": "SERVICE_CONTROL_POLICY"},
	} {
		i := slices.IndexFunc(got.Assets, func(a probity.Asset) bool {
			return a.ID == id && setting(a, slices.Sorted(maps.Keys(want))[0]) == want[slices.Sorted(maps.Keys(want))[0]]
		})
		if i < 0 {
			t.Errorf("no fragment of %s says %v", id, want)
			continue
		}
		for name, value := range want {
			if s := setting(got.Assets[i], name); s != value {
				t.Errorf("%s: got %s %s, want %s", id, name, s, value)
			}
		}
	}
	if s := setting(got.Asset(t, *policy.Arn), "limits"); strings.Contains(s, "ec2") || !strings.Contains(s, "s3:*") {
		t.Errorf("got %s, want what bears on reading", s)
	}
}
