// Package evidence writes and opens evidence packs: a zip of a scan, its reports and a manifest with their digests, signed where a
// key is given. It proves that nothing was changed; whether the rules come to the same outcomes again, its reader asks policies.
package evidence
