package suppressions

import (
	"encoding/json"
	"strings"

	"github.com/probity-scan/probity/policies"
)

// suppressed is a finding in the Security Finding Format, as far as it matters here.
type suppressed struct {
	SchemaVersion string `json:"SchemaVersion"`
	GeneratorID   string `json:"GeneratorId"`
	Workflow      struct {
		Status string `json:"Status"`
	} `json:"Workflow"`
	Compliance struct {
		Control string `json:"SecurityControlId"`
	} `json:"Compliance"`
	Product map[string]string `json:"ProductFields"`
	Note    struct {
		Text string `json:"Text"`
	} `json:"Note"`
	Resources []struct {
		ID string `json:"Id"`
	} `json:"Resources"`
}

// asff reads findings: the answer of get-findings, or a list of them.
func asff(text []byte) ([]suppressed, bool) {
	var answer struct {
		Findings []suppressed `json:"Findings"`
	}
	if json.Unmarshal(text, &answer) != nil && json.Unmarshal(text, &answer.Findings) != nil {
		return nil, false
	}
	return answer.Findings, len(answer.Findings) > 0 && answer.Findings[0].SchemaVersion != ""
}

// securityHub gives those that somebody suppressed, on the resources that they are about.
func (r reader) securityHub(findings []suppressed) []Suppression {
	var out []Suppression
	for _, f := range findings {
		if f.Workflow.Status != "SUPPRESSED" {
			continue
		}
		s := r.of(policies.SecurityHub, f.control(), 0)
		if check, ok := strings.CutPrefix(s.Check, "prowler-"); ok {
			s.Peer, s.Check = policies.Prowler, check
		}
		s.Reason = f.Note.Text
		for _, x := range f.Resources {
			s.About.IDs = append(s.About.IDs, strings.TrimPrefix(x.ID, "AWS::::Account:"))
		}
		if len(s.About.IDs) == 0 {
			s.Wrong = "it names no resource"
		}
		out = append(out, s)
	}
	return out
}

// control is the ID of the control, from the newest place that has it. Prowler sends its findings in this form too.
func (f suppressed) control() string {
	if f.Compliance.Control != "" {
		return f.Compliance.Control
	}
	if id := f.Product["ControlId"]; id != "" {
		return id
	}
	return f.GeneratorID[strings.LastIndex(f.GeneratorID, "/")+1:]
}
