package reports

import (
	"bytes"
	"testing"

	"github.com/probity-scan/probity"
)

func sarifOf(t *testing.T, s probity.Scan, o SARIFOptions) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := SARIF(&b, s, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSARIF(t *testing.T) {
	t.Parallel()
	golden(t, "clinic.sarif", sarifOf(t, clinic(), SARIFOptions{}))
}
