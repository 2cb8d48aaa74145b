package pipeline

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies"
	"github.com/probity-scan/probity/policies/child/childtest"
	"github.com/probity-scan/probity/scanners/aws/awstest"
)

func TestMain(m *testing.M) { childtest.Main(m) }

// own are rules of a user on who can read stores, and on who is in the account.
func own(t *testing.T) *policies.Corpus {
	t.Helper()
	dir := t.TempDir()
	for id, c := range map[string][3]string{
		"app-alone":     {"[bucket, secret]", "", `violation contains {"fact": "access.readers", "element": g.principal} if { some g in input.access.readers; not endswith(g.principal, ":role/app") }`},
		"no-admins":     {"[identity]", "[aws.iam.role, aws.iam.user]", `violation contains {"fact": "settings.full_admin"} if input.settings.full_admin == true`},
		"root-held":     {"[account]", "[aws.account]", `violation contains {"fact": "settings.root_mfa"} if input.settings.root_mfa == false`},
		"nobody-learns": {"[account]", "[aws.account]", `violation contains {"fact": "settings.ai_opt_out"} if input.settings.ai_opt_out == false`},
		"second-factor": {"[identity]", "[aws.iam.user]", `violation contains {"fact": "settings.mfa"} if { input.settings.console_password == true; input.settings.mfa == false }`},
	} {
		kinds := ""
		if c[1] != "" {
			kinds = "\n#   kinds: " + c[1]
		}
		text := fmt.Sprintf("# METADATA\n# title: A rule of our own\n# description: Says that something of ours is wrong.\n# custom:\n#   id: %s\n#   message: \"{name} is wrong\"\n#   severity: low\n#   behaviour: 1\n"+
			"#   classes: %s%s\n#   obligations: [own]\n#   remediation:\n#     any: Mend it.\npackage user.%s\n\n%s\n", id, c[0], kinds, strings.ReplaceAll(id, "-", "_"), c[2])
		if err := os.WriteFile(filepath.Join(dir, id+".rego"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	corpus, err := policies.Load(t.Context(), policies.Options{Dirs: []string{dir}, Rules: []string{"app-alone", "no-admins", "root-held", "nobody-learns", "second-factor"}, Program: program, Trust: true})
	if err != nil || len(corpus.Trouble) > 0 {
		t.Fatalf("got %v and the trouble %v", err, corpus.Trouble)
	}
	t.Cleanup(corpus.Close)
	return corpus
}

// readable has a bucket and a secret under a key of the customer, which the role app may read and the role idle may not decrypt.
func readable(t *testing.T, endpoint string) (secret string) {
	t.Helper()
	cfg := awstest.Config(t, endpoint, awstest.Region)
	users, keys, buckets, secrets := iam.NewFromConfig(cfg), kms.NewFromConfig(cfg), s3.NewFromConfig(cfg, func(o *s3.Options) { o.UsePathStyle = true }), secretsmanager.NewFromConfig(cfg)
	ok := func(_ any, err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("filling the emulator: %v", err)
		}
	}
	trust := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}`
	for name, actions := range map[string]string{"app": `["s3:GetObject","secretsmanager:GetSecretValue","kms:Decrypt"]`, "idle": `["s3:GetObject","secretsmanager:GetSecretValue"]`} {
		policy, inline := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":`+actions+`,"Resource":"*"}]}`, "reads"
		ok(users.CreateRole(t.Context(), &iam.CreateRoleInput{RoleName: &name, AssumeRolePolicyDocument: &trust}))
		ok(users.PutRolePolicy(t.Context(), &iam.PutRolePolicyInput{RoleName: &name, PolicyName: &inline, PolicyDocument: &policy}))
	}
	ann, word := "ann", strings.Repeat("Aa1!", 4)
	ok(users.CreateUser(t.Context(), &iam.CreateUserInput{UserName: &ann}))
	ok(users.CreateLoginProfile(t.Context(), &iam.CreateLoginProfileInput{UserName: &ann, Password: &word}))
	key, err := keys.CreateKey(t.Context(), &kms.CreateKeyInput{})
	ok(key, err)
	name := "letters"
	ok(buckets.CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: &name, CreateBucketConfiguration: &types.CreateBucketConfiguration{LocationConstraint: awstest.Region}}))
	ok(buckets.PutBucketEncryption(t.Context(), &s3.PutBucketEncryptionInput{Bucket: &name, ServerSideEncryptionConfiguration: &types.ServerSideEncryptionConfiguration{Rules: []types.ServerSideEncryptionRule{
		{ApplyServerSideEncryptionByDefault: &types.ServerSideEncryptionByDefault{SSEAlgorithm: types.ServerSideEncryptionAwsKms, KMSMasterKeyID: key.KeyMetadata.Arn}}}}}))
	empty := "{}"
	made, err := secrets.CreateSecret(t.Context(), &secretsmanager.CreateSecretInput{Name: &name, SecretString: &empty, KmsKeyId: key.KeyMetadata.Arn})
	ok(made, err)
	return *made.ARN
}

