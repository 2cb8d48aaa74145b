package scanners_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/aws/awstest"
)

// token is the check that RDS makes: that a password is a request to connect to this endpoint as this user, signed with the key
// of an identity, for 15 minutes at most.
func token(t *testing.T, port int, user, password string) bool {
	t.Helper()
	at, query, _ := strings.Cut(password, "?")
	q, err := url.ParseQuery(query)
	if err != nil || at != fmt.Sprintf("127.0.0.1:%d", port) && at != fmt.Sprintf("localhost:%d", port) {
		t.Errorf("the token is for %q, want this machine at %d", at, port)
		return false
	}
	got := q.Get("X-Amz-Signature")
	q.Del("X-Amz-Signature")
	for key, want := range map[string]string{"Action": "connect", "DBUser": user, "X-Amz-Algorithm": "AWS4-HMAC-SHA256", "X-Amz-Expires": "900", "X-Amz-SignedHeaders": "host"} {
		if q.Get(key) != want {
			t.Errorf("the token says %s=%q, want %q", key, q.Get(key), want)
		}
	}
	date := q.Get("X-Amz-Date")
	scope := strings.Join([]string{date[:min(8, len(date))], awstest.Region, "rds-db", "aws4_request"}, "/")
	if q.Get("X-Amz-Credential") != "testing/"+scope {
		t.Errorf("the token is of %q, want testing/%s", q.Get("X-Amz-Credential"), scope)
	}
	request := strings.Join([]string{"GET", "/", strings.ReplaceAll(q.Encode(), "+", "%20"), "host:" + at, "", "host", hash("")}, "\n")
	return hmac.Equal([]byte(got), []byte(sign(strings.Join([]string{"AWS4-HMAC-SHA256", date, scope, hash(request)}, "\n"), strings.Split(scope, "/"))))
}

func hash(s string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(s))) }

// sign makes the signature of version 4 with the secret key of tests.
func sign(text string, scope []string) string {
	key := []byte("AWS4" + "testing")
	for _, part := range append(slices.Clone(scope), text) {
		m := hmac.New(sha256.New, key)
		m.Write([]byte(part))
		key = m.Sum(nil)
	}
	return hex.EncodeToString(key)
}
