package access

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// owner is the account of the store in these tests.
const owner = "111122223333"

// allow is a policy of one Allow with a principal and a condition.
func allow(principal, condition string) string {
	return `{"Version":"2012-10-17","Statement":[` + statementOf("Allow", principal, condition) + `]}`
}

func allowWith(condition string) string {
	return `{"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Condition":` + condition + `}}`
}

func statementOf(effect, principal, condition string) string {
	s := `{"Effect":"` + effect + `",` + principal + `,"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"`
	if condition != "" {
		s += `,"Condition":{` + condition + `}`
	}
	return s + `}`
}

const anyone = `"Principal":"*"`

// worst gives the outermost standing that a policy permits, and its principals.
func worst(t *testing.T, text, owner string) (Standing, []string) {
	t.Helper()
	p, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	standing, names := Inside, []string(nil)
	for _, permit := range p.Permits(owner) {
		standing = max(standing, permit.Standing)
		names = append(names, permit.Principal)
	}
	return standing, names
}

func TestWhoIsLetIn(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		principal string
		want      Standing
	}{
		"star":                        {anyone, Public},
		"AWS star":                    {`"Principal":{"AWS":"*"}`, Public},
		"AWS star in a list":          {`"Principal":{"AWS":["arn:aws:iam::111122223333:root","*"]}`, Public},
		"everybody but one":           {`"NotPrincipal":{"AWS":"arn:aws:iam::111122223333:root"}`, Public},
		"ARN with a wildcard":         {`"Principal":{"AWS":"arn:aws:iam::*:root"}`, Public},
		"own account":                 {`"Principal":{"AWS":"arn:aws:iam::111122223333:root"}`, Inside},
		"own account by number":       {`"Principal":{"AWS":"111122223333"}`, Inside},
		"own role":                    {`"Principal":{"AWS":"arn:aws:iam::111122223333:role/app"}`, Inside},
		"other account":               {`"Principal":{"AWS":"arn:aws:iam::444455556666:root"}`, Outside},
		"own and other":               {`"Principal":{"AWS":["111122223333","444455556666"]}`, Outside},
		"service":                     {`"Principal":{"Service":"logging.s3.amazonaws.com"}`, Inside},
		"content delivery identity":   {`"Principal":{"AWS":"arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE"}`, Inside},
		"role of own account, open":   {`"Principal":{"AWS":"arn:aws:iam::111122223333:role/*"}`, Inside},
		"role of other account, open": {`"Principal":{"AWS":"arn:aws:iam::444455556666:role/*"}`, Outside},
		"CDN identity in code":        {`"Principal":{"AWS":"${aws_cloudfront_origin_access_identity.site.iam_arn}"}`, Inside},
		"CDN identity, canonical":     {`"Principal":{"CanonicalUser":"${aws_cloudfront_origin_access_identity.site.s3_canonical_user_id}"}`, Inside},
		"own canonical user":          {`"Principal":{"CanonicalUser":"${data.aws_canonical_user_id.current.id}"}`, Inside},
		"service and anybody":         {`"Principal":{"Service":"s3.amazonaws.com","AWS":"*"}`, Public},
		"canonical user":              {`"Principal":{"CanonicalUser":"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"}`, Outside},
		"federated":                   {`"Principal":{"Federated":"cognito-identity.amazonaws.com"}`, Outside},
		"other partition":             {`"Principal":{"AWS":"arn:aws-cn:iam::111122223333:root"}`, Inside},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, names := worst(t, allow(c.principal, ""), owner); got != c.want {
				t.Errorf("got standing %d through %v, want %d", got, names, c.want)
			}
		})
	}
}

