package pdf

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
)

// method is how strings or streams are encrypted.
type method int

const (
	identity method = iota
	rc4s
	aes128
	aes256
)

// key opens a file that anybody may open: its user's password is empty, and what may be done with it is asked of readers only.
type key struct {
	file             []byte
	texts, streams   method
	metadataIsClear  bool
	revision, length int
}

// padding fills passwords up (ISO 32000-1, 7.6.3.3).
const padding = "\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A"

// unlock works out the key of an encrypted file, or reports that it needs a password.
func (d *document) unlock() error {
	m := d.dict(d.trailer["Encrypt"])
	if d.trailer["Encrypt"] == nil {
		return nil
	}
	k := &key{revision: d.integer(m["R"], 0, 10), length: d.integer(orElse(m["Length"], 40.0), 40, 256) / 8, metadataIsClear: m["EncryptMetadata"] == false}
	switch v := d.integer(m["V"], 0, 10); v {
	case 1, 2:
		k.texts, k.streams = rc4s, rc4s
	case 4, 5:
		filters := d.dict(m["CF"])
		k.texts, k.streams = d.method(filters, m["StrF"]), d.method(filters, m["StmF"])
		if v == 4 {
			k.length = 16
		}
	}
	o, _ := d.resolve(m["O"]).(text)
	u, _ := d.resolve(m["U"]).(text)
	if d.name(m["Filter"]) == "Standard" {
		if k.revision >= 5 {
			ue, _ := d.resolve(m["UE"]).(text)
			k.file = modern(u, ue, k.revision)
		} else {
			k.file = d.legacy(k, o, u, m["P"])
		}
	}
	if k.file == nil {
		d.rep.Encrypted = true
		return nil
	}
	d.key = k
	return nil
}

func (d *document) method(filters dict, of any) method {
	switch d.name(d.dict(filters[d.name(of)])["CFM"]) {
	case "V2":
		return rc4s
	case "AESV2":
		return aes128
	case "AESV3":
		return aes256
	}
	return identity
}

// legacy is algorithms 2, 4 and 5 of ISO 32000-1, 7.6.3; nil: the password is not empty.
func (d *document) legacy(k *key, o, u text, p any) []byte {
	if len(o) < 32 || len(u) < 16 {
		return nil
	}
	var id text
	if ids := d.array(d.trailer["ID"]); len(ids) > 0 {
		id, _ = d.resolve(ids[0]).(text)
	}
	if k.revision == 2 {
		k.length = 5
	}
	k.length = min(k.length, 16)
	h := md5.New()
	h.Write([]byte(padding))
	h.Write(o[:32])
	h.Write(binary.LittleEndian.AppendUint32(nil, uint32(int64(d.number(p)))))
	h.Write(id)
	if k.revision >= 4 && k.metadataIsClear {
		h.Write([]byte{0xff, 0xff, 0xff, 0xff})
	}
	sum := h.Sum(nil)
	if k.revision == 2 {
		file := sum[:5]
		if !bytes.Equal(rc4ed(file, []byte(padding)), u[:min(len(u), 32)]) {
			return nil
		}
		return file
	}
	for range 50 {
		s := md5.Sum(sum[:k.length])
		sum = s[:]
	}
	file := sum[:k.length]
	check := md5.Sum(append([]byte(padding), id...))
	out := rc4ed(file, check[:])
	for i := byte(1); i < 20; i++ {
		turned := bytes.Clone(file)
		for j := range turned {
			turned[j] ^= i
		}
		out = rc4ed(turned, out)
	}
	if !bytes.Equal(out, u[:16]) {
		return nil
	}
	return file
}

// modern is algorithm 2.A of ISO 32000-2, 7.6.4.3; nil: the password is not empty.
func modern(u, ue text, revision int) []byte {
	if len(u) < 48 || len(ue) < 32 {
		return nil
	}
	if !bytes.Equal(digest(u[32:40], revision), u[:32]) {
		return nil
	}
	b, err := aes.NewCipher(digest(u[40:48], revision))
	if err != nil {
		return nil
	}
	file := make([]byte, 32)
	cipher.NewCBCDecrypter(b, make([]byte, 16)).CryptBlocks(file, ue[:32])
	return file
}

// digest is algorithm 2.B for an empty password: revision 5 is one hash, 6 at least 64 rounds.
func digest(salt []byte, revision int) []byte {
	sum := sha256.Sum256(salt)
	k := sum[:]
	if revision == 5 {
		return k
	}
	for i := 0; ; i++ {
		block, err := aes.NewCipher(k[:16])
		if err != nil {
			return nil
		}
		e := bytes.Repeat(k, 64)
		cipher.NewCBCEncrypter(block, k[16:32]).CryptBlocks(e, e)
		n := 0
		for _, c := range e[:16] {
			n += int(c)
		}
		switch n % 3 {
		case 0:
			s := sha256.Sum256(e)
			k = s[:]
		case 1:
			s := sha512.Sum384(e)
			k = s[:]
		default:
			s := sha512.Sum512(e)
			k = s[:]
		}
		if i >= 63 && int(e[len(e)-1]) <= i-31 {
			return k[:32]
		}
	}
}

// open decrypts what belongs to an object; what cannot be decrypted stays as it is.
func (k *key) open(b []byte, of ref, by method) []byte {
	switch by {
	case rc4s:
		return rc4ed(k.object(of, ""), b)
	case aes128:
		return unaes(k.object(of, "sAlT"), b)
	case aes256:
		return unaes(k.file, b)
	}
	return b
}

// object is the key of one object (ISO 32000-1, 7.6.2, algorithm 1).
func (k *key) object(of ref, salt string) []byte {
	b := append(bytes.Clone(k.file), byte(of.num), byte(of.num>>8), byte(of.num>>16), byte(of.gen), byte(of.gen>>8))
	sum := md5.Sum(append(b, salt...))
	return sum[:min(len(k.file)+5, 16)]
}

func rc4ed(k, b []byte) []byte {
	c, err := rc4.NewCipher(k)
	if err != nil {
		return b
	}
	out := make([]byte, len(b))
	c.XORKeyStream(out, b)
	return out
}

func unaes(k, b []byte) []byte {
	block, err := aes.NewCipher(k)
	if err != nil || len(b) < 32 {
		return nil
	}
	iv, body := b[:16], b[16:len(b)-len(b)%16]
	out := make([]byte, len(body))
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(out, body)
	if pad := int(out[len(out)-1]); pad <= 16 && pad <= len(out) {
		out = out[:len(out)-pad]
	}
	return out
}

// strings decrypts those of an object.
func (k *key) strings(v any, of ref) any {
	switch v := v.(type) {
	case text:
		return text(k.open(v, of, k.texts))
	case array:
		for i := range v {
			v[i] = k.strings(v[i], of)
		}
	case dict:
		for n := range v {
			v[n] = k.strings(v[n], of)
		}
	case *stream:
		k.strings(v.dict, of)
		v.plain = v.plain || k.metadataIsClear && v.dict["Type"] == name("Metadata")
	}
	return v
}
