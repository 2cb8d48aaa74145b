package state

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"time"

	"github.com/probity-scan/probity"
)

// Checkpoint is where one scan keeps the results of its units. It belongs to what was asked of which targets.
type Checkpoint struct {
	dir    string
	resume bool
	now    func() time.Time
	say    func(string)
	first  map[string]bool // units of targets themselves
	whole  bool
}

// Options tell a checkpoint what it is for.
type Options struct {
	Tool   string
	Units  []probity.Unit // of the targets, with what is asked
	Resume bool           // results that are there count
	Now    func() time.Time
	Say    func(line string) // what a person should know
}

// Checkpoint opens that of a scan, and removes those of others that are too old to go on from.
func (f *Folder) Checkpoint(o Options) (*Checkpoint, error) {
	digest, err := digestOf(o.Tool, o.Units)
	if err != nil {
		return nil, err
	}
	all := filepath.Join(f.dir, "checkpoints")
	c := &Checkpoint{dir: filepath.Join(all, digest), resume: o.Resume, now: o.Now, say: o.Say, first: map[string]bool{}}
	for _, u := range o.Units {
		key, err := digestOf("", u)
		if err != nil {
			return nil, err
		}
		c.first[key] = true
	}
	if err := private(all); err != nil {
		return nil, fmt.Errorf("state folder %s: %w", f.dir, err)
	}
	kept, others := f.kept(all, digest, o.Now())
	switch {
	case o.Resume && !kept && others:
		o.Say("what is kept in " + f.dir + " is of other targets, other questions or another probity: this scan begins anew")
	case o.Resume && !kept:
		o.Say("nothing is kept in " + f.dir + " to go on from: this scan begins anew")
	case kept && !o.Resume:
		o.Say("an earlier scan of this did not end, and this one begins anew: --resume goes on from what is kept")
	}
	if err := private(c.dir); err != nil {
		return nil, fmt.Errorf("state folder %s: %w", f.dir, err)
	}
	return c, nil
}

// kept reports whether there are results to go on from, of this scan and of others. What is too old goes.
func (f *Folder) kept(all, digest string, now time.Time) (this, others bool) {
	entries, _ := os.ReadDir(all)
	for _, e := range entries {
		dir := filepath.Join(all, e.Name())
		files, _ := os.ReadDir(dir)
		fresh := 0
		for _, file := range files {
			if info, err := file.Info(); err == nil && now.Sub(info.ModTime()) <= Age {
				fresh++
			}
		}
		switch {
		case fresh == 0:
			_ = os.RemoveAll(dir)
		case e.Name() == digest:
			this = true
		default:
			others = true
		}
	}
	return this, others
}

// digestOf names what was asked, or a unit.
func digestOf(tool string, of any) (string, error) {
	b, err := json.Marshal([]any{Format, tool, of})
	if err != nil {
		return "", fmt.Errorf("naming a checkpoint: %w", err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16]), nil
}

// Known is what a unit found before, if that counts still. Targets themselves are always asked anew: others may have logged in.
func (c *Checkpoint) Known(u probity.Unit) (Result, bool) {
	if c == nil || !c.resume {
		return Result{}, false
	}
	path, first, err := c.path(u)
	if err != nil || first {
		return Result{}, false
	}
	r, at, err := read(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Result{}, false
	case err != nil:
		c.say(path + ": " + err.Error() + ": its unit is scanned again")
		return Result{}, false
	case c.now().Sub(at) > Age || at.After(c.now()):
		return Result{}, false
	}
	for i := range r.Children {
		r.Children[i].Target, r.Children[i].Asks = u.Target, u.Asks
	}
	return r, true
}

// Keep writes what a unit found. Units that ask for other things than their parent are found again by asking the parent: what
// is asked may hold secrets.
func (c *Checkpoint) Keep(u probity.Unit, r Result) error {
	if c == nil {
		return nil
	}
	children := make([]probity.Unit, len(r.Children))
	for i, child := range r.Children {
		if child.Target != u.Target || !reflect.DeepEqual(child.Asks, u.Asks) {
			return nil
		}
		child.Target, child.Asks = "", probity.Asks{}
		children[i] = child
	}
	r.Children = children
	path, first, err := c.path(u)
	if err != nil || first {
		return err
	}
	if err := r.write(path, c.now()); err != nil {
		return fmt.Errorf("keeping a checkpoint: %w", err)
	}
	return nil
}

// Whole says that another scan could tell no more than this one.
func (c *Checkpoint) Whole() {
	if c != nil {
		c.whole = true
	}
}

// Close removes the checkpoint of a scan that ended whole, and reports whether one stays to go on from.
func (c *Checkpoint) Close() (stays bool, err error) {
	if c == nil {
		return false, nil
	}
	if !c.whole {
		return true, nil
	}
	if err := os.RemoveAll(c.dir); err != nil {
		return true, fmt.Errorf("removing a checkpoint: %w", err)
	}
	return false, nil
}

func (c *Checkpoint) path(u probity.Unit) (path string, first bool, err error) {
	key, err := digestOf("", u)
	return filepath.Join(c.dir, key+".jsonl"), c.first[key], err
}
