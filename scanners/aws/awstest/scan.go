package awstest

import (
	"slices"
	"testing"
	"time"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws"
	"github.com/probity-scan/probity/scanners/objects"
	"github.com/probity-scan/probity/scanners/personaldata"
)

// tally fits a [personaldata.Tally] to what scanners use of it.
type tally struct{ *personaldata.Tally }

func (t tally) Column(on, name string) func([]byte) { return t.Tally.Column(on, name).Add }

// Scanned is what a scan of the scanner alone found: fragments are not merged, and nothing is resolved.
type Scanned struct {
	Assets   []probity.Asset
	Coverage []probity.Coverage
	Calls    []probity.Calls
	Reads    []probity.Read
}

// Scan follows a target through its accounts and regions.
func Scan(t *testing.T, target string, asks probity.Asks) Scanned {
	t.Helper()
	return ScanWith(t, target, asks, aws.Options{Pause: time.Second / 10})
}

// ScanWith scans with the options that a test is about.
func ScanWith(t *testing.T, target string, asks probity.Asks, o aws.Options) Scanned {
	t.Helper()
	return ScanAll(t, []string{target}, asks, o)
}

// ScanAll scans several targets by one scanner, as a run does.
func ScanAll(t *testing.T, targets []string, asks probity.Asks, o aws.Options) Scanned {
	t.Helper()
	return ScanBy(t, aws.New, targets, asks, o)
}

// ScanBy scans by a scanner that a test makes of the options.
func ScanBy(t *testing.T, scanner func(aws.Options) *aws.Scanner, targets []string, asks probity.Asks, o aws.Options) Scanned {
	t.Helper()
	o.Now = func() time.Time { return time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC) }
	o.Tally = func() objects.Tally { return tally{personaldata.New(personaldata.Options{})} }
	s := scanner(o)
	var queue []probity.Unit
	for _, target := range targets {
		first := probity.Unit{Scanner: aws.Name, Target: target, Asks: asks}
		first.Supplies = aws.Supplies(first)
		queue = append(queue, first)
	}
	var out Scanned
	for ; len(queue) > 0; queue = queue[1:] {
		before := len(out.Coverage)
		for f, err := range s.Scan(t.Context(), queue[0]) {
			if err != nil {
				t.Fatalf("scanning %s %s: %v", queue[0].Target, queue[0].Part, err)
			}
			switch f := f.(type) {
			case probity.Asset:
				out.Assets = append(out.Assets, f)
			case probity.Unit:
				queue = append(queue, f)
			case probity.Coverage:
				out.Coverage = append(out.Coverage, f)
			case probity.Calls:
				out.Calls = append(out.Calls, f)
			case probity.Read:
				out.Reads = append(out.Reads, f)
			}
		}
		for _, sup := range queue[0].Supplies {
			if !slices.ContainsFunc(out.Coverage[before:], func(c probity.Coverage) bool { return c.Supply == sup }) {
				t.Errorf("%s %s does not answer for %s", queue[0].Target, queue[0].Part, sup.Kind)
			}
		}
	}
	return out
}

// Asset is the one of an ID.
func (s Scanned) Asset(t *testing.T, id string) probity.Asset {
	t.Helper()
	i := slices.IndexFunc(s.Assets, func(a probity.Asset) bool { return a.ID == id })
	if i < 0 {
		t.Fatalf("no asset %s", id)
	}
	return s.Assets[i]
}
