package serve

import (
	"slices"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/state"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/history"
)

// TestMetricsInLinter: the linter of promtool finds nothing in all that is told, whatever a schedule is called.
func TestMetricsInLinter(t *testing.T) {
	t.Parallel()
	m := newMetrics()
	m.unit(state.Result{Coverage: []probity.Coverage{{Gap: &probity.Gap{Reason: probity.Denied}}}, Calls: []probity.Calls{{Service: "s3", Made: 3, Throttled: 1}}})
	at := time.Date(2026, 11, 28, 2, 30, 0, 0, time.UTC)
	for _, s := range []history.State{history.Complete, history.Incomplete, history.Failed} {
		m.ended(history.Record{Series: `a "night" \ of {all}` + "\n", State: s, Started: at, Finished: at.Add(time.Minute), Assets: 2}, &reports.Counts{})
	}
	m.skipped.WithLabelValues("hourly").Inc()
	m.sent.WithLabelValues("ops", string(history.DeliveryDead)).Inc()
	var own []string
	all, err := m.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		own = append(own, f.GetName())
	}
	problems, err := testutil.GatherAndLint(m.registry, own...)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
	for _, name := range []string{"probity_scans_total", "probity_scan_duration_seconds", "probity_findings", "probity_outcomes_unknown", "probity_ticks_without_whole_scan", "probity_unit_gaps_total", "probity_api_calls_total",
		"probity_api_calls_throttled_total", "probity_notifications_total", "probity_ticks_skipped_total", "probity_units_total", "probity_assets"} {
		if !slices.Contains(own, name) {
			t.Errorf("%s is not told", name)
		}
	}
}
