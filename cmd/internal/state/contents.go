package state

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/database"
	"github.com/probity-scan/probity/scanners/objects"
)

// Contents is what objects of live stores and tables were found to hold, from one scan to the next: labels and counts, no names of
// objects or tables and no values. They and their stores stand under digests that only the installation's key makes. It implements the
// scanners' Memory.
type Contents struct {
	dir string
	o   ContentsOptions

	mu     sync.Mutex
	stores map[string]*remembered
}

// ContentsOptions say what is remembered for how long.
type ContentsOptions struct {
	Key      []byte        // of the installation
	Sought   string        // what was looked for, and by what: whoever seeks something else reads again
	Now      time.Time     // of this scan
	Lifetime time.Duration // after which content is read again, changed or not; 0: never
}

// remembered is one store: what was known before, and what of it still holds.
type remembered struct {
	known map[string]remains
	still map[string]remains
	read  bool // something was read anew
}

// remains is what is left of one look at an object.
type remains struct {
	At     time.Time `json:"at"`
	Labels []kept    `json:"labels,omitempty"`

	Table *database.Look `json:"table,omitempty"`
}

// kept is a label without the name of its object.
type kept struct {
	Column string        `json:"column,omitempty"`
	Line   int           `json:"line,omitempty"`
	Label  probity.Label `json:"label"`
}

// Contents opens what earlier scans found in objects and tables.
func (f *Folder) Contents(o ContentsOptions) (*Contents, error) {
	dir := filepath.Join(f.dir, "contents")
	if err := private(dir); err != nil {
		return nil, fmt.Errorf("state folder %s: %w", f.dir, err)
	}
	return &Contents{dir: dir, o: o, stores: map[string]*remembered{}}, nil
}

func (c *Contents) digest(parts ...string) string {
	m := hmac.New(sha256.New, c.o.Key)
	for _, p := range parts {
		fmt.Fprintf(m, "%d %s", len(p), p)
	}
	return hex.EncodeToString(m.Sum(nil)[:16])
}

// store reads what is kept of a store; a file that cannot be read is as none.
func (c *Contents) store(name string) *remembered {
	if r := c.stores[name]; r != nil {
		return r
	}
	r := &remembered{known: map[string]remains{}, still: map[string]remains{}}
	if b, err := os.ReadFile(c.path(name)); err == nil {
		if json.Unmarshal(b, &r.known) != nil {
			r.known = map[string]remains{}
		}
	}
	c.stores[name] = r
	return r
}

func (c *Contents) path(store string) string {
	return filepath.Join(c.dir, c.digest("store", store)+".json")
}

// Recall gives the labels of an object as it was at a version, with the time at which it was read.
func (c *Contents) Recall(store, object, version string) ([]objects.Placed, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	was, ok := c.recall(store, "object", object, version)
	if !ok {
		return nil, false
	}
	out := make([]objects.Placed, len(was.Labels))
	for i, l := range was.Labels {
		l.Label.AsOf = was.At
		out[i] = objects.Placed{Label: l.Label, Column: l.Column, Line: l.Line}
	}
	return out, true
}

// recall gives what is left of a look at a version of something. What is recalled is kept for the next scan.
func (c *Contents) recall(store string, what ...string) (remains, bool) {
	r, at := c.store(store), c.digest(append(what, c.o.Sought)...)
	was, ok := r.known[at]
	if !ok || c.o.Lifetime > 0 && c.o.Now.Sub(was.At) > c.o.Lifetime {
		return remains{}, false
	}
	r.still[at] = was
	return was, true
}

func (c *Contents) keep(found remains, store string, what ...string) {
	r := c.store(store)
	r.still[c.digest(append(what, c.o.Sought)...)], r.read = found, true
}

// Keep notes what an object holds.
func (c *Contents) Keep(store, object, version string, labels []objects.Placed) {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := make([]kept, len(labels))
	for i, l := range labels {
		l.On, l.Version, l.Origin, l.AsOf = "", "", nil, time.Time{}
		out[i] = kept{Column: l.Column, Line: l.Line, Label: l.Label}
	}
	c.keep(remains{At: c.o.Now, Labels: out}, store, "object", object, version)
}

// Save writes what is known now of the stores that were read. What no scan met any more is forgotten.
func (c *Contents) Save() error {
	if c == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	var all []error
	for name, r := range c.stores {
		if !r.read && len(r.still) == len(r.known) {
			continue
		}
		if err := replace(c.path(name), func(f *os.File) error { return json.NewEncoder(f).Encode(r.still) }); err != nil && !errors.Is(err, fs.ErrNotExist) {
			all = append(all, fmt.Errorf("keeping what was found: %w", err))
		}
	}
	return errors.Join(all...)
}
