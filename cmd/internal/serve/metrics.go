package serve

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/state"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/history"
)

// metrics are what /metrics tells. Labels are names of schedules, services and severities: no store, and no person.
type metrics struct {
	registry *prometheus.Registry
	scans    *prometheus.CounterVec   // by schedule and state
	duration *prometheus.HistogramVec // seconds, by schedule
	findings *prometheus.GaugeVec     // that stand after the last scan, by schedule and severity
	unknown  *prometheus.GaugeVec     // outcomes, by schedule
	assets   *prometheus.GaugeVec     // by schedule
	skipped  *prometheus.CounterVec   // ticks, by schedule
	overdue  *prometheus.GaugeVec     // ticks in a row without a whole scan, by schedule
	units    prometheus.Counter       // that this process scanned
	gaps     *prometheus.CounterVec   // of units, by reason
	calls    *prometheus.CounterVec   // by service
	sent     *prometheus.CounterVec   // messages, by sink and how they ended
	throttle *prometheus.CounterVec   // calls that were throttled, by service
}

func newMetrics() *metrics {
	counter := func(name, help string, by ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: "probity_" + name, Help: help}, by)
	}
	gauge := func(name, help string, by ...string) *prometheus.GaugeVec {
		return prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "probity_" + name, Help: help}, by)
	}
	m := &metrics{
		registry: prometheus.NewRegistry(),
		scans:    counter("scans_total", "Scans that ended.", "schedule", "state"),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "probity_scan_duration_seconds", Help: "From the tick to the published scan.", Buckets: prometheus.ExponentialBuckets(1, 4, 9)}, []string{"schedule"}),
		findings: gauge("findings", "Findings that stand after the last scan.", "schedule", "severity"),
		unknown:  gauge("outcomes_unknown", "Verdicts that are unknown after the last scan.", "schedule"),
		assets:   gauge("assets", "Assets in the last scan.", "schedule"),
		skipped:  counter("ticks_skipped_total", "Ticks that were left out, since the last scan still ran.", "schedule"),
		overdue:  gauge("ticks_without_whole_scan", "Ticks in a row without a whole scan, once they are two.", "schedule"),
		units:    prometheus.NewCounter(prometheus.CounterOpts{Name: "probity_units_total", Help: "Units that this process scanned."}),
		gaps:     counter("unit_gaps_total", "What units were to tell and could not, by reason.", "reason"),
		calls:    counter("api_calls_total", "Calls of cloud APIs that this process made.", "service"),
		sent:     counter("notifications_total", "Messages that were sent or given up.", "sink", "state"),
		throttle: counter("api_calls_throttled_total", "Those that were throttled.", "service"),
	}
	m.registry.MustRegister(m.scans, m.duration, m.findings, m.unknown, m.assets, m.skipped, m.overdue, m.units, m.gaps, m.calls, m.throttle, m.sent,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) unit(r state.Result) {
	m.units.Inc()
	for _, c := range r.Coverage {
		if c.Gap != nil {
			m.gaps.WithLabelValues(string(c.Gap.Reason)).Inc()
		}
	}
	for _, c := range r.Calls {
		m.calls.WithLabelValues(c.Service).Add(float64(c.Made))
		m.throttle.WithLabelValues(c.Service).Add(float64(c.Throttled))
	}
}

// ended counts a scan that is published.
func (m *metrics) ended(r history.Record, c *reports.Counts) {
	m.scans.WithLabelValues(r.Series, string(r.State)).Inc()
	m.duration.WithLabelValues(r.Series).Observe(r.Finished.Sub(r.Started).Seconds())
	m.assets.WithLabelValues(r.Series).Set(float64(r.Assets))
	for _, severity := range probity.Severity("").Values() {
		m.findings.WithLabelValues(r.Series, severity).Set(float64(c.Severities[probity.Severity(severity)]))
	}
	m.unknown.WithLabelValues(r.Series).Set(float64(c.Verdicts[probity.Unknown]))
	if r.State == history.Complete {
		m.overdue.WithLabelValues(r.Series).Set(0)
	}
}
