package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
)

// parameters are those of CloudFormation: of files, later ones winning, then of flags.
func parameters(files, flags []string) (map[string]string, error) {
	out := map[string]string{}
	for _, name := range files {
		given, err := parameterFile(name)
		if err != nil {
			return nil, fmt.Errorf("--param-file: %w", err)
		}
		maps.Copy(out, given)
	}
	given, err := pairs("--param", flags)
	if err != nil {
		return nil, err
	}
	maps.Copy(out, given)
	return out, nil
}

const maxParameterFile = 4 << 20

// parameterFile reads the shapes that people keep: a list of ParameterKey and ParameterValue, an object of names and values,
// and such an object under "Parameters" as CodePipeline has it. No error tells what the file holds.
func parameterFile(name string) (map[string]string, error) {
	if info, err := os.Stat(name); err != nil {
		return nil, err
	} else if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: not a file", name)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	src, err := io.ReadAll(io.LimitReader(f, maxParameterFile))
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	var list []struct{ ParameterKey, ParameterValue *string }
	if json.Unmarshal(src, &list) == nil {
		for _, p := range list {
			if p.ParameterKey == nil || *p.ParameterKey == "" {
				return nil, fmt.Errorf("%s: an entry has no ParameterKey", name)
			}
			if p.ParameterValue != nil { // else UsePreviousValue
				out[*p.ParameterKey] = *p.ParameterValue
			}
		}
		return out, nil
	}
	var whole struct{ Parameters map[string]string }
	if json.Unmarshal(src, &whole) == nil && whole.Parameters != nil {
		return whole.Parameters, nil
	}
	if json.Unmarshal(src, &out) != nil {
		return nil, fmt.Errorf("%s: want a list of ParameterKey and ParameterValue, or an object of texts, as JSON", name)
	}
	return out, nil
}
