package reports

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
)

func count(t *testing.T, s probity.Scan) *Counts {
	t.Helper()
	c, err := Count(s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCount(t *testing.T) {
	t.Parallel()
	c := count(t, clinic())
	if d := cmp.Diff(map[probity.Verdict]int{probity.Pass: 8, probity.Fail: 7, probity.Unknown: 6, probity.NA: 1}, c.Verdicts); d != "" {
		t.Errorf("verdicts (- want, + got):\n%s", d)
	}
	if d := cmp.Diff(map[probity.Severity]int{probity.Critical: 1, probity.High: 3, probity.Medium: 2}, c.Severities); d != "" {
		t.Errorf("severities (- want, + got):\n%s", d)
	}
	if d := cmp.Diff(map[probity.Reason]int{probity.Unreadable: 1, probity.Undeclared: 3, probity.Unresolved: 1, probity.NotCollected: 1}, c.Reasons); d != "" {
		t.Errorf("reasons (- want, + got):\n%s", d)
	}
	if c.Assets != 9 || c.Findings != 6 || c.Waived != 1 || !c.Incomplete() {
		t.Errorf("%d assets, %d findings, %d waived, incomplete %v", c.Assets, c.Findings, c.Waived, c.Incomplete())
	}
	if r := c.Rules["special-category-in-clear"]; r.Findings != 3 || r.Worst() != probity.High || r.N(probity.Unknown) != 1 {
		t.Errorf("special-category-in-clear: %+v", r)
	}
}

// Never a silent pass: each of these alone makes a scan incomplete, and no gap by nature does.
func TestIncomplete(t *testing.T) {
	t.Parallel()
	a := probity.Ref{ID: "a"}
	for _, r := range probity.Reasons() {
		g := probity.Gap{Reason: r}
		for name, s := range map[string]probity.Scan{
			"coverage": {Coverage: over([]probity.Coverage{{Gap: &g}})},
			"fact":     {Assets: over([]probity.Asset{{Ref: a, Encryption: probity.Encryption{AtRest: probity.Missing[bool](g, nil)}}})},
			"list":     {Assets: over([]probity.Asset{{Ref: a, Labels: probity.Open[probity.Label](g, nil)}})},
			"setting":  {Assets: over([]probity.Asset{{Ref: a, Settings: probity.Settings{"x": probity.Missing[any](g, nil)}}})},
			"outcome":  {Outcomes: over([]probity.Outcome{unknown("r", a, gap(a, "f", g, nil))})},
			"trouble":  {Header: probity.Header{Trouble: []probity.Trouble{{What: "x", Gap: g}}}},
		} {
			if got, want := count(t, s).Incomplete(), r.Loss() || name == "trouble"; got != want {
				t.Errorf("%s with the gap %s: incomplete is %v, want %v", name, r, got, want)
			}
		}
	}
}

func TestUnknownWithoutAGapIsCounted(t *testing.T) {
	t.Parallel()
	c := count(t, probity.Scan{Outcomes: over([]probity.Outcome{{Rule: "r", Asset: probity.Ref{ID: "a"}, Verdict: probity.Unknown}})})
	if len(c.Gaps) != 1 || c.Gaps[0].Outcomes != 1 || c.Reasons[probity.NotCollected] != 1 {
		t.Errorf("gaps %+v, reasons %v", c.Gaps, c.Reasons)
	}
}

func TestOutcomeWithTwoGapsCountsUnderBoth(t *testing.T) {
	t.Parallel()
	a := probity.Ref{ID: "a"}
	u := func(needs ...string) probity.Outcome {
		var e []probity.Evidence
		for _, n := range needs {
			e = append(e, gap(a, "f", probity.Gap{Reason: probity.Unresolved, Needs: n}, nil))
		}
		return unknown("r", a, e...)
	}
	c := count(t, probity.Scan{Outcomes: over([]probity.Outcome{u("x", "y"), u("x", "x")})})
	if c.Reasons[probity.Unresolved] != 2 || c.Verdicts[probity.Unknown] != 2 || len(c.Gaps) != 2 || c.Gaps[0].Outcomes != 2 || c.Gaps[1].Outcomes != 1 {
		t.Errorf("reasons %v, gaps %+v", c.Reasons, c.Gaps)
	}
}

func TestGroupsAreBounded(t *testing.T) {
	t.Parallel()
	var outcomes []probity.Outcome
	var coverage []probity.Coverage
	a := probity.Ref{ID: "a"}
	for i := range 3 * maxGroups {
		g := probity.Gap{Reason: probity.Denied, Needs: fmt.Sprint("permission ", i)}
		outcomes = append(outcomes, unknown("r", a, gap(a, probity.Path(fmt.Sprint("settings.f", i)), g, nil)))
		coverage = append(coverage, probity.Coverage{Supply: probity.Supply{Kind: probity.Kind(fmt.Sprint("k", i))}, Gap: &g})
	}
	c := count(t, probity.Scan{Outcomes: over(outcomes), Coverage: over(coverage)})
	n, times := 0, 0
	for _, g := range c.Gaps {
		n += g.Outcomes
	}
	for _, l := range c.Losses {
		times += l.Times
	}
	if len(c.Gaps) != maxGroups+1 || len(c.Losses) != maxGroups+1 || n != 3*maxGroups || times != 3*maxGroups {
		t.Errorf("%d gaps of %d outcomes, %d losses of %d", len(c.Gaps), n, len(c.Losses), times)
	}
}

func TestEveryFormatPassesErrorsOn(t *testing.T) {
	t.Parallel()
	lost := errors.New("the database is gone")
	scan := clinic()
	scan.Outcomes = func(yield func(probity.Outcome, error) bool) { yield(probity.Outcome{}, lost) }
	for _, f := range Formats() {
		if err := f.Write(new(counting), scan); !errors.Is(err, lost) {
			t.Errorf("%s: got error %v, want %v", f.Name, err, lost)
		}
	}
	full := errors.New("the disk is full")
	for _, f := range Formats() {
		if err := f.Write(fullDisk{full}, clinic()); !errors.Is(err, full) {
			t.Errorf("%s: got error %v, want %v", f.Name, err, full)
		}
	}
}

type fullDisk struct{ err error }

func (b fullDisk) Write([]byte) (int, error) { return 0, b.err }

func TestFormatsAreDeterministic(t *testing.T) {
	t.Parallel()
	for _, f := range Formats() {
		var first string
		for i := range 3 {
			var b sink
			if err := f.Write(&b, clinic()); err != nil {
				t.Fatal(err)
			}
			if i == 0 {
				first = string(b)
			} else if first != string(b) {
				t.Errorf("%s: two runs differ", f.Name)
			}
		}
	}
}

type sink []byte

func (s *sink) Write(p []byte) (int, error) {
	*s = append(*s, p...)
	return len(p), nil
}
