package state

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// Format is the version of the files of units; readers refuse a newer major.
const Format = "1.0"

// largest is how big a file of a unit may be that is read: what strangers send is bounded too.
const largest = 512 << 20

// Result is what a unit found, with names masked.
type Result struct {
	Assets   []*probity.Asset
	Coverage []probity.Coverage
	Calls    []probity.Calls
	Reads    []probity.Read
	Children []probity.Unit
}

// head is the first line of a unit's file.
type head struct {
	Format string    `json:"format"`
	At     time.Time `json:"at"` // when the unit had been scanned
}

// line is any other: one thing that was found, or the end.
type line struct {
	Asset    *probity.Asset    `json:"asset,omitempty"`
	Coverage *probity.Coverage `json:"coverage,omitempty"`
	Calls    *probity.Calls    `json:"calls,omitempty"`
	Read     *probity.Read     `json:"read,omitempty"`
	Unit     *probity.Unit     `json:"unit,omitempty"`
	End      *int              `json:"end,omitempty"` // how many lines stand between the first and this
}

func (r Result) write(path string, at time.Time) error {
	return replace(path, func(f *os.File) error { return r.Encode(f, at) })
}

// Encode writes what a unit found as lines of JSON, with when that was.
func (r Result) Encode(to io.Writer, at time.Time) error {
	w := bufio.NewWriterSize(to, 64<<10)
	enc, n := json.NewEncoder(w), 0
	enc.SetEscapeHTML(false)
	err := enc.Encode(head{Format, at.UTC()})
	put := func(l line) {
		if n++; err == nil {
			err = enc.Encode(l)
		}
	}
	for i := range r.Children {
		put(line{Unit: &r.Children[i]})
	}
	for i := range r.Coverage {
		put(line{Coverage: &r.Coverage[i]})
	}
	for i := range r.Calls {
		put(line{Calls: &r.Calls[i]})
	}
	for i := range r.Reads {
		put(line{Read: &r.Reads[i]})
	}
	for i := range r.Assets {
		put(line{Asset: r.Assets[i]})
	}
	if err == nil {
		err = enc.Encode(line{End: &n})
	}
	if err != nil {
		return err
	}
	return w.Flush()
}

// read gives what a unit's file holds and when that was found. An error names no content of it.
func read(path string) (r Result, at time.Time, err error) {
	f, err := os.Open(path)
	if err != nil {
		var p *fs.PathError
		if errors.As(err, &p) {
			err = p.Err
		}
		return r, at, err
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return r, at, err
	case !info.Mode().IsRegular():
		return r, at, errors.New("it is no file")
	case info.Size() > largest:
		return r, at, fmt.Errorf("it is larger than %d MB", largest>>20)
	}
	return Decode(f)
}

// Decode reads what [Result.Encode] wrote. An error tells nothing of what stands there.
func Decode(from io.Reader) (r Result, at time.Time, err error) {
	dec := json.NewDecoder(bufio.NewReaderSize(from, 64<<10))
	var h head
	if dec.Decode(&h) != nil || h.Format == "" {
		return r, at, errors.New("it is none of ours")
	}
	if err := readable(h.Format); err != nil {
		return r, at, err
	}
	err = r.lines(dec)
	return r, h.At, err
}

func readable(format string) error {
	if major, _, _ := strings.Cut(format, "."); major != "1" {
		return fmt.Errorf("it has format %.20q, and this probity reads %s", format, Format)
	}
	return nil
}

func (r *Result) lines(dec *json.Decoder) error {
	named := settingsOf()
	for n := 0; ; n++ {
		var l line
		err := dec.Decode(&l)
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return errors.New("it is cut off")
		case err != nil: // a parser's own words quote the file
			return fmt.Errorf("no valid content after byte %d", dec.InputOffset())
		}
		switch {
		case l.Unit != nil:
			r.Children = append(r.Children, *l.Unit)
		case l.Coverage != nil:
			r.Coverage = append(r.Coverage, *l.Coverage)
		case l.Calls != nil:
			r.Calls = append(r.Calls, *l.Calls)
		case l.Read != nil:
			r.Reads = append(r.Reads, *l.Read)
		case l.Asset != nil:
			if as := named[l.Asset.Kind]; as != nil {
				l.Asset.Settings = l.Asset.Settings.As(as)
			}
			r.Assets = append(r.Assets, l.Asset)
		case l.End != nil && *l.End == n:
			return nil
		default:
			return fmt.Errorf("its line %d says nothing that is known", n+2)
		}
	}
}

// settingsOf are the structs of settings by kind.
func settingsOf() map[probity.Kind]any {
	out := map[probity.Kind]any{}
	for _, k := range kinds.All() {
		if k.Settings != nil {
			out[k.Kind] = k.Settings
		}
	}
	return out
}
