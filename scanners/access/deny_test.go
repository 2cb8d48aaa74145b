package access

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// statement makes one of a policy with actions and resources of its own.
func custom(effect, principal, actions, resources, condition string) string {
	s := `{"Effect":"` + effect + `",` + principal + `,"Action":` + actions + `,"Resource":` + resources
	if condition != "" {
		s += `,"Condition":{` + condition + `}`
	}
	return s + `}`
}

func TestDeniesNarrowWhatIsAllowed(t *testing.T) {
	t.Parallel()
	deny := func(condition string) string { return statementOf("Deny", anyone, condition) }
	const own = `"NotPrincipal":{"AWS":"arn:aws:iam::111122223333:root"}`
	for name, c := range map[string]struct {
		deny string
		want Standing
	}{
		"everybody":                          {deny(""), Inside},
		"all but an endpoint":                {deny(`"StringNotEquals":{"aws:SourceVpce":"vpce-1"}`), Outside},
		"all but an endpoint, if it has one": {deny(`"StringNotEqualsIfExists":{"aws:SourceVpce":"vpce-1"}`), Outside},
		"all but an organisation":            {deny(`"StringNotEquals":{"aws:PrincipalOrgID":"o-1"}`), Outside},
		"all but own account":                {deny(`"StringNotEquals":{"aws:PrincipalAccount":"111122223333"}`), Inside},
		"all but own account and services":   {deny(`"StringNotEquals":{"aws:PrincipalAccount":"111122223333"},"BoolIfExists":{"aws:PrincipalIsAWSService":"false"}`), Inside},
		"anonymous escapes without IfExists": {deny(`"StringNotEquals":{"aws:PrincipalAccount":"111122223333"},"Bool":{"aws:PrincipalIsAWSService":"false"}`), Public},
		"all but roles of own account":       {deny(`"StringNotLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/*"}`), Inside},
		"all but any role":                   {deny(`"StringNotLike":{"aws:PrincipalArn":"*"}`), Public},
		"all but a range":                    {deny(`"NotIpAddress":{"aws:SourceIp":"203.0.113.0/24"}`), Outside},
		"all but every range":                {deny(`"NotIpAddress":{"aws:SourceIp":["0.0.0.0/1","128.0.0.0/1"]}`), Public},
		"only a range":                       {deny(`"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}`), Public},
		"clear connections":                  {deny(`"Bool":{"aws:SecureTransport":"false"}`), Public},
		"clear or not from an endpoint":      {deny(`"StringNotEquals":{"aws:SourceVpce":"vpce-1"},"Bool":{"aws:SecureTransport":"false"}`), Public},
		"absent keys escape for any value":   {deny(`"ForAnyValue:StringNotEquals":{"aws:PrincipalOrgPaths":"o-1/"}`), Public},
		"absent keys are denied for all":     {deny(`"ForAllValues:StringNotEquals":{"aws:PrincipalOrgPaths":"o-1/"}`), Outside},
		"all but the owner":                  {statementOf("Deny", own, ""), Inside},
		"another principal":                  {statementOf("Deny", `"Principal":{"AWS":"444455556666"}`, ""), Public},
		"nobody":                             {statementOf("Deny", `"NotPrincipal":"*"`, ""), Public},
		"another action":                     {custom("Deny", anyone, `"s3:PutObject"`, `"*"`, ""), Public},
		"all actions":                        {custom("Deny", anyone, `"S3:*"`, `"*"`, ""), Inside},
		"part of the store":                  {custom("Deny", anyone, `"*"`, `"arn:aws:s3:::b/private/*"`, ""), Public},
		"other actions than these":           {`{"Effect":"Deny","Principal":"*","NotAction":"s3:Put*","Resource":"*"}`, Inside},
		"other actions than overlapping":     {`{"Effect":"Deny","Principal":"*","NotAction":"s3:Get*","Resource":"*"}`, Public},
		"other paths than these":             {`{"Effect":"Deny","Principal":"*","Action":"*","NotResource":"arn:aws:s3:::c/*"}`, Inside},
		"other paths than overlapping":       {`{"Effect":"Deny","Principal":"*","Action":"*","NotResource":"arn:aws:s3:::b/public/*"}`, Public},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := `{"Statement":[` + statementOf("Allow", anyone, "") + `,` + c.deny + `]}`
			if got, names := worst(t, text, owner); got != c.want {
				t.Errorf("got standing %d through %v, want %d", got, names, c.want)
			}
		})
	}
}

