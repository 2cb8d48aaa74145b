package state

import (
	"slices"
	"time"

	"github.com/probity-scan/probity/scanners/database"
)

// RecallTable gives what a table was found to hold at a version.
func (c *Contents) RecallTable(store, table, version string) (database.Look, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	was, ok := c.recall(store, "table", table, version)
	if !ok || was.Table == nil {
		return database.Look{}, false
	}
	l := *was.Table
	l.At, l.Labels = was.At, slices.Clone(l.Labels)
	return l, true
}

// KeepTable notes what a table holds.
func (c *Contents) KeepTable(store, table, version string, l database.Look) {
	c.mu.Lock()
	defer c.mu.Unlock()
	l.At, l.Labels = time.Time{}, slices.Clone(l.Labels)
	for i := range l.Labels {
		l.Labels[i].Origin, l.Labels[i].AsOf = nil, time.Time{}
	}
	c.keep(remains{At: c.o.Now, Table: &l}, store, "table", table, version)
}
