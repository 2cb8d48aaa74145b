package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	probity "github.com/probity-scan/probity"
)

// ec2Instances lists machines; their volumes are listed by themselves, and what they run first may hold a secret and is
// never asked for.
func ec2Instances() service {
	return service{name: "ec2", id: "EC2", lists: []string{"aws_instance"}, calls: calls("DescribeInstances"),
		read: func(r *reader) {
			never := unread{probity.Gap{Reason: probity.Filtered, Because: "user data may hold secrets and is never read"}}
			for v, at := range list(r, ec2.NewFromConfig(r.cfg).DescribeInstances, &ec2.DescribeInstancesInput{},
				func(p *ec2.DescribeInstancesOutput) []types.Reservation { return p.Reservations }, "aws_instance") {
				for _, i := range v.Instances {
					if i.State != nil && i.State.Name == types.InstanceStateNameTerminated {
						continue
					}
					id := value(i.InstanceId)
					r.add(Thing{Type: "aws_instance", ARN: r.arn("ec2", "instance/"+id), ID: id, At: at,
						Attrs: attrs{"name": nil, "tags": ec2Tags(i.Tags), "user_data": never, "user_data_base64": nil}})
				}
			}
		}}
}
