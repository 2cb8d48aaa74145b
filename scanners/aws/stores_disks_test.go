package aws_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/rds"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws/awstest"
)

// made is what a call that fills the emulator gives.
func made[In, Out, O any](f *storeFiller, op func(context.Context, *In, ...func(*O)) (*Out, error), in *In) *Out {
	f.Helper()
	out, err := op(f.Context(), in)
	if err != nil {
		f.Fatalf("filling the emulator: %v", err)
	}
	return out
}

// network has databases behind groups that are open and that are not, in subnets with a way to the internet and without. Which of
// them the internet reaches follows from all of these together.
func (f *storeFiller) network() {
	api, databases := ec2.NewFromConfig(f.cfg), rds.NewFromConfig(f.cfg)
	vpc := made(f, api.CreateVpc, &ec2.CreateVpcInput{CidrBlock: ptr("10.30.0.0/16")}).Vpc.VpcId
	gate := made(f, api.CreateInternetGateway, &ec2.CreateInternetGatewayInput{}).InternetGateway.InternetGatewayId
	made(f, api.AttachInternetGateway, &ec2.AttachInternetGatewayInput{InternetGatewayId: gate, VpcId: vpc})
	table := made(f, api.CreateRouteTable, &ec2.CreateRouteTableInput{VpcId: vpc}).RouteTable.RouteTableId
	made(f, api.CreateRoute, &ec2.CreateRouteInput{RouteTableId: table, DestinationCidrBlock: ptr("0.0.0.0/0"), GatewayId: gate})
	for i, name := range []string{"outer", "inner"} { // the inner ones take the routes of their network's main table
		var ids []string
		for j, zone := range []string{"a", "b"} {
			cidr := fmt.Sprintf("10.30.%d.0/24", 2*i+j)
			id := made(f, api.CreateSubnet, &ec2.CreateSubnetInput{VpcId: vpc, CidrBlock: &cidr, AvailabilityZone: ptr("eu-west-1" + zone)}).Subnet.SubnetId
			if ids = append(ids, *id); name == "outer" {
				made(f, api.AssociateRouteTable, &ec2.AssociateRouteTableInput{RouteTableId: table, SubnetId: id})
			}
		}
		made(f, databases.CreateDBSubnetGroup, &rds.CreateDBSubnetGroupInput{DBSubnetGroupName: &name, DBSubnetGroupDescription: &name, SubnetIds: ids})
	}
	ranges := made(f, api.CreateManagedPrefixList, &ec2.CreateManagedPrefixListInput{PrefixListName: ptr("offices"), AddressFamily: ptr("IPv4"), MaxEntries: ptr(int32(5)),
		Entries: []types.AddPrefixListEntry{{Cidr: ptr("192.0.2.0/24")}}}).PrefixList.PrefixListId
	postgres := types.IpPermission{IpProtocol: ptr("tcp"), FromPort: ptr(int32(5432)), ToPort: ptr(int32(5432))}
	open, own, listed, ssh := postgres, postgres, postgres, postgres
	open.IpRanges = []types.IpRange{{CidrIp: ptr("0.0.0.0/0")}}
	own.IpRanges = []types.IpRange{{CidrIp: ptr("10.30.0.0/16")}}
	listed.PrefixListIds = []types.PrefixListId{{PrefixListId: ranges}}
	ssh.IpRanges, ssh.FromPort, ssh.ToPort = open.IpRanges, ptr(int32(22)), ptr(int32(22))
	let := func(cidr string) string {
		return fmt.Sprintf(`[{"cidr":%q,"protocol":"tcp","from":5432,"to":5432}]`, cidr)
	}
	for name, c := range map[string]struct {
		permission                types.IpPermission
		addressed                 bool
		subnets                   string
		public, networks, through string
	}{
		"reached":      {open, true, "outer", "true", let("0.0.0.0/0"), "true"},
		"own network":  {own, true, "outer", "false", let("10.30.0.0/16"), "true"},
		"offices":      {listed, true, "inner", "false", let("192.0.2.0/24"), "false"},
		"another port": {ssh, true, "outer", "false", "null", "true"},
		"no address":   {open, false, "inner", "false", let("0.0.0.0/0"), "false"},
	} {
		id := "net-" + strings.ReplaceAll(name, " ", "-")
		group := made(f, api.CreateSecurityGroup, &ec2.CreateSecurityGroupInput{GroupName: &id, Description: &id, VpcId: vpc}).GroupId
		made(f, api.AuthorizeSecurityGroupIngress, &ec2.AuthorizeSecurityGroupIngressInput{GroupId: group, IpPermissions: []types.IpPermission{c.permission}})
		made(f, databases.CreateDBInstance, &rds.CreateDBInstanceInput{DBInstanceIdentifier: &id, Engine: ptr("postgres"), EngineVersion: ptr("16.3"), DBInstanceClass: ptr("db.t3.micro"),
			MasterUsername: ptr("app"), MasterUserPassword: ptr(strings.Repeat("p", 12)), AllocatedStorage: ptr(int32(20)), Port: ptr(int32(5432)),
			PubliclyAccessible: &c.addressed, VpcSecurityGroupIds: []string{*group}, DBSubnetGroupName: &c.subnets})
		f.says(at("rds", "db:"+id), map[probity.Path]string{"exposure.declared.addressed": fmt.Sprint(c.addressed), "exposure.public": c.public,
			"exposure.networks": c.networks, "settings.public_subnet": c.through, "exposure.declared.guards": fmt.Sprintf(`[{"id":%q}]`, at("ec2", "security-group/"+*group))})
	}
}

