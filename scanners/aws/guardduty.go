package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/guardduty"
	"github.com/aws/aws-sdk-go-v2/service/guardduty/types"

	probity "github.com/probity-scan/probity"
)

func guardDutyService() service {
	return service{name: "guardduty", id: "GuardDuty",
		lists: []string{"aws_guardduty_detector"},
		calls: calls("ListDetectors", "GetDetector"),
		read: func(r *reader) {
			api := guardduty.NewFromConfig(r.cfg)
			many(r, list(r, api.ListDetectors, &guardduty.ListDetectorsInput{},
				func(p *guardduty.ListDetectorsOutput) []string { return p.DetectorIds }, "aws_guardduty_detector"),
				func(id string, at *probity.Origin) {
					said := ask(r, api.GetDetector, &guardduty.GetDetectorInput{DetectorId: &id})
					r.add(Thing{Type: "aws_guardduty_detector", ARN: r.arn("guardduty", "detector/"+id), ID: id, At: at, Attrs: attrs{
						"enable":      said.get(func(o *guardduty.GetDetectorOutput) any { return o.Status == types.DetectorStatusEnabled }),
						"tags":        said.get(func(o *guardduty.GetDetectorOutput) any { return o.Tags }),
						"datasources": nil,
					}})
					o := listed(r, said, "aws_guardduty_detector_feature")
					if o == nil {
						return
					}
					for _, f := range o.Features {
						r.add(Thing{Type: "aws_guardduty_detector_feature", ID: id + "/" + string(f.Name), At: said.at,
							Attrs: attrs{"detector_id": id, "name": string(f.Name), "status": string(f.Status)}})
					}
				})
		}}
}
