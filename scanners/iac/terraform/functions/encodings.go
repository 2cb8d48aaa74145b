package functions

import (
	"crypto/sha1"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"golang.org/x/text/encoding/ianaindex"
)

func encodings() map[string]function.Function {
	return map[string]function.Function{
		"textencodebase64": texts(encodeText, cty.String, "text", "encoding"),
		"textdecodebase64": texts(decodeText, cty.String, "text", "encoding"),
		"uuidv5":           texts(namedUUID, cty.String, "namespace", "name"),
	}
}

var errEncoding = errors.New("the encoding is not one of IANA's that are supported")

func encodeText(a []string) (cty.Value, error) {
	e, err := ianaindex.IANA.Encoding(a[1])
	if err != nil || e == nil {
		return cty.NilVal, errEncoding
	}
	b, err := e.NewEncoder().Bytes([]byte(a[0]))
	if err != nil {
		return cty.NilVal, errors.New("the text has characters that the encoding has not")
	}
	return cty.StringVal(base64.StdEncoding.EncodeToString(b)), nil
}

func decodeText(a []string) (cty.Value, error) {
	e, err := ianaindex.IANA.Encoding(a[1])
	if err != nil || e == nil {
		return cty.NilVal, errEncoding
	}
	b, err := base64.StdEncoding.DecodeString(a[0])
	if err != nil {
		return cty.NilVal, errors.New("the text is not base64")
	}
	b, err = e.NewDecoder().Bytes(b)
	if err != nil || strings.ContainsRune(string(b), '\ufffd') {
		return cty.NilVal, errors.New("the text is not of that encoding")
	}
	return cty.StringVal(string(b)), nil
}

// namedUUID is a UUID of version 5 (RFC 9562, section 5.5). Its namespace is a UUID, or the name of one of the four of the RFC.
func namedUUID(a []string) (cty.Value, error) {
	space := a[0]
	for name, digit := range map[string]string{"dns": "0", "url": "1", "oid": "2", "x500": "4"} {
		if space == name {
			space = "6ba7b81" + digit + "-9dad-11d1-80b4-00c04fd430c8"
		}
	}
	if len(space) == 36 && space[8] == '-' && space[13] == '-' && space[18] == '-' && space[23] == '-' {
		space = strings.ReplaceAll(space, "-", "")
	}
	id, err := hex.DecodeString(space)
	if err != nil || len(id) != 16 {
		return cty.NilVal, errors.New("the namespace is not a UUID")
	}
	d := sha1.Sum(append(id, a[1]...))
	d[6], d[8] = d[6]&0x0f|0x50, d[8]&0x3f|0x80
	s := hex.EncodeToString(d[:16])
	return cty.StringVal(s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:]), nil
}