func TestConditionsThatLimitAnybody(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		condition string
		want      Standing
	}{
		// What the S3 user guide calls public, and what it does not.
		"fixed VPC":                          {`"StringEquals":{"aws:SourceVpc":"vpc-91237329"}`, Outside},
		"any VPC":                            {`"StringLike":{"aws:SourceVpc":"vpc-*"}`, Public},
		"fixed endpoint":                     {`"StringEquals":{"aws:SourceVpce":"vpce-1a2b3c4d"}`, Outside},
		"organisation":                       {`"StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}`, Outside},
		"any organisation":                   {`"StringLike":{"aws:PrincipalOrgID":"o-*"}`, Public},
		"path of an organisation":            {`"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-a1b2c3d4e5/*"}`, Outside},
		"path of any organisation":           {`"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-*/r-ab12/*"}`, Public},
		"own account":                        {`"StringEquals":{"aws:PrincipalAccount":"111122223333"}`, Inside},
		"other account":                      {`"StringEquals":{"aws:SourceAccount":"444455556666"}`, Outside},
		"own or other account":               {`"StringEquals":{"aws:SourceAccount":["111122223333","444455556666"]}`, Outside},
		"own access points":                  {`"StringEquals":{"s3:DataAccessPointAccount":"111122223333"}`, Inside},
		"all access points of own account":   {`"ArnLike":{"s3:DataAccessPointArn":"arn:aws:s3:us-west-2:111122223333:accesspoint/*"}`, Inside},
		"all access points":                  {`"StringLike":{"s3:DataAccessPointArn":"arn:aws:s3:*:*:accesspoint/*"}`, Public},
		"fixed key":                          {`"StringEquals":{"s3:x-amz-server-side-encryption-aws-kms-key-id":"arn:aws:kms:us-east-1:111122223333:key/1"}`, Outside},
		"key caller":                         {`"StringEquals":{"kms:CallerAccount":"111122223333"}`, Inside},
		"key only through a service":         {`"StringEquals":{"kms:ViaService":"s3.eu-west-1.amazonaws.com"}`, Public},
		"role's own id":                      {`"StringLike":{"aws:userid":"AROAEXAMPLEID:*"}`, Outside},
		"any role's id":                      {`"StringLike":{"aws:userid":"ARO*:*"}`, Public},
		"source ARN":                         {`"ArnEquals":{"aws:SourceArn":"arn:aws:sns:eu-west-1:111122223333:topic"}`, Inside},
		"source ARN, account fixed":          {`"ArnLike":{"aws:SourceArn":"arn:aws:sns:*:111122223333:*"}`, Inside},
		"source ARN of anybody":              {`"ArnLike":{"aws:SourceArn":"arn:aws:s3:::*"}`, Public},
		"referer":                            {`"StringLike":{"aws:Referer":"https://www.example.com/*"}`, Public},
		"user agent":                         {`"StringEquals":{"aws:UserAgent":"secret"}`, Public},
		"TLS alone":                          {`"Bool":{"aws:SecureTransport":"true"}`, Public},
		"tag that anybody can set":           {`"StringEquals":{"aws:PrincipalTag/team":"red"}`, Public},
		"any principal ARN":                  {`"StringLike":{"aws:PrincipalArn":"*"}`, Public},
		"any principal ARN, as an ARN":       {`"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/Admin"}`, Public},
		"policy variable":                    {`"StringEquals":{"aws:SourceVpc":"${aws:SourceVpc}"}`, Public},
		"a bucket's ARN tells no account":    {`"ArnLike":{"aws:SourceArn":"arn:aws:s3:::reports"}`, Unsure},
		"through a mount target":             {`"Bool":{"elasticfilesystem:AccessedViaMountTarget":"true"}`, Inside},
		"around mount targets":               {`"Bool":{"elasticfilesystem:AccessedViaMountTarget":"false"}`, Public},
		"services only":                      {`"Bool":{"aws:PrincipalIsAWSService":true}`, Inside},
		"anybody but services":               {`"Bool":{"aws:PrincipalIsAWSService":"false"}`, Public},
		"two conditions, one limits":         {`"Bool":{"aws:SecureTransport":"true"},"StringEquals":{"aws:PrincipalOrgID":"o-1"}`, Outside},
		"two values, one limits nobody":      {`"StringLike":{"aws:PrincipalOrgID":["o-1","*"]}`, Public},
		"no value at all":                    {`"StringEquals":{"aws:PrincipalOrgID":[]}`, Inside},
		"literal star, as no organisation":   {`"StringEquals":{"aws:PrincipalOrgID":"*"}`, Outside},
		"key in another case":                {`"stringequals":{"AWS:principalorgid":"o-1"}`, Outside},
		"range":                              {`"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}`, Outside},
		"one address":                        {`"IpAddress":{"aws:SourceIp":"203.0.113.7"}`, Outside},
		"private range":                      {`"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}`, Outside},
		"all addresses":                      {`"IpAddress":{"aws:SourceIp":"0.0.0.0/0"}`, Public},
		"all IPv6 addresses":                 {`"IpAddress":{"aws:SourceIp":["203.0.113.0/24","::/0"]}`, Public},
		"two halves of all":                  {`"IpAddress":{"aws:SourceIp":["0.0.0.0/1","128.0.0.0/1"]}`, Public},
		"IPv6 wider than a provider's":       {`"IpAddress":{"aws:SourceIp":"2000::/31"}`, Public},
		"private addresses of any network":   {`"IpAddress":{"aws:VpcSourceIp":"10.0.0.0/8"}`, Public},
		"all but a range":                    {`"NotIpAddress":{"aws:SourceIp":"203.0.113.0/24"}`, Public},
		"all but an organisation":            {`"StringNotEquals":{"aws:PrincipalOrgID":"o-1"}`, Public},
		"if it has one":                      {`"StringEqualsIfExists":{"aws:SourceVpce":"vpce-1"}`, Public},
		"if it has one, and it must":         {`"StringEqualsIfExists":{"aws:SourceVpce":"vpce-1"},"Null":{"aws:SourceVpce":"false"}`, Outside},
		"for all values, vacuously":          {`"ForAllValues:StringEquals":{"aws:PrincipalOrgID":"o-1"}`, Public},
		"for all values, and there must be":  {`"ForAllValues:StringEquals":{"aws:PrincipalOrgID":"o-1"},"Null":{"aws:PrincipalOrgID":"false"}`, Outside},
		"for all values, and there is none":  {`"ForAllValues:StringEquals":{"aws:PrincipalOrgID":"o-1"},"Null":{"aws:PrincipalOrgID":"true"}`, Public},
		"for any value":                      {`"ForAnyValue:StringEquals":{"aws:PrincipalOrgID":"o-1"}`, Outside},
		"any organisation, but some":         {`"Null":{"aws:PrincipalOrgID":"false"}`, Public},
		"own account from a wide range":      {`"IpAddress":{"aws:SourceIp":"0.0.0.0/0"},"StringEquals":{"aws:PrincipalAccount":"111122223333"}`, Inside},
		"organisation, of which own account": {`"StringEquals":{"aws:PrincipalOrgID":"o-1","aws:PrincipalAccount":"111122223333"}`, Inside},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, names := worst(t, allow(anyone, c.condition), owner); got != c.want {
				t.Errorf("got standing %d through %v, want %d", got, names, c.want)
			}
		})
	}
}