// TestDeniedReaders: whatever is denied of what tells who can read a store, and who is in the account, turns to unknown what rules say
// of it, by name of the permission, and leaves what it does not bear on.
func TestDeniedReaders(t *testing.T) {
	endpoint := awstest.Emulator(t)
	secret := readable(t, endpoint)
	const bucket, account = "arn:aws:s3:::letters", "aws://" + awstest.Account
	user := "arn:aws:iam::" + awstest.Account + ":user/ann"
	p := awstest.NewProxy(t, endpoint)
	p.Remember()
	scan := func(t *testing.T, p *awstest.Proxy) map[[2]string]probity.Outcome {
		t.Helper()
		return outcomes(t, liveBy(t, own(t), "aws:region=eu-west-1,services=iam;kms;s3;secretsmanager;organizations,endpoint="+p.URL))
	}
	whole := scan(t, p)
	for k, want := range map[[2]string]probity.Verdict{{"app-alone", bucket}: probity.Pass, {"app-alone", secret}: probity.Pass, {"root-held", account}: probity.Fail, {"nobody-learns", account}: probity.Fail,
		{"second-factor", user}: probity.Fail, {"no-admins", user}: probity.Pass} {
		if o := whole[k]; o.Verdict != want {
			t.Fatalf("nothing denied: %v is %q, want %s: %+v", k, o.Verdict, want, o.Evidence)
		}
	}
	called := func(ops ...string) func(awstest.Request) bool {
		return func(r awstest.Request) bool { return slices.Contains(ops, r.Called) }
	}
	for name, c := range map[string]struct {
		fault   awstest.Fault
		needs   string
		unknown [][2]string
	}{
		"roles and users": {awstest.Deny(called("IAM.GetAccountAuthorizationDetails")), "iam:GetAccountAuthorizationDetails",
			[][2]string{{"app-alone", bucket}, {"app-alone", secret}, {"no-admins", account}, {"second-factor", account}}},
		"the root user":          {awstest.Deny(called("IAM.GetAccountSummary")), "iam:GetAccountSummary", [][2]string{{"root-held", account}}},
		"a password":             {awstest.Deny(called("IAM.GetLoginProfile")), "iam:GetLoginProfile", [][2]string{{"second-factor", user}}},
		"second factors":         {awstest.Deny(called("IAM.ListMFADevices", "IAM.ListVirtualMFADevices")), "iam:ListMFADevices", [][2]string{{"second-factor", user}}},
		"the key's policy":       {awstest.Deny(called("KMS.GetKeyPolicy")), "kms:GetKeyPolicy", [][2]string{{"app-alone", bucket}, {"app-alone", secret}}},
		"the key's grants":       {awstest.Deny(called("KMS.ListGrants")), "kms:ListGrants", [][2]string{{"app-alone", bucket}, {"app-alone", secret}}},
		"whose key it is":        {awstest.Deny(called("KMS.ListAliases")), "kms:ListAliases", [][2]string{{"app-alone", bucket}, {"app-alone", secret}}},
		"the bucket's policy":    {awstest.Deny(called("S3.GetBucketPolicy")), "s3:GetBucketPolicy", [][2]string{{"app-alone", bucket}}},
		"the bucket's key":       {awstest.Deny(called("S3.GetBucketEncryption")), "s3:GetEncryptionConfiguration", [][2]string{{"app-alone", bucket}}},
		"the secret's policy":    {awstest.Deny(called("Secrets_Manager.GetResourcePolicy")), "secretsmanager:GetResourcePolicy", [][2]string{{"app-alone", secret}}},
		"secrets":                {awstest.Deny(called("Secrets_Manager.ListSecrets")), "secretsmanager:ListSecrets", [][2]string{{"app-alone", account + "/" + awstest.Region}}},
		"the organisation":       {awstest.Deny(func(r awstest.Request) bool { return r.Service == "organizations" }), "organizations:DescribeOrganization", [][2]string{{"app-alone", bucket}, {"app-alone", secret}, {"nobody-learns", account}}},
		"policies, for a member": {member(awstest.Deny(awstest.All)), "444455556666", [][2]string{{"app-alone", bucket}, {"app-alone", secret}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := scan(t, p.Beside(t, c.fault))
			for _, k := range c.unknown {
				if o := got[k]; o.Verdict != probity.Unknown || !names(o, c.needs) {
					t.Errorf("%v is %q by %+v, want unknown for want of %s", k, o.Verdict, o.Evidence, c.needs)
				}
			}
			for k, o := range got {
				if o.Verdict != probity.Unknown && o.Verdict != whole[k].Verdict {
					t.Errorf("%v is %s, and was %q", k, o.Verdict, whole[k].Verdict)
				}
			}
		})
	}
}

// member answers, by a recorded shape, as to a member account of an organisation, and does otherwise to what else is asked of that.
func member(otherwise awstest.Fault) awstest.Fault {
	return func(r awstest.Request, w http.ResponseWriter) bool {
		switch {
		case r.Service != "organizations":
			return false
		case r.Operation != "DescribeOrganization":
			return otherwise(r, w)
		}
		w.Header().Set("Content-Type", "application/x-amz-json-1.1")
		_, _ = io.WriteString(w, `{"Organization":{"Id":"o-1","Arn":"arn:aws:organizations::444455556666:organization/o-1","MasterAccountId":"444455556666","FeatureSet":"ALL"}}`)
		return true
	}
}
