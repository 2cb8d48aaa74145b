package aws

import (
	"context"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/redshift"
	serverless "github.com/aws/aws-sdk-go-v2/service/redshiftserverless"
	"github.com/aws/aws-sdk-go-v2/service/redshiftserverless/types"

	probity "github.com/probity-scan/probity"
)

const redshiftEngine = "redshift"

// warehouse reads the databases of a cluster of Redshift.
func (x *sampling) warehouse(ctx context.Context) error {
	api, id := redshift.NewFromConfig(x.cfg), x.name()
	out, err := api.DescribeClusters(ctx, &redshift.DescribeClustersInput{ClusterIdentifier: &id})
	if err != nil || len(out.Clusters) == 0 {
		return x.unlisted(ctx, err)
	}
	c := out.Clusters[0]
	o := opening{engine: redshiftEngine, name: id, start: c.DBName, secret: c.MasterPasswordSecretArn}
	if c.Endpoint != nil {
		o.host, o.port = c.Endpoint.Address, value(c.Endpoint.Port)
	}
	o.token = x.leased("redshift:GetClusterCredentialsWithIAM", func(ctx context.Context) (lease, error) {
		got, err := api.GetClusterCredentialsWithIAM(ctx, &redshift.GetClusterCredentialsWithIAMInput{ClusterIdentifier: &id})
		if err != nil {
			return lease{}, err
		}
		return lease{value(got.DbUser), value(got.DbPassword), value(got.Expiration)}, nil
	})
	return x.databases(ctx, o)
}

// namespace reads the databases of Redshift Serverless, by a workgroup that reaches them.
func (x *sampling) namespace(ctx context.Context) error {
	api := serverless.NewFromConfig(x.cfg)
	n, err := x.ofNamespace(ctx, api)
	if err != nil || n == nil {
		return x.unlisted(ctx, err)
	}
	w, err := workgroupOf(ctx, api, value(n.NamespaceName))
	if err != nil {
		return x.unlisted(ctx, err)
	}
	o := opening{engine: redshiftEngine, name: value(n.NamespaceName), start: n.DbName, secret: n.AdminPasswordSecretArn}
	if w.Endpoint != nil {
		o.host, o.port = w.Endpoint.Address, value(w.Endpoint.Port)
	}
	o.token = x.leased("redshift-serverless:GetCredentials", func(ctx context.Context) (lease, error) {
		got, err := api.GetCredentials(ctx, &serverless.GetCredentialsInput{WorkgroupName: w.WorkgroupName})
		if err != nil {
			return lease{}, err
		}
		return lease{value(got.DbUser), value(got.DbPassword), value(got.Expiration)}, nil
	})
	return x.databases(ctx, o)
}

// ofNamespace finds the namespace of the store's ARN, which does not bear its name; nil: it is no more.
func (x *sampling) ofNamespace(ctx context.Context, api *serverless.Client) (*types.Namespace, error) {
	for page, err := range pages(ctx, api.ListNamespaces, &serverless.ListNamespacesInput{}) {
		if err != nil {
			return nil, err
		}
		if i := slices.IndexFunc(page.Namespaces, func(n types.Namespace) bool { return value(n.NamespaceArn) == x.store.ID }); i >= 0 {
			return &page.Namespaces[i], nil
		}
	}
	return nil, nil
}

// workgroupOf finds one that has an endpoint; without any, nothing reaches the namespace.
func workgroupOf(ctx context.Context, api *serverless.Client, namespace string) (types.Workgroup, error) {
	for page, err := range pages(ctx, api.ListWorkgroups, &serverless.ListWorkgroupsInput{}) {
		if err != nil {
			return types.Workgroup{}, err
		}
		if i := slices.IndexFunc(page.Workgroups, func(w types.Workgroup) bool { return value(w.NamespaceName) == namespace && w.Endpoint != nil }); i >= 0 {
			return page.Workgroups[i], nil
		}
	}
	return types.Workgroup{}, nil
}

// lease is a user of a warehouse, and the password that holds for a while.
type lease struct {
	user, password string
	until          time.Time
}

// leased gives the user that Redshift has for the identity of the scan. The password is asked for again before it ends.
func (x *sampling) leased(action string, ask func(context.Context) (lease, error)) func(context.Context, *Login) *probity.Gap {
	var now lease
	password := func(ctx context.Context) (string, *probity.Gap) {
		if now.password != "" && x.s.o.Now().Add(time.Minute).Before(now.until) {
			return now.password, nil
		}
		var err error
		if now, err = ask(ctx); err != nil {
			g := x.permit.gap(err)
			return "", &g
		}
		if now.user == "" || now.password == "" {
			return "", silent(action)
		}
		return now.password, nil
	}
	return func(ctx context.Context, l *Login) *probity.Gap {
		_, gap := password(ctx)
		l.User, l.Password, l.Needs = now.user, password, "a user of the warehouse for the identity of the scan"
		return gap
	}
}
