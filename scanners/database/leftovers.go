package database

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

const pagesLooked = 2000 // pages of a file that are looked through for what was deleted

// settings are how a file lies there, and what it keeps beside its rows. Source: "Database File Format" of SQLite, read on 2026-11-28.
func (f *file) settings(name string, s kinds.File) probity.Settings {
	s.Tracked = f.tracked(name)
	s.WebRoot = probity.Known(slices.ContainsFunc(strings.Split(path.Dir(strings.ToLower(filepath.ToSlash(name))), "/"), webRoot), f.from)
	s.Shared, s.Leftovers = f.beside(name)
	found, all, err := remains(name, f.head[:])
	switch {
	case err != nil:
		s.FreedRows = probity.Missing[bool](lost(err), f.from)
	case found || all:
		s.FreedRows = probity.Known(found, f.from)
	default:
		s.FreedRows = probity.Missing[bool](probity.Gap{Reason: probity.Sampled, Because: fmt.Sprintf("the first %d pages were looked through", pagesLooked)}, f.from)
	}
	return probity.SettingsOf(s)
}

// webRoot reports whether a folder is called as those are that web servers hand out.
func webRoot(folder string) bool {
	return slices.Contains([]string{"public", "public_html", "www", "wwwroot", "htdocs", "html", "webroot", "docroot"}, folder)
}

// beside looks at the modes of all files of a database, and at its logs. Modes tell nothing of a file in a folder of code: who gets the
// code sets them.
func (f *file) beside(name string) (shared, leftovers probity.List[string]) {
	var open, left []string
	for _, end := range []string{"", "-wal", "-journal", "-shm"} {
		st, err := os.Stat(name + end)
		if err != nil {
			continue
		}
		if st.Mode().Perm()&0o077 != 0 {
			open = append(open, fmt.Sprintf("%s (%04o)", filepath.Base(name)+end, st.Mode().Perm()))
		}
		if (end == "-wal" || end == "-journal") && st.Size() > 0 {
			left = append(left, filepath.Base(name)+end)
		}
	}
	leftovers = probity.Whole(f.from, left...)
	switch {
	case runtime.GOOS == "windows":
		return probity.Open[string](probity.Gap{Reason: probity.NotApplicable, Because: "modes of files say nothing here"}, f.from), leftovers
	case f.unit.Part != "" || f.unit.Base != "":
		return probity.Open[string](probity.Gap{Reason: probity.NotApplicable, Because: "modes of a file in a folder of code say nothing of where it runs"}, f.from), leftovers
	}
	return probity.Whole(f.from, open...), leftovers
}

// remains reports whether something stands where nothing should: in pages that are free, and in gaps between rows. Its bytes
// are compared with zero and not kept.
func remains(name string, head []byte) (found, all bool, err error) {
	size := int64(binary.BigEndian.Uint16(head[16:]))
	if size == 1 {
		size = 1 << 16
	}
	if size < 512 {
		return false, false, errors.New("the size of pages")
	}
	h, err := os.Open(name)
	if err != nil {
		return false, false, err
	}
	defer h.Close()
	page := make([]byte, size)
	free := map[uint32]bool{}
	for trunk, n := binary.BigEndian.Uint32(head[32:]), 0; trunk != 0 && n < pagesLooked && !free[trunk]; n++ {
		if _, err := h.ReadAt(page, int64(trunk-1)*size); err != nil {
			return false, false, err
		}
		free[trunk] = true
		leaves := min(int64(binary.BigEndian.Uint32(page[4:])), size/4-2)
		for i := range leaves {
			free[binary.BigEndian.Uint32(page[8+4*i:])] = true
		}
		if dirty(page[8+4*leaves:]) {
			return true, false, nil
		}
		trunk = binary.BigEndian.Uint32(page)
	}
	for n := uint32(1); n <= pagesLooked; n++ {
		_, err := h.ReadAt(page, int64(n-1)*size)
		switch {
		case errors.Is(err, io.EOF):
			return false, true, nil
		case err != nil:
			return false, false, err
		case free[n] && dirty(page) && !trunkPage(page, size), !free[n] && gaps(page, n):
			return true, false, nil
		}
	}
	return false, false, nil
}

// trunkPage: those of the list of free pages were looked at already, and hold numbers.
func trunkPage(page []byte, size int64) bool {
	leaves := int64(binary.BigEndian.Uint32(page[4:]))
	return leaves <= size/4-2 && !dirty(page[8+4*leaves:])
}

// gaps reports whether a leaf of a table holds something in the places of rows that were deleted. Before its first row it may hold what
// only moved elsewhere.
func gaps(page []byte, number uint32) bool {
	at := 0
	if number == 1 {
		at = len(magic) + 84
	}
	h := page[at:]
	if h[0] != 13 {
		return false
	}
	for block, n := int(binary.BigEndian.Uint16(h[1:])), 0; block > 0 && block+4 <= len(page) && n < len(page); n++ {
		to := block + int(binary.BigEndian.Uint16(page[block+2:]))
		if to > block+4 && to <= len(page) && dirty(page[block+4:to]) {
			return true
		}
		block = int(binary.BigEndian.Uint16(page[block:]))
	}
	return false
}

func dirty(b []byte) bool { return len(bytes.TrimRight(b, "\x00")) > 0 }
