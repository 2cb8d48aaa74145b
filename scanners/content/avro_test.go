package content_test

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"time"

	"github.com/twmb/avro"
	"github.com/twmb/avro/ocf"

	"github.com/probity-scan/probity/scanners/content"
)

func avroOf(schema string, codec ocf.Codec, records ...any) string {
	var b bytes.Buffer
	var opts []ocf.WriterOpt
	if codec != nil {
		opts = append(opts, ocf.WithCodec(codec))
	}
	w, err := ocf.NewWriter(&b, avro.MustParse(schema), opts...)
	if err != nil {
		panic(err)
	}
	for _, r := range records {
		if err := w.Encode(r); err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.String()
}

// avroBlock is a file of one block of so many records with this body.
func avroBlock(schema string, count int64, body []byte) string {
	whole := avroOf(schema, nil)
	sync := whole[len(whole)-16:]
	b := binary.AppendVarint([]byte(whole), count)
	b = binary.AppendVarint(b, int64(len(body)))
	return string(b) + string(body) + sync
}

func TestAvro(t *testing.T) {
	t.Parallel()
	schema := `{"type":"record","name":"p","fields":[{"name":"id","type":"long"},{"name":"mail","type":["null","string"]},{"name":"born","type":{"type":"int","logicalType":"date"}},
		{"name":"tags","type":{"type":"map","values":"string"}},{"name":"a","type":{"type":"array","items":{"type":"record","name":"a","fields":[{"name":"zip","type":"string"}]}}},{"name":"ok","type":"boolean"},{"name":"x","type":"double"}]}`
	rec := map[string]any{"id": int64(7), "mail": "a@example.org", "born": time.Date(1985, 7, 6, 0, 0, 0, 0, time.UTC), "tags": map[string]any{"b@example.org": "v"},
		"a": []any{map[string]any{"zip": "8000"}, map[string]any{"zip": "8001"}}, "ok": true, "x": 1234567890.5}
	cells := []string{"a[].zip|zip|8000", "a[].zip|zip|8001", "born|born|1985-07-06", "id|id|7", "mail|mail|a@example.org", "tags{}||b@example.org", "tags.*||v", "x|x|1234567890.5"}
	file := avroOf(schema, nil, rec)
	run(t, map[string]edge{
		"plain":               {"a.avro", file, cells, content.Avro, 1, ""},
		"snappy":              {"a", avroOf(schema, ocf.SnappyCodec(), rec), cells, content.Avro, 1, ""},
		"deflate":             {"a", avroOf(schema, ocf.DeflateCodec(6), rec), cells, content.Avro, 1, ""},
		"none":                {"a", avroOf(schema, nil), nil, content.Avro, 0, ""},
		"cut":                 {"a", file[:len(file)-30], nil, content.Avro, 0, "unreadable: Avro is damaged, or written in a way that is not read"},
		"a header":            {"a", "Obj\x01rest", nil, content.Avro, 0, "unreadable: Avro is damaged, or written in a way that is not read"},
		"a block of many":     {"a", avroBlock(`"string"`, 1<<40, []byte("\x04hi")), nil, content.Avro, 0, "unreadable: Avro is damaged, or written in a way that is not read"},
		"a long array":        {"a", avroBlock(`{"type":"array","items":"null"}`, 1, append(binary.AppendVarint(nil, 1<<40), 0)), nil, content.Avro, 0, "unreadable: Avro is damaged, or written in a way that is not read"},
		"an array of nothing": {"a", avroBlock(`{"type":"array","items":"null"}`, 1, append(binary.AppendVarint(nil, 1<<26), 0)), nil, content.Avro, 0, "unreadable: Avro is damaged, or written in a way that is not read"},
		"a long string":       {"a", avroBlock(`"string"`, 1, binary.AppendVarint(nil, 1<<40)), nil, content.Avro, 0, "unreadable: Avro is damaged, or written in a way that is not read"},
		"endless types":       {"a", avroBlock(`{"type":"record","name":"n","fields":[{"name":"n","type":["null","n"]}]}`, 1, bytes.Repeat([]byte{2}, 1<<20)), nil, content.Avro, 0, "unreadable: Avro is damaged, or written in a way that is not read"},
	})
	if _, rep := read(t, "a", avroBlock(`"null"`, 1<<40, nil), content.Options{Bytes: 4096}); gap(rep.Gap) != "sampled: first 256 records" && !strings.HasPrefix(gap(rep.Gap), "unreadable: Avro") {
		t.Errorf("got gap %q after %d records, want records without bytes bounded", gap(rep.Gap), rep.Records)
	}
}
