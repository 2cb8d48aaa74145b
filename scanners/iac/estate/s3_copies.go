package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

// keylessCopies are the buckets that get copies for which no key of KMS is named, or to which objects under such a key do not go.
func (e *estate) keylessCopies(v resource.Value) probity.List[string] {
	rules, rest := v.Blocks()
	out := collected{at: v.At, rest: rest}
	for _, r := range rules {
		if on, ok := enabled(r.Get("status"), probity.Known(true, v.At)).Get(); ok && !on {
			continue
		}
		key := r.Get("destination", "encryption_configuration", "replica_kms_key_id")
		named, known := given(key).Get()
		chosen := enabled(r.Get("source_selection_criteria", "sse_kms_encrypted_objects", "status"), probity.Known(false, v.At))
		if on, ok := chosen.Get(); known && ok && named && on {
			continue
		} else if !known || !ok {
			_, g := chosen.Value()
			out.rest = first(out.rest, key.Gap(), g)
			continue
		}
		if to, ok := e.target(r.Get("destination", "bucket")); ok {
			out.items = append(out.items, to.ID)
		} else {
			out.rest = first(out.rest, r.Get("destination", "bucket").Gap())
		}
	}
	if out.rest != nil {
		return probity.Open(*out.rest, v.At, out.items...)
	}
	return probity.Whole(v.At, out.items...)
}

// uploadsEnd is whether a rule that is on, and covers the bucket as a whole, deletes the pieces of uploads that nobody completed.
func uploadsEnd(v resource.Value) probity.Fact[bool] {
	if !v.Set() {
		return answered(v, kinds.S3UploadsEnd())
	}
	rules, rest := v.Blocks()
	out := probity.Known(false, v.At)
	if rest != nil {
		out = probity.Missing[bool](*rest, v.At)
	}
	for _, r := range rules {
		days := r.Get("abort_incomplete_multipart_upload", "days_after_initiation")
		ends := probity.Known(!void(days), v.At)
		if g := days.Gap(); g != nil && !void(days) {
			ends = probity.Missing[bool](*g, days.At)
		}
		on := enabled(r.Get("status"), enabled(r.Get("enabled"), probity.Known(true, v.At)))
		out = either(out, both(both(on, ends), everyObject(r)))
	}
	return out
}

// toItself is whether a bucket gets its own log of access.
func (e *estate) toItself(a *probity.Asset, to resource.Value) probity.Fact[bool] {
	ref, ok := e.target(to)
	switch {
	case !to.Set():
		return answered(to, kinds.S3Logging())
	case !ok:
		return probity.Missing[bool](to.Why(), to.At)
	}
	return probity.Known(ref.ID == a.ID || a.Name != "" && (ref.ID == a.Name || ref.ID == s3ARN+a.Name), to.At)
}
