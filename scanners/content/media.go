package content

import (
	"bytes"
	"strings"
)

// media names what is no text by its first bytes; empty: it has no name. Some of them may begin a text as well: for sure says that it
// is none.
func media(head []byte, sure bool) Format {
	for _, m := range []struct {
		at    int
		bytes string
		f     Format
	}{
		{0, "BM", "bmp image"}, {0, "II*\x00", "tiff image"}, {0, "MM\x00*", "tiff image"}, {8, "WEBP", "webp image"}, {0, "\x00\x00\x01\x00", "ico image"},
		{0, "8BPS", "photoshop image"}, {0, "\x00\x00\x00\x0cjP  ", "jpeg 2000 image"}, {0, "\xff\x0a", "jpeg xl image"}, {128, "DICM", "dicom image"}, {0, "AT&TFORM", "djvu document"},
		{4, "ftypheic", "heic image"}, {4, "ftypheix", "heic image"}, {4, "ftypmif1", "heic image"}, {4, "ftypavif", "avif image"}, {4, "ftypM4A", "m4a audio"}, {4, "ftypqt", "quicktime video"}, {4, "ftyp", "mp4 video"},
		{8, "AVI ", "avi video"}, {8, "WAVE", "wav audio"}, {0, "\x1a\x45\xdf\xa3", "matroska video"}, {0, "FLV\x01", "flash video"}, {0, "\x00\x00\x01\xba", "mpeg video"},
		{0, "ID3", "mp3 audio"}, {0, "\xff\xfb", "mp3 audio"}, {0, "\xff\xf1", "aac audio"}, {0, "OggS", "ogg audio or video"}, {0, "fLaC", "flac audio"}, {0, "MThd", "midi audio"}, {0, "#!AMR", "amr audio"},
		{0, "MZ", "program"}, {0, "\xca\xfe\xba\xbe", "program"}, {0, "\xcf\xfa\xed\xfe", "program"}, {0, "\x00asm", "program"}, {0, "!<arch>", "program library"}, {0, "dex\n", "program"},
		{0, "wOFF", "font"}, {0, "wOF2", "font"}, {0, "OTTO", "font"}, {0, "\x00\x01\x00\x00\x00", "font"}, {0, "ttcf", "font"},
		{0, "MSCF", "cabinet archive"}, {0, "\xed\xab\xee\xdb", "rpm package"}, {0, "\xff\x06\x00\x00sNaPpY", "snappy"}, {0, "LZIP", "lzip"}, {0, "\x1f\x9d", "compress"},
		{0, "\x89HDF", "hdf5"}, {0, "\x93NUMPY", "numpy"}, {0, "\x80\x04\x95", "pickle"}, {0, "\xd4\xc3\xb2\xa1", "pcap"}, {0, "\x0a\x0d\x0d\x0a", "pcap"}, {0, "ITSF", "help file"}, {0, "!BDN", "outlook folder"},
		{4, "Standard Jet DB", "access database"}, {4, "Standard ACE DB", "access database"}, {0, "REDIS", "redis dump"}, {0, "bplist", "property list"}, {0, "regf", "registry"},
	} {
		if len(head) > m.at && bytes.HasPrefix(head[m.at:], []byte(m.bytes)) && (sure || m.at == 0 && strings.ContainsFunc(m.bytes, control)) {
			return m.f
		}
	}
	return ""
}

// sealed names what is encrypted by its first bytes; empty: it does not say so.
func sealed(head []byte) Format {
	for _, m := range []struct{ bytes, what string }{
		{"-----BEGIN PGP MESSAGE-----", "PGP message"}, {"$ANSIBLE_VAULT;", "ansible vault"}, {"age-encryption.org/", "age file"}, {"-----BEGIN AGE ENCRYPTED FILE-----", "age file"},
		{"Salted__", "openssl file"}, {"LUKS\xba\xbe", "disk"}, {"\x03\xd9\xa2\x9a", "keepass database"}, {"\xfe\xed\xfe\xed", "java key store"},
	} {
		if bytes.HasPrefix(head, []byte(m.bytes)) {
			return Format("encrypted " + m.what)
		}
	}
	return ""
}

// sealed reports whether the format is one of what is encrypted.
func (f Format) sealed() bool { return strings.HasPrefix(string(f), "encrypted ") }
