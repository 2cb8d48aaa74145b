package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// softMemory is from where on the collector works harder: a gate on a small runner stays below 500 MB.
const softMemory = 360 << 20

// hardMemory is where it does not rest any more: with the program itself, an organisation of 100,000 stores stays below 1 GB.
const hardMemory = 720 << 20

// spareMemory lets the collector rest while there is little: a scan is short. Where what is alive comes near the soft limit, the
// limit moves on, or the collector would do nothing else.
func spareMemory() {
	debug.SetGCPercent(200)
	debug.SetMemoryLimit(softMemory)
	alive := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	var watch func(*collection)
	watch = func(*collection) {
		metrics.Read(alive)
		if alive[0].Value.Kind() == metrics.KindUint64 {
			debug.SetMemoryLimit(limit(int64(alive[0].Value.Uint64())))
		}
		runtime.SetFinalizer(new(collection), watch)
	}
	watch(nil)
}

// limit is how much memory there may be for what is alive, in bytes.
func limit(alive int64) int64 {
	return max(softMemory, min(alive*8/5, max(hardMemory, alive*5/4)))
}

// collection dies with each run of the collector.
type collection struct{ _ *byte }
