// Package child judges by rules of strangers in a process of their own: the same binary, without environment, network or
// clock, under a memory limit that it sets itself and a deadline that its parent keeps. One rule is asked at a time, so that
// a death is that rule's.
package child

import (
	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/verdict"
	"github.com/probity-scan/probity/policies/workshop"
)

// Command is the hidden argument that makes the program a child.
const Command = "__judge"

// Job is the first line that a child reads.
type Job struct {
	Memory int64                `json:"memory"` // bytes of data; 0: no limit
	Shared map[string]string    `json:"shared"` // helper modules by file name
	Rules  []Source             `json:"rules"`  //
	Schema map[string]any       `json:"schema"` // of what rules see
	Kinds  map[probity.Kind]any `json:"kinds"`  // of settings, by kind
	Config *verdict.Node        `json:"config"` // data.config
	Lib    []string             `json:"lib"`    // files of Shared that are ours: not checked again
	Risk   *Source              `json:"risk,omitempty"`
	Tests  *Tests               `json:"tests,omitempty"`
}

// Tests is a folder of rules with their tests, by file name.
type Tests struct {
	Files   map[string][]byte `json:"files"`
	Helpers map[string][]byte `json:"helpers"` // ours, which are not counted
}

// Source is one rule of a stranger.
type Source struct {
	File    string         `json:"file"`
	Text    string         `json:"text"`
	Package string         `json:"package"` // "data.user.…"
	Kinds   []probity.Kind `json:"kinds,omitempty"`
}

// ask is a line from the parent: a rule and inputs to judge; without inputs, only compile and check.
type ask struct {
	Rule   int             `json:"rule"`
	Inputs []*verdict.Node `json:"inputs,omitempty"`
	Trace  bool            `json:"trace,omitempty"` // tell the steps over the inputs, instead of verdicts
	Risk   bool            `json:"risk,omitempty"`  // asks the job's risk, of each of the inputs
	Names  bool            `json:"names,omitempty"` // asks how the job's tests are called
	Test   *string         `json:"test,omitempty"`  // runs one of them, or all where it is empty
}

// answer is a line from the child.
type answer struct {
	Error   string          `json:"error,omitempty"` // the rule does not compile
	Reads   []probity.Path  `json:"reads,omitempty"`
	Results []Judged        `json:"results,omitempty"`
	Traces  []Traced        `json:"traces,omitempty"`
	Risks   []Opinion       `json:"risks,omitempty"`
	Names   []workshop.Test `json:"names,omitempty"`
	Tested  workshop.Report `json:"tested,omitzero"`
}

// Opinion is what a risk says of a finding: its severity, and the facts that moved it.
type Opinion struct {
	Severity string         `json:"severity"`
	Because  []probity.Path `json:"because,omitempty"`
}

// Judged is a rule's word on one input, or how it failed.
type Judged struct {
	verdict.Result
	Error string `json:"error,omitempty"`
}

// Traced is how a rule was evaluated over one input.
type Traced struct {
	Steps    []string `json:"steps"`              // over what is known of it
	Residual []string `json:"residual,omitempty"` // what is left once that has been put in: a violation where one holds
}
