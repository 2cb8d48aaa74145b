package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/configservice"
	"github.com/aws/aws-sdk-go-v2/service/configservice/types"
)

func configService() service {
	return service{name: "config", id: "Config Service",
		lists: []string{"aws_config_configuration_recorder"},
		calls: calls("DescribeConfigurationRecorders", "DescribeConfigurationRecorderStatus"),
		read: func(r *reader) {
			api := configservice.NewFromConfig(r.cfg)
			recorders := ask(r, api.DescribeConfigurationRecorders, &configservice.DescribeConfigurationRecordersInput{})
			o := listed(r, recorders, "aws_config_configuration_recorder")
			if o == nil || len(o.ConfigurationRecorders) == 0 {
				return
			}
			for _, c := range o.ConfigurationRecorders {
				arn := value(c.Arn)
				if arn == "" {
					arn = r.arn("config", "configuration-recorder/"+value(c.Name))
				}
				r.add(Thing{Type: "aws_config_configuration_recorder", ARN: arn, At: recorders.at, Attrs: attrs{"name": c.Name, "tags": nil, "recording_group": recordingGroup(c.RecordingGroup)}})
			}
			status := ask(r, api.DescribeConfigurationRecorderStatus, &configservice.DescribeConfigurationRecorderStatusInput{})
			if o := listed(r, status, "aws_config_configuration_recorder_status"); o != nil {
				for _, s := range o.ConfigurationRecordersStatus {
					r.add(Thing{Type: "aws_config_configuration_recorder_status", ID: Account(r.account, r.region).ID + "/recorders/" + value(s.Name), At: status.at,
						Attrs: attrs{"name": s.Name, "is_enabled": s.Recording}})
				}
			}
		}}
}

func recordingGroup(g *types.RecordingGroup) any {
	if g == nil {
		return nil
	}
	texts := func(in []types.ResourceType) any {
		return each(in, func(t types.ResourceType) any { return string(t) })
	}
	out := attrs{"all_supported": g.AllSupported, "resource_types": texts(g.ResourceTypes)}
	if x := g.ExclusionByResourceTypes; x != nil && len(x.ResourceTypes) > 0 {
		out["exclusion_by_resource_types"] = attrs{"resource_types": texts(x.ResourceTypes)}
	}
	return out
}
