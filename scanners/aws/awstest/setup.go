package awstest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// Reset empties the emulator.
func Reset(t testing.TB, endpoint string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, endpoint+"/moto-api/reset", nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatalf("emptying the emulator: %v", err)
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusOK {
		t.Fatalf("emptying the emulator: it answers %s", res.Status)
	}
}

// Setup is a list of calls that make something in an account, as YAML: "- s3.CreateBucket: {Bucket: clinic}". Parameters are those
// of the API. "- key = kms.CreateKey: {}" keeps an answer, of which later calls take parts: "${key.KeyMetadata.Arn}".
type Setup struct {
	calls []setupCall
	kept  map[string]any
}

type setupCall struct {
	keep, service, operation string
	parameters               []byte // JSON
}

var kept = regexp.MustCompile(`\$\{([A-Za-z]\w*)((?:\.\w+)+)\}`)

// ReadSetup reads the calls.
func ReadSetup(text []byte) (*Setup, error) {
	var listed []map[string]map[string]any
	if err := yaml.Unmarshal(text, &listed); err != nil {
		return nil, fmt.Errorf("reading calls: %w", err)
	}
	s := &Setup{kept: map[string]any{}}
	for i, item := range listed {
		if len(item) != 1 {
			return nil, fmt.Errorf("call %d: write one service.Operation with its parameters", i+1)
		}
		for name, parameters := range item {
			var c setupCall
			if keep, rest, ok := strings.Cut(name, "="); ok {
				c.keep, name = strings.TrimSpace(keep), strings.TrimSpace(rest)
			}
			var ok bool
			if c.service, c.operation, ok = strings.Cut(name, "."); !ok {
				return nil, fmt.Errorf("call %d: %q is no service.Operation", i+1, name)
			}
			if parameters == nil {
				parameters = map[string]any{}
			}
			var err error
			if c.parameters, err = json.Marshal(parameters); err != nil {
				return nil, fmt.Errorf("call %d: %w", i+1, err)
			}
			s.calls = append(s.calls, c)
		}
	}
	return s, nil
}

// Services are those that a scan asks of what the calls make, by their names in targets.
func (s *Setup) Services() []string {
	elsewhere := map[string][]string{"ec2": {"ebs", "ami", "ec2"}, "elbv2": {"elb"}, "emr": {"elasticmapreduce"}, "opensearch": {"es"}, "s3control": {"s3"}, "sfn": {"states"}}
	var out []string
	for _, c := range s.calls {
		names, ok := elsewhere[c.service]
		if !ok {
			names = []string{c.service}
		}
		out = append(out, names...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Make makes the calls.
func (s *Setup) Make(t testing.TB, endpoint string) {
	t.Helper()
	apis := clients(Config(t, endpoint, Region))
	for _, c := range s.calls {
		out, err := c.make(t.Context(), apis, s.Filled(string(c.parameters)))
		if err != nil {
			t.Fatalf("%s.%s: %v", c.service, c.operation, err)
		}
		if c.keep != "" {
			s.kept[c.keep] = out
		}
	}
}

// Filled puts what was kept of answers into a text.
func (s *Setup) Filled(text string) string {
	return kept.ReplaceAllStringFunc(text, func(ref string) string {
		m := kept.FindStringSubmatch(ref)
		v := s.kept[m[1]]
		for _, step := range strings.Split(m[2][1:], ".") {
			switch at := v.(type) {
			case map[string]any:
				v = at[step]
			case []any:
				if i, err := strconv.Atoi(step); err == nil && i < len(at) {
					v = at[i]
				}
			}
		}
		if said, ok := v.(string); ok {
			return said
		}
		return ref // which the API refuses
	})
}

// make calls an operation of a client of the kit by its name.
func (c setupCall) make(ctx context.Context, apis map[string]any, parameters string) (any, error) {
	api, ok := apis[c.service]
	if !ok {
		return nil, fmt.Errorf("no client for %q: add it to the list of clients", c.service)
	}
	operation := reflect.ValueOf(api).MethodByName(c.operation)
	if !operation.IsValid() || operation.Type().NumIn() != 3 {
		return nil, fmt.Errorf("%s has no such operation", c.service)
	}
	in := reflect.New(operation.Type().In(1).Elem())
	d := json.NewDecoder(bytes.NewReader([]byte(parameters)))
	d.DisallowUnknownFields()
	if err := d.Decode(in.Interface()); err != nil {
		return nil, fmt.Errorf("parameters: %w", err)
	}
	results := operation.Call([]reflect.Value{reflect.ValueOf(ctx), in})
	if err, ok := results[1].Interface().(error); ok {
		return nil, err
	}
	answer, err := json.Marshal(results[0].Elem().Interface())
	if err != nil {
		return map[string]any{}, nil // a stream, of which nothing can be kept
	}
	var out any
	return out, json.Unmarshal(answer, &out)
}
