package estate

import (
	"strconv"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	ec2Instance  = "aws_instance"
	ec2Spot      = "aws_spot_instance_request"
	ec2Template  = "aws_launch_template"
	ec2Configure = "aws_launch_configuration"
)

// machines are the types that make volumes together with a machine.
func machines() []string { return []string{ec2Instance, ec2Spot, ec2Template, ec2Configure} }

// machineVolumes are the volumes that machines bring with them: each block of a device is one, and so is the root volume
// of an instance that says nothing of it.
func (e *estate) machineVolumes() []probity.Asset {
	if e.place.listed() {
		return nil // they are listed as volumes
	}
	var out []probity.Asset
	for _, typ := range []string{ec2Instance, ec2Spot, ec2Configure} {
		for _, r := range e.byType[typ] {
			root, gap := r.Get("root_block_device").Blocks()
			if len(root) == 0 {
				root = []*resource.Block{{At: r.At, Rest: gap}}
			}
			out = append(out, e.device(r, root[0], "root_block_device", true))
			blocks, rest := r.Get("ebs_block_device").Blocks()
			e.moreDevices(r, rest)
			for i, b := range blocks {
				out = append(out, e.device(r, b, "ebs_block_device["+deviceKey(b, i)+"]", false))
			}
		}
	}
	for _, r := range e.byType[ec2Template] {
		blocks, rest := r.Get("block_device_mappings").Blocks()
		e.moreDevices(r, rest)
		for i, b := range blocks {
			found, gap := disks(b)
			e.moreDevices(r, gap)
			for _, disk := range found {
				out = append(out, e.device(r, disk, "block_device_mappings["+deviceKey(b, i)+"]", true))
			}
		}
	}
	return out
}

func disks(mapping *resource.Block) ([]*resource.Block, *probity.Gap) {
	out, gap := mapping.Get("ebs").Blocks()
	return out[:min(len(out), 1)], gap
}

func deviceKey(b *resource.Block, i int) string {
	if name := b.Get("device_name").String(); name != "" {
		return strconv.Quote(name)
	}
	return strconv.Itoa(i)
}

// moreDevices: a machine of which nobody can tell how many devices it has may have clear ones.
func (e *estate) moreDevices(r *resource.Resource, rest *probity.Gap) {
	if rest != nil {
		e.losses = append(e.losses, resource.Loss{Gap: probity.Gap{Reason: rest.Reason, Needs: rest.Needs, Because: r.Addr + " may have more volumes"},
			Origin: r.At, Type: r.Type})
	}
}

// device is a volume that a machine brings with it. One that the image may bring is encrypted as the image's snapshot is,
// where neither the code nor the account's default encrypts it.
func (e *estate) device(r *resource.Resource, b *resource.Block, name string, image bool) probity.Asset {
	c := &resource.Resource{Block: *b, Addr: r.Addr + "." + name, Type: r.Type, Name: r.Name, Provider: r.Provider, Maybe: r.Maybe}
	if own := r.Get("region"); own.Set() {
		c.Provider.Region = own
		c.Provider.Name += "/" + own.String()
	}
	a := e.asset(c, kinds.EBSVolume, "")
	if image && !c.Get("encrypted").Set() && !c.Get("snapshot_id").Set() && !c.Get("kms_key_id").Set() {
		a.Encryption.AtRest = e.volumeDefault(c)
		if !a.Encryption.AtRest.Is(func(on bool) bool { return on }) {
			a.Encryption.AtRest = probity.Missing[bool](probity.Gap{Reason: probity.Computed, Because: "a volume of an image is encrypted as the image is"}, c.At)
		}
		e.rdsKey(c, &a, nil)
		return a
	}
	e.volumeEncryption(c, &a)
	e.link(&a, probity.CopyOf, c.Get("snapshot_id"))
	return a
}
