package aws

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"net"
	"os"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/feature/rds/auth"
	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/rds/types"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"

	probity "github.com/probity-scan/probity"
)

// Login is a way into a database that an account lists. Its certificate must be of an authority in Roots: what opens it is told
// to nobody else.
type Login struct {
	Engine   string // postgres or mysql
	Host     string
	Port     int
	User     string
	Password func(context.Context) (string, error) // asked for each connection
	Roots    *x509.CertPool                        // nil: the system's
	Server   probity.Ref                           // the instance or cluster
}

// opening is what an account tells of a database that lets somebody in.
type opening struct {
	engine string
	host   *string
	port   int32
	iam    bool
	secret *types.MasterUserSecret
}

// instance reads the databases of an instance.
func (x *sampling) instance(ctx context.Context) error {
	id := x.name()
	out, err := rds.NewFromConfig(x.cfg).DescribeDBInstances(ctx, &rds.DescribeDBInstancesInput{DBInstanceIdentifier: &id})
	if err != nil || len(out.DBInstances) == 0 {
		return x.unlisted(ctx, err)
	}
	db := out.DBInstances[0]
	l := opening{engine: value(db.Engine), iam: value(db.IAMDatabaseAuthenticationEnabled), secret: db.MasterUserSecret}
	if db.Endpoint != nil {
		l.host, l.port = db.Endpoint.Address, value(db.Endpoint.Port)
	}
	return x.databases(ctx, l)
}

// cluster reads the databases of a cluster, of a replica where it has one.
func (x *sampling) cluster(ctx context.Context) error {
	id := x.name()
	out, err := rds.NewFromConfig(x.cfg).DescribeDBClusters(ctx, &rds.DescribeDBClustersInput{DBClusterIdentifier: &id})
	if err != nil || len(out.DBClusters) == 0 {
		return x.unlisted(ctx, err)
	}
	c := out.DBClusters[0]
	l := opening{engine: value(c.Engine), host: c.ReaderEndpoint, port: value(c.Port), iam: value(c.IAMDatabaseAuthenticationEnabled), secret: c.MasterUserSecret}
	if value(l.host) == "" {
		l.host = c.Endpoint
	}
	return x.databases(ctx, l)
}

func (x *sampling) unlisted(ctx context.Context, err error) error {
	if err == nil {
		x.miss(probity.Gap{Reason: probity.Unreadable, Because: "it is no more", Needs: "another scan"})
		return nil
	}
	x.miss(x.permit.gap(err))
	return ctx.Err()
}

// databases hands on what is found behind a login, and keeps who read it.
func (x *sampling) databases(ctx context.Context, db opening) error {
	l, gap := x.login(ctx, db)
	if gap != nil {
		x.miss(*gap)
		return ctx.Err()
	}
	budget := x.budget()
	for f, err := range x.s.o.Databases(ctx, l, &budget) {
		if err != nil {
			return err
		}
		switch of := f.(type) {
		case probity.Read:
			of.Identity = x.read.Identity + " as " + of.Identity
			f = of
		case probity.Coverage:
			if of.On == x.store.Ref && of.Gap != nil {
				x.miss(*of.Gap)
			}
		}
		if !x.yield(f, nil) {
			return nil
		}
	}
	return nil
}

// login is by a token of IAM for the user that the target names, else by the secret that the account keeps the password in.
func (x *sampling) login(ctx context.Context, db opening) (Login, *probity.Gap) {
	l := Login{Engine: dialect(db.engine), Host: strings.ToLower(value(db.host)), Port: int(db.port), Server: x.store.Ref}
	switch {
	case l.Engine == "":
		return l, &probity.Gap{Reason: probity.NotCollected, Because: "databases of " + db.engine + " are not read"}
	case l.Host == "" || l.Port == 0:
		return l, &probity.Gap{Reason: probity.Unreachable, Because: "it has no endpoint now", Needs: "a scan when it runs"}
	}
	if gap := x.roots(&l); gap != nil {
		return l, gap
	}
	switch {
	case x.target.DatabaseUser != "" && db.iam:
		l.User = x.target.DatabaseUser
		at := net.JoinHostPort(l.Host, strconv.Itoa(l.Port))
		l.Password = func(ctx context.Context) (string, error) {
			return auth.BuildAuthToken(ctx, at, x.cfg.Region, l.User, x.cfg.Credentials)
		}
		return l, nil
	case db.secret != nil && value(db.secret.SecretArn) != "":
		return l, x.secret(ctx, *db.secret.SecretArn, &l)
	}
	return l, &probity.Gap{Reason: probity.NotCollected, Because: "nothing opens it", Needs: "database-user= in the target with IAM authentication on, or a master password that Secrets Manager keeps"}
}

// dialect is how an engine of RDS is spoken to; empty for others.
func dialect(engine string) string {
	switch engine {
	case "postgres", "aurora-postgresql":
		return "postgres"
	case "mysql", "mariadb", "aurora", "aurora-mysql":
		return "mysql"
	}
	return ""
}

// roots are the authorities of the target's file.
func (x *sampling) roots(l *Login) *probity.Gap {
	if x.target.DatabaseCA == "" {
		return nil
	}
	pem, err := os.ReadFile(x.target.DatabaseCA)
	l.Roots = x509.NewCertPool()
	if err != nil || !l.Roots.AppendCertsFromPEM(pem) {
		return &probity.Gap{Reason: probity.Unreadable, Because: "the file of database-ca holds no certificate that can be read"}
	}
	return nil
}

// secret is what opens a database, as Secrets Manager writes it.
func (x *sampling) secret(ctx context.Context, arn string, l *Login) *probity.Gap {
	out, err := secretsmanager.NewFromConfig(x.cfg).GetSecretValue(ctx, &secretsmanager.GetSecretValueInput{SecretId: &arn})
	if err != nil {
		g := x.permit.gap(err)
		return &g
	}
	var said struct{ Username, Password string }
	if json.Unmarshal([]byte(value(out.SecretString)), &said) != nil || said.Username == "" {
		return &probity.Gap{Reason: probity.Unreadable, Because: "the secret names no user and password"}
	}
	l.User = said.Username
	l.Password = func(context.Context) (string, error) { return said.Password, nil }
	return nil
}
