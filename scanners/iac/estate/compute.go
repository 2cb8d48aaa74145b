package estate

import (
	"cmp"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/access"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	lambdaFunction   = "aws_lambda_function"
	lambdaPermission = "aws_lambda_permission"
	lambdaURL        = "aws_lambda_function_url"
	lambdaLayer      = "aws_lambda_layer_version"
	layerPermission  = "aws_lambda_layer_version_permission"
	ecsTask          = "aws_ecs_task_definition"
	eksCluster       = "aws_eks_cluster"
)

func instances() []string {
	return []string{"aws_instance", "aws_launch_template", "aws_launch_configuration"}
}

func compute() service {
	return service{kinds: map[probity.Kind][]string{kinds.LambdaFunction: {lambdaFunction}, kinds.LambdaLayer: {lambdaLayer}, kinds.ECSTask: {ecsTask},
		kinds.EC2Instance: instances(), kinds.EKSCluster: {eksCluster}},
		types: append(instances(), lambdaFunction, lambdaPermission, lambdaURL, lambdaLayer, layerPermission, ecsTask, eksCluster), read: (*estate).compute}
}

func (e *estate) compute() []probity.Asset {
	allowed, _ := e.beside(lambdaFunction, "function_name", []string{"function_name"}, lambdaPermission, lambdaURL)
	out := e.each(lambdaFunction, func(r *resource.Resource) probity.Asset { return e.function(r, allowed[r.Addr]) })
	layers, _ := e.beside(lambdaLayer, "layer_name", []string{"layer_name"}, layerPermission)
	out = append(out, e.each(lambdaLayer, func(r *resource.Resource) probity.Asset { return e.layer(r, layers[r.Addr]) })...)
	out = append(out, e.each(ecsTask, e.task)...)
	out = append(out, e.each(eksCluster, e.cluster)...)
	for _, typ := range instances() {
		out = append(out, e.each(typ, e.instance)...)
	}
	return out
}

// function: without variables there is nothing to encrypt.
func (e *estate) function(r *resource.Resource, s *split) probity.Asset {
	a := e.asset(r, kinds.LambdaFunction, r.Get("function_name").String())
	env := r.Get("environment", "variables")
	none := void(env)
	if e.place.listed() { // what a provider tells of variables is veiled, and says nothing but that they are there
		none = !env.Set()
	}
	if none && env.Gap() == nil {
		keyless(&a, probity.Missing[bool](probity.Gap{Reason: probity.NotApplicable, Because: "it has no variables"}, r.At), probity.ProviderOwned)
		a.Encryption.AtRest = kinds.LambdaAtRest()
	} else {
		e.encrypted(&a, r.Get("kms_key_arn"), kinds.LambdaAtRest(), probity.ProviderOwned)
	}
	a.Exposure.Declared.ACL = invokers(s, lambdaPermission, "principal_org_id")
	e.listedPolicy(&a, r, "function")
	a.Settings = probity.SettingsOf(kinds.Function{Secrets: variables(env)})
	return a
}

func (e *estate) layer(r *resource.Resource, s *split) probity.Asset {
	a := e.asset(r, kinds.LambdaLayer, r.Get("layer_name").String())
	a.Exposure.Declared.ACL = invokers(s, layerPermission, "organization_id")
	e.listedPolicy(&a, r, "layer")
	return a
}

// listedPolicy: a provider tells of all permissions together as one policy, which code says piece by piece.
func (e *estate) listedPolicy(a *probity.Asset, r *resource.Resource, of string) {
	if e.place.listed() {
		a.Exposure.Declared.Policy = optional(r.Get("policy"), kinds.NoPolicy(of))
	}
}

// invokers are whom permissions of a function or a layer let in.
func invokers(s *split, typ, organisation string) probity.List[probity.Grant] {
	parts, gap := s.parts[typ], first(s.doubt[typ], s.doubt[lambdaURL])
	if len(parts)+len(s.parts[lambdaURL]) == 0 && gap == nil {
		return kinds.LambdaGrants()
	}
	out := []probity.Grant{}
	at := s.owner.At
	for _, r := range s.parts[lambdaURL] { // Terraform and SAM let everybody call one that asks for no authorization
		switch by := r.Get("authorization_type"); {
		case by.String() == "NONE":
			at = by.At
			out = append(out, grant("*", []string{"lambda:InvokeFunctionUrl"}))
		case by.Gap() != nil:
			gap = by.Gap()
		}
	}
	for _, r := range parts {
		at = r.At
		if r.Maybe != nil && r.Maybe != s.owner.Maybe {
			gap = r.Maybe
			continue
		}
		name, g := invoker(r, organisation)
		if g != nil {
			gap = g
			continue
		}
		out = append(out, grant(name, []string{cmp.Or(r.Get("action").String(), "lambda:InvokeFunction")}))
	}
	if gap != nil {
		return probity.Open(*gap, at, out...)
	}
	return probity.Whole(at, out...)
}

// invoker is whom a permission lets in: where it is for anybody, the organisation, the account or the source it is limited to.
func invoker(r *resource.Resource, organisation string) (string, *probity.Gap) {
	who := r.Get("principal")
	name, known := who.Text(probity.Fact[string]{}).Get()
	if !known || name == "" {
		g := who.Why()
		return "", &g
	}
	if name != "*" {
		return name, nil
	}
	for _, limit := range []struct{ attr, as string }{{organisation, "aws:PrincipalOrgID="}, {"source_account", ""}, {"source_arn", ""}} {
		switch v := r.Get(limit.attr); {
		case v.String() != "" && (limit.attr != "source_arn" || access.Account(v.String()) != ""):
			return limit.as + v.String(), nil
		case v.Set() && v.Gap() != nil:
			return "", v.Gap()
		}
	}
	return name, nil
}

func (e *estate) task(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.ECSTask, r.Get("family").String())
	a.Settings = probity.SettingsOf(kinds.Function{Secrets: containers(r.Get("container_definitions"))})
	return a
}

func (e *estate) instance(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.EC2Instance, cmp.Or(r.Get("name").String(), r.Get("tags", "Name").String()))
	a.Settings = probity.SettingsOf(kinds.Instance{UserData: firstRun(r)})
	return a
}

// firstRun is whether the script that an instance runs first holds what looks like a secret. The script is never read further.
func firstRun(r *resource.Resource) probity.Fact[bool] {
	out := probity.Known(false, r.At)
	for _, name := range []string{"user_data", "user_data_base64"} {
		v := r.Get(name)
		switch s, ok := v.Data.(resource.Secret); {
		case ok && s.Holds:
			return probity.Known(true, v.At)
		case ok && s.Literal:
			out = probity.Known(false, v.At)
		case v.Set():
			out = probity.Missing[bool](v.Why(), v.At)
		}
	}
	return out
}

func (e *estate) cluster(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.EKSCluster, r.Get("name").String())
	key := r.Get("encryption_config", "provider", "key_arn")
	e.encrypted(&a, key, kinds.EKSAtRest(), probity.ProviderOwned)
	a.Audit.Exports = texts(r.Get("enabled_cluster_log_types"), kinds.EKSLogs())
	enveloped := kinds.EKSEnveloped()
	if key.Set() {
		enveloped = given(key)
	}
	a.Settings = probity.SettingsOf(kinds.ControlPlane{
		Public:    r.Get("vpc_config", "endpoint_public_access").Bool(kinds.EKSPublic()),
		Ranges:    texts(r.Get("vpc_config", "public_access_cidrs"), kinds.EKSRanges()),
		Enveloped: enveloped,
	})
	return a
}
