package history

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
)

// schema is where our tables stand, and those of the jobs, unless the DSN says a search_path of its own.
const schema = "probity"

// Connect opens the history in a database of PostgreSQL, and makes it where there is none. Errors do not tell the DSN.
func Connect(ctx context.Context, dsn string, o Options) (*Store, error) {
	s, cfg, err := reach(ctx, dsn, o)
	if err != nil {
		return nil, err
	}
	err = alone(ctx, cfg.ConnConfig, func() error {
		if cfg.ConnConfig.RuntimeParams["search_path"] == schema {
			if err := makeSchema(ctx, s.pool); err != nil {
				return fmt.Errorf("history: %s", reachable(err))
			}
		}
		return s.migrate(ctx, migrations, s.copySchema)
	})
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// LookAt opens the history of a database of PostgreSQL to read it: nothing is made and nothing brought forward.
func LookAt(ctx context.Context, dsn string, o Options) (*Store, error) {
	s, _, err := reach(ctx, dsn, o)
	if err != nil {
		return nil, err
	}
	var there bool
	if err := s.pool.QueryRow(ctx, "SELECT to_regclass($1) IS NOT NULL", versions).Scan(&there); err != nil {
		return nil, errors.Join(fmt.Errorf("history: %s", reachable(err)), s.Close())
	}
	if !there {
		return nil, errors.Join(errors.New("there is no history in this database: probity scan --history makes one"), s.Close())
	}
	if err := s.current(ctx, migrations); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// reach makes a pool of connections.
func reach(ctx context.Context, dsn string, o Options) (*Store, *pgxpool.Config, error) {
	cfg, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, nil, errors.New("history: the address of PostgreSQL is malformed: write postgres://user@host:port/database")
	}
	if cfg.ConnConfig.RuntimeParams["search_path"] == "" {
		cfg.ConnConfig.RuntimeParams["search_path"] = schema
	}
	cfg.ConnConfig.RuntimeParams["application_name"] = "probity"
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, nil, fmt.Errorf("history: %s", reachable(err))
	}
	db := stdlib.OpenDBFromPool(pool)
	return &Store{dialect: postgres, o: o, write: db, read: db, pool: pool, taking: make(chan struct{}, 1)}, cfg, nil
}

// forming is the advisory lock of whoever makes the history, copies it or brings it forward: of servers that start at once one does.
const forming = 0x70726f6269747901

// Forming runs something that makes or changes tables of the database while no other process does: of servers that start at once one
// does it at a time. A folder has one process alone.
func (s *Store) Forming(ctx context.Context, do func() error) error {
	if s.pool == nil {
		return do()
	}
	return alone(ctx, s.pool.Config().ConnConfig, do)
}

// alone runs something while no other process holds the lock. It ends with the connection.
func alone(ctx context.Context, cfg *pgx.ConnConfig, do func() error) error {
	conn, err := pgx.ConnectConfig(ctx, cfg.Copy())
	if err != nil {
		return fmt.Errorf("history: %s", reachable(err))
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1)", int64(forming)); err != nil {
		return fmt.Errorf("history: %s", reachable(err))
	}
	return do()
}

// makeSchema makes our schema where there is none: whoever finds it there need not be allowed to make one. Another process may be faster.
func makeSchema(ctx context.Context, pool *pgxpool.Pool) error {
	var there bool
	if err := pool.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1)", schema).Scan(&there); err != nil || there {
		return err
	}
	_, err := pool.Exec(ctx, "CREATE SCHEMA IF NOT EXISTS "+schema)
	var said *pgconn.PgError
	if errors.As(err, &said) && said.Code == "23505" { // unique_violation
		return nil
	}
	return err
}

// reachable is an error of connecting without the address.
func reachable(err error) string {
	var said *pgconn.PgError
	var op *net.OpError
	switch {
	case errors.As(err, &said):
		return "PostgreSQL says: " + said.Message
	case errors.As(err, &op):
		return "PostgreSQL is not reached: " + op.Err.Error()
	}
	return "PostgreSQL is not reached"
}

// copySchema copies our tables into a schema beside them before they are migrated, in place of the last such copy. It keeps
// what a migration may spoil, and is no backup of the server: that is its administrator's.
func (s *Store) copySchema(ctx context.Context, from int64) error {
	var here string
	if err := s.write.QueryRowContext(ctx, "SELECT current_schema()").Scan(&here); err != nil {
		return fmt.Errorf("backup: %w", failed(err))
	}
	to := fmt.Sprintf("%s_before_%d", here, from)
	err := s.within(ctx, func(tx *sql.Tx) error {
		tables, err := ourTables(ctx, tx, here)
		if err != nil {
			return err
		}
		statements := []string{"DROP SCHEMA IF EXISTS " + quoted(to) + " CASCADE", "CREATE SCHEMA " + quoted(to)}
		for _, t := range tables {
			statements = append(statements, "CREATE TABLE "+pgx.Identifier{to, t}.Sanitize()+" AS TABLE "+pgx.Identifier{here, t}.Sanitize())
		}
		for _, q := range statements {
			if _, err := tx.ExecContext(ctx, q); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("backup: copying it into schema %s: %w", to, failed(err))
	}
	s.say("the history is brought to a newer format; as it was it stays in schema " + to)
	return nil
}

func quoted(name string) string { return pgx.Identifier{name}.Sanitize() }

func ourTables(ctx context.Context, tx *sql.Tx, in string) ([]string, error) {
	rows, err := tx.QueryContext(ctx, "SELECT table_name FROM information_schema.tables WHERE table_schema = $1 AND table_type = 'BASE TABLE' ORDER BY 1", in)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		out = append(out, name)
	}
	return out, rows.Err()
}
