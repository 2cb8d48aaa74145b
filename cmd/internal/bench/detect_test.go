package bench

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/probity-scan/probity/scanners/personaldata"
	"github.com/probity-scan/probity/scanners/personaldata/detectors"
	"github.com/probity-scan/probity/scanners/personaldata/synthetic"
)

// sample is a corpus of one kind.
type sample struct {
	name  string
	files []synthetic.File
}

func samples(b *testing.B) []sample {
	seed := uint64(20261128)
	if s := os.Getenv("PROBITY_BENCH_SEED"); s != "" {
		n, err := strconv.ParseUint(s, 10, 64)
		if err != nil {
			b.Fatal(err)
		}
		seed = n
	}
	return []sample{
		{"dense", synthetic.Corpus(seed, 4<<20, 64<<10)},
		{"sparse", []synthetic.File{synthetic.Sparse(seed, 4<<20)}},
		{"identifiers", []synthetic.File{synthetic.Table(seed, 4<<20, true)}},
		{"numbers", []synthetic.File{synthetic.Table(seed, 4<<20, false)}},
	}
}

// forms are the files of a sample by form, if it has several.
func (s sample) forms() (all []sample) {
	for _, f := range s.files {
		form := strings.TrimPrefix(filepath.Ext(f.Name), ".")
		i := slices.IndexFunc(all, func(o sample) bool { return o.name == form })
		if i < 0 {
			i, all = len(all), append(all, sample{name: form})
		}
		all[i].files = append(all[i].files, f)
	}
	if len(all) == 1 {
		return nil
	}
	return all
}

func (s sample) size() (n int) {
	for _, f := range s.files {
		n += len(f.Text)
	}
	return n
}

// BenchmarkDetect reads made-up texts on one processor, beside the floor, which only splits them into tokens, and beside
// regular expressions of the same patterns, one for each detector. Speeds are by processor time; of mixed texts those of each form are told too.
func BenchmarkDetect(b *testing.B) {
	tally := personaldata.New(personaldata.Options{})
	plain := expressions()
	for _, s := range samples(b) {
		b.Run(s.name+"/floor", func(b *testing.B) {
			perCore(b, s.size(), func() int { return tokens(s.files) })
		})
		b.Run(s.name+"/probity", func(b *testing.B) {
			perCore(b, s.size(), func() int { return spans(b, tally, s.files) })
		})
		for _, form := range s.forms() {
			b.Run(s.name+"/probity/"+form.name, func(b *testing.B) {
				perCore(b, form.size(), func() int { return spans(b, tally, form.files) })
			})
		}
		b.Run(s.name+"/regexp", func(b *testing.B) {
			some := s.files[0].Text[:min(len(s.files[0].Text), 64<<10)]
			perCore(b, len(some), func() (n int) {
				for _, re := range plain {
					n += len(re.FindAllIndex(some, -1))
				}
				return n
			})
		})
	}
}

// BenchmarkDetectBesideOthers scores Probity and what else is installed on the same small corpus: F1 over the entities that
// the other knows, and MB/s of processor time from start to exit.
func BenchmarkDetectBesideOthers(b *testing.B) {
	s := sample{"dense", synthetic.Corpus(31415, 256<<10, 16<<10)}
	tally := personaldata.New(personaldata.Options{})
	mine := map[string]synthetic.Score{}
	for name, labels := range found(b, tally, s.files) {
		synthetic.Add(mine, labelsOf(s, name), labels)
	}
	b.Run("probity", func(b *testing.B) { program(b, s, "", nil, mine) })
	for _, o := range finders() {
		b.Run(o.name, func(b *testing.B) { program(b, s, o.name, &o, mine) })
	}
}

func labelsOf(s sample, name string) []synthetic.Label {
	for _, f := range s.files {
		if f.Name == name {
			return f.Labels
		}
	}
	return nil
}

// perCore reports MB/s of processor time, the best of several runs: others use the machine too.
func perCore(b *testing.B, size int, scan func() int) {
	const enough = time.Second
	best := 0.
	for b.Loop() {
		for start := time.Now(); time.Since(start) < enough; {
			before := spent()
			scan()
			best = max(best, float64(size)/1e6/(spent()-before).Seconds())
		}
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(best, "MB/s")
}

func tokens(files []synthetic.File) (n int) {
	var lengths [256]int
	word := func(c byte) bool { return c-'0' < 10 || c|0x20-'a' < 26 }
	for _, f := range files {
		for i := 0; i < len(f.Text); i++ {
			from := i
			for i < len(f.Text) && word(f.Text[i]) {
				i++
			}
			lengths[(i-from)&255]++
		}
	}
	return lengths[1]
}

// spans counts what is found.
func spans(b *testing.B, tally *personaldata.Tally, files []synthetic.File) (n int) {
	for _, f := range files {
		tally.Clear()
		if err := tally.Document(f.Name).Spans(bytes.NewReader(f.Text), func(personaldata.Span) bool {
			n++
			return true
		}); err != nil {
			b.Fatal(err)
		}
	}
	return n
}

func found(b *testing.B, tally *personaldata.Tally, files []synthetic.File) map[string][]synthetic.Label {
	out := map[string][]synthetic.Label{}
	for _, f := range files {
		tally.Clear()
		var labels []synthetic.Label
		if err := tally.Document(f.Name).Spans(bytes.NewReader(f.Text), func(s personaldata.Span) bool {
			labels = append(labels, synthetic.Label{Start: s.Start, End: s.End, Detector: s.Detector})
			return true
		}); err != nil {
			b.Fatal(err)
		}
		out[f.Name] = labels
	}
	return out
}

// expressions are the shapes of detectors as regular expressions.
func expressions() (out []*regexp.Regexp) {
	for _, d := range detectors.All() {
		var forms []string
		for _, s := range d.Shapes {
			s = strings.NewReplacer(".", `\.`, "~", "[ -]", "9", "[0-9]", "A", "[A-Za-z]", "X", "[0-9A-Za-z]").Replace(braces.ReplaceAllStringFunc(s, counted))
			forms = append(forms, hidden.Replace(s))
		}
		if len(forms) > 0 {
			out = append(out, regexp.MustCompile(`\b(?:`+strings.Join(forms, "|")+`)\b`))
		}
	}
	return out
}

// Counts in braces are hidden while the digits of patterns are replaced.
var (
	braces = regexp.MustCompile(`\{[0-9-]+\}`)
	hidden = strings.NewReplacer("a", "0", "b", "1", "c", "2", "d", "3", "e", "4", "f", "5", "g", "6", "h", "7", "i", "8", "j", "9")
)

func counted(s string) string {
	return strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' {
			return c - '0' + 'a'
		}
		if c == '-' {
			return ','
		}
		return c
	}, s)
}

// compared tells scores by entity, the other's beside ours.
func compared(name string, theirs, mine map[string]synthetic.Score) string {
	var rows []string
	for id, s := range theirs {
		if s.Found+s.Missed > 0 {
			m := mine[id]
			rows = append(rows, fmt.Sprintf("%-20s %s: precision %.3f recall %.3f F1 %.3f; probity: precision %.3f recall %.3f F1 %.3f",
				id, name, s.Precision(), s.Recall(), s.F1(), m.Precision(), m.Recall(), m.F1()))
		}
	}
	slices.Sort(rows)
	return "\n" + strings.Join(rows, "\n")
}
