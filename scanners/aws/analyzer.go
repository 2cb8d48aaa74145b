package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/accessanalyzer"
	"github.com/aws/aws-sdk-go-v2/service/accessanalyzer/types"

	probity "github.com/probity-scan/probity"
)

func analyzerService() service {
	return service{name: "access-analyzer", id: "AccessAnalyzer",
		lists: []string{"aws_accessanalyzer_analyzer"},
		calls: []call{{operation: "ListAnalyzers"}, {operation: "ListFindingsV2", action: "access-analyzer:ListFindings"}},
		read: func(r *reader) {
			api := accessanalyzer.NewFromConfig(r.cfg)
			many(r, list(r, api.ListAnalyzers, &accessanalyzer.ListAnalyzersInput{},
				func(p *accessanalyzer.ListAnalyzersOutput) []types.AnalyzerSummary { return p.Analyzers }, "aws_accessanalyzer_analyzer"),
				func(a types.AnalyzerSummary, at *probity.Origin) {
					r.add(Thing{Type: "aws_accessanalyzer_analyzer", ARN: value(a.Arn), Created: a.CreatedAt, At: at, Attrs: attrs{
						"analyzer_name": a.Name,
						"type":          string(a.Type),
						"status":        string(a.Status),
						"findings":      openFindings(r, api, a),
						"tags":          a.Tags,
					}})
				})
		}}
}

// openFindings are the stores and keys that an analyzer found open to others, by ARN, and nobody has closed or accepted.
func openFindings(r *reader, api *accessanalyzer.Client, a types.AnalyzerSummary) any {
	if a.Type != types.TypeAccount && a.Type != types.TypeOrganization {
		return unread{probity.Gap{Reason: probity.NotApplicable, Because: "it does not look for access from outside"}}
	}
	at := r.at("access-analyzer:ListFindings")
	if !r.wants("settings.findings") {
		return from{unread{probity.Gap{Reason: probity.NotCollected, Because: "no chosen rule reads it"}}, at}
	}
	out := []string{}
	active := map[string]types.Criterion{"status": {Eq: []string{string(types.FindingStatusActive)}}}
	for page, err := range pages(r.ctx, api.ListFindingsV2, &accessanalyzer.ListFindingsV2Input{AnalyzerArn: a.Arn, Filter: active}) {
		if err != nil {
			return from{unread{r.permits.gap(err)}, at}
		}
		for _, f := range page.Findings {
			switch f.ResourceType {
			case types.ResourceTypeAwsIamRole, types.ResourceTypeAwsLambdaFunction, types.ResourceTypeAwsLambdaLayerversion, types.ResourceTypeAwsIamUser:
			default:
				if f.Resource != nil {
					out = append(out, *f.Resource)
				}
			}
		}
	}
	return from{out, at}
}
