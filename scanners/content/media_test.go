package content_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/content"
)

// TestMedia: what is no text is named, whatever it is called, and never read as text.
func TestMedia(t *testing.T) {
	t.Parallel()
	random := make([]byte, 4096)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range random {
		random[i] = byte(r.Uint32())
	}
	noise := string(random)
	for head, want := range map[string]string{
		"\x89PNG\r\n\x1a\n": "png image", "\xff\xd8\xff\xe0": "jpeg image", "GIF89a": "gif image", "BM\x00\x00": "bmp image", "II*\x00": "tiff image", "RIFF\x00\x00\x00\x00WEBPVP8 ": "webp image",
		"\x00\x00\x00\x18ftypisom": "mp4 video", "\x00\x00\x00\x18ftypheic": "heic image", "ID3\x04\x00": "mp3 audio", "OggS\x00": "ogg audio or video", "RIFF\x00\x00\x00\x00WAVE": "wav audio",
		strings.Repeat("\x00", 128) + "DICM": "dicom image", "MZ\x90\x00": "program", "wOF2\x00": "font", "": "binary", "\xd4\xc3\xb2\xa1": "pcap",
	} {
		got, rep := read(t, "a.txt", head+noise, content.Options{})
		if len(got) > 0 || gap(rep.Gap) != "not-collected: format not read: "+want {
			t.Errorf("%q: got %d cells, gap %q", head, len(got), gap(rep.Gap))
		}
	}
	for head, want := range map[string]string{
		"-----BEGIN PGP MESSAGE-----\n\nhQEMA": "encrypted PGP message", "$ANSIBLE_VAULT;1.1;AES256\n6162": "encrypted ansible vault", "Salted__" + noise: "encrypted openssl file",
		"age-encryption.org/v1\n-> X25519 x\n" + noise: "encrypted age file", "\x03\xd9\xa2\x9a" + noise: "encrypted keepass database",
	} {
		got, rep := read(t, "a.txt", head, content.Options{})
		if len(got) > 0 || gap(rep.Gap) != "unreadable: "+want {
			t.Errorf("%q: got %d cells, gap %q", head[:8], len(got), gap(rep.Gap))
		}
	}
	for _, text := range []string{"BM is a bank\n", "MZ, the letters\n", "ID3 tags\n", strings.Repeat("a line of a log\n", 50) + "\x00\x00\n"} {
		if _, rep := read(t, "a.log", text, content.Options{}); rep.Format != content.Text || rep.Gap != nil {
			t.Errorf("%q: got format %q, gap %q", text, rep.Format, gap(rep.Gap))
		}
	}
}