// disks are volumes, their snapshots and images, encrypted and not, shared and not.
func (f *storeFiller) disks() {
	api := ec2.NewFromConfig(f.cfg)
	f.instead["DescribeSnapshots"] = []string{"<encrypted>true</encrypted>", "<encrypted>true</encrypted><kmsKeyId>" + f.key + "</kmsKeyId>"} // which the emulator leaves out
	for name, c := range map[string]struct {
		key      *string
		settings map[probity.Path]string
		share    *ec2.ModifySnapshotAttributeInput
		with     string
		acl      string
	}{
		"sealed": {&f.key, f.encrypted(), nil, "[]", "[]"},
		"lent": {&f.key, f.encrypted(), &ec2.ModifySnapshotAttributeInput{UserIds: []string{"210987654321"}}, `["210987654321"]`,
			`[{"principal":"210987654321","actions":["restore"],"on":[]}]`},
		"bare": {nil, plain(), &ec2.ModifySnapshotAttributeInput{GroupNames: []string{"all"}}, `["all"]`, `[{"principal":"*","actions":["restore"],"on":[]}]`},
	} {
		sealed := c.key != nil
		v := made(f, api.CreateVolume, &ec2.CreateVolumeInput{AvailabilityZone: ptr("eu-west-1a"), Size: ptr(int32(8)), Encrypted: &sealed, KmsKeyId: c.key,
			TagSpecifications: []types.TagSpecification{{ResourceType: types.ResourceTypeVolume, Tags: []types.Tag{{Key: ptr("Name"), Value: &name}}}}}).VolumeId
		s := made(f, api.CreateSnapshot, &ec2.CreateSnapshotInput{VolumeId: v}).SnapshotId
		if c.share != nil {
			c.share.SnapshotId, c.share.Attribute, c.share.OperationType = s, types.SnapshotAttributeNameCreateVolumePermission, types.OperationTypeAdd
			made(f, api.ModifySnapshotAttribute, c.share)
		}
		volume, snapshot := at("ec2", "volume/"+*v), at("ec2", "snapshot/"+*s)
		f.says(volume, c.settings)
		f.says(volume, map[probity.Path]string{"tags": fmt.Sprintf(`{"Name":%q}`, name)})
		f.says(snapshot, c.settings)
		f.says(snapshot, map[probity.Path]string{"settings.shared_with": c.with, "exposure.declared.acl": c.acl, "exposure.public": fmt.Sprint(name == "bare")})
	}
}

// images start from a snapshot that is encrypted or not, and may be started by others. The region encrypts new volumes from now on.
func (f *storeFiller) images() {
	api := ec2.NewFromConfig(f.cfg)
	for name, share := range map[string]*ec2.ModifyImageAttributeInput{
		"sealed": nil,
		"lent":   {UserIds: []string{"210987654321"}},
		"bare":   {UserGroups: []string{"all"}},
	} {
		sealed := name != "bare"
		v := made(f, api.CreateVolume, &ec2.CreateVolumeInput{AvailabilityZone: ptr("eu-west-1a"), Size: ptr(int32(8)), Encrypted: &sealed}).VolumeId
		s := made(f, api.CreateSnapshot, &ec2.CreateSnapshotInput{VolumeId: v}).SnapshotId
		id := made(f, api.RegisterImage, &ec2.RegisterImageInput{Name: &name, RootDeviceName: ptr("/dev/xvda"), BlockDeviceMappings: []types.BlockDeviceMapping{
			{DeviceName: ptr("/dev/xvda"), Ebs: &types.EbsBlockDevice{SnapshotId: s}}}}).ImageId
		of := made(f, api.DescribeImages, &ec2.DescribeImagesInput{ImageIds: []string{*id}}).Images[0].BlockDeviceMappings[0].Ebs.SnapshotId
		f.instead["DescribeImages"] = append(f.instead["DescribeImages"], *of, *s) // of its own, which the emulator makes for it
		with := "[]"
		if share != nil {
			share.ImageId, share.Attribute, share.OperationType = id, ptr("launchPermission"), types.OperationTypeAdd
			made(f, api.ModifyImageAttribute, share)
			with = text(append(share.UserIds, share.UserGroups...))
		}
		f.says(at("ec2", "image/"+*id), map[probity.Path]string{"encryption.at_rest": fmt.Sprint(sealed), "settings.shared_with": with, "exposure.public": fmt.Sprint(name == "bare"),
			"links": fmt.Sprintf(`[{"kind":"snapshot-of","to":{"id":%q}}]`, at("ec2", "snapshot/"+*s))})
	}
	made(f, api.EnableEbsEncryptionByDefault, &ec2.EnableEbsEncryptionByDefaultInput{})
	f.says("aws://"+awstest.Account+"/"+awstest.Region, map[probity.Path]string{"settings.ebs_encryption": "true", "settings.ebs_key_manager": `"provider-managed"`,
		"settings.snapshots_private": "false", "settings.images_private": "false"})
}
