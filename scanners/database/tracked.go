package database

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/probity-scan/probity"
)

const (
	largestIndex = 128 << 20 // bytes of an index of Git that is read
	highest      = 64        // folders above a file in which its repository is looked for
)

// tracked reports whether a file is in the repository of Git that it lies in, by the index of that. What was there before and is no
// more is in its history alone, which is not looked at.
func (f *file) tracked(name string) probity.Fact[bool] {
	abs, err := filepath.Abs(name)
	if err != nil {
		return probity.Missing[bool](lost(err), f.from)
	}
	dir := filepath.Dir(abs)
	for range highest {
		st, err := os.Lstat(filepath.Join(dir, ".git"))
		switch {
		case err == nil && st.IsDir():
			rel, err := filepath.Rel(dir, abs)
			if err != nil {
				return probity.Missing[bool](lost(err), f.from)
			}
			return inIndex(filepath.Join(dir, ".git", "index"), filepath.ToSlash(rel), f.from)
		case err == nil:
			return probity.Missing[bool](probity.Gap{Reason: probity.NotCollected, Because: "the index of its repository of Git lies elsewhere", Needs: "a scan of the main work tree"}, f.from)
		case !errors.Is(err, fs.ErrNotExist):
			return probity.Missing[bool](lost(err), f.from)
		}
		if dir == filepath.Dir(dir) {
			break
		}
		dir = filepath.Dir(dir)
	}
	return probity.Known(false, f.from)
}

// inIndex looks for a path in an index of Git: two bytes of flags, whose lower twelve bits are its length, the path, and a zero.
// Source: gitformat-index, read on 2026-11-28. Version 4 shortens paths, which is a gap.
func inIndex(index, path string, from *probity.Origin) probity.Fact[bool] {
	st, err := os.Lstat(index)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return probity.Known(false, from) // nothing was added yet
	case err != nil:
		return probity.Missing[bool](lost(err), from)
	case !st.Mode().IsRegular() || st.Size() > largestIndex:
		return probity.Missing[bool](probity.Gap{Reason: probity.Unreadable, Because: "the index of its repository of Git is no file, or a huge one"}, from)
	}
	b, err := os.ReadFile(index)
	if err != nil {
		return probity.Missing[bool](lost(err), from)
	}
	if len(b) < 12 || string(b[:4]) != "DIRC" || binary.BigEndian.Uint32(b[4:]) > 3 {
		return probity.Missing[bool](probity.Gap{Reason: probity.Unreadable, Because: "the index of its repository of Git is of a version that is not read", Needs: "git update-index --index-version 2"}, from)
	}
	length := min(len(path), 0xfff)
	for at := 12; ; {
		i := bytes.Index(b[at:], append([]byte(path), 0))
		if i < 0 {
			return probity.Known(false, from)
		}
		at += i
		if begins(b[:at], length) {
			return probity.Known(true, from)
		}
		at++
	}
}

// begins reports whether flags of a path of a length end there: of an entry of version 3 two more bytes may follow.
func begins(b []byte, length int) bool {
	for _, back := range []int{2, 4} {
		if len(b) >= 12+back {
			if flags := binary.BigEndian.Uint16(b[len(b)-back:]); int(flags&0xfff) == length && (back == 2 || flags&0x4000 != 0) {
				return true
			}
		}
	}
	return false
}
