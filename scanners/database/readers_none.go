package database

import (
	"context"

	"github.com/probity-scan/probity"
)

// readers: Redshift's catalogue knows other grants than that of PostgreSQL.
func (redshiftEngine) readers(context.Context, *session) (readers, error) { return nil, nil }

// original: a warehouse copies none.
func (redshiftEngine) original(context.Context, *session) probity.List[probity.Link] {
	return probity.Whole[probity.Link](&probity.Origin{Query: "the engine"})
}
