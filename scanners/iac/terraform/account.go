package terraform

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/terraform/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	accountBlock  = "aws_s3_account_public_access_block"
	accountEBS    = "aws_ebs_encryption_by_default"
	accountEBSKey = "aws_ebs_default_kms_key"
)

func account() service {
	return service{kinds: map[probity.Kind][]string{kinds.AWSAccount: {accountBlock, accountEBS}},
		types: []string{accountBlock, accountEBS, accountEBSKey}, read: (*estate).account}
}

// account is what stands for the account, once the root sets something for all its stores.
func (e *estate) account() []probity.Asset {
	block, ebs := e.byType[accountBlock], e.byType[accountEBS]
	if len(block) == 0 && len(ebs) == 0 {
		return nil
	}
	a := probity.Asset{Ref: e.ref("aws.account"), Kind: kinds.AWSAccount, Class: probity.Account, Scope: probity.Scope{Provider: "aws"}}
	settings := kinds.Account{}
	if len(block) > 0 {
		a.Origin = block[0].At
		a.Exposure.Declared.Blocks = certain(block[0], blocks(block[0]))
		if id := block[0].Get("account_id").String(); id != "" {
			a.Scope.Account = id
		}
	}
	if len(ebs) > 0 {
		if a.Origin == nil {
			a.Origin = ebs[0].At
		}
		settings.EBSEncryption = certain(ebs[0], ebs[0].Get("enabled").Bool(probity.Known(true, ebs[0].At)))
	}
	a.Settings = probity.SettingsOf(settings)
	return []probity.Asset{a}
}

// certain is a fact that a resource sets, if the resource is certain to exist.
func certain[T any](r *resource.Resource, f probity.Fact[T]) probity.Fact[T] {
	if r.Maybe != nil {
		return probity.Missing[T](*r.Maybe, r.At)
	}
	return f
}