func TestDeniesTakeActionsAndPathsOff(t *testing.T) {
	t.Parallel()
	p, err := Parse(`{"Statement":[` +
		custom("Allow", anyone, `["s3:GetObject","s3:PutObject"]`, `["arn:aws:s3:::b/a/*","arn:aws:s3:::b/z/*"]`, "") + `,` +
		custom("Deny", anyone, `"s3:Put*"`, `"*"`, "") + `,` +
		custom("Deny", anyone, `"*"`, `"arn:aws:s3:::b/z*"`, "") + `]}`)
	if err != nil {
		t.Fatal(err)
	}
	got := p.Permits(owner)
	if len(got) != 1 {
		t.Fatalf("got %d permits, want 1", len(got))
	}
	if diff := cmp.Diff([]string{"s3:GetObject"}, got[0].Actions); diff != "" {
		t.Errorf("actions (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"a/*"}, got[0].On); diff != "" {
		t.Errorf("paths (-want +got):\n%s", diff)
	}
}

func TestRefusesClear(t *testing.T) {
	t.Parallel()
	const clear, both = `"Bool":{"aws:SecureTransport":"false"}`, `["arn:aws:s3:::b","arn:aws:s3:::b/*"]`
	for name, c := range map[string]struct {
		statements string
		want       bool
	}{
		"documented":                 {custom("Deny", anyone, `"s3:*"`, both, clear), true},
		"as a boolean":               {custom("Deny", anyone, `"s3:*"`, both, `"Bool":{"aws:SecureTransport":false}`), true},
		"if it exists":               {custom("Deny", anyone, `"*"`, both, `"BoolIfExists":{"aws:SecureTransport":"false"}`), true},
		"AWS star":                   {custom("Deny", `"Principal":{"AWS":"*"}`, `"s3:*"`, both, clear), true},
		"everything":                 {custom("Deny", anyone, `"s3:*"`, `"*"`, clear), true},
		"one pattern for both":       {custom("Deny", anyone, `"s3:*"`, `"arn:aws:s3:::b*"`, clear), true},
		"two statements":             {custom("Deny", anyone, `"s3:*"`, `"arn:aws:s3:::b"`, clear) + `,` + custom("Deny", anyone, `"s3:*"`, `"arn:aws:s3:::b/*"`, clear), true},
		"only what is in it":         {custom("Deny", anyone, `"s3:*"`, `"arn:aws:s3:::b/*"`, clear), false},
		"only the store itself":      {custom("Deny", anyone, `"s3:*"`, `"arn:aws:s3:::b"`, clear), false},
		"only a path":                {custom("Deny", anyone, `"s3:*"`, `["arn:aws:s3:::b","arn:aws:s3:::b/a/*"]`, clear), false},
		"only reading":               {custom("Deny", anyone, `"s3:GetObject"`, both, clear), false},
		"only one principal":         {custom("Deny", `"Principal":{"AWS":"444455556666"}`, `"s3:*"`, both, clear), false},
		"only from a range":          {custom("Deny", anyone, `"s3:*"`, both, clear+`,"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}`), false},
		"the wrong way round":        {custom("Deny", anyone, `"s3:*"`, both, `"Bool":{"aws:SecureTransport":"true"}`), false},
		"allowed with TLS":           {custom("Allow", anyone, `"s3:*"`, both, `"Bool":{"aws:SecureTransport":"true"}`), false},
		"old TLS":                    {custom("Deny", anyone, `"s3:*"`, both, `"NumericLessThan":{"s3:TlsVersion":"1.2"}`), false},
		"everybody but one":          {custom("Deny", `"NotPrincipal":{"AWS":"111122223333"}`, `"s3:*"`, both, clear), false},
		"other than these resources": {`{"Effect":"Deny","Principal":"*","Action":"s3:*","NotResource":"arn:aws:s3:::b/*","Condition":{` + clear + `}}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, err := Parse(`{"Statement":[` + c.statements + `]}`)
			if err != nil {
				t.Fatal(err)
			}
			if got, _ := p.RefusesClear(true); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

// What holds no objects is the resource itself, whatever it is called.
func TestRefusesClearWithoutObjects(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		action string
		want   bool
	}{"everything": {"*", true}, "all of the service": {"elasticfilesystem:*", true}, "mounting alone": {"elasticfilesystem:ClientMount", false}} {
		text := `{"Statement":[{"Effect":"Deny","Principal":"*","Action":"` + c.action + `","Resource":"arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-1",
			"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}`
		p, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := p.RefusesClear(false); got != c.want {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}
