package access

import "testing"

func TestEverywhere(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		statements string
		action     string
		want       bool
	}{
		"all":                {`{"Effect":"Allow","Action":"*","Resource":"*"}`, "*", true},
		"a service is less":  {`{"Effect":"Allow","Action":"s3:*","Resource":"*"}`, "*", false},
		"decrypt by star":    {`{"Effect":"Allow","Action":"kms:*","Resource":"*"}`, "kms:Decrypt", true},
		"every key":          {`{"Effect":"Allow","Action":"kms:Decrypt","Resource":"arn:aws:kms:*:*:key/*"}`, "kms:Decrypt", true},
		"one key":            {`{"Effect":"Allow","Action":"kms:Decrypt","Resource":"arn:aws:kms:eu-west-1:111122223333:key/1"}`, "kms:Decrypt", false},
		"every bucket":       {`{"Effect":"Allow","Action":["s3:Get*"],"Resource":["arn:aws:s3:::*/*"]}`, "s3:GetObject", true},
		"one bucket":         {`{"Effect":"Allow","Action":["s3:Get*"],"Resource":["arn:aws:s3:::b/*"]}`, "s3:GetObject", false},
		"every table":        {`{"Effect":"Allow","Action":"dynamodb:Scan","Resource":"arn:aws:dynamodb:eu-west-1:111122223333:table/*"}`, "dynamodb:Scan", true},
		"a prefix of tables": {`{"Effect":"Allow","Action":"dynamodb:Scan","Resource":"arn:aws:dynamodb:eu-west-1:111122223333:table/app-*"}`, "dynamodb:Scan", false},
		"every secret":       {`{"Effect":"Allow","Action":"secretsmanager:GetSecretValue","Resource":"arn:aws:secretsmanager:*:*:secret:*"}`, "secretsmanager:GetSecretValue", true},
		"all but others":     {`{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}`, "kms:Decrypt", true},
		"on a condition":     {`{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:RequestedRegion":"eu-west-1"}}}`, "*", false},
		"denied again":       {`{"Effect":"Allow","Action":"kms:*","Resource":"*"},{"Effect":"Deny","Action":"kms:Decrypt","Resource":"*"}`, "kms:Decrypt", false},
		"denied for one":     {`{"Effect":"Allow","Action":"kms:*","Resource":"*"},{"Effect":"Deny","Action":"kms:Decrypt","Resource":"arn:aws:kms:eu-west-1:111122223333:key/1"}`, "kms:Decrypt", true},
		"denied only":        {`{"Effect":"Deny","Action":"*","Resource":"*"}`, "*", false},
	} {
		p, err := ParseIdentity(`{"Statement":[` + c.statements + `]}`)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if _, got, _ := p.Everywhere(c.action); got != c.want {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
	if _, err := ParseIdentity(`{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}`); err == nil {
		t.Error("got a policy of somebody with a principal, want an error")
	}
}

func TestDenies(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		`{"Statement":{"Effect":"Deny","NotAction":"iam:*","Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":["eu-west-1"]}}}}`: true,
		`{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:RequestedRegion":["us-east-1"]}}}}`:           false,
		`{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":["eu-west-1"]}}}}`:       false,
	} {
		p, err := ParseIdentity(text)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := p.Denies("aws:RequestedRegion"); got != want {
			t.Errorf("%s: got %v, want %v", text, got, want)
		}
	}
}
