package aws

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"io"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// ec2Instances lists machines, and the templates that more are made by; their volumes are listed by themselves.
func ec2Instances() service {
	return service{name: "ec2", id: "EC2", lists: []string{"aws_instance", "aws_launch_template"},
		calls: append(calls("DescribeInstances", "DescribeLaunchTemplates", "DescribeLaunchTemplateVersions"), apiece(calls("DescribeInstanceAttribute")...)...),
		read: func(r *reader) {
			api := ec2.NewFromConfig(r.cfg)
			many(r, list(r, api.DescribeInstances, &ec2.DescribeInstancesInput{}, machines, "aws_instance"),
				func(i types.Instance, at *probity.Origin) { r.machine(api, i, at) })
			r.machineTemplates(api)
		}}
}

// machines are those that are not gone.
func machines(p *ec2.DescribeInstancesOutput) []types.Instance {
	var out []types.Instance
	for _, v := range p.Reservations {
		for _, i := range v.Instances {
			if i.State == nil || i.State.Name != types.InstanceStateNameTerminated {
				out = append(out, i)
			}
		}
	}
	return out
}

func (r *reader) machine(api *ec2.Client, i types.Instance, at *probity.Origin) {
	id := value(i.InstanceId)
	first := askFor(r, paths("settings.secret_in_user_data"), api.DescribeInstanceAttribute,
		&ec2.DescribeInstanceAttributeInput{InstanceId: i.InstanceId, Attribute: types.InstanceAttributeNameUserData})
	r.add(Thing{Type: "aws_instance", ARN: r.arn("ec2", "instance/"+id), ID: id, At: at, Attrs: attrs{"name": nil, "tags": ec2Tags(i.Tags), "user_data_base64": nil,
		"user_data": first.get(func(o *ec2.DescribeInstanceAttributeOutput) any {
			if o.UserData == nil {
				return nil
			}
			return firstRun(o.UserData.Value, first.at)
		})}})
}

// firstRun is the script that a machine runs first, of which nothing is kept but whether it holds what looks like a secret.
func firstRun(script *string, at *probity.Origin) any {
	if value(script) == "" {
		return nil
	}
	plain, err := base64.StdEncoding.DecodeString(*script)
	if err != nil {
		return unread{probity.Gap{Reason: probity.Unreadable, Because: "the user data is no Base64", Needs: "another try"}}
	}
	const most = 1 << 20 // a script has 16 KiB, and may be compressed
	if z, err := gzip.NewReader(bytes.NewReader(plain)); err == nil {
		if plain, err = io.ReadAll(io.LimitReader(z, most)); err != nil {
			return unread{probity.Gap{Reason: probity.Unreadable, Because: "the user data cannot be unpacked"}}
		}
	}
	return resource.Value{Data: resource.Secret{Literal: true, Holds: resource.HoldsSecret(string(plain))}, At: at}
}

// machineTemplates asks for the latest version of every template.
func (r *reader) machineTemplates(api *ec2.Client) {
	told := r.templateTags(api)
	for v, at := range list(r, api.DescribeLaunchTemplateVersions, &ec2.DescribeLaunchTemplateVersionsInput{Versions: []string{"$Latest"}}, func(p *ec2.DescribeLaunchTemplateVersionsOutput) []types.LaunchTemplateVersion {
		return p.LaunchTemplateVersions
	}, "aws_launch_template") {
		id, data := value(v.LaunchTemplateId), value(v.LaunchTemplateData)
		r.add(Thing{Type: "aws_launch_template", ARN: r.arn("ec2", "launch-template/"+id), ID: id, Created: v.CreateTime, At: at, Attrs: attrs{
			"name": v.LaunchTemplateName, "user_data": firstRun(data.UserData, at), "user_data_base64": nil, "block_device_mappings": nil,
			"tags": told(id)}})
	}
}

// templateTags gives the tags of a template by its ID.
func (r *reader) templateTags(api *ec2.Client) func(id string) any {
	at := r.at("ec2:DescribeLaunchTemplates")
	if !r.wants(r.tagPaths()...) && r.tagPaths() != nil {
		return func(string) any { return unwanted() }
	}
	tags := map[string]map[string]string{}
	for page, err := range pages(r.ctx, api.DescribeLaunchTemplates, &ec2.DescribeLaunchTemplatesInput{}) {
		if err != nil {
			gap := r.permits.gap(err)
			return func(string) any { return from{unread{gap}, at} }
		}
		for _, t := range page.LaunchTemplates {
			tags[value(t.LaunchTemplateId)] = ec2Tags(t.Tags)
		}
	}
	return func(id string) any { return from{tags[id], at} }
}
