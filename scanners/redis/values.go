package redis

import (
	"context"
	"errors"
	"strings"

	"github.com/gomodule/redigo/redis"

	"github.com/probity-scan/probity/scanners/content"
)

// form is how a type of key is asked: how many elements it has, and for some of them.
type form struct {
	size string
	part func(key string) []any
}

// formOf gives the form of a type; one that is not read has none.
func formOf(kind string) form {
	switch kind {
	case "string":
		return form{"STRLEN", func(k string) []any { return []any{"GETRANGE", k, 0, cut - 1} }}
	case "hash":
		return form{"HLEN", func(k string) []any { return []any{"HSCAN", k, 0, "COUNT", members} }}
	case "list":
		return form{"LLEN", func(k string) []any { return []any{"LRANGE", k, 0, members - 1} }}
	case "set":
		return form{"SCARD", func(k string) []any { return []any{"SRANDMEMBER", k, members} }}
	case "zset":
		return form{"ZCARD", func(k string) []any { return []any{"ZRANGE", k, 0, members - 1} }}
	case "stream":
		return form{"XLEN", func(k string) []any { return []any{"XRANGE", k, "-", "+", "COUNT", members} }}
	}
	return form{}
}

// key is one that is read.
type key struct {
	name, kind string
	place      place
	size       int64 // elements, or bytes of a string
}

// rounds are what keys are asked for: their type, how large they are, and what they hold.
func (d *draw) rounds(ctx context.Context, keys []key) error {
	for _, r := range []struct {
		ask  func(key) []any
		take func(*key, any) (keep bool, err error)
	}{
		{func(k key) []any { return []any{"TYPE", k.name} }, d.kind},
		{func(k key) []any { return []any{formOf(k.kind).size, k.name} }, d.sized},
		{func(k key) []any { return []any{"MEMORY", "USAGE", k.name, "SAMPLES", members} }, d.small},
		{func(k key) []any { return formOf(k.kind).part(k.name) }, func(k *key, v any) (bool, error) { return true, d.value(ctx, *k, v) }},
	} {
		var err error
		if keys, err = d.each(ctx, keys, r.ask, r.take); err != nil {
			return err
		}
	}
	return nil
}

// each asks one thing of every key, a batch at a time, and keeps those that are to be asked more. One that ended meanwhile is
// passed over.
func (d *draw) each(ctx context.Context, keys []key, ask func(key) []any, take func(*key, any) (bool, error)) ([]key, error) {
	var out []key
	for at := 0; at < len(keys) && d.bytes < d.left && ctx.Err() == nil && !d.over(); at += batch {
		some := keys[at:min(at+batch, len(keys))]
		commands := make([][]any, len(some))
		for i, k := range some {
			commands[i] = ask(k)
		}
		got, err := d.several(commands...)
		if err != nil {
			return nil, err
		}
		for i, a := range got {
			if a.err != nil || a.value == nil {
				d.refused(a.err)
				continue
			}
			keep, err := take(&some[i], a.value)
			if err != nil {
				return nil, err
			}
			if keep {
				out = append(out, some[i])
			}
		}
	}
	return out, nil
}

// refused counts a key that this user may not read.
func (d *draw) refused(err error) {
	var said redis.Error
	if errors.As(err, &said) && !strings.HasPrefix(string(said), "WRONGTYPE") {
		d.closed++
	}
}

func (d *draw) kind(k *key, v any) (bool, error) {
	kind, err := redis.String(v, nil)
	if err != nil || kind == "none" {
		return false, err
	}
	k.kind = kind
	if formOf(kind).part == nil {
		d.odd++
		return false, nil
	}
	d.keys++
	for _, part := range k.place.data {
		d.slot(k.place.path+"{}", "")([]byte(part)) // what is no name in a key may be somebody's
	}
	return true, nil
}

func (d *draw) sized(k *key, v any) (bool, error) {
	var err error
	k.size, err = redis.Int64(v, nil)
	if limit := int64(cut); k.kind == "string" && k.size > limit || k.kind != "string" && k.size > members {
		d.short++
	}
	return k.size > 0, err
}

// small leaves out what has elements too large to be asked for: they cannot be cut on the server, as strings can.
func (d *draw) small(k *key, v any) (bool, error) {
	n, err := redis.Int64(v, nil)
	fits := k.kind == "string" || n/k.size*members <= huge
	if !fits {
		d.short++
	}
	return fits, err
}

// value hands over what was read of a key.
func (d *draw) value(ctx context.Context, k key, v any) error {
	switch v := v.(type) {
	case []byte:
		return d.text(ctx, k.place.path, k.place.name, v)
	case []any:
		switch k.kind {
		case "hash": // a cursor, then names and values
			if len(v) == 2 {
				return d.pairs(ctx, k, v[1])
			}
		case "stream":
			for _, entry := range v {
				if e, ok := entry.([]any); ok && len(e) == 2 { // its number, then names and values
					if err := d.pairs(ctx, k, e[1]); err != nil {
						return err
					}
				}
			}
		default:
			for _, x := range v {
				if b, ok := x.([]byte); ok {
					if err := d.text(ctx, k.place.path+"[]", k.place.name, b); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

// pairs are names and values in turn. A name that may be data is read as such.
func (d *draw) pairs(ctx context.Context, k key, v any) error {
	all, err := redis.ByteSlices(v, nil)
	for i := 0; err == nil && i+1 < len(all); i += 2 {
		on, name := k.place.path+".*", ""
		if content.IsKey(all[i]) {
			name = string(all[i])
			on = k.place.path + "." + name
		} else {
			d.slot(k.place.path+".{}", "")(all[i])
		}
		err = d.text(ctx, on, name, all[i+1])
	}
	return err
}
