package reports

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"io"
	"io/fs"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/language"
)

//go:embed page
var page embed.FS

// HTMLOptions bound the page. The zero value fits a mail and a printer.
type HTMLOptions struct {
	Findings int                // shown with their evidence, shared among the rules that fail; 0 is 1,000
	Register int                // lines of the register, store by store; 0 is 200,000
	Language *language.Language // nil: English
	Rows     int                // of each inventory: assets, labels, gaps; 0 is 500
}

// HTML writes one self-contained page. It loads nothing and runs nothing: its policy allows its own style alone.
//
// The page is bounded however big the estate is; whatever is left out is counted where it would stand.
func HTML(w io.Writer, scan probity.Scan, o HTMLOptions) error {
	v, err := newView(scan, o)
	if err != nil {
		return err
	}
	if v.CSS, v.Policy, err = stylesheet(); err != nil {
		return err
	}
	t, err := Templates(o.Language, nil, page, "page/*.gohtml")
	if err != nil {
		return err
	}
	b := bufio.NewWriter(w)
	if err := first(t.ExecuteTemplate(b, "page.gohtml", v), v.wrong); err != nil {
		return err
	}
	return b.Flush()
}

// Style is the style of all pages for people, on one line: the Nu checker hashes others wrong.
func Style() ([]byte, error) {
	b, err := page.ReadFile("page/page.css")
	return bytes.ReplaceAll(b, []byte("\n"), nil), err
}

// Templates are those of files with what all pages have in common: words in a language, charts, the names of severities. They may call
// more functions.
func Templates(in *language.Language, more template.FuncMap, files fs.FS, patterns ...string) (*template.Template, error) {
	t, err := template.New("page").Funcs(helpers(in)).Funcs(more).ParseFS(page, "page/shared.gohtml")
	if err != nil {
		return nil, err
	}
	return t.ParseFS(files, patterns...)
}

// stylesheet is the style of a page that is a file, and the policy that allows it alone.
func stylesheet() (css template.CSS, policy string, err error) {
	b, err := Style()
	if err != nil {
		return "", "", err
	}
	sum := sha256.Sum256(b)
	return template.CSS(b), "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; img-src data:; base-uri 'none'; form-action 'none'", nil
}
