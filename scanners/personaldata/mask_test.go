package personaldata

import (
	"strings"
	"testing"
)

func TestMask(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"users/anna@example.org/avatar.png":                         "users/‹email›/avatar.png",
		"users/jane.doe@example.org.json":                           "users/‹email›.json",
		"faces/jane.doe@example.org.jpg":                            "faces/‹email›.jpg",
		"exports/anna.kowalska@poczta.pl":                           "exports/‹email›",
		"backup-mail-j.doe+x@example.org.gz":                        "‹email›",
		"calls/+49 30 901820.wav":                                   "calls/‹phone-e164›.wav",
		"calls_+14155550132_in":                                     "calls_‹phone-e164›_in",
		"statements/DE89370400440532013000/2024.pdf":                "statements/‹iban›/2024.pdf",
		"card-4539578763621486":                                     "card-‹payment-card›",
		"cf/RSSMRA85T10A562S.json":                                  "cf/‹it-codice-fiscale›.json",
		"scan_44051401359.pdf":                                      "scan_‹pl-pesel›.pdf",
		"nhs 943 476 5919":                                          "nhs ‹uk-nhs›",
		"dni-12345678Z":                                             "dni-‹es-dni›",
		"ssn-536-22-1847.pdf":                                       "ssn-‹us-ssn›.pdf",
		"ssn/536-22-1847.pdf":                                       "ssn/‹us-ssn›.pdf",
		"a@example.org/b@example.org":                               "‹email›/‹email›",
		"arn:aws:s3:::exports/anna@example.org":                     "arn:aws:s3:::exports/‹email›",
		"arn:aws:sts::123456789012:assumed-role/r/anna@example.org": "arn:aws:sts::123456789012:assumed-role/r/‹email›",
	} {
		got, found := Mask(name)
		if got != want || found != (name != want) {
			t.Errorf("Mask(%q): got %q, want %q", name, got, want)
		}
	}
}

func TestMaskLeavesOrdinaryNames(t *testing.T) {
	t.Parallel()
	m := NewMasker()
	for _, name := range []string{
		"", "customers.csv", "patients.email", "logs/2024/11/24/app.log", "logs/2024-11-24T10:22:33Z.gz", "20241124102233.dump", "v1.22.333", "release-2024.11.24.1",
		"arn:aws:s3:::bucket-123456789012", "arn:aws:iam::999941057058:role/aadhaar-reader", "arn:aws:rds:eu-west-1:123456789012:db:phone-numbers", "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
		"f47ac10b-58cc-4372-a567-0e02b2c3d479", "10.20.30.40", "203.0.113.77/access.log", "2001:db8::1", "d41d8cd98f00b204e9800998ecf8427e", "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		"module.store[\"a\"].aws_s3_bucket.this[0]", "aws_db_instance.main", "i-0123456789abcdef0", "vpc-0a1b2c3d4e5f60718", "subnet-12345678", "snap-0123456789abcdef0", "account-123456789012", "order-1234567890", "invoice_20241124_0001.pdf",
		"lodash@4.17.21", "@angular/core@17.0.1", "git@github.com:probity-scan/probity.git", "1700000000", "1700000000000", "part-00000-of-00010.parquet", "AKI" + "A", "sqlite:data/app.db", "us-east-1a", "user_id", "phone", "E11.9", "1984-03-17.csv", "name=value",
		"cf-templates-1a2b3c4d5e6f-eu-west-1", "elasticbeanstalk-eu-west-1-123456789012", "1234567890123456", "0000000000000000",
	} {
		if got, found := m.Mask(name); found || got != name {
			t.Errorf("Mask(%q): got %q", name, got)
		}
	}
}

func TestMaskedNamesStayMasked(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"users/anna@example.org/avatar.png", "statements/DE89370400440532013000/2024.pdf"} {
		once, _ := Mask(name)
		if twice, found := Mask(once); found || twice != once {
			t.Errorf("masking twice: got %q after %q", twice, once)
		}
		if strings.Contains(once, "@") || strings.Contains(once, "3704") {
			t.Errorf("got %q", once)
		}
	}
}
