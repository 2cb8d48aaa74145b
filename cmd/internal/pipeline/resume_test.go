package pipeline

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/state"
)

// counted is a fake that counts how often units are scanned.
type counted struct {
	fake
	mu    sync.Mutex
	times map[string]int
}

func (c *counted) Scan(ctx context.Context, u probity.Unit) iter.Seq2[probity.Found, error] {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.times == nil {
		c.times = map[string]int{}
	}
	c.times[u.Part]++
	return c.fake.Scan(ctx, u)
}

func part(name string) probity.Unit {
	return probity.Unit{Scanner: "fake", Target: "t", Part: name, Supplies: []probity.Supply{{Kind: "aws.s3.bucket", Class: probity.Bucket, On: probity.Ref{ID: name}}}}
}

// told answers the supply of a part.
func told(name string, gap *probity.Gap) probity.Coverage {
	return probity.Coverage{Supply: part(name).Supplies[0], Gap: gap}
}

func bare(id string) probity.Asset {
	a := store(id)
	a.Encryption.AtRest = probity.Known(false, &probity.Origin{Call: "s3:GetBucketEncryption", At: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)})
	return a
}

// keeps opens a checkpoint; the folder is another process's as soon as it has.
func keeps(t *testing.T, dir string, resume bool, o Options) *state.Checkpoint {
	t.Helper()
	f, err := state.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	c, err := f.Checkpoint(state.Options{Units: o.Units, Resume: resume, Now: time.Now, Say: func(string) {}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func verdicts(t *testing.T, scan probity.Scan) []string {
	t.Helper()
	var out []string
	for _, o := range slurp(t, scan.Outcomes) {
		b, err := json.Marshal(o)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(b))
	}
	return out
}

// TestResume: after a scan was cut off, what is done is not read again, what ended with a gap that passes is, and the outcome is
// that of a scan in one go.
func TestResume(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	slow := &probity.Gap{Reason: probity.Throttled}
	denied := &probity.Gap{Reason: probity.Denied, Needs: "s3:X"}
	parts := fake{
		"":       {part("done"), part("denied"), part("slow"), part("fact"), part("late")},
		"done":   {bare("a"), told("done", nil), probity.Calls{Service: "S3", Operation: "ListBuckets", Made: 3}},
		"denied": {told("denied", denied)},
		"slow":   {told("slow", slow)},
		"fact": {func() probity.Asset {
			a := bare("b")
			a.Tags = probity.Missing[map[string]string](*slow, nil)
			return a
		}(), told("fact", nil)},
		"late": {bare("ann.miller@corp.test"), told("late", nil)},
	}
	ctx, cancel := context.WithCancel(t.Context())
	first := &counted{fake: fake{"late": {func(context.Context) { cancel() }}}}
	for k, v := range parts {
		if k != "late" {
			first.fake[k] = v
		}
	}
	o := options(t, nil)
	o.Parallel = 1
	o.Scanners["fake"] = first
	kept := keeps(t, dir, false, o)
	o.Checkpoint = kept
	if _, err := Run(ctx, o); err != nil {
		t.Fatal(err)
	}
	if stays, err := kept.Close(); !stays || err != nil {
		t.Fatalf("the checkpoint of a stopped scan must stay: %v", err)
	}

	parts["slow"], parts["fact"] = []any{bare("c"), told("slow", nil)}, []any{bare("b"), told("fact", nil)}
	again := &counted{fake: parts}
	o.Scanners["fake"] = again
	kept = keeps(t, dir, true, o)
	o.Checkpoint = kept
	got := run(t, o)
	if diff := cmp.Diff(map[string]int{"": 1, "slow": 1, "fact": 1, "late": 1}, again.times); diff != "" {
		t.Errorf("scanned again: %s", diff)
	}
	if len(got.Calls) != 1 || got.Calls[0].Made != 3 {
		t.Errorf("calls: %+v", got.Calls)
	}
	o.Scanners["fake"] = parts
	o.Checkpoint, o.Record = nil, filepath.Join(dir, "recording")
	want := run(t, o)
	if diff := cmp.Diff(verdicts(t, want), verdicts(t, got)); diff != "" {
		t.Error(diff)
	}

	// A whole scan leaves nothing, and nothing that is kept names a person.
	kept = keeps(t, dir, true, o)
	o.Checkpoint, o.Record = kept, ""
	_ = run(t, o)
	files := 0
	if err := filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		b, err := os.ReadFile(p)
		if strings.Contains(string(b), "miller@") {
			t.Errorf("%s names a person", p)
		}
		return err
	}); err != nil || files < 10 {
		t.Errorf("%d files, %v", files, err)
	}
	if stays, err := kept.Close(); stays || err != nil {
		t.Errorf("the checkpoint of a whole scan must go: %v", err)
	}
}

