package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/probity-scan/probity/reports/gate"
	"github.com/probity-scan/probity/scanners/content"
	"github.com/probity-scan/probity/scanners/objects"
	"github.com/probity-scan/probity/scanners/personaldata"
)

// span is a line of --spans. It has no value: who holds the file can cut it out.
type span struct {
	File       string  `json:"file"`
	Start      int     `json:"start"` // in bytes
	End        int     `json:"end"`
	Detector   string  `json:"detector"`
	Confidence float64 `json:"confidence"`
}

func detectCommand(stdin io.Reader, stdout, stderr io.Writer) *cobra.Command {
	var spans bool
	var file string
	c := &cobra.Command{
		Use:   "detect FILE...",
		Short: "Show where files hold personal data",
		Long: `Detect reads text files (prose, logs, CSV, JSON, SQL, settings) and tells on each line what it found
where and how sure it is; the values are masked. Other formats (PDF, office documents, archives, what is packed)
are told by the places in them. Folders are read with all files below them, - is stdin.

It exits 0 whatever it finds, and 3 if a file could not be read.`,
		Example: `  probity detect export.csv logs/
  probity detect --spans dump.sql > spans.ndjson`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			all, err := detectorsOf(file)
			if err != nil {
				return err
			}
			out := bufio.NewWriter(stdout)
			d := &detection{ctx: cmd.Context(), out: out, stderr: stderr, spans: spans, tally: personaldata.New(personaldata.Options{Detectors: all})}
			for _, arg := range args {
				if arg == "-" {
					d.report("-", d.read("-", stdin))
					continue
				}
				d.walk(arg)
			}
			if err := out.Flush(); err != nil {
				return err
			}
			if d.lost > 0 {
				return exit{gate.Incomplete, fmt.Sprintf("%d files were not read in full", d.lost)}
			}
			return nil
		},
	}
	c.Flags().BoolVar(&spans, "spans", false, "write a line of JSON for each: file, start and end in bytes, detector, confidence")
	c.Flags().StringVar(&file, "config", "", "file whose detectors section counts")
	return c
}

type detection struct {
	ctx    context.Context
	out    *bufio.Writer
	stderr io.Writer
	spans  bool
	tally  *personaldata.Tally
	dumps  objects.Dumps
	lost   int
}

// walk reads a file, or all files below a folder.
func (d *detection) walk(arg string) {
	err := filepath.WalkDir(arg, func(name string, e fs.DirEntry, err error) error {
		switch {
		case d.ctx.Err() != nil:
			return d.ctx.Err()
		case err != nil:
			d.report(name, err)
		case e.Type().IsRegular() || name == arg && !e.IsDir():
			d.report(name, d.open(name))
		}
		return nil
	})
	if err != nil {
		d.report(arg, err)
	}
}

func (d *detection) report(name string, err error) {
	if err != nil {
		d.lost++
		fmt.Fprintf(d.stderr, "probity: reading %s: %v\n", name, err)
	}
}

func (d *detection) open(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return d.read(name, f)
}

func (d *detection) read(name string, r io.Reader) error {
	const head = 4 << 10
	in := bufio.NewReaderSize(r, head)
	first, err := in.Peek(head)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if !content.Plain(first) || !d.spans && d.dump(name) != nil {
		return d.places(name, in, r)
	}
	document := d.document(name)
	if d.spans {
		enc := json.NewEncoder(d.out)
		enc.SetEscapeHTML(false)
		return document.Spans(in, func(s personaldata.Span) bool {
			return enc.Encode(span{name, s.Start, s.End, s.Detector, s.Confidence}) == nil && d.ctx.Err() == nil
		})
	}
	lines := &lineCounter{in: in}
	return document.Spans(lines, func(s personaldata.Span) bool {
		line, column := lines.at(s.Start)
		fmt.Fprintf(d.out, "%s:%d:%d: %s (%.2f) ‹%d bytes›\n", name, line, column, s.Detector, s.Confidence, s.End-s.Start)
		return d.ctx.Err() == nil
	})
}

// document forgets the file before.
func (d *detection) document(name string) *personaldata.Document {
	d.tally.Clear()
	return d.tally.Document(name)
}

// lineCounter remembers where lines begin in what was read and not yet asked about.
type lineCounter struct {
	in     io.Reader
	read   int
	starts []int // of lines that are still to come
	line   int
	begin  int // of that line
}

func (l *lineCounter) Read(p []byte) (int, error) {
	n, err := l.in.Read(p)
	for i, b := range p[:n] {
		if b == '\n' {
			l.starts = append(l.starts, l.read+i+1)
		}
	}
	l.read += n
	return n, err
}

// at gives the line and column of an offset, both from 1; offsets come in order.
func (l *lineCounter) at(offset int) (line, column int) {
	n := 0
	for n < len(l.starts) && l.starts[n] <= offset {
		l.begin = l.starts[n]
		n++
	}
	l.line += n
	l.starts = l.starts[n:]
	return l.line + 1, offset - l.begin + 1
}
