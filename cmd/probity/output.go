package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/term"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/gate"
)

// outputs are the reports to write. Files are opened before the scan, so that a wrong path costs no scan, and take their
// name only when they are whole.
type outputs struct {
	to     []output
	stdout bool
}

type output struct {
	format string
	path   string
	temp   *os.File // nil: stdout
	w      io.Writer
}

func openOutputs(specs []string, stdout io.Writer) (*outputs, error) {
	o := &outputs{}
	for _, spec := range specs {
		format, path, ok := strings.Cut(spec, "=")
		if !ok {
			path = "-"
		}
		if !known(format) || path == "" {
			o.discard()
			return nil, fmt.Errorf("-o %s: write FORMAT=FILE with one of %s", spec, strings.Join(formats(), ", "))
		}
		if path == "-" {
			if o.stdout {
				o.discard()
				return nil, errors.New("-o: only one report fits on stdout")
			}
			o.stdout = true
			o.to = append(o.to, output{format: format, path: path, w: stdout})
			continue
		}
		// 0600: a report is a map of the data.
		temp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
		if err != nil {
			o.discard()
			return nil, fmt.Errorf("-o %s: %s", spec, brief(err))
		}
		o.to = append(o.to, output{format: format, path: path, temp: temp, w: temp})
	}
	return o, nil
}

func formats() []string {
	var out []string
	for _, f := range reports.Formats() {
		out = append(out, f.Name)
	}
	return out
}

func known(format string) bool {
	for _, f := range formats() {
		if f == format {
			return true
		}
	}
	return false
}

func (o *outputs) write(scan probity.Scan, d gate.Decision) error {
	for i, out := range o.to {
		if err := writeReport(out, scan, d); err != nil {
			return fmt.Errorf("writing %s: %w", out.format, err)
		}
		if out.temp == nil {
			continue
		}
		if err := out.temp.Close(); err != nil {
			return fmt.Errorf("writing %s: %w", out.path, err)
		}
		if err := os.Rename(out.temp.Name(), out.path); err != nil {
			return fmt.Errorf("writing %s: %w", out.path, err)
		}
		o.to[i].temp = nil
	}
	return nil
}

func writeReport(out output, scan probity.Scan, d gate.Decision) error {
	if out.format == "sarif" {
		return reports.SARIF(out.w, scan, reports.SARIFOptions{ExitCode: &d.Code, ExitReason: d.Reason})
	}
	for _, f := range reports.Formats() {
		if f.Name == out.format {
			return f.Write(out.w, scan)
		}
	}
	return nil
}

// discard removes what was not finished.
func (o *outputs) discard() {
	for _, out := range o.to {
		if out.temp != nil {
			_ = out.temp.Close()
			_ = os.Remove(out.temp.Name())
		}
	}
}

// brief is an error's last cause with its path: "out/x.sarif: no such file or directory".
func brief(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Path + ": " + p.Err.Error()
	}
	return err.Error()
}

// printable strips what could steer a terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 || r >= 0x7f && r < 0xa0 {
			return ' '
		}
		return r
	}, s)
}

func terminal(w io.Writer) (int, bool) {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) || os.Getenv("TERM") == "dumb" {
		return 0, false
	}
	return int(f.Fd()), true
}

func width(w io.Writer) int {
	if fd, ok := terminal(w); ok {
		if n, _, err := term.GetSize(fd); err == nil {
			return n
		}
	}
	return 0
}

func colourful(w io.Writer) bool {
	_, ok := terminal(w)
	return ok && os.Getenv("NO_COLOR") == ""
}
