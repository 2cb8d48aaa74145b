package resource_test

import (
	"encoding/base64"
	"testing"

	"github.com/probity-scan/probity/scanners/iac/resource"
)

func TestHoldsSecret(t *testing.T) {
	t.Parallel()
	key := "AKI" + "A" + "QWERTZ2345NMKLPO"
	for text, want := range map[string]bool{
		"aws configure set aws_access_key_id " + key:        true,
		"#!/bin/sh\nexport DB_PASSWORD=\"hunter" + "22\"\n": true,
		"password: hunter" + "22":                           true,
		"run --api-token=abcdef" + "123":                    true,
		"postgres://app:hunter" + "22@db/app":               true,
		"postgres://app:$PASSWORD@db/app":                   false,
		"export DB_PASSWORD=$(aws ssm get-parameter)":       false,
		"export DB_PASSWORD=${password}":                    false,
		"export DB_PASSWORD_ARN=arn:aws:secretsmanager:x":   false,
		"# password: see the handbook":                      false,
		"password: short":                                   false,
		"https://example.org/a@b":                           false,
		"AKI" + "A" + "IOSFODNN7EXAMPLE":                    false,
		"echo hello":                                        false,
		"":                                                  false,
	} {
		if got := resource.HoldsSecret(text); got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}

func TestScriptHolds(t *testing.T) {
	t.Parallel()
	script := "export DB_PASSWORD=hunter" + "22"
	for _, c := range []struct {
		attr, text string
		want       bool
	}{
		{"user_data", script, true}, {"user_data_base64", base64.StdEncoding.EncodeToString([]byte(script)), true},
		{"user_data", base64.StdEncoding.EncodeToString([]byte(script)), true}, // launch templates take it so
		{"user_data", "echo", false}, {"password", script, false},
	} {
		if got := resource.ScriptHolds(c.attr, c.text); got != c.want {
			t.Errorf("%s: got %v, want %v", c.attr, got, c.want)
		}
	}
}