func TestUnknownOwnerLeavesAccountsUnsure(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		want Standing
	}{
		"account":           {allow(`"Principal":{"AWS":"444455556666"}`, ""), Unsure},
		"limit by account":  {allow(anyone, `"StringEquals":{"aws:PrincipalAccount":"444455556666"}`), Unsure},
		"anybody":           {allow(anyone, ""), Public},
		"service":           {allow(`"Principal":{"Service":"s3.amazonaws.com"}`, ""), Inside},
		"organisation only": {allow(anyone, `"StringEquals":{"aws:PrincipalOrgID":"o-1"}`), Outside},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, names := worst(t, c.text, ""); got != c.want {
				t.Errorf("got standing %d through %v, want %d", got, names, c.want)
			}
		})
	}
}

func TestPermitsTellActionsAndPaths(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		statement     string
		actions, path []string
	}{
		"prefix":           {`"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/assets/*"`, []string{"s3:GetObject"}, []string{"assets/*"}},
		"two prefixes":     {`"Action":["s3:GetObject","s3:PutObject"],"Resource":["arn:aws:s3:::b/z/*","arn:aws:s3:::b/a/*"]`, []string{"s3:GetObject", "s3:PutObject"}, []string{"a/*", "z/*"}},
		"prefix and all":   {`"Action":"s3:*","Resource":["arn:aws:s3:::b/z/*","arn:aws:s3:::b/*"]`, []string{"s3:*"}, []string{}},
		"the store itself": {`"Action":"s3:ListBucket","Resource":"arn:aws:s3:::b"`, []string{"s3:ListBucket"}, []string{}},
		"everything":       {`"Action":"s3:GetObject","Resource":"*"`, []string{"s3:GetObject"}, []string{}},
		"all but a path":   {`"Action":"s3:GetObject","NotResource":"arn:aws:s3:::b/private/*"`, []string{"s3:GetObject"}, []string{}},
		"all but actions":  {`"NotAction":"s3:DeleteBucket","Resource":"arn:aws:s3:::b/a/*"`, []string{"*"}, []string{"a/*"}},
		"key":              {`"Action":"kms:Decrypt","Resource":"arn:aws:kms:eu-west-1:111122223333:key/1"`, []string{"kms:Decrypt"}, []string{}},
		"no resource":      {`"Action":"kms:Decrypt"`, []string{"kms:Decrypt"}, []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, err := Parse(`{"Statement":{"Effect":"Allow","Principal":"*",` + c.statement + `}}`)
			if err != nil {
				t.Fatal(err)
			}
			got := p.Permits(owner)
			if len(got) != 1 {
				t.Fatalf("got %d permits, want 1", len(got))
			}
			if diff := cmp.Diff(c.actions, got[0].Actions); diff != "" {
				t.Errorf("actions (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.path, got[0].On); diff != "" {
				t.Errorf("paths (-want +got):\n%s", diff)
			}
		})
	}
	p, err := Parse(`{"Statement":{"Effect":"Allow","Principal":"*","NotAction":"*"}}`)
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Permits(owner); len(got) != 0 {
		t.Errorf("all but every action: got %v, want nothing", got)
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	const secret = "jane.doe"
	for name, c := range map[string]struct{ text, want string }{
		"nothing":                 {``, "line 1, column 1"},
		"cut short":               {"{\n \"Statement\": [{\"" + secret, "line 2"},
		"no JSON":                 {secret, "no JSON at line 1"},
		"wrong type":              {`{"Statement":{"Effect":"Allow","Principal":"*","Action":{"` + secret + `":1}}}`, "wrong type"},
		"null":                    {`{"Statement":{"Effect":"Allow","Principal":"*","Action":[null]}}`, "wrong type"},
		"trailing text":           {allow(anyone, "") + secret, "no JSON"},
		"same name twice":         {`{"Statement":[],"Statement":[]}`, "same name twice"},
		"no statement":            {`{"Version":"2012-10-17"}`, "no statement"},
		"effect":                  {`{"Statement":{"Effect":"` + secret + `","Principal":"*","Action":"*"}}`, "statement 1 has an effect"},
		"no principal":            {`{"Statement":{"Effect":"Allow","Action":"*"}}`, "Principal"},
		"both principals":         {`{"Statement":{"Effect":"Allow","Principal":"*","NotPrincipal":"*","Action":"*"}}`, "Principal"},
		"no action":               {`{"Statement":{"Effect":"Allow","Principal":"*"}}`, "Action"},
		"both resources":          {`{"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","NotResource":"*"}}`, "Resource"},
		"principal without names": {`{"Statement":{"Effect":"Allow","Principal":{"AWS":[]},"Action":"*"}}`, "names nobody"},
		"effect in another case":  {`{"Statement":{"Effect":"allow","Principal":"*","Action":"*"}}`, "an effect"},
		"statement as a text":     {`{"Statement":["` + secret + `"]}`, "wrong type"},
		"condition as a text":     {allowWith(`"` + secret + `"`), "wrong type"},
		"name in two cases":       {`{"Statement":{"Effect":"Allow","effect":"Deny","Principal":"*","Action":"*"}}`, "same name twice"},
		"list of documents":       {`[]`, "wrong type"},
		"unknown operator":        {allow(anyone, `"`+secret+`":{"aws:SourceIp":"10.0.0.0/8"}`), "operator"},
		"address that is none":    {allow(anyone, `"IpAddress":{"aws:SourceIp":"`+secret+`"}`), "range of addresses"},
		"too long":                {`{"Statement":"` + strings.Repeat("a", limit) + `"}`, "longer than any provider takes"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Parse(c.text)
			if err == nil {
				t.Fatal("got no error")
			}
			if got := err.Error(); !strings.Contains(got, c.want) || strings.Contains(got, secret) || strings.Contains(got, "\n") {
				t.Errorf("got %q, want one line with %q and nothing of the document", got, c.want)
			}
		})
	}
}

