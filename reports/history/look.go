package history

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
)

// look is one view of the history: all that is asked through it is as of one moment.
type look struct {
	s      *Store
	c      Conn
	moment      // the newest that is published
	waives bool // somebody made one here
	quiet  bool // nothing is being taken in: what is open is what holds
}

// looking asks several things as of one moment.
func (s *Store) looking(ctx context.Context, ask func(*look) error) error {
	o := &sql.TxOptions{ReadOnly: true}
	if s.dialect.numbered {
		o.Isolation = sql.LevelRepeatableRead
	}
	tx, err := s.read.BeginTx(ctx, o)
	if err != nil {
		return failed(err)
	}
	defer func() { _ = tx.Rollback() }()
	l := &look{s: s, c: tx}
	var newest int64
	if err := tx.QueryRowContext(ctx, "SELECT COALESCE(MAX(CASE WHEN published = 1 THEN version END), 0), COUNT(CASE WHEN published = 1 AND pruned = 0 THEN 1 END), COALESCE(MAX(version), 0) FROM scan").Scan(&l.version, &l.kept, &newest); err != nil {
		return failed(err)
	}
	if err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM waiver)").Scan(&l.waives); err != nil {
		return failed(err)
	}
	l.quiet = newest == l.version
	return ask(l)
}

func (l *look) each(ctx context.Context, query string, args []any, row func(scan func(...any) error) error) error {
	if err := legible(args); err != nil {
		return err
	}
	return l.s.each(ctx, l.c, query, args, row)
}

// one reads one row.
func (l *look) one(ctx context.Context, query string, args []any, to ...any) error {
	if err := legible(args); err != nil {
		return err
	}
	return failed(l.c.QueryRowContext(ctx, l.s.q(query), args...).Scan(to...))
}

// holds adds that a row holds now.
func (l *look) holds(c *clause, table string) {
	if l.quiet {
		c.and(table + ".until IS NULL")
		return
	}
	c.and(table+".since <= ? AND ("+table+".until IS NULL OR "+table+".until > ?)", l.version, l.version)
}

// repeated is n times a part of a list.
func repeated(part string, n int) string {
	return strings.TrimSuffix(strings.Repeat(part+", ", n), ", ")
}

// most is how many rows are told at once where nobody says it.
const most = 100

// piece is which rows of a list are asked for: after so many, no more than so many.
type piece struct{ skip, limit int }

// pieceOf reads what a query says. The cursor tells a place in the list alone, and nothing of what is not shown.
func pieceOf(after string, limit, otherwise int) (piece, error) {
	p := piece{limit: limit}
	if p.limit <= 0 {
		p.limit = otherwise
	}
	if after != "" {
		n, err := strconv.Atoi(after)
		if err != nil || n < 0 {
			return p, fmt.Errorf("after %q: it is no place in a list: take what next was", after)
		}
		p.skip = n
	}
	return p, nil
}

// sql is the end of a statement that reads one row more, by which it is known whether there is more.
func (p piece) sql() string { return fmt.Sprintf(" LIMIT %d OFFSET %d", p.limit+1, p.skip) }

// cut takes the one too many off, and gives the cursor to what follows.
func cut[T any](rows []T, p piece) ([]T, string) {
	if len(rows) <= p.limit {
		return rows, ""
	}
	return rows[:p.limit], strconv.Itoa(p.skip + p.limit)
}

// like is a pattern for a text that stands anywhere; it escapes by !.
func like(text string) string {
	return "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(text) + "%"
}

// account splits provider/account.
func (c *clause) account(name string) {
	if name != "" {
		provider, account, _ := strings.Cut(name, "/")
		c.and("provider = ? AND account = ?", provider, account)
	}
}

// contains is the condition that a column has a text in it, in any case; its place is what like gives.
func (l *look) contains(column string) string {
	if l.s.dialect.numbered {
		return column + " ILIKE ? ESCAPE '!'"
	}
	return column + " LIKE ? ESCAPE '!'" // of SQLite in any case, of ASCII letters
}
