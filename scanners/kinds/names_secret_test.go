package kinds_test

import (
	"testing"

	"github.com/probity-scan/probity/scanners/kinds"
)

func TestNamesSecret(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"DB_PASSWORD": true, "dbPassword": true, "/shop/stripe-token": true, "API_KEY": true, "apiKey": true, "SECRET": true, "DATABASE_URL": true,
		"aws_secret_access_key": true, "DSN": true, "connectionString": true,
		"DB_PASSWORD_ARN": false, "TOKEN_URL": false, "SECRET_NAME": false, "passwordLength": false, "tokenizer": false, "keyboard": false,
		"LOG_LEVEL": false, "": false, "BUCKET": false, "SECRETARY": false, "TOKEN_TTL": false,
	} {
		if got := kinds.NamesSecret(name); got != want {
			t.Errorf("%q: got %v, want %v", name, got, want)
		}
	}
}