// TestExpired: credentials that expire stop what is live, and nothing else; what was done stays.
func TestExpired(t *testing.T) {
	t.Parallel()
	gap := &probity.Gap{Reason: probity.Expired, Because: "ExpiredToken"}
	live := &counted{fake: fake{
		"":    {part("one"), part("two"), part("six")},
		"one": {bare("a"), told("one", nil)},
		"two": {told("two", gap)},
		"six": {bare("b"), told("six", nil)},
	}}
	o := options(t, fake{"": {probity.Unit{Scanner: "code", Part: "next"}}, "next": {store("code")}})
	o.Scanners = map[string]probity.Scanner{"code": o.Scanners["fake"], "fake": live}
	o.Units = append(o.Units, probity.Unit{Scanner: "code", Target: "infra"})
	o.Targets = append(o.Targets, "infra")
	o.Live = func(u probity.Unit) bool { return u.Scanner == "fake" }
	o.Parallel = 1
	scan := run(t, o)
	if live.times["six"] != 0 {
		t.Error("a live unit was begun after the credentials had expired")
	}
	if got := len(slurp(t, scan.Assets)); got != 2 {
		t.Errorf("got %d assets, want what was done before, and the code", got)
	}
	gaps := map[string]probity.Reason{}
	for _, c := range slurp(t, scan.Coverage) {
		if c.Gap != nil {
			gaps[c.On.ID] = c.Gap.Reason
		}
	}
	if diff := cmp.Diff(map[string]probity.Reason{"two": probity.Expired, "six": probity.Expired}, gaps); diff != "" {
		t.Error(diff)
	}
	if len(scan.Trouble) != 1 || scan.Trouble[0].Gap.Because != "they expired before 1 of 6 units" || !strings.Contains(scan.Trouble[0].Gap.Needs, "--resume") {
		t.Errorf("got %+v", scan.Trouble)
	}
}

// TestRecording: a recording is judged as the live scan was, by rules that read no labels, and holds no label.
func TestRecording(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "recording")
	denied := &probity.Gap{Reason: probity.Denied, Needs: "s3:ListBuckets"}
	a := store("a")
	a.Encryption.AtRest = probity.Known(true, nil)
	a.Labels = probity.Whole(nil, probity.Label{Detector: "iban", Category: probity.Financial, On: "accounts.csv"})
	guarded := store("b")
	guarded.Settings = probity.Settings{"website": probity.Missing[any](*denied, nil)}
	o := options(t, fake{"": {part("one"), part("two"), part("dead")}, "one": {a, bare("c"), guarded, told("one", nil)}, "two": {told("two", denied)}, "dead": {fmt.Errorf("no way")}})
	o.Record = dir
	want := run(t, o)
	o.Record = ""
	o.Scanners = map[string]probity.Scanner{state.Recorded: state.Player{}}
	o.Units = []probity.Unit{{Scanner: state.Recorded, Target: dir}}
	got := run(t, o)
	of := func(scan probity.Scan) (out []string) {
		for _, v := range verdicts(t, scan) {
			if strings.Contains(v, `"rule":"encryption-at-rest"`) {
				out = append(out, v)
			}
		}
		return out
	}
	if diff := cmp.Diff(of(want), of(got)); diff != "" || len(of(got)) < 5 {
		t.Errorf("%d outcomes: %s", len(of(got)), diff)
	}
	for _, x := range slurp(t, got.Assets) {
		if _, gap := x.Labels.Value(); len(x.Labels.Items) > 0 || gap == nil {
			t.Errorf("a recording knows labels: %+v", x.Labels)
		}
	}
}

// TestSideBySide: what waits for answers waits side by side, however few processors there are; --parallel bounds all.
func TestSideBySide(t *testing.T) {
	t.Parallel()
	for parallel, want := range map[int]int{0: waits, 3: 3} {
		var mu sync.Mutex
		running, most := 0, 0
		all := make(chan struct{})
		meet := func(ctx context.Context) { // waits until as many run as are allowed to
			mu.Lock()
			if running++; running > most {
				if most = running; most == want {
					close(all)
				}
			}
			mu.Unlock()
			select {
			case <-all:
			case <-ctx.Done():
			}
			mu.Lock()
			running--
			mu.Unlock()
		}
		f := fake{}
		for i := range 3 * waits {
			f[""] = append(f[""], part(fmt.Sprint(i)))
			f[fmt.Sprint(i)] = []any{meet, told(fmt.Sprint(i), nil)}
		}
		o := options(t, f)
		o.Parallel, o.Live = parallel, func(probity.Unit) bool { return true }
		_ = run(t, o)
		if most != want {
			t.Errorf("--parallel %d: at most %d ran side by side, want %d", parallel, most, want)
		}
	}
}
