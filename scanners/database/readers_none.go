package database

import (
	"context"

	"github.com/probity-scan/probity"
)

// readers: nobody works them out from the grants of MySQL and MariaDB, so that who reads a table stays unknown.
func (*mysqlEngine) readers(context.Context, *session) (func(string) probity.List[probity.Grant], error) {
	return nil, nil
}

// readers: Redshift's catalogue knows other grants than that of PostgreSQL.
func (redshiftEngine) readers(context.Context, *session) (func(string) probity.List[probity.Grant], error) {
	return nil, nil
}
