package config

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// AppendWaiver gives the text of a file with more waivers below waivers:, and leaves alone all else: comments, order and
// format. An empty text becomes a file of its own.
func AppendWaiver(text []byte, ws ...Waiver) ([]byte, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return nil, errors.New("the file is no valid YAML: mend it first")
	}
	lines := strings.SplitAfter(string(text), "\n")
	if last := len(lines) - 1; lines[last] != "" {
		lines[last] += "\n"
	} else {
		lines = lines[:last]
	}
	var before []string
	at, indent, err := place(doc, &lines)
	if err != nil {
		return nil, err
	}
	before = lines[:at]
	var entries []string
	for _, w := range ws {
		entry, err := written(w, indent)
		if err != nil {
			return nil, err
		}
		entries = append(entries, entry)
	}
	out := []byte(strings.Join(slices.Concat(before, entries, lines[at:]), ""))
	return out, appended(text, out, len(ws))
}

// place finds the line before which an entry goes, and how far it is indented. It makes room where the list is empty.
func place(doc yaml.Node, lines *[]string) (at, indent int, err error) {
	if len(doc.Content) == 0 {
		*lines = append(*lines, "waivers:\n")
		return len(*lines), 2, nil
	}
	top := doc.Content[0]
	if top.Kind != yaml.MappingNode {
		return 0, 0, errors.New("the file holds no keys: waivers go below the key waivers")
	}
	for i := 0; i+1 < len(top.Content); i += 2 {
		key, list := top.Content[i], top.Content[i+1]
		if key.Value != "waivers" {
			continue
		}
		end := len(*lines)
		if i+2 < len(top.Content) {
			end = top.Content[i+2].Line - 1
		}
		for end > key.Line && idle((*lines)[end-1]) { // comments before the next key are that key's
			end--
		}
		switch {
		case len(list.Content) > 0 && list.Style&yaml.FlowStyle == 0:
			return end, list.Content[0].Column - 3, nil
		case len(list.Content) > 0:
			return 0, 0, errors.New("waivers is written in one line: write one entry a line, each with a dash")
		case list.Kind == yaml.SequenceNode: // []
			line := &(*lines)[list.Line-1]
			*line = (*line)[:list.Column-1] + strings.Replace((*line)[list.Column-1:], "[]", "", 1)
			*line = strings.TrimRight(*line, " \n") + "\n"
		}
		return max(end, key.Line), 2, nil
	}
	*lines = append(*lines, "\nwaivers:\n")
	return len(*lines), 2, nil
}

// idle reports whether a line is empty or a comment.
func idle(line string) bool {
	t := strings.TrimSpace(line)
	return t == "" || strings.HasPrefix(t, "#") && !strings.HasPrefix(line, " ")
}

// written is the entry as text, with the keys that are set.
func written(w Waiver, indent int) (string, error) {
	n := yaml.Node{Kind: yaml.MappingNode}
	v := reflect.ValueOf(w)
	for i := range v.NumField() {
		key := v.Type().Field(i).Tag.Get("yaml")
		if key == "" || v.Field(i).IsZero() {
			continue
		}
		var value yaml.Node
		if err := value.Encode(v.Field(i).Interface()); err != nil {
			return "", err
		}
		if value.Kind == yaml.SequenceNode {
			value.Style = yaml.FlowStyle
		}
		if key == "until" { // a day is written as one, not as a text in quotes
			value.Style, value.Tag = 0, "!!timestamp"
		}
		n.Content = append(n.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: key}, &value)
	}
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := enc.Encode([]*yaml.Node{&n}); err != nil {
		return "", err
	}
	var out strings.Builder
	for _, line := range strings.SplitAfter(b.String(), "\n") {
		if line != "" {
			out.WriteString(strings.Repeat(" ", max(indent, 0)) + line)
		}
	}
	return out.String(), nil
}

// appended proves that nothing else changed.
func appended(before, after []byte, more int) error {
	var was, is map[string]any
	if err := errors.Join(yaml.Unmarshal(before, &was), yaml.Unmarshal(after, &is)); err != nil {
		return fmt.Errorf("adding the waiver would break the file: add it by hand")
	}
	old, _ := was["waivers"].([]any)
	now, _ := is["waivers"].([]any)
	delete(was, "waivers")
	delete(is, "waivers")
	if len(now) != len(old)+more || !reflect.DeepEqual(old, now[:len(old)]) && len(old) > 0 || len(was) != len(is) || len(was) > 0 && !reflect.DeepEqual(was, is) {
		return errors.New("adding the waiver would change other parts of the file: add it by hand")
	}
	return nil
}
