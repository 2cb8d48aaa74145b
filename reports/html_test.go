package reports

import (
	"bytes"
	"testing"

	"github.com/probity-scan/probity"
)

func htmlOf(t *testing.T, s probity.Scan, o HTMLOptions) string {
	t.Helper()
	var b bytes.Buffer
	if err := HTML(&b, s, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestHTML(t *testing.T) {
	t.Parallel()
	golden(t, "clinic.html", []byte(htmlOf(t, clinic(), HTMLOptions{})))
}
