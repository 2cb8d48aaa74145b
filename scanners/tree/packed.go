package tree

import (
	"archive/tar"
	"compress/gzip"
	"io"
	"path"
	"strings"
)

// isChart reports whether a file is a packed Helm chart: an archive with a Chart.yaml in its one folder.
func (s *Site) isChart(name string) bool {
	if !strings.HasSuffix(name, ".tgz") {
		return false
	}
	f, err := s.FS.Open(name)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }() // only read
	zipped, err := gzip.NewReader(f)
	if err != nil {
		return false
	}
	const most = 64 << 20 // bytes unpacked to find it
	archive := tar.NewReader(io.LimitReader(zipped, most))
	for {
		h, err := archive.Next()
		if err != nil {
			return false
		}
		if folder, file := path.Split(path.Clean(h.Name)); file == "Chart.yaml" && strings.Count(folder, "/") == 1 {
			return true
		}
	}
}
