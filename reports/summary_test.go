package reports

import (
	"bytes"
	"strings"
	"testing"

	"github.com/probity-scan/probity"
)

func summaryOf(t *testing.T, s probity.Scan, o SummaryOptions) string {
	t.Helper()
	var b bytes.Buffer
	if err := Summary(&b, s, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestSummary(t *testing.T) {
	t.Parallel()
	golden(t, "clinic.txt", []byte(summaryOf(t, clinic(), SummaryOptions{})))
	golden(t, "clinic-narrow-color.txt", []byte(summaryOf(t, clinic(), SummaryOptions{Width: 60, Color: true, Each: 1, Rules: 2})))
}

func TestSummaryObeysNoName(t *testing.T) {
	t.Parallel()
	got := summaryOf(t, hostile(), SummaryOptions{})
	for _, bad := range []string{"\x1b", "\u202e", "\r", "\xff"} {
		if strings.Contains(got, bad) {
			t.Errorf("%q reaches the terminal", bad)
		}
	}
}
