package kinds_test

import (
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/kinds"
)

func TestOldestTLS(t *testing.T) {
	t.Parallel()
	for list, want := range map[string]string{
		"TLSv1.2,TLSv1.3": "1.2", "TLSV1.3, TLSV1.1": "1.1", "TLSv1": "1.0", "TLSv1.3": "1.3", "": "", "SSLv3": "",
	} {
		if got := kinds.OldestTLS(list); got != want {
			t.Errorf("%q: got %q, want %q", list, got, want)
		}
	}
}

func TestWeakCiphers(t *testing.T) {
	t.Parallel()
	for list, want := range map[string]string{
		"":                                   "",
		"HIGH:MEDIUM:+3DES:!aNULL":           "",
		"HIGH:-RC4":                          "HIGH without !aNULL",
		"ECDHE-RSA-AES256-GCM-SHA384":        "",
		"HIGH:RC4-SHA:!aNULL":                "RC4-SHA",
		"RC4:3DES:!aNULL:!3DES":              "RC4",
		"DES-CBC3-SHA,AES128-SHA":            "DES-CBC3-SHA",
		"DEFAULT@SECLEVEL=0":                 "DEFAULT@SECLEVEL=0",
		"aNULL":                              "ANULL",
		"ALL:!aNULL:!eNULL:!EXPORT:!RC4:RC4": "",
	} {
		if got := strings.Join(kinds.WeakCiphers(list), ", "); got != want {
			t.Errorf("%q: got %q, want %q", list, got, want)
		}
	}
}
