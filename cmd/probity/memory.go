package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// softMemory is from where on the collector works harder: a gate on a small runner stays below 500 MB.
const softMemory = 360 << 20

// hardMemory is where the heap does not rest any more: with the program itself, an organisation of 100,000 stores stays below 1 GB.
const hardMemory = 720 << 20

// spareMemory lets the collector rest while there is little: a scan is short. Where what is alive comes near the soft limit, the
// limit moves on, or the collector would do nothing else.
func spareMemory() {
	debug.SetGCPercent(120)
	debug.SetMemoryLimit(softMemory)
	var watch func(*collection)
	watch = func(*collection) {
		debug.SetMemoryLimit(limit(memory()))
		runtime.SetFinalizer(new(collection), watch)
	}
	watch(nil)
}

// memory is what was alive after the last collection, and what is held beside the heap: the stacks of thousands of calls that wait.
// In bytes.
func memory() (alive, beside int64) {
	of := []metrics.Sample{{Name: "/gc/heap/live:bytes"}, {Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"},
		{Name: "/memory/classes/heap/free:bytes"}, {Name: "/memory/classes/heap/unused:bytes"}, {Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(of)
	var n [6]int64
	for i, s := range of {
		if s.Value.Kind() == metrics.KindUint64 {
			n[i] = int64(s.Value.Uint64()) //nolint:gosec // less than a machine has
		}
	}
	return n[0], n[1] - n[2] - n[3] - n[4] - n[5]
}

// limit is how much memory there may be in all, in bytes: the room for what dies grows as what is alive, so that the collector's
// work for each byte stays the same. What is beside the heap takes none of that room.
func limit(alive, beside int64) int64 {
	return max(softMemory, beside+min(alive*8/5, max(hardMemory, alive*5/4)))
}

// collection dies with each run of the collector.
type collection struct{ _ *byte }
