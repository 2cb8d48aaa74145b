// Package reports turns a scan into bytes, one file a format: a [probity.Scan] in, an [io.Writer] out.
//
// Nothing here holds an estate: formats walk the scan's iterators, keep counts and a bounded choice of the worst, and say
// how much they left out. It imports the vocabulary only.
package reports
