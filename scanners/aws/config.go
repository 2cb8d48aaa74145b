package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/configservice"
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
				r.add(Thing{Type: "aws_config_configuration_recorder", ARN: arn, At: recorders.at, Attrs: attrs{"name": c.Name, "tags": nil}})
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
