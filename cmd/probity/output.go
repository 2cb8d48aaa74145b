package main

import (
	"crypto/ed25519"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/term"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/evidence"
	"github.com/probity-scan/probity/reports/gate"
	"github.com/probity-scan/probity/reports/language"
)

// outputs are the reports to write. Files are opened before the scan, so that a wrong path costs no scan, and take their
// name only when they are whole.
type outputs struct {
	to         []output
	stdout     bool
	categories bool                     // texts for pull requests may name categories of personal data
	language   *language.Language       // of pages
	key        ed25519.PrivateKey       // that signs evidence packs; nil: none does
	keep       func(probity.Scan) error // takes the scan into the history; nil: there is none
	life       *reports.Life            // what the history said of it; nil: nothing
}

// taken hands the judged scan to the history.
func (o *outputs) taken(scan probity.Scan) error {
	if o.keep == nil {
		return nil
	}
	return o.keep(scan)
}

type output struct {
	format string
	path   string
	given  string   // as the person wrote it
	dir    *os.Root // that path is below; nil: stdout
	temp   *os.File
	whole  *os.File // what is no regular file, and takes no other name
	w      io.Writer
}

// spec is an output as written. One of a configuration file that was found, not named, is confined: it stays below the
// current directory, whatever links lie there, and replaces nothing but an earlier report.
type spec struct {
	text     string
	confined bool
}

func openOutputs(specs []spec, stdout io.Writer) (*outputs, error) {
	return openOutputsIn(formats(), specs, stdout)
}

// openOutputsIn takes other formats than those of scans.
func openOutputsIn(formats []string, specs []spec, stdout io.Writer) (*outputs, error) {
	o := &outputs{}
	for _, sp := range specs {
		spec := sp.text
		format, path, ok := strings.Cut(spec, "=")
		if !ok {
			path = "-"
		}
		if !slices.Contains(formats, format) || path == "" {
			o.discard()
			return nil, fmt.Errorf("-o %s: write FORMAT=FILE with one of %s", spec, strings.Join(formats, ", "))
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
		if slices.ContainsFunc(o.to, func(before output) bool { return before.given == filepath.Clean(path) }) {
			o.discard()
			return nil, fmt.Errorf("-o %s: another report goes there", spec)
		}
		out, err := openFile(format, path, sp.confined)
		if err != nil {
			o.discard()
			return nil, fmt.Errorf("-o %s: %s", spec, brief(err))
		}
		out.given = filepath.Clean(path)
		o.to = append(o.to, out)
	}
	return o, nil
}

// openFile makes the file that becomes the report. 0600: it is a map of the data.
func openFile(format, path string, confined bool) (output, error) {
	if info, err := os.Lstat(path); err == nil && !confined {
		switch {
		case info.IsDir():
			return output{}, errors.New(path + " is a folder")
		case !info.Mode().IsRegular(): // a device, a pipe, a link: written to, not replaced
			f, err := os.OpenFile(path, os.O_WRONLY|os.O_TRUNC, 0)
			if err != nil {
				return output{}, err
			}
			return output{format: format, path: path, whole: f, w: f}, nil
		}
	}
	dir, name := filepath.Split(path)
	if confined {
		dir, name = ".", path
	} else if dir == "" {
		dir = "."
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return output{}, err
	}
	if confined && !replaceable(root, name) {
		root.Close()
		return output{}, fmt.Errorf("%s is there and is no report: name it by -o to replace it", path)
	}
	temp, err := root.OpenFile(partial(name), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		root.Close()
		return output{}, err
	}
	return output{format: format, path: name, dir: root, temp: temp, w: temp}, nil
}

// partial is a report's name while it is written.
func partial(name string) string {
	return filepath.Join(filepath.Dir(name), "."+filepath.Base(name)+"."+strconv.Itoa(os.Getpid()))
}

// replaceable reports whether nothing is there, or a report of ours.
func replaceable(root *os.Root, name string) bool {
	f, err := root.Open(name)
	if err != nil {
		return true // not there; or out of reach, as writing it will say
	}
	defer f.Close()
	head := make([]byte, 512)
	n, _ := io.ReadFull(f, head)
	text := string(head[:n])
	return strings.HasPrefix(text, "<!doctype html>") && strings.Contains(text, "Content-Security-Policy") ||
		slices.ContainsFunc(heads(), func(h string) bool { return strings.HasPrefix(text, h) })
}

// heads are how reports begin.
func heads() []string {
	return []string{`{"format":"`, `{"$schema":"https://json.schemastore.org/sarif-`, reports.MarkdownMarker, xml.Header + `<testsuites name="probity">`,
		`{"version":"15.`, "[\n{\"description\":\"", "[]\n", "::error ", "::warning ", "::notice ",
		`{"record":"scan"`, `{"assessment-results":`, "[\n{\"SchemaVersion\":", "[\n{\"class_uid\":", "verdict,severity,state,rule,", "asset,root,name,kind,", "of,loss,reason,asset,"}
}

func formats() []string {
	var out []string
	for _, f := range reports.Formats() {
		out = append(out, f.Name)
	}
	return append(out, evidenceFormat)
}

// evidenceFormat is a pack of several reports: no format of a report.
const evidenceFormat = "evidence"

func (o *outputs) write(scan probity.Scan, d gate.Decision) error {
	return o.each(func(out output) error { return o.report(out, scan, d) })
}

// each writes all and gives them their names.
func (o *outputs) each(write func(output) error) error {
	for i, out := range o.to {
		if err := write(out); err != nil {
			return fmt.Errorf("writing %s: %w", out.format, err)
		}
		if out.whole != nil {
			if err := out.whole.Close(); err != nil {
				return fmt.Errorf("writing %s: %w", out.path, err)
			}
			o.to[i].whole = nil
		}
		if out.temp == nil {
			continue
		}
		if err := out.temp.Close(); err != nil {
			return fmt.Errorf("writing %s: %w", out.path, err)
		}
		if err := out.dir.Rename(partial(out.path), out.path); err != nil {
			return fmt.Errorf("writing %s: %w", out.path, err)
		}
		o.to[i].temp = nil
	}
	return nil
}

// report writes one report. Where every reader of a repository reads it, it gets no more than they may know.
func (o *outputs) report(out output, scan probity.Scan, d gate.Decision) error {
	if out.format == evidenceFormat {
		return evidence.Write(out.w, scan, o.language, o.key)
	}
	exit := reports.SARIFOptions{ExitCode: &d.Code, ExitReason: d.Reason}
	for _, f := range reports.Formats() {
		if f.Name != out.format {
			continue
		}
		if f.Public && !o.categories {
			scan = reports.Public(scan)
		}
		switch f.Name {
		case "html":
			return reports.HTML(out.w, scan, reports.HTMLOptions{Language: o.language})
		case "sarif":
			exit.Life = o.life
			return reports.SARIF(out.w, scan, exit)
		case "github-sarif":
			return reports.GitHubSARIF(out.w, scan, exit)
		}
		return f.Write(out.w, scan)
	}
	return nil
}

// discard removes what was not finished.
func (o *outputs) discard() {
	for _, out := range o.to {
		if out.temp != nil {
			_ = out.temp.Close()
			_ = out.dir.Remove(partial(out.path))
		}
		if out.whole != nil {
			_ = out.whole.Close()
		}
		if out.dir != nil {
			_ = out.dir.Close()
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

// printable strips what could steer a terminal, or the runner of a job: GitHub's takes "##[" anywhere in a line for a command.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 || r >= 0x7f && r < 0xa0 {
			return ' '
		}
		return r
	}, strings.ReplaceAll(s, "##[", "## ["))
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
