package aws

import (
	"path"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/aws/aws-sdk-go-v2/service/ecr/types"

	probity "github.com/probity-scan/probity"
)

func ecrService() service {
	return service{name: "ecr", id: "ECR",
		lists: []string{"aws_ecr_repository", "aws_ecr_registry_policy"},
		calls: append(calls("DescribeRegistry", "DescribeRepositories", "GetRegistryPolicy", "GetRegistryScanningConfiguration"),
			apiece(calls("GetRepositoryPolicy", "ListTagsForResource")...)...),
		read: func(r *reader) {
			api := ecr.NewFromConfig(r.cfg)
			registry := ask(r, api.GetRegistryPolicy, &ecr.GetRegistryPolicyInput{}, "RegistryPolicyNotFoundException")
			r.add(Thing{Type: "aws_ecr_registry_policy", ARN: r.arn("ecr", "registry"), At: registry.at, Attrs: attrs{"tags": noTags(),
				"policy": registry.get(func(o *ecr.GetRegistryPolicyOutput) any { return o.PolicyText })}})
			scans := ask(r, api.GetRegistryScanningConfiguration, &ecr.GetRegistryScanningConfigurationInput{})
			copies := ask(r, api.DescribeRegistry, &ecr.DescribeRegistryInput{})
			r.untold(copies.gap, copies.at)
			many(r, list(r, api.DescribeRepositories, &ecr.DescribeRepositoriesInput{},
				func(p *ecr.DescribeRepositoriesOutput) []types.Repository { return p.Repositories }, "aws_ecr_repository"),
				func(d types.Repository, at *probity.Origin) {
					r.repository(api, d, scans, at)
					r.imageCopies(d, copies)
				})
		}}
}

func (r *reader) repository(api *ecr.Client, d types.Repository, scans answer[ecr.GetRegistryScanningConfigurationOutput], at *probity.Origin) {
	t := Thing{Type: "aws_ecr_repository", ARN: value(d.RepositoryArn), ID: value(d.RepositoryName), Created: d.CreatedAt, At: at, Attrs: attrs{
		"name":                         d.RepositoryName,
		"image_tag_mutability":         word(d.ImageTagMutability),
		"image_scanning_configuration": attrs{"scan_on_push": value(d.ImageScanningConfiguration).ScanOnPush},
		"encryption_configuration":     nil,
	}}
	if uri := value(d.RepositoryUri); uri != "" {
		t.Names = []string{uri}
	}
	if !value(d.ImageScanningConfiguration).ScanOnPush { // the registry may say it for many
		t.Attrs["image_scanning_configuration"] = attrs{"scan_on_push": scans.get(func(o *ecr.GetRegistryScanningConfigurationOutput) any {
			return scanned(value(d.RepositoryName), value(o.ScanningConfiguration).Rules)
		})}
	}
	if e := d.EncryptionConfiguration; e != nil {
		t.Attrs["encryption_configuration"] = attrs{"encryption_type": word(e.EncryptionType), "kms_key": keyOf(e.KmsKey)}
	}
	t.Attrs["tags"] = askFor(r, r.tagPaths(), api.ListTagsForResource, &ecr.ListTagsForResourceInput{ResourceArn: d.RepositoryArn}).get(func(o *ecr.ListTagsForResourceOutput) any {
		return tags(o.Tags, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
	})
	r.add(t)
	policy := ask(r, api.GetRepositoryPolicy, &ecr.GetRepositoryPolicyInput{RepositoryName: d.RepositoryName}, "RepositoryPolicyNotFoundException")
	r.add(Thing{Type: "aws_ecr_repository_policy", ID: t.ARN + "/policy", At: policy.at, Attrs: attrs{
		"repository": to("aws_ecr_repository", d.RepositoryName),
		"policy":     policy.get(func(o *ecr.GetRepositoryPolicyOutput) any { return o.PolicyText })}})
}

// scanned reports whether a rule of the registry has a repository's images scanned as they come in.
func scanned(name string, rules []types.RegistryScanningRule) bool {
	return slices.ContainsFunc(rules, func(rule types.RegistryScanningRule) bool {
		return rule.ScanFrequency != types.ScanFrequencyManual && slices.ContainsFunc(rule.RepositoryFilters, func(f types.ScanningRepositoryFilter) bool {
			// a star stands for slashes too, which a path has no pattern for
			ok, err := path.Match(strings.ReplaceAll(value(f.Filter), "/", "|"), strings.ReplaceAll(name, "/", "|"))
			return err == nil && ok
		})
	})
}
