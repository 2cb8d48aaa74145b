package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// softMemory is from where on the collector works harder: a gate on a small runner stays below 500 MB.
const softMemory = 360 << 20

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
			debug.SetMemoryLimit(max(softMemory, int64(alive[0].Value.Uint64())*8/5))
		}
		runtime.SetFinalizer(new(collection), watch)
	}
	watch(nil)
}

// collection dies with each run of the collector.
type collection struct{ _ *byte }
