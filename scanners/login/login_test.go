package login_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/login"
)

func TestParse(t *testing.T) {
	t.Parallel()
	f := login.Form{Example: "store://user@host:port/name", Port: 99, Secret: "STORE_WORD"}
	for target, want := range map[string]string{
		"store://H.":                   "h:99   false",
		"store://me@[::1]:7000/a/":     "[::1]:7000 me a false",
		"store://h?sslmode=require":    "h:99   true",
		"store://":                     "error: target store: write store://user@host:port/name",
		"store://me:secretive@h":       "error: the target holds a password; give it by STORE_WORD",
		"store://h:99999":              "error: target store: 99999 is no port",
		"store://h?sslmode=some":       "error: sslmode is",
		"store://h?password=secretive": "error: a target takes",
		"store://me:secre%tive@h":      "error: the target is no URL; write store://",
	} {
		l, err := f.Parse(target)
		got := fmt.Sprint(l.Address(), " ", l.User, " ", l.Path, " ", l.TLS)
		if err != nil {
			got = "error: " + err.Error()
		}
		if !strings.HasPrefix(got, want) || strings.Contains(got, "secretive") {
			t.Errorf("%s: got %q, want %q", target, got, want)
		}
	}
}
