package database

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
)

// A publication gives away all columns of a table that it has no list of columns for: of one that it names, with its partitions, or of
// every table of a schema. There are publications from PostgreSQL 10 on, and lists and schemas from 15 on. The text of a policy is taken
// as it is kept, a constant that is true: to write it out would lock its table.
const (
	postgresWhole = `WITH RECURSIVE whole AS (SELECT r.prrelid AS id, p.pubname FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid WHERE to_jsonb(r) ->> 'prattrs' IS NULL
			UNION SELECT i.inhrelid, w.pubname FROM whole w JOIN pg_inherits i ON i.inhparent = w.id)
		SELECT id::bigint, pubname FROM whole WHERE id BETWEEN %[1]d AND %[2]d ORDER BY 2`
	postgresWholeSchemas = `SELECT c.oid::bigint, p.pubname FROM pg_publication_namespace n JOIN pg_publication p ON p.oid = n.pnpubid JOIN pg_class c ON c.relnamespace = n.pnnspid WHERE c.oid BETWEEN %[1]d AND %[2]d ORDER BY 2`
	postgresAllowing     = `SELECT polrelid::bigint, polname FROM pg_policy WHERE polrelid BETWEEN %[1]d AND %[2]d AND polcmd IN ('r', '*') AND coalesce(to_jsonb(pg_policy) ->> 'polpermissive', 'true') = 'true'
		AND polqual::text ~ '^\{CONST :consttype 16 .*:constvalue 1 \[[ 0]*1[ 0]*\]\}$' ORDER BY 2`
)

// givenAway adds to tables, which are in the order of their numbers, what gives their rows away.
func (s *session) givenAway(ctx context.Context, ids []int64, tables []held) error {
	if len(ids) == 0 {
		return nil
	}
	var version int
	if err := s.one(ctx, "SELECT current_setting('server_version_num')::int", &version); err != nil {
		return err
	}
	for _, q := range []struct {
		since int
		query string
		into  func(*held) *[]string
	}{
		{0, postgresAllowing, func(t *held) *[]string { return &t.allowing }},
		{100000, postgresWhole, func(t *held) *[]string { return &t.published }},
		{150000, postgresWholeSchemas, func(t *held) *[]string { return &t.published }},
	} {
		if version < q.since {
			continue
		}
		if err := s.read(ctx, fmt.Sprintf(q.query, ids[0], ids[len(ids)-1]), func(r *sql.Rows) error {
			var id int64
			var name string
			err := r.Scan(&id, &name)
			if i, ok := slices.BinarySearch(ids, id); ok {
				names := q.into(&tables[i])
				*names = append(*names, name)
			}
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}
