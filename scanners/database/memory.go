package database

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/sample"
)

// Memory keeps what tables were found to hold, so that one that has not changed is not read again. Nil remembers nothing.
type Memory interface {
	// RecallTable gives what a table was found to hold at a version; false for one that was not read, or too long ago.
	RecallTable(store, table, version string) (Look, bool)
	KeepTable(store, table, version string, l Look)
}

// Look is what reading a table came to, without a name of it.
type Look struct {
	At     time.Time         `json:"at"`
	Rows   probity.Fact[int] `json:"rows,omitzero"`
	Labels []probity.Label   `json:"labels,omitempty"`
	Gap    *probity.Gap      `json:"gap,omitempty"` // why there may be more
	Ages   []probity.Age     `json:"ages,omitempty"`
	Aged   bool              `json:"aged,omitempty"` // somebody asked for ages
	Again  bool              `json:"-"`              // of an earlier scan
}

// recall gives what a table was found to hold while it was as it is.
func (o Options) recall(store, table, version string) (Look, bool) {
	if o.Memory == nil || version == "" {
		return Look{}, false
	}
	l, ok := o.Memory.RecallTable(store, table, version)
	l.Again = true
	return l, ok
}

// keep notes what a table holds.
func (o Options) keep(store, table, version string, l Look) {
	if o.Memory == nil || version == "" {
		return
	}
	o.Memory.KeepTable(store, table, version, l)
}

// onto puts what was found into a table's asset. One that was not read again says so, and since when.
func (l Look) onto(a *probity.Asset, asked *probity.Origin) {
	at := *asked
	if l.Again {
		at.Query, at.At = strings.TrimSpace(at.Query+" (not changed since)"), l.At
	}
	for i := range l.Labels {
		l.Labels[i].Origin, l.Labels[i].AsOf = &at, l.At
	}
	a.Labels, a.Retention.Oldest = listOf(l.Labels, l.Gap, &at), sample.AgesOf(l.Ages, l.Aged, l.Gap, &at)
}

func listOf[T any](items []T, gap *probity.Gap, o *probity.Origin) probity.List[T] {
	if gap != nil {
		return probity.Open(*gap, o, items...)
	}
	return probity.Whole(o, items...)
}

// stamp tells one form and state of a table from another, and how much of it was asked for; empty where the server does not tell.
func (t *held) stamp(rows int) string {
	if t.version == "" || t.gap != nil {
		return ""
	}
	h := sha256.New()
	fmt.Fprintf(h, "%q %d %q %q %d", t.version, rows, t.columns, t.comments, t.binary)
	return hex.EncodeToString(h.Sum(nil))
}

// seen is the version that labels bear.
func (t *held) seen() string {
	if t.version == "" {
		return ""
	}
	h := sha256.Sum256([]byte(t.version))
	return "statistics:" + hex.EncodeToString(h[:8])
}

// stamp tells one state of the file from another, as [held.stamp] does of a table, and where it lies. A change that was begun may be
// rolled back.
func (f *file) stamp(t listed, rows int) (store, version string) {
	name, err := filepath.Abs(open(f.unit))
	if st, none := os.Stat(name + "-journal"); err != nil || f.version == "" || none == nil && st.Size() > 0 {
		return "", ""
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s %s %d %q", f.version, f.state, rows, t.columns)
	return scheme + name, hex.EncodeToString(h.Sum(nil))
}
