package reports

import "github.com/probity-scan/probity"

// hostileName is what a stranger may call a thing; the escape is the one that clears a terminal.
const hostileName = "<script>alert(1)</script>|`[x](https://evil.example)\x1b[2J\u202egnp.exe{0}\r\n=cmd()\xff"

// hostile is a scan in which every name is a stranger's.
func hostile() probity.Scan {
	ref := probity.Ref{Root: "../" + hostileName, ID: hostileName}
	n := hostileName
	o := &probity.Origin{File: n, Line: 3, Column: 1}
	g := probity.Gap{Reason: probity.Denied, Needs: n, Because: n}
	fail := failing("r", ref, probity.High, n, ev(ref, probity.Path(n), n, o))
	fail.Findings[0].Element = n
	fail.Findings[0].Waiver = nil
	accepted := waived(failing("r", ref, probity.Low, n, ev(ref, probity.Path(n), n, o)))
	accepted.Findings[0].Waiver.Reason, accepted.Findings[0].Waiver.Owner = n, n
	return probity.Scan{
		Header: probity.Header{Tool: n, Started: now(), Targets: []string{n}, Inputs: map[string]string{n: n},
			Rules: []probity.Rule{{ID: "r", Title: n, Description: n, Message: n, Severity: probity.High, Obligations: []probity.Obligation{probity.Obligation(n)},
				Remediation: []probity.Remedy{{Source: n, Text: n}}, References: []string{"javascript:alert(1)", n}, Source: *o}},
			Frameworks: []probity.Framework{{ID: n, Title: n, Version: n, Publisher: n, Applies: n, AsOf: n,
				Controls: []probity.Control{{ID: n, Title: n, Mode: probity.Manual, Why: n, Rules: []string{"r"}}}}},
			Trouble: []probity.Trouble{{What: n, Gap: g}}},
		Coverage: over([]probity.Coverage{{Supply: probity.Supply{Kind: probity.Kind(n), On: ref}, Gap: &g, Count: 2, Origin: o}}),
		Assets: over([]probity.Asset{{Ref: ref, Name: n, Kind: probity.Kind(n), Class: probity.Bucket, Origin: o,
			Tags:   probity.Known(map[string]string{n: n}, o),
			Labels: probity.Whole(o, probity.Label{Detector: n, Category: probity.Health, On: n, Found: 1, Protection: probity.Clear, Sample: probity.Sample{Unit: n, Read: 1}})}}),
		Outcomes: over([]probity.Outcome{fail, accepted, unknown("r", ref, gap(ref, probity.Path(n), g, o))}),
	}
}
