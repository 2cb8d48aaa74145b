package plan

import "maps"

// redaction stands for a text that the code marks as sensitive, or for what holds such texts.
type redaction struct{}

// redacted takes from a value the texts and numbers that are marked as sensitive. What is only on or off gives no secret
// away, and may be what a rule asks for.
func redacted(v, sensitive any) any {
	switch s := sensitive.(type) {
	case bool:
		if s {
			return without(v)
		}
	case map[string]any:
		in, ok := v.(map[string]any)
		if !ok {
			return v
		}
		out := maps.Clone(in)
		for name, mark := range s {
			if e, ok := out[name]; ok {
				out[name] = redacted(e, mark)
			}
		}
		return out
	case []any:
		in, _ := v.([]any)
		for i := range min(len(in), len(s)) {
			in[i] = redacted(in[i], s[i])
		}
	}
	return v
}

func without(v any) any {
	switch v.(type) {
	case nil, bool:
		return v
	}
	return redaction{}
}