// TestPlaceholders: what code leaves open names somebody, and is no wildcard.
func TestPlaceholders(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		principal, condition string
		want                 Standing
	}{
		"the own account":         {`{"AWS": "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"}`, `{}`, Inside},
		"another, left open":      {`{"AWS": "arn:aws:iam::${aws_organizations_account.x.id}:root"}`, `{}`, Unsure},
		"an organisation, open":   {`"*"`, `{"StringEquals": {"aws:PrincipalOrgID": "${data.aws_organizations_organization.this.id}"}}`, Outside},
		"an account, open":        {`"*"`, `{"StringEquals": {"aws:PrincipalAccount": "${data.aws_caller_identity.current.account_id}"}}`, Inside},
		"IAM's own variable":      {`"*"`, `{"StringEquals": {"aws:PrincipalArn": "${aws:PrincipalArn}"}}`, Public},
		"a wildcard in an ARN":    {`"*"`, `{"StringLike": {"aws:PrincipalArn": "*"}}`, Public},
		"everybody, no condition": {`"*"`, `{}`, Public},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := `{"Statement": [{"Effect": "Allow", "Principal": ` + c.principal + `, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", "Condition": ` + c.condition + `}]}`
			p, err := Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			got := Inside
			for _, permit := range p.Permits("111122223333") {
				got = max(got, permit.Standing)
			}
			if got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}
