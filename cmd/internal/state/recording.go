package state

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"time"

	"github.com/probity-scan/probity"
)

// Recorded is the name of the scanner that reads recordings.
const Recorded = "recording"

// Mark is the file that makes a folder a recording.
const Mark = "probity-recording.json"

// Recording is what the mark says.
type Recording struct {
	Format  string    `json:"format"`
	Tool    string    `json:"tool"`
	Started time.Time `json:"started"` // when the scan began: what counts as now where it is judged
	Targets []string  `json:"targets"`
	Units   int       `json:"units"` // how many files of units there are
}

// Record writes a recording into a folder that is empty, or holds one. No label and no read of content gets into it.
func Record(dir string, rec Recording, units iter.Seq[Result]) error {
	if err := empty(dir); err != nil {
		return fmt.Errorf("recording into %s: %w", dir, err)
	}
	rec.Format = Format
	for r := range units {
		rec.Units++
		if err := r.inventory().write(unitFile(dir, rec.Units), rec.Started); err != nil {
			return fmt.Errorf("recording into %s: %w", dir, err)
		}
	}
	err := replace(filepath.Join(dir, Mark), func(f *os.File) error { return json.NewEncoder(f).Encode(rec) })
	if err != nil {
		return fmt.Errorf("recording into %s: %w", dir, err)
	}
	return nil
}

// Recordable refuses a folder that holds something else than a recording.
func Recordable(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err == nil && !IsRecording(dir) {
		err = errors.New("it holds something else: name a new folder")
	}
	if err != nil {
		return fmt.Errorf("--record %s: %w", dir, err)
	}
	return nil
}

// empty removes an earlier recording, its mark first: what is left of one is none.
func empty(dir string) error {
	if err := private(dir); err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(dir, Mark)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	old, err := filepath.Glob(filepath.Join(dir, "unit-*.jsonl"))
	for _, f := range old {
		err = errors.Join(err, os.Remove(f))
	}
	return err
}

// inventory is the result without what was learnt from content.
func (r Result) inventory() Result {
	out := Result{Coverage: r.Coverage, Calls: r.Calls, Assets: make([]*probity.Asset, len(r.Assets))}
	for i, held := range r.Assets {
		a := *held
		if _, gap := a.Labels.Value(); gap == nil || len(a.Labels.Items) > 0 {
			a.Labels = probity.Open[probity.Label](probity.Gap{Reason: probity.NotCollected, Because: "a recording keeps no labels"}, nil)
		}
		out.Assets[i] = &a
	}
	return out
}

func unitFile(dir string, n int) string { return filepath.Join(dir, "unit-"+number(n)+".jsonl") }

func number(n int) string { return fmt.Sprintf("%06d", n) }

// IsRecording reports whether a folder says that it is one, in whatever format.
func IsRecording(dir string) bool {
	_, err := os.Lstat(filepath.Join(dir, Mark))
	return err == nil
}

// ReadRecording reads the mark.
func ReadRecording(dir string) (Recording, error) {
	var rec Recording
	f, err := os.Open(filepath.Join(dir, Mark))
	if err != nil {
		return rec, fmt.Errorf("reading a recording: %w", err)
	}
	defer f.Close()
	if json.NewDecoder(bufio.NewReader(io.LimitReader(f, 1<<20))).Decode(&rec) != nil || rec.Format == "" {
		return rec, fmt.Errorf("reading a recording: %s is damaged", Mark)
	}
	if err := readable(rec.Format); err != nil {
		return rec, fmt.Errorf("reading a recording: %s: %w", Mark, err)
	}
	return rec, nil
}

// Player is the scanner of recordings: each file of a unit is a unit again.
type Player struct{}

// Scan implements [probity.Scanner]. The part of a unit is empty for the recording, and the number of a file.
func (Player) Scan(_ context.Context, u probity.Unit) iter.Seq2[probity.Found, error] {
	return func(yield func(probity.Found, error) bool) {
		if u.Part != "" {
			play(filepath.Join(u.Target, "unit-"+filepath.Base(u.Part)+".jsonl"), yield)
			return
		}
		rec, err := ReadRecording(u.Target)
		if err != nil {
			yield(nil, err)
			return
		}
		files, _ := filepath.Glob(filepath.Join(u.Target, "unit-*.jsonl"))
		for n := 1; n <= min(rec.Units, len(files)); n++ {
			child := u
			child.Part, child.Supplies = number(n), nil
			if !yield(child, nil) {
				return
			}
		}
		if len(files) != rec.Units {
			yield(nil, fmt.Errorf("reading a recording: it tells of %d units, and %d are there", rec.Units, len(files)))
		}
	}
}

func play(path string, yield func(probity.Found, error) bool) {
	r, _, err := read(path)
	for _, c := range r.Coverage {
		if !yield(c, nil) {
			return
		}
	}
	for _, c := range r.Calls {
		if !yield(c, nil) {
			return
		}
	}
	for _, a := range r.Assets {
		if !yield(*a, nil) {
			return
		}
	}
	if err != nil { // what came before the damage counts: it may be what a rule fails on
		yield(nil, fmt.Errorf("reading %s of a recording: %w", filepath.Base(path), err))
	}
}
