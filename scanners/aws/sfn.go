package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/aws/aws-sdk-go-v2/service/sfn/types"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/estate"
)

func sfnService() service {
	return service{name: "states", id: "SFN",
		lists: []string{"aws_sfn_state_machine"},
		calls: append(calls("ListStateMachines"), apiece(calls("DescribeStateMachine", "ListTagsForResource")...)...),
		read: func(r *reader) {
			api := sfn.NewFromConfig(r.cfg)
			many(r, list(r, api.ListStateMachines, &sfn.ListStateMachinesInput{},
				func(p *sfn.ListStateMachinesOutput) []types.StateMachineListItem { return p.StateMachines }, "aws_sfn_state_machine"),
				func(m types.StateMachineListItem, at *probity.Origin) { r.stateMachine(api, m, at) })
		}}
}

// stateMachine: a definition that a key of the customer's encrypts is told to those alone who may decrypt; the rest to all.
func (r *reader) stateMachine(api *sfn.Client, m types.StateMachineListItem, at *probity.Origin) {
	is := ask(r, api.DescribeStateMachine, &sfn.DescribeStateMachineInput{StateMachineArn: m.StateMachineArn})
	definition := is.get(func(o *sfn.DescribeStateMachineOutput) any {
		return estate.VeiledDefinition(value(o.Definition), is.at)
	})
	if is.gap != nil {
		is = ask(r, api.DescribeStateMachine, &sfn.DescribeStateMachineInput{StateMachineArn: m.StateMachineArn, IncludedData: types.IncludedDataMetadataOnly})
		if is.gap == nil {
			definition = unread{probity.Gap{Reason: probity.Denied, Because: "its definition cannot be decrypted", Needs: "kms:Decrypt"}}
		}
	}
	t := Thing{Type: "aws_sfn_state_machine", ARN: value(m.StateMachineArn), ID: value(m.Name), Created: m.CreationDate, At: at, Attrs: attrs{
		"name":       m.Name,
		"definition": definition,
		"encryption_configuration": is.get(func(o *sfn.DescribeStateMachineOutput) any {
			return attrs{"kms_key_id": keyOf(value(o.EncryptionConfiguration).KmsKeyId)}
		}),
	}}
	t.Attrs["tags"] = askFor(r, r.tagPaths(), api.ListTagsForResource, &sfn.ListTagsForResourceInput{ResourceArn: m.StateMachineArn}).get(func(o *sfn.ListTagsForResourceOutput) any {
		return tags(o.Tags, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
	})
	r.add(t)
}
