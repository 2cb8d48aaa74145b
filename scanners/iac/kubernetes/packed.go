package kubernetes

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"io"
	"strconv"
	"strings"
)

// unpacked are the files of a packed chart and of those packed in it, under its name and a number: what they are called does
// not matter, and is not trusted. What is too much, or no archive, ends it.
func unpacked(name string, b []byte, left *int, depth int) map[string][]byte {
	out := map[string][]byte{}
	zipped, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil || depth > 3 {
		return out
	}
	archive := tar.NewReader(zipped)
	for n := 0; n < maxFiles; n++ {
		h, err := archive.Next()
		if err != nil {
			return out
		}
		if h.Typeflag != tar.TypeReg {
			continue
		}
		data, err := io.ReadAll(io.LimitReader(archive, int64(*left)))
		if *left -= len(data); err != nil || *left <= 0 {
			return out
		}
		inner := name + "#" + strconv.Itoa(n)
		if !isPacked(h.Name) {
			out[inner] = data
			continue
		}
		for k, v := range unpacked(inner, data, left, depth+1) {
			out[k] = v
		}
	}
	return out
}

func isPacked(name string) bool { return strings.HasSuffix(name, ".tgz") }
