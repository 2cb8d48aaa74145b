package database

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"github.com/probity-scan/probity"
)

const mostChecked = 256 << 20 // bytes of a file up to which all of it is checked

// sound has SQLite look for faults in the file, without its indexes. It reads all of it.
func (f *file) sound(ctx context.Context, db *conn) probity.Fact[bool] {
	from := &probity.Origin{File: f.from.File, Query: "PRAGMA quick_check(1)"}
	page := int64(binary.BigEndian.Uint16(f.head[16:]))
	if page == 1 {
		page = 1 << 16
	}
	switch pages := int64(binary.BigEndian.Uint32(f.head[28:])); {
	case f.wal != nil:
		return probity.Missing[bool](*f.wal, from)
	case page*pages > mostChecked:
		return probity.Missing[bool](probity.Gap{Reason: probity.Sampled, Because: fmt.Sprintf("it is larger than %d MB", mostChecked>>20), Needs: "PRAGMA quick_check by its owner"}, from)
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	said := ""
	err := rowsOf(ctx, db.Conn, "PRAGMA quick_check(1)", func(r *sql.Rows) error { return r.Scan(&said) })
	if err != nil {
		return unsound(err, lost(err), from)
	}
	return probity.Known(said == "ok", from)
}

// unsound is what an error tells: where SQLite calls the file corrupt it has a fault.
func unsound(err error, gap probity.Gap, from *probity.Origin) probity.Fact[bool] {
	var e *sqlite.Error
	if errors.As(err, &e) && e.Code()&0xff == lib.SQLITE_CORRUPT {
		return probity.Known(false, from)
	}
	return probity.Missing[bool](gap, from)
}
