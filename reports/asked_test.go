package reports

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/probity-scan/probity"
)

// TestAsked: what was asked of providers, and what was read, is told by the summary in a line each and by the page in tables.
func TestAsked(t *testing.T) {
	t.Parallel()
	h := probity.Header{Started: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC),
		Calls: []probity.Calls{{Service: "RDS", Operation: "DescribeDBInstances", Made: 20, Throttled: 2}, {Service: "S3", Operation: "ListBuckets", Made: 1},
			{Service: "S3", Operation: "GetBucketPolicy", Made: 1199, Denied: 3}},
		Reads: []probity.Read{{Identity: "arn:aws:iam::1:role/audit", Store: probity.Ref{ID: "arn:aws:s3:::clinic"}, Objects: 40, Bytes: 5000, Purpose: "sample for personal data"}}}
	var text, html strings.Builder
	if err := Summary(&text, probity.Scan{Header: h}, SummaryOptions{}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\n1,220 calls: s3 1,200, rds 20; 2 throttled; 3 denied\n", "\ncontent of 1 store read: 40 objects, 5,000 bytes\n"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the summary does not say %q:\n%s", want, &text)
		}
	}
	if err := HTML(&html, probity.Scan{Header: h}, HTMLOptions{}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<summary>1,220 calls: s3 1,200, rds 20", "GetBucketPolicy", `<td class="num">1,199</td>`, "clinic</code>", "sample for personal data"} {
		if !strings.Contains(html.String(), want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	for i := range 20 {
		h.Calls = append(h.Calls, probity.Calls{Service: fmt.Sprintf("Service %02d", i), Operation: "List", Made: 1})
	}
	if got := askedLine(nil, h.Calls); !strings.Contains(got, "14 more services") || strings.Count(got, ",") > 12 {
		t.Errorf("got %q", got)
	}
	if got := askedLine(nil, nil) + readLine(nil, nil); got != "" {
		t.Errorf("got %q of a scan that asked nobody", got)
	}
}
