package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/estate"
)

func ecsService() service {
	return service{name: "ecs", id: "ECS",
		lists: []string{"aws_ecs_task_definition"},
		calls: append(calls("ListTaskDefinitionFamilies"), apiece(calls("DescribeTaskDefinition")...)...),
		read: func(r *reader) {
			api := ecs.NewFromConfig(r.cfg)
			many(r, list(r, api.ListTaskDefinitionFamilies, &ecs.ListTaskDefinitionFamiliesInput{Status: types.TaskDefinitionFamilyStatusActive},
				func(p *ecs.ListTaskDefinitionFamiliesOutput) []string { return p.Families }, "aws_ecs_task_definition"),
				func(family string, _ *probity.Origin) { r.task(api, family) })
		}}
}

// task is the latest active definition of a family.
func (r *reader) task(api *ecs.Client, family string) {
	is := ask(r, api.DescribeTaskDefinition, &ecs.DescribeTaskDefinitionInput{TaskDefinition: &family, Include: []types.TaskDefinitionField{types.TaskDefinitionFieldTags}})
	d := value(value(is.out).TaskDefinition)
	t := Thing{Type: "aws_ecs_task_definition", ARN: value(d.TaskDefinitionArn), ID: family, Created: d.RegisteredAt, At: is.at}
	if is.gap != nil { // a family that is listed has a definition
		t.ARN = r.arn("ecs", "task-definition/"+family)
	}
	t.Attrs = attrs{"family": family,
		"container_definitions": is.get(func(*ecs.DescribeTaskDefinitionOutput) any { return estate.Veiled(taskEnvironment(d), is.at) }),
		"tags": is.get(func(o *ecs.DescribeTaskDefinitionOutput) any {
			return tags(o.Tags, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
		})}
	r.add(t)
}

// taskEnvironment are the variables of all containers. One that two of them set is told apart by its container.
func taskEnvironment(d types.TaskDefinition) map[string]string {
	out := map[string]string{}
	for _, c := range d.ContainerDefinitions {
		for _, e := range c.Environment {
			name := value(e.Name)
			if _, taken := out[name]; taken {
				name = value(c.Name) + "." + name
			}
			out[name] = value(e.Value)
		}
	}
	return out
}
