package content

import (
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/probity-scan/probity"
)

const entries = 10000 // of one archive

// errEnough stops the reading of an archive; its gap is set.
var errEnough = errors.New("enough of the archive")

// nested is what the entries of an archive share: columns by name, the budget, and the gaps.
type nested struct {
	*parser
	cols   map[string]*Column
	count  int
	losses int
}

func (p *parser) nested() *nested { return &nested{parser: p, cols: map[string]*Column{}} }

// entry reads one file of an archive: its columns stand below its name, "people.csv:email".
func (n *nested) entry(name string, r io.Reader) error {
	if err := n.more(); err != nil {
		return err
	}
	shown := entryName(name)
	o := n.opts
	o.Bytes, o.Size, o.At = o.Bytes-n.rep.Bytes, 0, nil
	at := shown
	if _, ok := o.dumped(path.Base(unpacked(shown))); ok {
		at = "" // its tables are those of the archive
	}
	own := map[*Column]*Column{}
	rep, err := read(n.ctx, path.Base(shown), r, o, func(c *Column, b []byte) error {
		to := own[c]
		if to == nil {
			to = n.column(at, c)
			own[c] = to
		}
		return n.each(to, b)
	}, n.deep+1)
	n.rep.Bytes += rep.Bytes
	n.rep.Records += rep.Records
	n.lose(shown, rep.Gap)
	return err
}

// more counts an entry, and stops where the archive has had its share.
func (n *nested) more() error {
	if n.count++; n.count > entries {
		n.lose("", &probity.Gap{Reason: probity.Sampled, Because: fmt.Sprintf("first %d files of an archive", entries)})
		return errEnough
	}
	if n.rep.Bytes >= n.opts.Bytes {
		n.lose("", &probity.Gap{Reason: probity.Sampled, Because: "first " + units(n.rep.Bytes) + " of what an archive holds", Needs: "a larger --bytes"})
		return errEnough
	}
	return nil
}

func (n *nested) column(entry string, c *Column) *Column {
	at := entry
	if c.Path != "" {
		at = strings.TrimPrefix(at+":"+c.Path, ":")
	}
	return n.place(at, c.Name)
}

// place is the one column of a path; those beyond the limit are one.
func (n *nested) place(at, name string) *Column {
	if len(n.cols) >= n.opts.Columns && n.cols[at] == nil {
		at, name = "*", ""
	}
	to := n.cols[at]
	if to == nil {
		to = &Column{Path: at, Name: name}
		n.cols[at] = to
	}
	return to
}

// lose keeps the worst gap, and counts losses. A format that is not read is told alike, whichever file has it.
func (n *nested) lose(entry string, g *probity.Gap) {
	if g == nil {
		return
	}
	if g.Reason.Loss() {
		n.losses++
	}
	if had := n.rep.Gap; had != nil && rank(had.Reason) <= rank(g.Reason) {
		return
	}
	own := *g
	if entry != "" && g.Reason != probity.NotCollected {
		own.Because = entry + ": " + g.Because
	}
	n.rep.Gap = &own
}

// done says how many more were lost.
func (n *nested) done(err error) error {
	if n.losses > 1 {
		n.rep.Gap.Because += fmt.Sprintf(", and %d more files of the archive", n.losses-1)
	}
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

func rank(r probity.Reason) int {
	if r.Loss() {
		return -1
	}
	return slices.Index(probity.Reasons(), r)
}

// entryName is how an entry's name is told: a path below the archive, whatever it claims, in one line of limited length.
func entryName(name string) string {
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || r == utf8.RuneError {
			return '_'
		}
		return r
	}, strings.ReplaceAll(name, `\`, "/"))
	name = strings.TrimPrefix(path.Clean("/"+name), "/")
	if r := []rune(name); len(r) > 200 {
		name = "…" + string(r[len(r)-199:])
	}
	if name == "" {
		return "_"
	}
	return name
}
