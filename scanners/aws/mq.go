package aws

import (
	"net/url"

	"github.com/aws/aws-sdk-go-v2/service/mq"
	"github.com/aws/aws-sdk-go-v2/service/mq/types"

	probity "github.com/probity-scan/probity"
)

func mqService() service {
	return service{name: "mq", id: "mq", lists: []string{"aws_mq_broker"},
		calls: append(calls("ListBrokers"), apiece(calls("DescribeBroker")...)...),
		read: func(r *reader) {
			api := mq.NewFromConfig(r.cfg)
			many(r, list(r, api.ListBrokers, &mq.ListBrokersInput{},
				func(p *mq.ListBrokersOutput) []types.BrokerSummary { return p.BrokerSummaries }, "aws_mq_broker"),
				func(s types.BrokerSummary, at *probity.Origin) {
					d := ask(r, api.DescribeBroker, &mq.DescribeBrokerInput{BrokerId: s.BrokerId}, "NotFoundException")
					if d.gap != nil || d.out != nil {
						r.add(mqBroker(s, d, at))
					}
				})
		}}
}

func mqBroker(s types.BrokerSummary, d answer[mq.DescribeBrokerOutput], at *probity.Origin) Thing {
	t := Thing{Type: "aws_mq_broker", ARN: value(s.BrokerArn), ID: value(s.BrokerId), Created: s.Created, At: at, Attrs: attrs{
		"broker_name":         s.BrokerName,
		"engine_type":         word(s.EngineType),
		"deployment_mode":     word(s.DeploymentMode),
		"user":                onlyCode{},
		"engine_version":      d.get(func(o *mq.DescribeBrokerOutput) any { return o.EngineVersion }),
		"publicly_accessible": d.get(func(o *mq.DescribeBrokerOutput) any { return o.PubliclyAccessible }),
		"encryption_options": d.get(func(o *mq.DescribeBrokerOutput) any {
			if o.EncryptionOptions == nil {
				return nil
			}
			return attrs{"use_aws_owned_key": o.EncryptionOptions.UseAwsOwnedKey, "kms_key_id": keyOf(o.EncryptionOptions.KmsKeyId)}
		}),
		"security_groups": d.get(func(o *mq.DescribeBrokerOutput) any {
			return each(o.SecurityGroups, func(id string) any { return to("aws_security_group", &id) })
		}),
		"subnet_ids": d.get(func(o *mq.DescribeBrokerOutput) any {
			return each(o.SubnetIds, func(id string) any { return to("aws_subnet", &id) })
		}),
		"logs": d.get(func(o *mq.DescribeBrokerOutput) any {
			if o.Logs == nil {
				return nil
			}
			return attrs{"audit": o.Logs.Audit, "general": o.Logs.General}
		}),
		"auto_minor_version_upgrade": d.get(func(o *mq.DescribeBrokerOutput) any { return o.AutoMinorVersionUpgrade }),
		"tags": d.get(func(o *mq.DescribeBrokerOutput) any {
			if o.Tags == nil {
				return map[string]string{}
			}
			return o.Tags
		}),
	}}
	if d.out == nil {
		return t
	}
	for _, b := range d.out.BrokerInstances {
		for _, e := range b.Endpoints {
			if u, err := url.Parse(e); err == nil && u.Hostname() != "" {
				t.Names = append(t.Names, u.Hostname(), u.Host)
			}
		}
	}
	return t
}
