package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/state"
	"github.com/probity-scan/probity/scanners"
	"github.com/probity-scan/probity/scanners/aws"
)

// stateFlags are the flags by which a scan keeps what it finds on the way.
type stateFlags struct {
	folder string
	resume bool
	record string
}

func (f *stateFlags) flags(fs *pflag.FlagSet) {
	fs.StringVar(&f.folder, "state", "", "folder in which a scan keeps what it has found until it ends, for --resume; scans of code and files keep nothing without it (default $XDG_STATE_HOME/probity or ~/.local/state/probity)")
	fs.BoolVar(&f.resume, "resume", false, "go on from what an earlier scan of the same, which did not end, has kept for up to a day")
	fs.StringVar(&f.record, "record", "", "folder for a recording of the inventory, without labels: probity scan FOLDER judges it again, and asks nobody")
}

// keeping is what a scan keeps; nil: nothing.
type keeping struct {
	folder     *state.Folder
	checkpoint *state.Checkpoint
	dir        string
	resume     bool
	say        func(string)
}

// keep opens the state folder where the scan wants one: for live targets, and where it is named.
// The history's folder is held already: what else is kept may stand in it.
func (f *stateFlags) keep(s *settled, say func(string)) (*keeping, error) {
	if f.record != "" {
		if err := state.Recordable(f.record); err != nil {
			return nil, err
		}
		s.record = f.record
	}
	dir := f.folder
	past, held := s.past.folder()
	switch {
	case dir != "":
	case past != "" && slices.ContainsFunc(s.units, scanners.Live):
		dir = past
	case slices.ContainsFunc(s.units, scanners.Live):
		dir = stateFolder()
	case f.resume:
		return nil, errors.New("--resume: scans of code and files keep nothing to go on from, unless --state names a folder")
	default:
		return nil, nil
	}
	if held != nil && filepath.Clean(dir) == filepath.Clean(past) {
		return &keeping{folder: held, dir: dir, resume: f.resume, say: say}, nil
	}
	folder, err := state.Open(dir)
	switch {
	case errors.Is(err, state.ErrLocked):
		return nil, fmt.Errorf("%w: wait for its end, or name another folder by --state", err)
	case err != nil && (f.folder != "" || f.resume):
		return nil, err
	case err != nil:
		say(brief(err) + ": nothing is kept to go on from")
		return nil, nil
	}
	return &keeping{folder: folder, dir: dir, resume: f.resume, say: say}, nil
}

// stateFolder is the person's own; empty where there is no home.
func stateFolder() string {
	dir := os.Getenv("XDG_STATE_HOME")
	if !filepath.IsAbs(dir) {
		home, err := os.UserHomeDir()
		if err != nil {
			return ""
		}
		dir = filepath.Join(home, ".local", "state")
	}
	return filepath.Join(dir, "probity")
}

// begin opens the checkpoint of what is asked.
func (k *keeping) begin(units []probity.Unit, now func() time.Time) (*state.Checkpoint, error) {
	if k == nil {
		return nil, nil
	}
	var err error
	k.checkpoint, err = k.folder.Checkpoint(state.Options{Tool: versionText(), Units: units, Resume: k.resume, Now: now, Say: k.say})
	return k.checkpoint, err
}

// contents opens what objects and tables were found to hold, where content is read; nil: nothing is kept of it.
func (k *keeping) contents(read bool, key func() ([]byte, error), o state.ContentsOptions) (*state.Contents, error) {
	if k == nil || !read {
		return nil, nil
	}
	b, err := key()
	if err != nil {
		return nil, fmt.Errorf("remembering what is in stores: %w", err)
	}
	o.Key = b
	return k.folder.Contents(o)
}

// reads reports whether content is read that may be found unchanged later.
func (s *settled) reads() bool {
	return slices.ContainsFunc(s.units, func(u probity.Unit) bool {
		return u.Asks.Content != nil && (u.Scanner != aws.Name || len(u.Asks.Live.Content) > 0)
	})
}

// end removes the checkpoint of a scan that ended whole. Of another it says how to go on, in the last line.
func (k *keeping) end(ctx context.Context, scan probity.Scan, targets []string) {
	if k == nil {
		return
	}
	stays, err := k.checkpoint.Close()
	if err != nil {
		k.say(err.Error())
	}
	if !stays {
		return
	}
	again := "probity scan " + strings.Join(targets, " ") + " --resume, with the flags of this scan"
	switch {
	case slices.ContainsFunc(scan.Trouble, func(t probity.Trouble) bool { return t.Gap.Reason == probity.Expired }):
		k.say(printable("the credentials expired: log in, and go on with " + again))
	case ctx.Err() != nil:
		k.say(printable("stopped: go on with " + again))
	default:
		k.say(printable("what could not be read for now is asked again by " + again))
	}
}

// tell says a line; where nothing is kept there is nothing to say.
func (k *keeping) tell(line string) {
	if k != nil {
		k.say(line)
	}
}

// close lets others have the folder.
func (k *keeping) close() {
	if k != nil {
		_ = k.folder.Close()
	}
}
