package objects

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/tree"
)

// TestVersionOfPlaces: an object that was read in places has the version of its whole, unless that is more than may be read.
func TestVersionOfPlaces(t *testing.T) {
	t.Parallel()
	noise := make([]byte, 300<<10)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range noise {
		noise[i] = "0123456789 \n"[r.IntN(12)]
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range [][2]string{{"noise.txt", string(noise)}, {"people.csv", "id,mail\n1,a@\n"}} {
		w, err := z.Create(f[0])
		must(t, err)
		_, err = io.WriteString(w, f[1])
		must(t, err)
	}
	must(t, z.Close())
	dir := lay(t, map[string]string{"a.zip": b.String()})
	want := fmt.Sprintf("sha256:%x", sha256.Sum256(b.Bytes()))
	for limit, want := range map[int64]string{1 << 20: want, 200 << 10: ""} {
		a, _ := scan(t, scanner(Files(tree.Formats{})), unit(dir, &probity.Budget{Bytes: limit}))
		if want != "" && (len(a.Labels.Items) != 1 || a.Labels.Items[0].Version != want) {
			t.Errorf("within %d bytes: got %+v, want one label of version %s", limit, a.Labels.Items, want)
		}
		for _, l := range a.Labels.Items {
			if l.Version != want {
				t.Errorf("within %d bytes: got version %q, want %q", limit, l.Version, want)
			}
		}
	}
}
